"""Reads one clock of a procedure's file: its start, its period, and what moves its end."""

import re
from collections.abc import Sequence
from dataclasses import replace

from answerable.core.acts import ActCode, Seat
from answerable.core.period import Counting, DayOfEvent, DayOff, Period, Unit
from answerable.core.procedure import (
    Bound,
    Clock,
    Ends,
    Extension,
    Pause,
    Source,
    Start,
)
from answerable.forms.faults import DoubtMissing, ImpossiblePeriod, NotAnAddress
from answerable.forms.sheet import (
    Fields,
    Value,
    choice,
    count,
    line,
    reference,
    titles,
    yes,
)

_PERIODS = ("period", "period-by-class")
_UNITS = {f"{unit.value.replace('-', ' ')}{end}": unit for unit in Unit for end in ("", "s")}
_NO_LEAST = frozenset({Unit.HOUR, Unit.WORKING_DAY, Unit.BUSINESS_DAY, Unit.SESSION})
LONGEST = 10_000
"""The longest period, in whatever unit: a longer one is a slip of the hand."""

_CLOCK = (
    *("titles", "owes", "starts", "period", "period-by-class", "bound", "binding", "calendar"),
    *("counting", "pauses", "resets", "extensions", "met-by", "missed", "note", "confirmed"),
    *("doubt", "sources"),
)
_COUNTING = ("reading", "day-off", "least-working-days")


def period(value: Value) -> Period:
    """Return a period, as 20 working days, or 10 weeks before."""
    words = line(value).lower().split()
    before = words[-1] == "before"
    length, *rest = words[:-1] if before else words
    unit = _UNITS.get(" ".join(rest))
    if unit is None or not re.fullmatch("[0-9]{1,6}", length):
        raise ImpossiblePeriod("no period", reason="unreadable")
    if not int(length):
        raise ImpossiblePeriod("no length", reason="nothing")
    if int(length) > LONGEST:
        raise ImpossiblePeriod("too long", reason="too-long", limit=LONGEST)
    if before and unit is Unit.SESSION:
        raise ImpossiblePeriod("sessions counted back", reason="sessions-before")
    return Period(int(length), unit, backwards=before)


def counting(value: Value, given: Counting) -> Counting:
    """Return how days are counted: as given, but for what this value says."""
    fields = value.fields(*_COUNTING)
    return replace(
        given,
        reading=fields.read("reading", choice(DayOfEvent), given.reading),
        day_off=fields.read("day-off", choice(DayOff), given.day_off),
        least_working_days=fields.read("least-working-days", count(0), given.least_working_days),
    )


def source(value: Value) -> Source:
    fields = value.fields("title", "url", "confidence")
    return Source(
        title=fields.need("title", line, ""),
        url=fields.read("url", _address, ""),
        confidence=fields.read("confidence", line, ""),
    )


def sources(fields: Fields) -> tuple[Source, ...]:
    return fields.every("sources", source)


def clock(value: Value, given: Counting) -> Clock:
    """Return a clock; ``given`` is how the whole procedure counts."""
    fields = value.fields(*_CLOCK)
    one = fields.read("period", period, None)
    by_class: dict[str, Period] = fields.read("period-by-class", _by_class, {})
    confirmed = fields.read("confirmed", yes, default=True)
    made = Clock(
        code=value.name,
        titles=fields.need("titles", titles, {}),
        owes=Seat(fields.need("owes", reference("seat"), "")),
        starts=fields.each("starts", _start, need=True),
        period=one,
        by_class=by_class,
        bound=fields.read("bound", choice(Bound), Bound.AT_LATEST),
        binding=fields.read("binding", yes, default=True),
        counting=_counting(fields, given, (*([] if one is None else [one]), *by_class.values())),
        pauses=fields.every("pauses", _pause),
        resets=_events(fields, "resets"),
        extensions=fields.every("extensions", _extension),
        met_by=_events(fields, "met-by"),
        missed=fields.read("missed", titles, {}),
        note=fields.read("note", titles, {}),
        confirmed=confirmed,
        doubt=fields.read("doubt", line, ""),
        sources=sources(fields),
    )
    if fields.has("doubt") == confirmed:
        _refuse_doubt(fields)
    _refuse_impossible(fields, made)
    return made


def _refuse_doubt(fields: Fields) -> None:
    if fields.has("doubt"):
        fields.wrong("doubt", DoubtMissing("confirmed, and in doubt", reason="needless"))
    else:
        fields.wrong("confirmed", DoubtMissing("not confirmed, and no doubt"))


def _by_class(value: Value) -> dict[str, Period]:
    found: dict[str, Period] = {}
    for name, one in value.keyed().items():
        one.refer("class", name)
        length = one.read(period, None)
        if length is not None:
            found[name] = length
    return found


def _counting(fields: Fields, given: Counting, periods: Sequence[Period]) -> Counting:
    calendar = fields.read("calendar", reference("calendar"), given.calendar)
    given = replace(given, calendar=calendar)
    own = fields.read("counting", lambda value: counting(value, given), given)
    # What the whole procedure says is not meant for periods that have their working days anyway.
    if not _says_least(fields) and any(one.unit.skips_days_off for one in periods):
        return replace(own, least_working_days=0)
    return own


def _says_least(fields: Fields) -> bool:
    said = fields.given["counting"].raw if fields.has("counting") else None
    return isinstance(said, dict) and said.get("least-working-days") not in {None, "", "0", 0}


def _start(value: Value) -> Start:
    if isinstance(value.raw, dict):
        fields = value.fields("end-of")
        return Start(end_of=fields.need("end-of", reference("clock"), ""))
    return Start(event=_event(value))


def _event(value: Value) -> ActCode:
    return ActCode(reference("event")(value))


def _events(fields: Fields, key: str) -> tuple[ActCode, ...]:
    return fields.each(key, _event)


def _pause(value: Value) -> Pause:
    fields = value.fields("starts", "ends", "leaves-out", "at-most")
    return Pause(
        starts=fields.each("starts", _event, need=True),
        ends=fields.each("ends", _event, need=True),
        leaves_out=fields.read("leaves-out", choice(Ends), Ends.LAST),
        at_most=fields.read("at-most", count(1), None),
    )


def _extension(value: Value) -> Extension:
    fields = value.fields("event", "by", "times")
    return Extension(
        event=fields.need("event", _event, ActCode("")),
        by=fields.read("by", _longer_by, None),
        times=fields.read("times", count(1), 1),
    )


def _longer_by(value: Value) -> Period | None:
    by = period(value)
    if by.backwards:
        raise ImpossiblePeriod("an extension counted back", reason="extension-before")
    if by.unit is Unit.HOUR:
        raise ImpossiblePeriod("an extension in hours", reason="extension-in-hours")
    return by


def _address(value: Value) -> str:
    address = line(value)
    if not re.match(r"https?://[^\s/]+", address):
        raise NotAnAddress("no address")
    return address


def _refuse_impossible(fields: Fields, made: Clock) -> None:
    """Note what cannot go together with the period of a clock."""
    reason = _impossible(fields, made)
    if reason is not None:
        key = next((key for key in _moved_by(made) if fields.has(key)), _PERIODS[0])
        key = "counting" if reason == "least-of-working-days" else key
        fields.wrong(key, ImpossiblePeriod(reason, reason=reason))


def _impossible(fields: Fields, made: Clock) -> str | None:
    has = [fields.has(key) for key in _PERIODS]
    units = {one.unit for one in (made.period, *made.by_class.values()) if one}
    back = any(one.backwards for one in (made.period, *made.by_class.values()) if one)
    checks = (
        ("two-periods", all(has)),
        ("moved-without-period", not any(has) and _moved_by(made)),
        ("runs-through", (Unit.HOUR in units or back) and _moved_by(made)),
        ("sessions-paused", Unit.SESSION in units and made.pauses),
        ("sessions-of-no-calendar", Unit.SESSION in units and not made.counting.calendar),
        ("least-of-working-days", _says_least(fields) and units & _NO_LEAST),
    )
    return next((reason for reason, holds in checks if holds), None)


def _moved_by(made: Clock) -> tuple[str, ...]:
    """Return the fields that move the end of a clock."""
    given = {"pauses": made.pauses, "resets": made.resets, "extensions": made.extensions}
    return tuple(key for key, value in given.items() if value)
