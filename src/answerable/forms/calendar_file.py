"""Reads the file of a calendar: its weekend, its holidays and the days it speaks of."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from itertools import pairwise

from answerable.casework.procedures import Checked
from answerable.core.calendars import Calendar
from answerable.core.case.problems import DatesReversed
from answerable.forms.clock_form import sources
from answerable.forms.faults import OutsideCalendar, SessionsOutOfOrder
from answerable.forms.rules_file import opened
from answerable.forms.sheet import (
    Fields,
    Value,
    choice,
    code,
    day,
    line,
    titles,
    version,
    yes,
)

FORMAT = "answerable/calendar/v1"
_KEYS = (
    *("format", "code", "version", "titles", "weekend", "first", "last", "holidays", "sessions"),
    *("confirmed", "sources"),
)


class _Weekday(StrEnum):
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


_WEEK = tuple(_Weekday)


def read_calendar(data: bytes, name: str) -> Checked[Calendar]:
    """Return the calendar of a file, or all that is wrong with it."""
    return opened(data, name, FORMAT, "calendar").read(_calendar)


def _calendar(value: Value) -> Calendar:
    fields = value.fields(*_KEYS)
    first = fields.need("first", day, date.min)
    last = fields.need("last", day, date.max)
    if first > last:
        fields.wrong("last", DatesReversed("ends before it begins"))
    sessions = fields.each("sessions", day)
    if any(one >= other for one, other in pairwise(sessions)):
        fields.wrong("sessions", SessionsOutOfOrder("not in order"))
    weekend = fields.each("weekend", choice(_Weekday), need=True)
    none: dict[date, str] = {}
    made = Calendar(
        code=fields.need("code", code, ""),
        version=fields.need("version", version, ""),
        weekend=frozenset(_WEEK.index(one) for one in weekend),
        holidays=fields.read("holidays", _holidays, none),
        first=first,
        last=last,
        sessions=sessions,
        confirmed=fields.need("confirmed", yes, default=True),
        titles=fields.need("titles", titles, {}),
        sources=sources(fields),
    )
    _refuse_outside(fields, made)
    return made


def _holidays(value: Value) -> dict[date, str]:
    return {on: one.read(line, "") for on, one in _days(value)}


def _days(value: Value) -> Iterator[tuple[date, Value]]:
    for key, one in value.inside().items():
        on = Value(value.sheet, one.path, key).read(day, None)
        if on is not None:
            yield on, one


def _refuse_outside(fields: Fields, made: Calendar) -> None:
    days = [(f"holidays/{on}", on) for on in made.holidays]
    days += [(f"sessions/{n}", on) for n, on in enumerate(made.sessions, start=1)]
    for key, on in days:
        if not made.first <= on <= made.last:
            fields.wrong(key, OutsideCalendar("beyond the calendar"))
