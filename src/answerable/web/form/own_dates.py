"""The dates of one's own case as a file for a calendar, with no more than its level allows."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from answerable.core.case.own_calendar import CalendarTells, names_the_case, require_calendar
from answerable.core.seats import COMPLAINANT
from answerable.web.form.my_case import MyCase, OwnWords, my_case
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.icalendar import ICALENDAR, encoded, escaped, instant, times
from answerable.web.source import Due, due_in

FILE = "dates.ics"
"""Names no case and no form: it lies among the downloads of a telephone."""

_UID = b"answerable/own-dates/v1\0"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a page says of the calendar: what it holds, or why there is none."""

    means: str
    is_given: bool


def offer(visit: Visit, source: MyCase) -> Offer | None:
    """Return what to say of the calendar, None where no date is owed."""
    envelopes = [act.kept.envelope for act in source.acts]
    if not any(one.item.due_on for one in due_in(source, source.shown())):
        return None
    try:
        require_calendar(envelopes)
    except CalendarTells as refused:
        told = visit.words.explain(refused.code, refused.facts)
        return Offer(" ".join(filter(None, (told.what, told.means))), is_given=False)
    key = "form.calendar-full" if names_the_case(envelopes) else "form.calendar-bare"
    return Offer(visit.words.say(key), is_given=True)


def calendar(visit: Visit, number: str) -> Response | None:
    """Return the dates that are owed on a case, None where none are or none may be given."""
    source = my_case(visit.host, number)
    envelopes = [act.kept.envelope for act in source.acts]
    try:
        require_calendar(envelopes)
    except CalendarTells:
        return None
    is_full = names_the_case(envelopes)
    events = [
        line
        for due in due_in(source, source.shown())
        if due.item.due_on is not None
        for line in _event(visit, source, due, due.item.due_on, is_full=is_full)
    ]
    if not events:
        return None
    # A program's name in a private calendar would tell what it is about.
    maker = "Answerable" if is_full else "-"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{maker}//EN", *events, "END:VCALENDAR"]
    disposition = ("Content-Disposition", f'attachment; filename="{FILE}"')
    return Response(encoded(lines), ICALENDAR, headers=(disposition,), private=True)


def _event(visit: Visit, source: MyCase, due: Due, due_on: str, *, is_full: bool) -> Iterator[str]:
    words = OwnWords(visit.words, source)
    item = due.item
    of = f"{item.started_by}-{item.code}-{item.part}".encode()
    # Who finds it cannot tell of which case it is; the same date keeps its identity when it moves.
    uid = sha256(_UID + source.acts[0].kept.blinding + of).hexdigest()[:32]
    name = f"{words.owed(item.code, source.rules)} ({words.seat(item.seat)})"
    name = f"{due.number}: {name if due.is_owed else words.window(due)}"
    bare = "form.calendar-yours" if item.seat == COMPLAINANT else "form.calendar-theirs"
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}"
    yield f"DTSTAMP:{instant(source.now)}"
    yield f"SEQUENCE:{len(source.acts)}"
    yield from times(due_on)
    yield f"SUMMARY:{escaped(name if is_full else visit.words.say(bare))}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
