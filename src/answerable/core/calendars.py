"""Versioned calendars: which days are worked, why the others are not, and when a body sits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from answerable.core.errors import Undecidable
from answerable.core.procedure import Source, Titles

ONE_DAY = timedelta(days=1)
DAYS_OF_WEEK = 7


class CalendarSaysNothing(Undecidable):
    """The calendar does not speak of a day, so nobody can say whether it counts."""

    code = "calendar-says-nothing"


@dataclass(frozen=True, slots=True)
class Calendar:
    """One version of a calendar.

    ``weekend`` holds numbers of weekdays, Monday 0. ``holidays`` gives each day off its name.
    ``first`` and ``last`` are the days it speaks of. ``sessions`` are the first days on which a
    body sits, in order. ``confirmed`` is False where its days were not read in a source.
    """

    code: str
    version: str
    weekend: frozenset[int] = frozenset({5, 6})
    holidays: Mapping[date, str] = field(default_factory=dict)
    first: date = date.min
    last: date = date.max
    sessions: tuple[date, ...] = ()
    confirmed: bool = True
    titles: Titles = field(default_factory=dict)
    sources: tuple[Source, ...] = ()

    @property
    def name(self) -> str:
        """The code with its version, as ``kh@2020-04``."""
        return f"{self.code}@{self.version}"

    def is_working(self, day: date) -> bool:
        """Return whether this is a working day.

        Raises:
            CalendarSaysNothing: with calendar, version and the day.
        """
        if not self.first <= day <= self.last:
            raise CalendarSaysNothing(
                f"{self.code} says nothing of {day}",
                calendar=self.code,
                version=self.version,
                day=day.isoformat(),
            )
        return day.weekday() not in self.weekend and day not in self.holidays

    def holiday(self, day: date) -> str | None:
        """Return the name of the holiday on this day, None where there is none."""
        return self.holidays.get(day)

    def next_working(self, day: date) -> date:
        """Return the day, or the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def previous_working(self, day: date) -> date:
        """Return the day, or the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def days_off(self, after: date, until: date) -> tuple[date, ...]:
        """Return the holidays after one day up to another that no weekend would have left out."""
        off = (day for day in self.holidays if after < day <= until)
        return tuple(sorted(day for day in off if day.weekday() not in self.weekend))

    def working_days(self, after: date, until: date) -> int | None:
        """Return the working days after one day up to another, None where one is not spoken of.

        The other day may be centuries ahead: it is counted by weeks, not day by day.
        """
        days = (until - after).days
        if days <= 0:
            return 0
        if after + ONE_DAY < self.first or until > self.last:
            return None
        weeks, rest = divmod(days, DAYS_OF_WEEK)
        ends = ((until.weekday() - n) % DAYS_OF_WEEK for n in range(rest))
        worked = weeks * (DAYS_OF_WEEK - len(self.weekend))
        worked += sum(day not in self.weekend for day in ends)
        return worked - len(self.days_off(after, until))


EVERY_DAY = Calendar("every-day", "1", weekend=frozenset())
"""What a clock without a calendar is counted by: no day is off."""
