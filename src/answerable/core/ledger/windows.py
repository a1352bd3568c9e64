"""When a key counts: from an instant, and until another where its time is over."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST_SECONDS = 1_577_836_800
"""2020-01-01T00:00:00Z: no ledger of this format is older."""
LATEST_SECONDS = 253_402_300_799
"""9999-12-31T23:59:59Z: the last instant that RFC 3339 can write."""


@dataclass(frozen=True, slots=True)
class Window:
    """The instants at which a key counts, in seconds since 1970; ``until`` is not one of them."""

    from_seconds: int = 0
    until_seconds: int | None = None

    def __contains__(self, at_seconds: int) -> bool:
        if at_seconds < self.from_seconds:
            return False
        return self.until_seconds is None or at_seconds < self.until_seconds


ALWAYS = Window()


def seconds_text(at_seconds: int) -> str:
    """Return seconds since 1970 as 2026-05-12T02:14:05Z (RFC 3339)."""
    # Not strftime: its %Y pads years below 1000 on some systems only.
    return (_EPOCH + timedelta(seconds=at_seconds)).replace(tzinfo=None).isoformat() + "Z"


def seconds_of(text: str) -> int:
    """Return the seconds that seconds_text writes as text.

    Raises:
        ValueError: it is in another form, before 1970, or no instant of the calendar.
    """
    if not _FORM.fullmatch(text):
        raise ValueError("not an instant in UTC, in whole seconds")
    at_seconds = (datetime.fromisoformat(text) - _EPOCH) // timedelta(seconds=1)
    if at_seconds < 0:
        raise ValueError("before 1970")
    return at_seconds
