"""Tells the figures of a mechanism by the same acts and the same functions as its register."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from answerable.casework.ports import ActOnFile, Clock
from answerable.casework.register_ports import RegisterPlaces
from answerable.casework.told_cases import is_told
from answerable.core.acts import Envelope
from answerable.core.figures.counting import count_case
from answerable.core.figures.judging import AsOf, add_case
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import Figure, figures_of
from answerable.core.register.accounts import (
    CLAIMS,
    Seen,
    Weeks,
    claims_told,
    silhouettes_told,
)
from answerable.core.register.showing import as_shown, is_shown


@dataclass(frozen=True, slots=True)
class FiguresTold:
    """Figures that anyone can recount from the register, and those that the mechanism states."""

    as_of: int
    figures: Sequence[Figure]
    stated: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TellFigures:
    """Counts every case that the register shows."""

    places: RegisterPlaces
    now: Clock

    def __call__(self) -> FiguresTold:
        at, given = self.now(), self.places.given()
        as_of, weeks = AsOf(at, self.places.day_of), Weeks(self.places.day_of, at)
        tally, hidden, seen = Tally(), list[Sequence[Envelope]](), list[Seen]()
        for acts in self.places.histories():
            seen += [
                Seen(0, act.at, is_shown=False, act=act.act) for act in acts if act.act in CLAIMS
            ]
            if is_told(acts, given):
                add_case(tally, count_case(told_of(acts)), as_of)
            else:
                hidden.append(acts)
        stated = stated_figures(silhouettes_told(hidden, weeks), claims_told(seen, weeks))
        return FiguresTold(at, figures_of(tally), stated)


def seen_of(act: ActOnFile, *, is_shown: bool) -> Seen:
    """Return an act as the accounts see it."""
    envelope = act.kept.envelope
    return Seen(act.position, envelope.at, is_shown, envelope.act)


def told_of(
    acts: Sequence[Envelope], is_told: Callable[[str], bool] = lambda _: True
) -> list[Envelope]:
    """Return the acts of a case as the register shows them, where it tells the case.

    Without ``is_told`` every link is among them: a figure counts none to a case that is not told.
    """
    return [as_shown(act) for act in acts if is_shown(act, is_told)]


def stated_figures(silhouettes: Sequence[object], claims: Mapping[str, object]) -> dict[str, int]:
    """Return the figures that only the mechanism can tell, of the weeks that are over."""
    counts = [one["allegations"] for one in silhouettes if isinstance(one, dict)]
    return {
        "stated/submissions": len(silhouettes),
        "stated/allegations": sum(count for count in counts if isinstance(count, int)),
        **{f"stated/{name}": n for name, n in claims.items() if isinstance(n, int)},
    }
