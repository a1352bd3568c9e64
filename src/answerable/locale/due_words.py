"""A date that is owed, in words: by when, and how many days are left or by how many it is late."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from functools import lru_cache

from answerable.core.lateness import Left
from answerable.core.procedure import Bound
from answerable.locale.catalogue import Catalogue

_KEPT = 1 << 12
"""How many sentences are kept: among very many cases the same few days are told again and again."""
_WORKING = {
    (False, True): "page.working-left-one",
    (False, False): "page.working-left",
    (True, True): "page.working-late-one",
    (True, False): "page.working-late",
}
"""By whether it is late, and whether it is one day."""
_BY = {Bound.NOT_BEFORE: "page.not-before", Bound.BEFORE: "page.before"}


def due_in_words(words: Catalogue, due_on: str, zone: tzinfo) -> str:
    """Return a due date: a day, or an hour in a zone where it is one."""
    if "T" not in due_on:
        return words.day(due_on)
    at = datetime.fromisoformat(due_on).astimezone(zone)
    return words.hour(at.isoformat(timespec="minutes"))


@lru_cache(_KEPT)
def by_when(words: Catalogue, due_on: str | None, bound: Bound, zone: tzinfo) -> str:
    """Return by when an act is owed, as one sentence."""
    if due_on is None:
        return words.say("page.no-date")
    return words.say(_BY.get(bound, "page.by"), due=due_in_words(words, due_on, zone))


def left_in_words(
    words: Catalogue, left: Left | None, bound: Bound, *, names_off: bool = False
) -> str:
    """Return how many days are left, or by how many it is late; nothing where there is no date.

    Days of a clock that is counted in working days are these; ``names_off`` tells which holidays
    lie between.
    """
    if left is None:
        return ""
    if told := _in_working_days(words, left, names_off=names_off):
        return told
    if left.passed:
        return _over(words, left, bound)
    if left.days == 0:
        return words.say("page.today")
    return words.say("page.left-one" if left.days == 1 else "page.left", days=left.days)


def _over(words: Catalogue, left: Left, bound: Bound) -> str:
    if not left.late:
        return words.say("page.open-since" if bound is Bound.NOT_BEFORE else "page.lapsed")
    if left.days == 0:
        return words.say("page.late-today" if left.hours is None else "page.late-hours")
    return words.say("page.late-one" if left.days == -1 else "page.late", days=-left.days)


def days_off_in_words(words: Catalogue, off: Sequence[date]) -> str:
    """Say which days are holidays, "" where none is."""
    days = [words.day(day.isoformat()) for day in off]
    if len(days) == 1:
        return words.say("page.day-off", day=days[0])
    return words.say("page.days-off", days=", ".join(days)) if days else ""


@lru_cache(_KEPT)
def _in_working_days(words: Catalogue, left: Left, *, names_off: bool) -> str:
    """Return the same in working days, "" for what is told otherwise.

    That is what ends today or ended without being late, what has its end on a day off, and what
    the calendar does not reach.
    """
    working, is_over = left.working, left.passed and not left.late
    days = None if working is None or is_over or left.days == 0 else working.count()
    if working is None or not days:
        return ""
    off = days_off_in_words(words, working.off()) if names_off and not left.late else ""
    return words.say(_WORKING[left.late, days == 1], days=days, off=off)
