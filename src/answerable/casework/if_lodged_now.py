"""What the clocks would make of a report that is handed in now: told before anybody writes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from answerable.casework.ruling import Ruling, local
from answerable.core.calendars import EVERY_DAY, Calendar, CalendarSaysNothing
from answerable.core.case.dated import Dated, events_of_lodging
from answerable.core.clocks import Matter, first_counted
from answerable.core.errors import Malformed, Undecidable
from answerable.core.happened import Happened
from answerable.core.mechanism import Mechanism
from answerable.core.procedure import Clock, Procedure
from answerable.core.seats import COMPLAINANT


class Today(Enum):
    """What a calendar makes of today."""

    WORKED = "worked"
    OFF = "off"
    UNSPOKEN = "unspoken"
    """The calendar does not reach as far."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A clock that begins with handing in.

    ``due_on`` is the day or the instant by which its act is owed, as an envelope has it, and
    ``first`` the first working day that is counted; each is None where there is none.
    """

    clock: Clock
    calendar: Calendar
    today: Today
    due_on: str | None
    first: date | None


@dataclass(frozen=True, slots=True)
class IfLodgedNow:
    """The rules under which a case would begin, the day it is there, and what others would owe."""

    procedure: Procedure
    day: date
    begun: Mapping[str, Begun]


def if_lodged_now(ruling: Ruling, mechanism: Mechanism) -> IfLodgedNow:
    """Return what would be owed to a sender, by the clocks that lodging itself asks."""
    procedure = ruling.in_force(mechanism)
    clocks, at = ruling.clocks(mechanism, procedure), local(ruling.now(), procedure)
    act = Dated(events_of_lodging(mechanism.host), 1, at, (1,), None, COMPLAINANT)
    begun = {}
    for entry in clocks.started((), act, ()):
        clock = procedure.clocks[str(entry["clock"])]
        due_on = entry.get("due")
        if clock.owes != COMPLAINANT:
            calendar = clocks.calendars.get(clock.counting.calendar, EVERY_DAY)
            begun[clock.code] = Begun(
                clock,
                calendar,
                _today(calendar, at.date()),
                due_on if isinstance(due_on, str) else None,
                _first(procedure, clock, act.happened, clocks.calendars),
            )
    return IfLodgedNow(procedure, at.date(), begun)


def _today(calendar: Calendar, day: date) -> Today:
    try:
        return Today.WORKED if calendar.is_working(day) else Today.OFF
    except CalendarSaysNothing:
        return Today.UNSPOKEN


def _first(
    procedure: Procedure,
    clock: Clock,
    happened: tuple[Happened, ...],
    calendars: Mapping[str, Calendar],
) -> date | None:
    try:
        return first_counted(procedure, clock.code, Matter(happened, calendars))
    except (Undecidable, Malformed):
        return None
