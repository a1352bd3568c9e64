"""What is owed, as events for a calendar program (RFC 5545): dates and numbers, and no word said.

An event lasts the whole day by which an act is owed, and keeps its identity when the day moves. An
act that is owed by an hour has that hour. What has no date is in no calendar. The calendar of one
case has the days to contest too, which nobody owes.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from answerable.core.register.shown import ShownCase
from answerable.web.http import Response
from answerable.web.icalendar import ICALENDAR, encoded, escaped, instant, times
from answerable.web.register.rendering import Room
from answerable.web.source import Due, due_in


def owed_file(room: Room) -> Response:
    """Return everything that is owed on the cases shown."""
    found = ((due, one.procedure) for one in room.register.cases.every() for due in one.due)
    return Response(type=ICALENDAR, parts=_file(room, found), tag=room.tag)


def case_file(room: Room, case: ShownCase) -> Response:
    """Return the dates of one case."""
    procedure = str(case.first.envelope.facts.get("procedure"))
    found = ((due, procedure) for due in due_in(room.register, case))
    return Response(b"".join(_file(room, found)), ICALENDAR)


def _file(room: Room, found: Iterable[tuple[Due, str]]) -> Iterator[bytes]:
    yield encoded(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Answerable//Public register//EN",
            f"NAME:{escaped(room.register.title)}",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        ]
    )
    for due, procedure in found:
        if due.item.due_on is not None:
            yield encoded(_event(room, due, due.item.due_on, procedure))
    yield encoded(["END:VCALENDAR"])


def _event(room: Room, due: Due, due_on: str, procedure: str) -> Iterator[str]:
    words, register, item = room.words, room.register, due.item
    index = register.checked.index
    of = f"{due.number}-{item.started_by}-{item.code}-{item.part}"
    name = words.window(due)
    if due.is_owed:
        name = words.owed(item.code, register.rules.procedures.get(procedure))
        name = f"{name} ({words.by(due.owner)})"
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(of)}@{escaped(index.origin)}"
    yield f"DTSTAMP:{instant(datetime.fromtimestamp(index.at / 1000, UTC))}"
    yield from times(due_on)
    yield f"SUMMARY:{escaped(f'{due.number}: {name}')}"
    yield f"DESCRIPTION:{escaped(words.by_when(due))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
