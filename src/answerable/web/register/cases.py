"""The cases of a register as lists need them: counted once, in one order, and found by filters."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from answerable.core.case.standings import NEED
from answerable.web.source import Due

NOBODY = "nobody"
_KEPT = 64
"""How many lists are kept: there are so many addresses that people follow links to."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A case in short, for lists."""

    number: str
    lodged_at: int
    last_at: int
    procedure: str
    standing: str
    turn: str | None
    allegations: int
    answered: int
    matters: int
    disposed: int
    due: tuple[Due, ...]
    of_bodies: tuple[tuple[str, str], ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether every allegation, concern and request has its answer."""
        return (self.answered, self.disposed) == (self.allegations, self.matters)

    @property
    def is_late(self) -> bool:
        return any(one.is_late for one in self.due)

    @property
    def is_soon(self) -> bool:
        return any(one.is_soon for one in self.due)


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


class Cases:
    """Cases in short, those that most need someone first. As of one instant they never change."""

    def __init__(self, briefs: Sequence[Brief] = ()) -> None:
        need = {str(code): place for place, code in enumerate(NEED)}
        self.briefs = tuple(sorted(briefs, key=lambda one: _need(one, need)))
        self._kinds: dict[Kind, array[int]] = defaultdict(lambda: array("L"))
        self._of_bodies: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("L"))
        self._at: dict[str, int] = {}
        for at, one in enumerate(self.briefs):
            self._at[one.number] = at
            self._kinds[_kind(one)].append(at)
            for said in dict.fromkeys(one.of_bodies):
                self._of_bodies[said].append(at)
        due = sorted((due for one in briefs for due in one.due), key=lambda one: one.order)
        self.late = tuple(one for one in due if one.is_late)
        self.soon = tuple(one for one in due if one.is_soon)
        self.allegations = sum(one.allegations for one in briefs)
        self.unanswered = sum(one.allegations - one.answered for one in briefs)
        self._found = lru_cache(_KEPT)(self._places)

    @property
    def standings(self) -> set[str]:
        return {kind.standing for kind in self._kinds}

    @property
    def turns(self) -> set[str]:
        return {kind.turn for kind in self._kinds}

    def count(self, query: Mapping[str, str], among: Sequence[str] | None = None) -> int:
        """Return how many cases the filters leave."""
        if among is None and "body" not in query:
            return sum(len(at) for kind, at in self._kinds.items() if _fits(kind, query))
        return len(self.chosen(query, among))

    def chosen(self, query: Mapping[str, str], among: Sequence[str] | None = None) -> list[int]:
        """Return the places of the cases that the filters leave.

        ``among`` are the numbers that a search found, in whose order they then come.
        """
        found = self._found(tuple(query.get(name, "") for name in _NAMES))
        if among is None:
            return list(found)
        left = frozenset(found)
        places = (self._at.get(number) for number in among)
        return [at for at in places if at is not None and at in left]

    def numbered(self, numbers: Sequence[str]) -> list[Brief]:
        """Return the cases of these numbers that there are."""
        return [self.briefs[self._at[number]] for number in numbers if number in self._at]

    def _places(self, wanted: tuple[str, ...]) -> "array[int]":
        query = dict(zip(_NAMES, wanted, strict=True))
        body, of = query["body"], query["of"]
        fitting = [
            at for kind, places in self._kinds.items() if _fits(kind, query) for at in places
        ]
        if body:
            said = frozenset(self._of_bodies.get((body, of), ()))
            fitting = [at for at in fitting if at in said]
        return array("L", sorted(fitting))


_NAMES = ("owed", "standing", "turn", "body", "of")


def _need(one: Brief, need: Mapping[str, int]) -> tuple[bool, str, int, str]:
    order = min((due.order[0] for due in one.due), default="~~")
    return not one.is_late, order, need[one.standing], one.number


def _kind(one: Brief) -> Kind:
    return Kind(one.standing, one.turn or NOBODY, one.is_late, one.is_soon, one.is_answered)


def _fits(kind: Kind, query: Mapping[str, str]) -> bool:
    owed = query.get("owed", "")
    return (
        (query.get("standing") or kind.standing) == kind.standing
        and (query.get("turn") or kind.turn) == kind.turn
        and (not owed or (owed in OWED and OWED[owed](kind)))
    )
