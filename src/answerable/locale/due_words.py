"""A date that is owed, in words: by when, and how many days are left or by how many it is late."""

from datetime import datetime, tzinfo
from functools import lru_cache

from answerable.core.lateness import Left
from answerable.core.procedure import Bound
from answerable.locale.catalogue import Catalogue

_KEPT = 1 << 12
"""How many sentences are kept: among very many cases the same few days are told again and again."""
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


def left_in_words(words: Catalogue, left: Left | None, bound: Bound) -> str:
    """Return how many days are left, or by how many it is late; nothing where there is no date."""
    if left is None:
        return ""
    if left.late:
        if left.days == 0:
            return words.say("page.late-today" if left.hours is None else "page.late-hours")
        return words.say("page.late-one" if left.days == -1 else "page.late", days=-left.days)
    if left.passed:
        return words.say("page.open-since" if bound is Bound.NOT_BEFORE else "page.lapsed")
    if left.days == 0:
        return words.say("page.today")
    return words.say("page.left-one" if left.days == 1 else "page.left", days=left.days)
