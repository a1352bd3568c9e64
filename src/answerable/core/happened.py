"""What happened on which day, as clocks need to know it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from answerable.core.acts import ActCode

PROMISED: Final = ActCode("action-promised")


class Happened(NamedTuple):
    """Something that happened on a day of the clock's time zone; ``until`` is a day it names."""

    code: ActCode
    on: date
    at: datetime | None = None
    until: date | None = None

    @property
    def promised(self) -> date | None:
        """The day to which a promise holds whoever made it, where it is one."""
        return self.until if self.code == PROMISED else None


def of_codes(events: Iterable[Happened], codes: Collection[ActCode]) -> list[Happened]:
    """Return the events of these codes, by day; those of one day in the order given."""
    return sorted((event for event in events if event.code in codes), key=lambda event: event.on)
