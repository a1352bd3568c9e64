"""Clocks: from events to the date by which an act is owed, with every step of the working."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from answerable.core.acts import ActCode, Seat
from answerable.core.calendars import EVERY_DAY, Calendar
from answerable.core.clock_run import Run
from answerable.core.counting import Step, step
from answerable.core.errors import Malformed, Undecidable
from answerable.core.happened import Happened, of_codes
from answerable.core.period import Period, Unit
from answerable.core.procedure import (
    Bound,
    Clock,
    Procedure,
)


class NothingStartsIt(Undecidable):
    """None of the events that start the clock is given; ``starts`` lists them."""

    code = "nothing-starts-it"


class HourMissing(Malformed):
    """A period in hours needs the hour of its event, and its offset from UTC."""

    code = "hour-missing"


class ClassMissing(Malformed):
    """The period depends on the class of the matter; ``known`` lists the classes."""

    code = "class-missing"


class CalendarMissing(Undecidable):
    """The clock is counted on a calendar that is not at hand."""

    code = "calendar-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """By when an act is owed. ``on`` is None where there is no date, and the working says why.

    ``at`` is the instant where a period is in hours; else the day ends at 24:00 in ``time_zone``.
    """

    clock: str
    owes: Seat
    on: date | None
    at: datetime | None
    bound: Bound
    binding: bool
    confirmed: bool
    calendar: Calendar
    time_zone: str
    working: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """What a clock is asked about: what happened, in any order, and the class of the matter."""

    events: tuple[Happened, ...]
    calendars: Mapping[str, Calendar]
    class_: str = ""


def due(procedure: Procedure, code: str, matter: Matter) -> Due:
    """Return by when the act of a clock is owed.

    Raises:
        UnknownClock, NothingStartsIt, HourMissing, ClassMissing, CalendarMissing,
        CalendarSaysNothing, PeriodTooLong.
    """
    clock = procedure.clock(code)
    calendar = _calendar(clock, matter)
    begun, working, confirmed = _begun(procedure, clock, matter)
    on, at, more = (None, None, []) if begun is None else _end(clock, begun, matter, calendar)
    return Due(
        clock=code,
        owes=clock.owes,
        on=on,
        at=at,
        bound=clock.bound,
        binding=clock.binding,
        confirmed=confirmed and clock.confirmed,
        calendar=calendar,
        time_zone=procedure.time_zone,
        working=(*working, *more, *_remarks(clock, calendar)),
    )


def first_counted(procedure: Procedure, code: str, matter: Matter) -> date | None:
    """Return the first of the working days that a clock counts, None where it counts none.

    Raises:
        What due raises.
    """
    clock = procedure.clock(code)
    period = clock.period
    if period is None or period.backwards or not period.unit.skips_days_off:
        return None
    # Where one day alone would end is where the first of many is.
    one = replace(clock, period=period._replace(length=1))
    return due(replace(procedure, clocks={**procedure.clocks, code: one}), code, matter).on


def _calendar(clock: Clock, matter: Matter) -> Calendar:
    code = clock.counting.calendar
    if not code:
        return EVERY_DAY
    if code not in matter.calendars:
        raise CalendarMissing(f"no calendar {code}", calendar=code)
    return matter.calendars[code]


def _begun(
    procedure: Procedure, clock: Clock, matter: Matter
) -> tuple[Happened | None, list[Step], bool]:
    """Return the event that the clock runs from, how it was found, and whether it is sure."""
    for start in clock.starts:
        if start.event is not None:
            happened = of_codes(matter.events, [start.event])
            if happened:
                # What recurs is counted from the last time, everything else from the first.
                event = happened[-1 if clock.code in procedure.recurring else 0]
                return event, [step("event", event=event.code, on=event.on)], True
        elif start.end_of is not None:
            before = _due_if_begun(procedure, start.end_of, matter)
            if before is not None:
                return _end_of(before)
    starts = [start.event or f"end-of: {start.end_of}" for start in clock.starts]
    raise NothingStartsIt(
        f"{clock.code} is not started", clock=clock.code, starts=", ".join(starts)
    )


def _due_if_begun(procedure: Procedure, code: str, matter: Matter) -> Due | None:
    try:
        return due(procedure, code, matter)
    except NothingStartsIt:
        return None


def _end_of(before: Due) -> tuple[Happened | None, list[Step], bool]:
    if before.on is None:
        return None, [step("end-unknown", clock=before.clock)], before.confirmed
    steps = [step("end-of-clock", clock=before.clock, on=before.on), *before.working]
    event = Happened(ActCode(before.clock), before.on, before.at)
    return event, steps, before.confirmed


def _end(
    clock: Clock, begun: Happened, matter: Matter, calendar: Calendar
) -> tuple[date | None, datetime | None, list[Step]]:
    period, promised = _period(clock, matter), begun.promised
    if period is None:
        if promised is not None:
            return promised, None, [step("promised", to=promised)]
        if clock.bound is Bound.BEFORE:
            return begun.on, begun.at, [step("before-event", on=begun.on)]
        return None, None, [step("no-period")]
    if period.unit is Unit.HOUR:
        return _hours(period, begun)
    on, steps = Run(clock, matter.events, calendar, promised).end(period, begun.on)
    return on, None, steps


def _period(clock: Clock, matter: Matter) -> Period | None:
    if not clock.by_class:
        return clock.period
    if matter.class_ not in clock.by_class:
        known = ", ".join(clock.by_class)
        raise ClassMissing(f"no class {matter.class_!r}", clock=clock.code, known=known)
    return clock.by_class[matter.class_]


def _hours(period: Period, begun: Happened) -> tuple[date, datetime, list[Step]]:
    if begun.at is None:
        raise HourMissing(f"{begun.code} has no hour", event=begun.code)
    length = -period.length if period.backwards else period.length
    # Hours pass on the clock of the world: a change to summer time does not lengthen them.
    at = begun.at + timedelta(hours=length)
    steps = [step("hours", length=period.length, at=begun.at.isoformat())]
    return at.date(), at, [*steps, step("ends-at", at=at.isoformat())]


def _remarks(clock: Clock, calendar: Calendar) -> list[Step]:
    remarks = []
    if clock.counting.calendar:
        remarks.append(step("calendar", calendar=calendar.code, version=calendar.version))
        if not calendar.confirmed:
            remarks.append(step("calendar-not-confirmed", calendar=calendar.code))
    if not clock.confirmed:
        remarks.append(step("period-not-confirmed", doubt=clock.doubt))
    if not clock.binding:
        remarks.append(step("indicative"))
    return remarks
