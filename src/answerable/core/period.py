"""A length of time, and how its days are counted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Unit(StrEnum):
    """What a period is counted in. A business day is counted as a working day is."""

    HOUR = "hour"
    DAY = "day"
    WORKING_DAY = "working-day"
    BUSINESS_DAY = "business-day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    SESSION = "session"

    @property
    def skips_days_off(self) -> bool:
        return self in {Unit.WORKING_DAY, Unit.BUSINESS_DAY}


class Period(NamedTuple):
    """A length of time; ``backwards`` where it is counted back from its event."""

    length: int
    unit: Unit
    backwards: bool = False


class DayOfEvent(StrEnum):
    """What becomes of the day of the event (two readings of Regulation 1182/71, Article 3)."""

    EVENT_DAY = "event-day"
    """The day of the event is day zero: three weeks from a Thursday end on a Thursday."""
    DAY_AFTER = "day-after"
    """Weeks, months and years run from the day after: three weeks from a Thursday end on a Friday.
    So the Netherlands counted in Case C-171/03; practice under Article 19 is the other reading."""
    EVENT_DAY_COUNTS = "event-day-counts"
    """The day of the event is day one."""


class DayOff(StrEnum):
    """Where a period ends whose last day is no working day."""

    NEXT = "next-working-day"
    PREVIOUS = "previous-working-day"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Counting:
    """How the days of a period are counted; without a calendar, no day is off."""

    calendar: str = ""
    reading: DayOfEvent = DayOfEvent.EVENT_DAY
    day_off: DayOff = DayOff.STAYS
    least_working_days: int = 0
