"""The cases of a register as lists need them: counted once, in one order, and found by filters."""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, NamedTuple

from answerable.casework.extract_ports import Extract, Found
from answerable.web.register.briefs import Brief, brief_of, due_of
from answerable.web.source import Due

NOBODY = "nobody"
_KEPT = 16
"""How many lists are kept, of a number for each case."""


class Kind(NamedTuple):
    """What filters look at: of a hundred thousand cases there are some hundred kinds."""

    standing: str
    turn: str
    is_late: bool
    is_soon: bool
    is_answered: bool


OWED: Mapping[str, Callable[[Kind], bool]] = {
    "late": lambda one: one.is_late,
    "week": lambda one: one.is_soon,
    "unanswered": lambda one: not one.is_answered,
}


class Few(NamedTuple):
    """How much is owed, and the first of it."""

    number: int
    first: Sequence[tuple[Due, str]]
    """Each with the name of the procedure of its case."""


@dataclass(frozen=True, slots=True)
class Among:
    """The cases that filters choose from: all, or those of a search or of a body, by kinds."""

    counts: Mapping[Kind, int]
    places: Sequence[int] | None = None


class Cases:
    """Cases in short, those that most need someone first. As of one instant they never change."""

    def __init__(self, extract: Extract, told: Mapping[str, Any], now: datetime) -> None:
        self._extract, self._now = extract, now
        kinds = {_kind(text): places for text, places in extract.kinds().items()}
        self._kinds: dict[Kind, Sequence[int]] = kinds
        self._every = Among({kind: len(places) for kind, places in kinds.items()})
        self._names = [*kinds]
        self._kind_of = array("H", bytes(2 * len(self)))
        for name, places in enumerate(kinds.values()):
            for place in places:
                self._kind_of[place] = name
        self.late, self.soon = self._few(told["late"]), self._few(told["soon"])
        self.allegations, self.unanswered = told["allegations"], told["unanswered"]
        # Of a method of its own it would be a circle, which keeps an extract that nobody needs.
        self._found = lru_cache(_KEPT)(partial(_fitting, kinds, len(self)))

    def __len__(self) -> int:
        return sum(self._every.counts.values())

    @property
    def standings(self) -> set[str]:
        return {kind.standing for kind in self._kinds}

    @property
    def turns(self) -> set[str]:
        return {kind.turn for kind in self._kinds}

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
        counts = Counter(map(self._kind_of.__getitem__, places))
        return Among({self._names[name]: count for name, count in counts.items()}, places)

    def count(self, query: Mapping[str, str], among: Among) -> int:
        """Return how many cases the filters leave."""
        return sum(count for kind, count in among.counts.items() if _fits(kind, query))

    def chosen(self, query: Mapping[str, str], among: Among) -> Sequence[int]:
        """Return the places of the cases that the filters leave, in the order of among."""
        if among.places is None:
            return self._found(tuple(query.get(name, "") for name in _NAMES))
        fits = [_fits(kind, query) for kind in self._names]
        return [place for place in among.places if fits[self._kind_of[place]]]

    def at(self, places: Sequence[int]) -> Iterator[Brief]:
        """Yield the cases at these places."""
        return (brief_of(told, self._now) for told in self._extract.lines(places))

    def has(self, number: str) -> bool:
        """Return whether a case is among them: then its file was opened when it was checked."""
        return self._extract.has(number)

    def every(self) -> Iterator[Brief]:
        return self.at(range(len(self)))

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
        first = [(due_of(due, self._now), rules) for due, rules in told["first"]]
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


_NAMES = ("owed", "standing", "turn")


def _fitting(
    kinds: Mapping[Kind, Sequence[int]], count: int, wanted: tuple[str, ...]
) -> Sequence[int]:
    """Return the places of all cases that filters leave, in their order."""
    if not any(wanted):
        return range(count)
    query = dict(zip(_NAMES, wanted, strict=True))
    fitting = (places for kind, places in kinds.items() if _fits(kind, query))
    return array("I", sorted(place for places in fitting for place in places))


def kind_told(one: Brief) -> str:
    """Return what filters look at of a case, as an extract keeps it."""
    kind = Kind(one.standing, one.turn or NOBODY, one.is_late, one.is_soon, one.is_answered)
    return json.dumps(kind)


def _kind(told: str) -> Kind:
    return Kind(*json.loads(told))


def _fits(kind: Kind, query: Mapping[str, str]) -> bool:
    owed = query.get("owed", "")
    return (
        (query.get("standing") or kind.standing) == kind.standing
        and (query.get("turn") or kind.turn) == kind.turn
        and (not owed or (owed in OWED and OWED[owed](kind)))
    )
