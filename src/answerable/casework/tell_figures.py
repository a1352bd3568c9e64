"""Tells the figures of a mechanism by the same acts and the same functions as its register."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from answerable.casework.ports import ActOnFile, Clock
from answerable.casework.register_ports import RegisterPlaces
from answerable.core.figures.judging import AsOf
from answerable.core.figures.summing import add_sum
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import Figure, figures_of
from answerable.core.register.accounts import Seen, Weeks, claims_told


@dataclass(frozen=True, slots=True)
class FiguresTold:
    """Figures that anyone can recount from the register, and those that the mechanism states.

    ``windows`` are the clocks of which, by the mechanism's rules, nobody is late.
    """

    as_of: int
    figures: Sequence[Figure]
    stated: Mapping[str, int]
    size: int = field(default=0, compare=False)
    """Where the ledger ended when they were counted: every act before it is in them."""
    windows: frozenset[str] = field(default=frozenset(), compare=False)


@dataclass(frozen=True, slots=True)
class TellFigures:
    """Counts every case that the register shows, from what is kept of them."""

    places: RegisterPlaces
    now: Clock
    windows: Callable[[], frozenset[str]]

    def __call__(self) -> FiguresTold:
        at = self.now()
        as_of, weeks = AsOf(at, self.places.day_of), Weeks(self.places.day_of, at)
        tally, hidden, seen, ends = Tally(), list[int](), list[Seen](), list[int]()
        for kept in self.places.kept_sums(ends.append):
            seen += [Seen(0, claimed, is_shown=False, act=act) for act, claimed in kept.claims]
            hidden += [count for first_at, count in kept.hidden if weeks.is_over(first_at)]
            add_sum(tally, kept.told, as_of)
        stated = stated_figures(hidden, claims_told(seen, weeks))
        return FiguresTold(at, figures_of(tally), stated, ends[-1], self.windows())


def seen_of(act: ActOnFile, *, is_shown: bool) -> Seen:
    """Return an act as the accounts see it."""
    envelope = act.kept.envelope
    return Seen(act.position, envelope.at, is_shown, envelope.act)


def stated_figures(silhouettes: Sequence[int], claims: Mapping[str, object]) -> dict[str, int]:
    """Return the figures that only the mechanism can tell, of the weeks that are over.

    ``silhouettes`` are the numbers of their allegations.
    """
    return {
        "stated/submissions": len(silhouettes),
        "stated/allegations": sum(silhouettes),
        **{f"stated/{name}": n for name, n in claims.items() if isinstance(n, int)},
    }
