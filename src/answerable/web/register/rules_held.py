"""The rules and calendars that a register holds, by name."""

from collections.abc import Mapping
from dataclasses import dataclass

from answerable.core.calendars import Calendar
from answerable.core.case.acts.windows import windows_in
from answerable.core.lateness import days_by
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that a register holds, by name, as they could be read."""

    procedures: Mapping[str, Procedure]
    calendars: Mapping[str, Calendar]

    @property
    def windows(self) -> frozenset[str]:
        """The codes of the clocks of which nobody is late with anything."""
        return windows_in(self.procedures.values())

    def counted_on(self, item: Owed, procedure: str) -> Calendar | None:
        """Return the calendar by which the days until a date are told, None for every day."""
        rules = self.procedures.get(procedure)
        clock = None if rules is None else rules.clocks.get(item.code)
        return days_by(clock, self.calendars.get(item.calendar))
