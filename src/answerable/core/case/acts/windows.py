"""The clocks of the procedure that an act runs into: windows that are open, and their last day."""

from dataclasses import replace
from datetime import date, datetime
from functools import reduce

from answerable.core.acts import ActCode
from answerable.core.case.acts.kind import Deciding
from answerable.core.lateness import Left, left_of
from answerable.core.owed import Owed, owed_after
from answerable.core.procedure import Bound, Clock

CONTESTED = ActCode("contested")


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


def is_owed(clock: Clock | None) -> bool:
    """Return whether somebody owes what a clock waits for; None is one that is not known here."""
    return clock is None or not is_window(clock)


def left_by(clock: Clock | None, item: Owed, now: datetime) -> Left | None:
    """Return what is left for an act that a clock waits for; nobody is late with a window.

    ``now`` is in the time zone of its procedure. None is a clock that is not known here.
    """
    left = left_of(item, now, Bound.AT_LATEST if clock is None else clock.bound)
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
