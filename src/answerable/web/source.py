"""What a page of a case is told from: a published register, or what one reader may read here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Protocol

from answerable.core.acts import By, PartyId
from answerable.core.calendars import Calendar
from answerable.core.case.acts.citing import party_of
from answerable.core.case.acts.spoken import ANSWERING_ACTS
from answerable.core.case.acts.windows import is_owed, left_by
from answerable.core.case.standings import Standing
from answerable.core.lateness import Left
from answerable.core.owed import Owed, told_by
from answerable.core.procedure import Bound, Procedure
from answerable.core.register.shown import ShownAct, ShownCase
from answerable.core.seats import MEMBER

WEEK = 7


@dataclass(frozen=True, slots=True)
class Due:
    """What a clock of a case still waits for, with what is left as of the source's instant.

    Of a window ``is_owed`` is False: it stands open, and nobody owes what would meet it. ``body``
    owes it, by its number; "" where the seat alone is known. ``told_by`` is the act by which it
    has its date, and ``told_at`` when that was.
    """

    number: str
    item: Owed
    left: Left | None
    bound: Bound
    is_owed: bool = True
    body: str = ""
    told_by: int = 0
    told_at: int = 0

    @property
    def owner(self) -> By:
        return By(PartyId(self.body), self.item.seat)

    @property
    def is_late(self) -> bool:
        return self.left is not None and self.left.late

    @property
    def is_soon(self) -> bool:
        return self.left is not None and not self.left.passed and self.left.days <= WEEK

    @property
    def order(self) -> tuple[str, str, int]:
        return (self.item.due_on or "~", self.number, self.item.started_by)


class Source(Protocol):
    """Where a case is read from. Everything that depends on a day is told as of its own instant."""

    @property
    def title(self) -> str:
        """What the mechanism is called."""
        ...

    @property
    def zone(self) -> tzinfo: ...

    @property
    def zone_name(self) -> str: ...

    @property
    def now(self) -> datetime: ...

    @property
    def place_names(self) -> Callable[[str], Mapping[str, str]]:
        """Give the names of a place of the gazetteer, by language."""
        ...

    def unsaid(self, act: ShownAct) -> str:
        """Return the key of what stands where an act's words are not shown, "" for nothing."""
        ...

    def withholds(self, act: ShownAct) -> bool:
        """Return whether nothing of what an act says is shown, also none of its codes."""
        ...

    def procedure(self, case: ShownCase) -> Procedure | None:
        """Return the rules under which a case began, None where they are not there."""
        ...

    def calendar_of(self, item: Owed) -> Calendar | None:
        """Return the calendar by which a date was counted, None where none is named or known."""
        ...

    def entry(self, commitment: bytes) -> int | None:
        """Return the position of an act's entry in the ledger, None where none commits to it."""
        ...


def due_in(source: Source, case: ShownCase) -> tuple[Due, ...]:
    """Return what the clocks of a case still wait for, the earliest date first.

    On one that was erased nothing is owed any more: what was late that day is told as it was then.
    """
    procedure, erased = source.procedure(case), erased_at(source, case)
    now = source.now if erased is None else min(source.now, erased)
    found = (_due(source, case, item, procedure=procedure, now=now) for item in case.open)
    told = (one for one in found if erased is None or one.is_late)
    return tuple(sorted(told, key=lambda one: one.order))


def owed_in(source: Source, case: ShownCase) -> tuple[Due, ...]:
    """Return what is owed on a case and not done, the earliest date first."""
    return tuple(one for one in due_in(source, case) if one.is_owed)


def is_for_answer(due: Due, procedure: Procedure | None) -> bool:
    """Whether what is owed is an answer; where the rules are not there, it is taken for one."""
    clock = None if procedure is None else procedure.clocks.get(due.item.code)
    return clock is None or bool(ANSWERING_ACTS & set(clock.met_by))


def erased_at(source: Source, case: ShownCase) -> datetime | None:
    """Return when a case was erased, in the zone of its source."""
    act = case.act(case.now.erased)
    if act is None:
        return None
    return datetime.fromtimestamp(act.envelope.at / 1000, UTC).astimezone(source.zone)


def owing(case: ShownCase, item: Owed) -> str:
    """Return the body that owes something, "" where its seat alone is known.

    A body owes what the act that began it names it for. What a seat owes that several may hold is
    said of none of them.
    """
    began = case.act(item.started_by)
    return "" if began is None or item.seat != MEMBER else party_of(began.envelope)


def at_turn(case: ShownCase, number: int | None = None) -> tuple[str, ...]:
    """Return the bodies whose turn it is on an allegation, or with None on the case."""
    place = case.summary() if number is None else case.place(number)
    if place[1] != MEMBER:
        return ()
    found = []
    for at, one in case.now.allegations.items():
        if number in {None, at} and case.place(at) == place:
            is_asked = place[0] is Standing.ONE_SIDE or not one.member
            found.append(one.accused if is_asked else one.member)
    return tuple(dict.fromkeys(filter(None, found)))


def _due(
    source: Source, case: ShownCase, item: Owed, *, procedure: Procedure | None, now: datetime
) -> Due:
    clock = None if procedure is None else procedure.clocks.get(item.code)
    bound = Bound.AT_LATEST if clock is None else clock.bound
    left, body = left_by(clock, item, now, source.calendar_of(item)), owing(case, item)
    told = told_by(case.envelopes, item)
    by, at = (0, 0) if told is None else (told.sequence, told.at)
    is_so = is_owed(clock)
    return Due(case.number, item, left, bound, is_owed=is_so, body=body, told_by=by, told_at=at)
