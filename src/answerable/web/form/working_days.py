"""How many working days a date is off, and which holidays lie between, in a sender's own case."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo

from answerable.core.calendars import ONE_DAY, Calendar
from answerable.core.procedure import Bound
from answerable.locale.catalogue import Catalogue
from answerable.locale.due_words import due_in_words
from answerable.web.source import Due


def left_in_working_days(
    words: Catalogue, due: Due, calendar: Calendar | None, today: date
) -> str | None:
    """Return how many working days are left, with the holidays on which nothing is counted.

    None stands for what is told as everywhere: what is late, owed today or at an hour, and what no
    calendar that is known here says anything of.
    """
    until, left = _day(due), due.left
    if calendar is None or until is None or left is None or left.passed or left.days == 0:
        return None
    days = calendar.working_days(today, until)
    if not days:
        return None
    off = _told(words, calendar.days_off(today, until))
    key = "form.working-day-left" if days == 1 else "form.working-days-left"
    return words.say(key, days=days, off=off)


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
        off=_told(words, off),
        late=words.day(late.isoformat()),
    )


def _told(words: Catalogue, off: Sequence[date]) -> str:
    """Say which days are holidays, "" where none is."""
    days = [words.day(day.isoformat()) for day in off]
    if len(days) == 1:
        return words.say("form.day-off", day=days[0])
    return words.say("form.days-off", days=", ".join(days)) if days else ""


def _day(due: Due) -> date | None:
    """Return the day on which something is owed, None where it has an hour or no date."""
    on = due.item.due_on
    return None if on is None or "T" in on else date.fromisoformat(on)
