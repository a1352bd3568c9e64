"""What is owed, as events for a calendar program (RFC 5545): dates and numbers, and no word said.

An event lasts the whole day by which an act is owed, and keeps its identity when the day moves. An
act that is owed by an hour has that hour. What has no date is in no calendar.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from answerable.web.http import Response
from answerable.web.register.rendering import Room
from answerable.web.source import Due, due_in

ICALENDAR = "text/calendar; charset=utf-8"

_LONGEST = 75
"""Octets of a line, its end not counted (RFC 5545, 3.1)."""

_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def owed_file(room: Room) -> Response:
    """Return everything that is owed on the cases shown."""
    briefs = room.register.cases.briefs
    procedures = {one.number: one.procedure for one in briefs}
    return _file(room, ((due, procedures[due.number]) for one in briefs for due in one.due))


def case_file(room: Room, number: str) -> Response | None:
    """Return what is owed on one case, None where the register shows no such case."""
    case = room.register.case(number)
    if case is None:
        return None
    procedure = str(case.first.envelope.facts.get("procedure"))
    return _file(room, ((due, procedure) for due in due_in(room.register, case)))


def _file(room: Room, found: Iterable[tuple[Due, str]]) -> Response:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Answerable//Public register//EN",
        f"NAME:{_text(room.register.title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
    ]
    for due, procedure in found:
        if due.item.due_on is not None:
            lines += _event(room, due, due.item.due_on, procedure)
    lines.append("END:VCALENDAR")
    body = "".join(f"{part}\r\n" for line in lines for part in folded(line))
    return Response(body.encode(), ICALENDAR)


def _event(room: Room, due: Due, due_on: str, procedure: str) -> Iterator[str]:
    words, register, item = room.words, room.register, due.item
    index = register.checked.index
    of = f"{due.number}-{item.started_by}-{item.code}-{item.part}"
    name = words.owed(item.code, register.rules.procedures.get(procedure))
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(of)}@{_text(index.origin)}"
    yield f"DTSTAMP:{_instant(datetime.fromtimestamp(index.at / 1000, UTC))}"
    yield from times(due_on)
    yield f"SUMMARY:{_text(f'{due.number}: {name} ({words.seat(item.seat)})')}"
    yield f"DESCRIPTION:{_text(words.by_when(due))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def times(due_on: str) -> Iterator[str]:
    """Yield when an event is that is owed by a day, the whole of it, or by an hour."""
    if "T" in due_on:
        yield f"DTSTART:{_instant(datetime.fromisoformat(due_on))}"
        return
    day = date.fromisoformat(due_on)
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    # The end is the first day that is not part of it.
    yield f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    return text.translate(_ESCAPED)


def folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 octets, each but the first begun by a space.

    No letter is cut, since some programs join the parts as text and not as octets.
    """
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > _LONGEST:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + octets
    yield part
