"""What is owed on a docket: the clocks that its acts started, met, moved, folded from facts."""

from collections.abc import Iterable
from operator import attrgetter
from typing import Any, NamedTuple

from answerable.core.acts import Envelope, Seat
from answerable.core.clock_facts import clocks_of


class Owed(NamedTuple):
    """An act that someone owes: an open clock.

    ``allegations`` are those that it is still owed for, none where it is owed for the docket as a
    whole. Where an act meets or moves a clock for some of them, these become a ``part`` of their
    own. ``due_on`` is None where there is no date, or none yet. ``calendar`` is the version by
    which the date was counted; ``confirmed`` is False where the period's source was not read.
    """

    code: str
    seat: Seat
    since: int
    started_by: int
    due_on: str | None = None
    met_by: int | None = None
    part: int = 0
    allegations: tuple[int, ...] = ()
    binding: bool = True
    confirmed: bool = True
    calendar: str = ""

    @property
    def key(self) -> tuple[int, str, int]:
        return (self.started_by, self.code, self.part)


def owed_after(owed: tuple[Owed, ...], envelope: Envelope) -> tuple[Owed, ...]:
    """Return every act owed on a docket, met ones too, after one more act.

    What an act does to clocks stands in its fact ``clocks`` (docs/specs/act.md): so everyone folds
    the same, whatever procedures they know.

    Raises:
        ClocksUnreadable: the fact is not as that page has it.
    """
    clocks = clocks_of(envelope)
    if not clocks:
        return owed
    for entry in clocks.get("meets", ()):
        owed = _changed(owed, entry, met_by=envelope.sequence)
    for entry in clocks.get("moves", ()):
        owed = _changed(owed, entry, due_on=entry.get("due"), calendar=entry.get("calendar"))
    for entry in clocks.get("widens", ()):
        owed = tuple(_widened(item, entry) for item in owed)
    begun = [_begun(entry, envelope) for entry in clocks.get("starts", ())]
    return tuple(sorted((*owed, *begun), key=_KEY))


def told_by(acts: Iterable[Envelope], item: Owed) -> Envelope | None:
    """Return the act that last began, moved or widened something owed, None where it is not there.

    Whoever folds the same acts finds the same one: it tells one state of a date from the next.

    Raises:
        ClocksUnreadable: as owed_after.
    """
    last = None
    for act in acts:
        clocks = clocks_of(act)
        touched = (*clocks.get("moves", ()), *clocks.get("widens", ()))
        if act.sequence == item.started_by or any(
            (one["started-by"], one["clock"]) == (item.started_by, item.code) for one in touched
        ):
            last = act
    return last


_KEY = attrgetter("started_by", "code", "part")


def _begun(entry: dict[str, Any], envelope: Envelope) -> Owed:
    return Owed(
        entry["clock"],
        Seat(entry["owes"]),
        since=envelope.at,
        started_by=envelope.sequence,
        due_on=entry.get("due"),
        met_by=entry.get("met-by"),
        allegations=tuple(entry.get("allegations", envelope.allegations)),
        binding=entry.get("binding", True),
        confirmed=entry.get("confirmed", True),
        calendar=entry.get("calendar", ""),
    )


def _widened(item: Owed, entry: dict[str, Any]) -> Owed:
    """Return what is owed for one allegation as owed for more, by the same date."""
    asked = (item.started_by, item.code) == (entry["started-by"], entry["clock"])
    if item.met_by is not None or not asked or entry["as"] not in item.allegations:
        return item
    more = {*item.allegations, *entry["allegations"]}
    return item._replace(allegations=tuple(sorted(more)))


def _changed(owed: tuple[Owed, ...], entry: dict[str, Any], **facts: Any) -> tuple[Owed, ...]:
    """Return what is owed with facts of one clock set, for some of its allegations or for all."""
    changed = {name: value for name, value in facts.items() if name != "calendar" or value}
    named = frozenset(entry.get("allegations", ()))
    code, started_by = entry["clock"], entry["started-by"]
    after: list[Owed] = []
    for item in owed:
        if item.started_by != started_by or item.code != code or item.met_by is not None:
            after.append(item)
            continue
        hit = tuple(n for n in item.allegations if n in named) if named else item.allegations
        if item.allegations and not hit:
            after.append(item)
        elif hit == item.allegations:
            after.append(item._replace(**changed))
        else:
            rest = tuple(n for n in item.allegations if n not in named)
            part = 1 + max(o.part for o in (*owed, *after) if o.key[:2] == item.key[:2])
            after += [
                item._replace(allegations=rest),
                item._replace(allegations=hit, part=part, **changed),
            ]
    return tuple(after)
