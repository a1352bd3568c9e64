"""The clocks of the procedure that an act runs into: windows that are open, and their last day."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import reduce

from answerable.core.acts import ActCode
from answerable.core.calendars import Calendar
from answerable.core.case.acts.kind import Deciding
from answerable.core.clock_facts import Clocks
from answerable.core.errors import Refusal
from answerable.core.lateness import Left, days_by, left_of
from answerable.core.owed import Owed, owed_after
from answerable.core.procedure import Bound, Clock, Procedure

CONTESTED = ActCode("contested")


class DayDiffers(Refusal):
    """The rule counts another day than the one that is typed; ``due`` is it, ``part`` names it."""

    code = "day-differs"


def require_counted_day(deciding: Deciding, clocks: Clocks, part: str, answer: ActCode) -> None:
    """Return if the day that a part names is the one by which the answer is owed.

    Whoever is to answer is told one day, and their clock has the same. Where the rules count none,
    the day that is typed is taken.

    Raises:
        DayDiffers: with both days.
    """
    on = deciding.asked.text(part)
    for clock, due in days_counted(deciding, clocks, answer):
        if due != on:
            facts = {"clock": clock, "on": on, "due": due, "part": part}
            raise DayDiffers(f"{due} by the rule, not {on}", **facts)


def days_counted(deciding: Deciding, clocks: Clocks, answer: ActCode) -> Iterator[tuple[str, str]]:
    """Yield each clock that an act starts and this answer meets, with the day that it counts."""
    answered = {clock.code for clock in met_by(deciding, answer)}
    for entry in clocks.get("starts", ()):
        if entry["clock"] in answered and entry.get("due"):
            # A period in hours has an instant, whose first ten characters are its day.
            yield entry["clock"], str(entry["due"])[:10]


def started_by(deciding: Deciding, code: str) -> list[Clock]:
    """Return the clocks of the procedure that run from this act."""
    return [
        clock
        for clock in deciding.procedure.clocks.values()
        if any(start.event == code for start in clock.starts)
    ]


def met_by(deciding: Deciding, code: str) -> list[Clock]:
    """Return the clocks of the procedure that this act meets."""
    return [c for c in deciding.procedure.clocks.values() if ActCode(code) in c.met_by]


def is_window(clock: Clock) -> bool:
    """Return whether nobody owes what meets a clock: to contest is a door open until its day."""
    return {*clock.met_by} == {CONTESTED}


def windows_in(procedures: Iterable[Procedure]) -> frozenset[str]:
    """Return the codes of the clocks that are windows in all of these procedures that have them."""
    clocks = [clock for one in procedures for clock in one.clocks.values()]
    owed = {clock.code for clock in clocks if not is_window(clock)}
    return frozenset(clock.code for clock in clocks) - owed


def is_owed(clock: Clock | None) -> bool:
    """Return whether somebody owes what a clock waits for; None is one that is not known here."""
    return clock is None or not is_window(clock)


def left_by(
    clock: Clock | None, item: Owed, now: datetime, calendar: Calendar | None
) -> Left | None:
    """Return what is left for an act that a clock waits for; nobody is late with a window.

    ``now`` is in the time zone of its procedure, and ``calendar`` the one by which the record has
    the date, where that is known. None is a clock that is not known here.
    """
    bound = Bound.AT_LATEST if clock is None else clock.bound
    left = left_of(item, now, bound, days_by(clock, calendar))
    return left if left is None or is_owed(clock) else replace(left, late=False)


def running(deciding: Deciding, *clocks: str) -> list[Owed]:
    """Return what is owed by these clocks on an allegation of this act, met by nothing yet."""
    nothing: tuple[Owed, ...] = ()
    owed = reduce(owed_after, deciding.acts, nothing)
    numbers = set(deciding.concerned())
    return [
        item
        for item in owed
        if item.code in clocks
        and item.met_by is None
        and (not item.allegations or numbers & set(item.allegations))
    ]


def last_day(item: Owed) -> date | None:
    """Return the day on which an owed act is due, None where it has no date."""
    # A period in hours has an instant, whose first ten characters are its day.
    return None if item.due_on is None else date.fromisoformat(item.due_on[:10])
