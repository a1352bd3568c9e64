"""Counts a period on a calendar, and says each step of the count."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from answerable.core.calendars import ONE_DAY, Calendar
from answerable.core.errors import Fact, Malformed
from answerable.core.period import Counting, DayOfEvent, DayOff, Period, Unit


class PeriodTooLong(Malformed):
    """A period ends beyond the last year that a date can have."""

    code = "period-too-long"


class Step(NamedTuple):
    """One line of a clock's working: a code, and the facts that its sentence needs."""

    code: str
    facts: dict[str, Fact]


def step(code: str, **facts: Fact | date) -> Step:
    """Return a step; dates are told as 2019-12-12."""
    told = {name: f.isoformat() if isinstance(f, date) else f for name, f in facts.items()}
    return Step(code, told)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a period ends, and how that was counted. ``on`` is None where nobody can say yet."""

    on: date | None
    working: tuple[Step, ...]


def counted(
    period: Period, start: date, *, counting: Counting, calendar: Calendar, paused: Collection[date]
) -> Counted:
    """Return where a period ends that runs from the day of an event.

    Raises:
        CalendarSaysNothing: the calendar does not reach as far as the period.
        PeriodTooLong: no date is so far away.
    """
    first = _day_zero(period, start, counting.reading)
    steps = [_reading_step(period, start, first, counting.reading)]
    try:
        nominal, more = _nominal(period, first, calendar, paused)
    except OverflowError:
        raise PeriodTooLong(f"{period.length} {period.unit}", length=period.length) from None
    steps += more
    if nominal is None:
        return Counted(None, tuple(steps))
    steps.append(step("period-ends", on=nominal))
    if period.unit.skips_days_off or period.unit is Unit.SESSION:
        return Counted(nominal, tuple(steps))
    end, more = _without_day_off(period, nominal, counting, calendar)
    steps += more
    end, more = _with_enough_working_days(first, end, counting, calendar)
    return Counted(end, (*steps, *more))


def _day_zero(period: Period, start: date, reading: DayOfEvent) -> date:
    """Return the day from which the length is added: the last day that is not counted."""
    if period.backwards or reading is DayOfEvent.EVENT_DAY or period.unit is Unit.SESSION:
        return start
    if reading is DayOfEvent.EVENT_DAY_COUNTS:
        return start - ONE_DAY
    by_days = period.unit is Unit.DAY or period.unit.skips_days_off
    return start if by_days else start + ONE_DAY


def _reading_step(period: Period, start: date, first: date, reading: DayOfEvent) -> Step:
    if period.unit is Unit.SESSION:
        return step("sessions-after", on=start)
    if reading is DayOfEvent.EVENT_DAY_COUNTS and not period.backwards:
        return step("day-one", on=start)
    if first != start:
        return step("runs-from-day-after", on=first)
    return step("day-zero", on=start)


def _nominal(
    period: Period, first: date, calendar: Calendar, paused: Collection[date]
) -> tuple[date | None, list[Step]]:
    if period.unit is Unit.SESSION:
        return _session(period, first, calendar)
    if period.unit is Unit.DAY or period.unit.skips_days_off:
        return _day_by_day(period, first, calendar, paused)
    end, steps = _by_calendar(period, first)
    taken = sorted(day for day in paused if first < day)
    moved = end
    # A pause moves the end, and the days that this adds may be paused too.
    while (later := end + timedelta(days=sum(day <= moved for day in taken))) != moved:
        moved = later
    steps += list(_runs([(day, "paused", "") for day in taken if day <= moved]))
    return moved, steps


def _session(period: Period, first: date, calendar: Calendar) -> tuple[date | None, list[Step]]:
    later = [day for day in calendar.sessions if day > first]
    if len(later) < period.length:
        return None, [step("session-unknown", ordinal=period.length, known=len(later))]
    steps = [step("session", ordinal=n, on=day) for n, day in enumerate(later[: period.length], 1)]
    return later[period.length - 1], steps


def _day_by_day(
    period: Period, first: date, calendar: Calendar, paused: Collection[date]
) -> tuple[date, list[Step]]:
    one = -ONE_DAY if period.backwards else ONE_DAY
    day, left, out = first, period.length, []
    while left:
        day += one
        reason = _why_left_out(day, period.unit, calendar, paused)
        if reason is None:
            left -= 1
        else:
            out.append((day, *reason))
    return day, list(_runs(out if one > timedelta() else out[::-1]))


def _why_left_out(
    day: date, unit: Unit, calendar: Calendar, paused: Collection[date]
) -> tuple[str, str] | None:
    # A day that is off anyway is not left out twice, whatever pause spans it.
    if unit.skips_days_off and not calendar.is_working(day):
        return _why_off(day, calendar)
    return ("paused", "") if day in paused else None


def _why_off(day: date, calendar: Calendar) -> tuple[str, str]:
    name = calendar.holiday(day)
    return ("weekend", "") if name is None else ("holiday", name)


def _by_calendar(period: Period, first: date) -> tuple[date, list[Step]]:
    length = -period.length if period.backwards else period.length
    if period.unit is Unit.WEEK:
        return first + timedelta(weeks=length), []
    months = length * 12 if period.unit is Unit.YEAR else length
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    last = monthrange(year, month + 1)[1]
    end = date(year, month + 1, min(first.day, last))
    if first.day <= last:
        return end, []
    return end, [step("no-such-day", day=first.day, on=end)]


def _without_day_off(
    period: Period, end: date, counting: Counting, calendar: Calendar
) -> tuple[date, list[Step]]:
    if counting.day_off is DayOff.STAYS and not counting.least_working_days:
        return end, []
    if calendar.is_working(end):
        return end, []
    reason, name = _why_off(end, calendar)
    off = step("ends-on-day-off", on=end, reason=reason, name=name)
    # Counted back, a later end would be too late (Regulation 1182/71, Article 3(4)).
    if counting.day_off is DayOff.STAYS or (period.backwards and counting.day_off is DayOff.NEXT):
        return end, [off, step("day-off-stays", on=end)]
    move = calendar.next_working if counting.day_off is DayOff.NEXT else calendar.previous_working
    moved = move(end)
    return moved, [off, step("moved", on=moved)]


def _with_enough_working_days(
    first: date, end: date, counting: Counting, calendar: Calendar
) -> tuple[date, list[Step]]:
    least = counting.least_working_days
    if not least or end <= first:
        return end, []
    days = (first + timedelta(days=n) for n in range(1, (end - first).days + 1))
    found = 0
    for day in days:
        found += calendar.is_working(day)
        if found >= least:
            return end, []
    short, moved = found, end
    while found < least:
        moved = calendar.next_working(moved + ONE_DAY)
        found += 1
    return moved, [step("too-few-working-days", found=short, least=least, on=moved)]


def _runs(days: Sequence[tuple[date, str, str]]) -> Iterator[Step]:
    """Yield days left out, those that follow one another for one reason in one step."""
    at = 0
    while at < len(days):
        first, reason, name = days[at]
        last = first
        at += 1
        while at < len(days) and days[at] == (last + ONE_DAY, reason, name):
            last = days[at][0]
            at += 1
        yield step("left-out", first=first, last=last, reason=reason, name=name)
