"""Lines of a calendar file (RFC 5545): what every calendar of ours is made of."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

ICALENDAR = "text/calendar; charset=utf-8"

_LONGEST = 75
"""Octets of a line, its end not counted (RFC 5545, 3.1)."""

_FIRST_BITS, _WITHIN = 0xC0, 0x80
"""By these bits an octet of UTF-8 is one within a letter."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def encoded(lines: Iterable[str]) -> bytes:
    """Return a file of these lines, the long ones folded."""
    return "".join(f"{part}\r\n" for line in lines for part in folded(line)).encode()


def times(due_on: str) -> Iterator[str]:
    """Yield when an event is that is owed by a day, the whole of it, or by an hour."""
    if "T" in due_on:
        yield f"DTSTART:{instant(datetime.fromisoformat(due_on))}"
        return
    day = date.fromisoformat(due_on)
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    # The end is the first day that is not part of it.
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"


def instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text as it stands in a line."""
    return text.translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, each but the first begun by a space.

    No letter is cut, since some programs join the parts as text and not as octets.
    """
    octets, start, most = line.encode(), 0, _LONGEST
    while len(octets) - start > most:
        end = start + most
        while octets[end] & _FIRST_BITS == _WITHIN:
            end -= 1
        yield f"{' ' if start else ''}{octets[start:end].decode()}"
        start, most = end, _LONGEST - 1
    yield f"{' ' if start else ''}{octets[start:].decode()}"
