"""How far off a date is from now, and what is late: by the days of the procedure's time zone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from answerable.core.acts import Envelope
from answerable.core.calendars import Calendar
from answerable.core.owed import Owed
from answerable.core.procedure import Bound, Clock, Procedure
from answerable.core.seats import COMPLAINANT

_DONE = frozenset({"action-done", "agreement-kept"})
_PROMISES = frozenset({"action-promised", "finding-issued", "agreement-accepted"})
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The working days between today and a date, by a calendar, which has its name for ever.

    Nothing is counted before it is asked for: a list has very many dates.
    """

    today: date
    until: date
    name: str
    calendar: Calendar = field(compare=False, repr=False)

    def count(self) -> int | None:
        """Return how many lie between both, None where the calendar says nothing of one."""
        return self.calendar.working_days(*sorted((self.today, self.until)))

    def off(self) -> tuple[date, ...]:
        """Return the holidays up to the date on which nothing is counted."""
        return self.calendar.days_off(self.today, self.until)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left until a date: days, and hours too where the period is in hours.

    Both are below nothing once it has passed. ``late`` is False of what nobody can be late with:
    a day before which something must not be done, and what a complainant may do or leave.
    ``working`` counts the same in working days, where the clock is counted in them.
    """

    days: int
    hours: int | None
    passed: bool
    late: bool
    working: WorkingDays | None = None


def left_of(
    item: Owed,
    now: datetime,
    bound: Bound = Bound.AT_LATEST,
    calendar: Calendar | None = None,
) -> Left | None:
    """Return what is left for an owed act; now is in the time zone of its procedure.

    ``calendar`` is given where the clock is counted in working days. None stands for an act that
    is owed without a date.
    """
    if item.due_on is None:
        return None
    day, hours, passed = _until(item.due_on, now, bound)
    # Silence never counts against the complainant (case.md 4).
    counts = bound is not Bound.NOT_BEFORE and item.seat != COMPLAINANT
    working = None
    if calendar is not None and hours is None:
        working = WorkingDays(now.date(), day, calendar.name, calendar)
    return Left((day - now.date()).days, hours, passed, passed and counts, working)


def days_by(clock: Clock | None, calendar: Calendar | None) -> Calendar | None:
    """Return the calendar on which days until a date are counted, None where every day counts.

    The given one is that by which the record has the date, where it is known.
    """
    return calendar if clock is not None and clock.is_in_working_days else None


def day_of(due_on: str, now: datetime) -> date:
    """Return the day of a due date, of one in hours that of the time zone of now."""
    return _instant(due_on, now).date() if "T" in due_on else date.fromisoformat(due_on)


def late_actions(
    acts: Sequence[Envelope], owed: Iterable[Owed], procedure: Procedure, now: datetime
) -> frozenset[int]:
    """Return the acts whose promised action is late, as far as dates tell.

    Where a clock runs for the action, its date counts; else the day which the promise names.
    """
    clocks = {code for code, clock in procedure.clocks.items() if _DONE & set(clock.met_by)}
    running = {i.started_by: i for i in owed if i.code in clocks and i.met_by is None}
    late = set()
    for act in (act for act in acts if act.act in _PROMISES):
        item = running.get(act.sequence)
        if item is not None and item.due_on is not None:
            left = left_of(item, now, procedure.clocks[item.code].bound)
            if left is not None and left.late:
                late.add(act.sequence)
        elif (until := _promised(act, acts)) is not None and until < now.date():
            late.add(act.sequence)
    return frozenset(late)


def _promised(act: Envelope, acts: Sequence[Envelope]) -> date | None:
    """Return the day that a promise names; of an agreement, that of the proposal before it."""
    if act.act == "agreement-accepted":
        numbers = set(act.allegations)
        proposed = (a for a in reversed(acts[: act.sequence]) if a.act == "agreement-proposed")
        act = next((a for a in proposed if not numbers or numbers & set(a.allegations)), act)
    until = act.facts.get("until")
    return date.fromisoformat(until) if isinstance(until, str) else None


def _until(due_on: str, now: datetime, bound: Bound) -> tuple[date, int | None, bool]:
    day = day_of(due_on, now)
    if "T" in due_on:
        left = _instant(due_on, now) - now
        return day, left // _HOUR, left < timedelta()
    # What must be done before a day is late once that day has begun.
    return day, None, now.date() > day or (bound is Bound.BEFORE and now.date() == day)


def _instant(due_on: str, now: datetime) -> datetime:
    return datetime.fromisoformat(due_on).astimezone(now.tzinfo)
