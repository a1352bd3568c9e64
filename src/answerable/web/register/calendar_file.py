"""What is owed, as events for a calendar program (RFC 5545): dates and numbers, and no word said.

An event lasts the whole day by which an act is owed, and keeps its identity when the day moves. An
act that is owed by an hour has that hour; so has what is owed to a monitor, whose day may end while
it is another day elsewhere. What has no date is in no calendar. The calendar of one case has the
days to contest too, which nobody owes.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from answerable.core.owed import Owed, told_by
from answerable.core.register.shown import ShownCase
from answerable.core.register.shown_response import ShownResponse
from answerable.locale.catalogue import capital
from answerable.web.http import Response
from answerable.web.icalendar import ICALENDAR, encoded, escaped, instant, times
from answerable.web.register.of_bodies import owed_by
from answerable.web.register.rendering import Room
from answerable.web.register.response_words import ResponseWords
from answerable.web.source import Due, due_in

BEFORE, AFTER = timedelta(days=31), timedelta(days=92)
"""How far from the register's day the calendar of all cases goes."""
_DAY, _LAST_MONTH = len("2026-11-30"), 12


class Event(NamedTuple):
    """A date: of what act on which docket, when, what is said of it, and by which act it is so."""

    number: str
    item: Owed
    due_on: str
    name: str
    by_when: str
    told_by: int
    told_at: int


def owed_file(room: Room) -> Response:
    """Return what is owed about now on the cases shown, and all that is on proceedings.

    Of very many cases no calendar can hold every date. Which days it has, the calendar says itself.
    """
    first, last = window(room)
    cases = room.register.cases.due_in(_months(first, last))
    found = (
        (due, one.procedure)
        for one in cases
        for due in one.due
        if first <= (due.item.due_on or "")[:_DAY] <= last
    )
    told = room.words.say("web.calendar-window", first=first, last=last)
    parts = _file(room, _every(room, found), f"DESCRIPTION:{escaped(told)}")
    return Response(type=ICALENDAR, parts=parts, tag=room.tag)


def window(room: Room) -> tuple[str, str]:
    """Return the first and the last day that the calendar of all cases has."""
    today = room.register.now.date()
    return (today - BEFORE).isoformat(), (today + AFTER).isoformat()


def _months(first: str, last: str) -> Iterator[str]:
    year, month = int(first[:4]), int(first[5:7])
    while (told := f"{year:04d}-{month:02d}") <= last:
        yield told
        year, month = (year, month + 1) if month < _LAST_MONTH else (year + 1, 1)


def case_file(room: Room, case: ShownCase) -> Response:
    """Return the dates of one case."""
    procedure = str(case.first.envelope.facts.get("procedure"))
    found = _of_cases(room, ((due, procedure) for due in due_in(room.register, case)))
    return Response(b"".join(_file(room, found)), ICALENDAR)


def proceeding_file(room: Room, one: ShownResponse) -> Response:
    """Return the dates of one proceeding."""
    return Response(b"".join(_file(room, _of_proceeding(room, one))), ICALENDAR)


def body_file(room: Room, party: str) -> Response:
    """Return what one body owes on the cases shown."""
    found = _of_cases(room, owed_by(room.register.cases, party))
    return Response(b"".join(_file(room, found)), ICALENDAR)


def _every(room: Room, found: Iterable[tuple[Due, str]]) -> Iterator[Event]:
    yield from _of_cases(room, found)
    for one in room.register.responses.values():
        yield from _of_proceeding(room, one)


def _of_cases(room: Room, found: Iterable[tuple[Due, str]]) -> Iterator[Event]:
    words, rules = room.words, room.register.rules.procedures
    for due, procedure in found:
        if due.item.due_on is not None:
            name = words.window(due)
            if due.is_owed:
                name = words.owed(due.item.code, rules.get(procedure))
                name = f"{name} ({words.by(due.owner)})"
            told = (words.by_when(due), due.told_by, due.told_at)
            yield Event(due.number, due.item, due.item.due_on, name, *told)


def _of_proceeding(room: Room, one: ShownResponse) -> Iterator[Event]:
    told = ResponseWords(room.words, one)
    for item in one.owed:
        if item.met_by is None and item.due_on is not None:
            end, by = told.deadline(item.due_on)
            name = capital(told.words.owed(item.code, told.procedure))
            on = end.astimezone(UTC).isoformat()
            act = told_by((act.envelope for act in one.acts), item)
            moved = (0, 0) if act is None else (act.sequence, act.at)
            yield Event(one.number, item, on, f"{name} ({told.owner(item)})", by, *moved)


def _file(room: Room, found: Iterable[Event], *more: str) -> Iterator[bytes]:
    yield encoded(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Answerable//Public register//EN",
            f"NAME:{escaped(room.register.title)}",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            *more,
        ]
    )
    for event in found:
        yield encoded(_event(room, event))
    yield encoded(["END:VCALENDAR"])


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _event(room: Room, event: Event) -> Iterator[str]:
    index, item = room.register.checked.index, event.item
    of = f"{event.number}-{item.started_by}-{item.code}-{item.part}"
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(of)}@{escaped(index.origin)}"
    yield f"DTSTAMP:{instant(_at(index.at))}"
    # A date that was moved is of a later act: by that a calendar knows which of two is in force.
    yield f"SEQUENCE:{event.told_by}"
    yield f"LAST-MODIFIED:{instant(_at(event.told_at or index.at))}"
    yield from times(event.due_on)
    yield f"SUMMARY:{escaped(f'{event.number}: {event.name}')}"
    yield f"DESCRIPTION:{escaped(event.by_when)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
