"""The cases of a register as lists need them: counted once, in one order, and found by filters."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from answerable.casework.extract_ports import Extract, Filtered, Found
from answerable.core.register.marks import flags_of, marks_of, places_in
from answerable.web.register.briefs import Brief, brief_of, due_of
from answerable.web.register.rules_held import Rules
from answerable.web.source import Due

NOBODY, NO_ALLEGATION = "nobody", "no-allegation"
FILTERS = ("owed", "standing", "turn", "period", "kind")
_DUE, _MONTH = "due", len("2026-11")
_KEPT = 16
"""How many lists are kept, of a number for each case."""


class Few(NamedTuple):
    """How much is owed, and the first of it."""

    number: int
    first: Sequence[tuple[Due, str]]
    """Each with the name of the procedure of its case."""


@dataclass(frozen=True, slots=True)
class Among:
    """The cases that filters choose from: all, or those of a search or a body, in their order."""

    marks: int
    places: Sequence[int] | None = None


class Cases:
    """Cases in short, those that most need someone first. As of one instant they never change."""

    def __init__(
        self, extract: Extract, told: Mapping[str, Any], now: datetime, rules: Rules
    ) -> None:
        self._extract, self._now, self._rules = extract, now, rules
        self._filtered = extract.filtered()
        self._every = Among((1 << len(extract)) - 1)
        self.late, self.soon = self._few(told["late"]), self._few(told["soon"])
        self.allegations, self.unanswered = told["allegations"], told["unanswered"]
        # Of a method of its own it would be a circle, which keeps an extract that nobody needs.
        self._found = lru_cache(_KEPT)(places_in)

    def __len__(self) -> int:
        return len(self._extract)

    def values(self, name: str) -> set[str]:
        """Return the values of a filter for which there are cases."""
        return {value for filtered, value in self._filtered if filtered == name}

    def among(self, query: Mapping[str, str], found: Found | None = None) -> Among:
        """Return what filters choose from: what a search found of what a body has a part in."""
        if found is None and "body" not in query:
            return self._every
        places = None if found is None else found.places
        if "body" in query:
            of = self._extract.saying((query["body"], query.get("of", "")))
            has = frozenset(of)
            places = of if places is None else [place for place in places if place in has]
        assert places is not None  # noqa: S101 - for the reader: one of both is there
        return Among(marks_of(places, len(self)), places)

    def count(self, query: Mapping[str, str], among: Among) -> int:
        """Return how many cases the filters leave."""
        return self._left(query, among).bit_count()

    def chosen(self, query: Mapping[str, str], among: Among) -> Sequence[int]:
        """Return the places of the cases that the filters leave, in the order of among."""
        left = self._left(query, among)
        if among.places is None:
            return range(len(self)) if left == among.marks else self._found(left)
        flags = flags_of(left, len(self))
        return [place for place in among.places if flags[place]]

    def _left(self, query: Mapping[str, str], among: Among) -> int:
        left = among.marks
        for name in FILTERS:
            if value := query.get(name):
                left &= self._filtered.get((name, value), 0)
        return left

    def at(self, places: Sequence[int]) -> Iterator[Brief]:
        """Yield the cases at these places."""
        return (brief_of(told, self._now, self._rules) for told in self._extract.lines(places))

    def data(self, places: Sequence[int]) -> Iterator[bytes]:
        """Yield what programs read of the cases at these places."""
        return self._extract.data(places)

    def due_in(self, months: Iterable[str]) -> Iterator[Brief]:
        """Yield the cases on which something is owed by a day in one of these months."""
        marks = 0
        for month in months:
            marks |= self._filtered.get((_DUE, month), 0)
        return self.at(places_in(marks))

    def has(self, number: str) -> bool:
        """Return whether a case is among them: then its file was opened when it was checked."""
        return self._extract.has(number)

    def newest(self, count: int) -> Iterator[Brief]:
        """Yield the cases with the last acts, the newest first."""
        return self.at(self._extract.newest(count))

    def behind(self, figure: int) -> Sequence[int | None]:
        """Return the places of the cases behind a figure, None for one that is not shown."""
        return self._extract.behind(figure)

    def of_bodies(self) -> Mapping[tuple[str, str], int]:
        """Return how often the cases say something of a body, by its number and a code."""
        return self._extract.of_bodies()

    def search(self, typed: str) -> Found:
        return self._extract.search(typed)

    def _few(self, told: Mapping[str, Any]) -> Few:
        first = [(due_of(due, self._now, self._rules, name), name) for due, name in told["first"]]
        return Few(told["number"], first)


@dataclass(slots=True)
class Counting:
    """What is told of all cases together, counted while they are gathered."""

    few: int
    allegations: int = 0
    unanswered: int = 0
    late: list[tuple[Due, str]] = field(default_factory=list)
    soon: list[tuple[Due, str]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, brief: Brief) -> None:
        self.allegations += brief.allegations
        self.unanswered += brief.allegations - brief.answered
        for name, first in (("late", self.late), ("soon", self.soon)):
            new = [(one, brief.procedure) for one in brief.due if getattr(one, f"is_{name}")]
            if new:
                self.counts[name] += len(new)
                first[:] = sorted([*first, *new], key=lambda one: one[0].order)[: self.few]


def periods_of(day: date) -> tuple[str, str]:
    """Return the year and the month of a day, as lists are filtered by them."""
    return f"{day:%Y}", f"{day:%Y-%m}"


def filters_of(brief: Brief, lodged: date) -> Iterator[Filtered]:
    """Yield each filter with the values for which it leaves a case that came on a day."""
    told = {"late": brief.is_late, "week": brief.is_soon, "unanswered": not brief.is_answered}
    yield from (("owed", code) for code, is_so in told.items() if is_so)
    yield "standing", brief.standing
    yield "turn", brief.turn or NOBODY
    yield from (("period", one) for one in periods_of(lodged))
    yield from ((_DUE, month) for month in {(one.item.due_on or "")[:_MONTH] for one in brief.due})
    yield from (("kind", one) for one in brief.kinds or (NO_ALLEGATION,))
