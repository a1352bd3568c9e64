"""How many working days a date is off, and which holidays lie between, in a sender's own case."""

from datetime import UTC, date, datetime, tzinfo

from answerable.core.calendars import ONE_DAY, Calendar
from answerable.core.procedure import Bound
from answerable.locale.catalogue import Catalogue
from answerable.locale.due_words import days_off_in_words, due_in_words
from answerable.web.source import Due


def nobody_opened(words: Catalogue, due: Due, calendar: Calendar | None, zone: tzinfo) -> str:
    """Return until when it is normal that nobody opened a case, and from which day it is not."""
    until = _day(due)
    if until is None:
        told = due_in_words(words, due.item.due_on or "", zone)
        return words.say("form.nobody-opened-by", due=told)
    begun = datetime.fromtimestamp(due.item.since / 1000, UTC).astimezone(zone).date()
    off = () if calendar is None else calendar.days_off(begun, until)
    late = until if due.bound is Bound.BEFORE else until + ONE_DAY
    return words.say(
        "form.nobody-opened-until",
        due=words.day(until.isoformat()),
        off=days_off_in_words(words, off),
        late=words.day(late.isoformat()),
    )


def _day(due: Due) -> date | None:
    """Return the day on which something is owed, None where it has an hour or no date."""
    on = due.item.due_on
    return None if on is None or "T" in on else date.fromisoformat(on)
