"""Clocks and matters built in a line, for tests."""

from datetime import date, datetime
from typing import Any

from answerable.core.acts import ActCode, Seat
from answerable.core.calendars import Calendar
from answerable.core.clocks import Due, Matter, due
from answerable.core.happened import Happened
from answerable.core.period import Period, Unit
from answerable.core.procedure import (
    Clock,
    Procedure,
    ProcedureKind,
    Start,
)


def days(*texts: str) -> dict[date, str]:
    """Return holidays by day, each named after its date."""
    return {date.fromisoformat(text): f"holiday of {text}" for text in texts}


def a_calendar(*holidays: str, **rest: Any) -> Calendar:
    return Calendar("training", "1", holidays=days(*holidays), **rest)


def a_clock(period: str, starts: str = "asked", **rest: Any) -> Clock:
    """Return a clock of a period as ``3 week`` that an event starts."""
    code = rest.pop("code", "answer")
    length, unit = period.split() if period else ("0", "day")
    return Clock(
        code=code,
        titles={"en": code},
        owes=Seat("secretariat"),
        starts=rest.pop("start", (Start(ActCode(starts)),)),
        period=rest.pop("length", Period(int(length), Unit(unit)) if period else None),
        **rest,
    )


def a_procedure(*clocks: Clock, recurring: tuple[Clock, ...] = ()) -> Procedure:
    return Procedure(
        id="training",
        version="1",
        in_force_from=None,
        kind=ProcedureKind.CASE,
        titles={"en": "Training"},
        time_zone="UTC",
        seats={},
        clocks={clock.code: clock for clock in clocks},
        recurring={clock.code: clock for clock in recurring},
    )


def event(text: str) -> Happened:
    """Return an event written as ``asked 2019-11-12``, or ``asked 2019-11-12 until 2019-12-01``."""
    words = text.split()
    at = datetime.fromisoformat(words[1]) if "T" in words[1] else None
    until = date.fromisoformat(words[3]) if len(words) > 2 else None
    on = at.date() if at else date.fromisoformat(words[1])
    return Happened(ActCode(words[0]), on, at, until)


def asked_of(
    clock: Clock, *events: str, calendar: Calendar | None = None, others: tuple[Clock, ...] = ()
) -> Due:
    """Return when a clock's act is due after events."""
    calendars = {calendar.code: calendar} if calendar else {}
    matter = Matter(tuple(map(event, events)), calendars)
    return due(a_procedure(clock, *others), clock.code, matter)


def steps_of(answer: Due) -> list[str]:
    """Return the codes of the working, in order."""
    return [step.code for step in answer.working]
