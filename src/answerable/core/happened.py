"""What happened on which day, as clocks need to know it."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from answerable.core.acts import ActCode, Envelope

PROMISED: Final = ActCode("action-promised")
EVENT_RECORDED: Final = ActCode("event-recorded")
"""The act by which an event that the procedure declares is put on a docket."""


def happened_on(act: Envelope) -> date | None:
    """Return the day on which a recorded event happened; of every other act None.

    Other acts happen when they are recorded.
    """
    on = act.facts.get("on")
    return date.fromisoformat(on) if act.act == EVENT_RECORDED and isinstance(on, str) else None


def happened_at(act: Envelope, zone: tzinfo) -> datetime:
    """Return the instant, in a zone, at which an act happened.

    Of what is known by its day only it is the last one: nobody is early by a guess.
    """
    at = (datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=act.at)).astimezone(zone)
    on = happened_on(act)
    return at if on is None or on >= at.date() else datetime.combine(on, time.max, zone)


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
