"""A case in short, for lists: as it is gathered while a register is checked, and as it is kept."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from answerable.casework.extract_ports import Filtered, Line
from answerable.core.acts import Seat, instant_text
from answerable.core.canonical import encode
from answerable.core.case.standings import NEED
from answerable.core.lateness import left_of
from answerable.core.owed import Owed
from answerable.core.procedure import Bound
from answerable.web.register.rules_held import Rules
from answerable.web.source import Due

_NEED = {str(code): place for place, code in enumerate(NEED)}


@dataclass(frozen=True, slots=True)
class Brief:
    """A case in short, for lists.

    ``kinds`` are what its allegations allege, each once, with NOT_TOLD for what is not told to
    everyone; ``bodies`` are those whose turn it is, where they are known; ``cause`` is the act by
    which the case came to stand so; ``erased_at`` is 0 where it was not erased.
    """

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
    kinds: tuple[str, ...]
    bodies: tuple[str, ...]
    cause: int
    erased_at: int
    due: tuple[Due, ...]

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

    def told(self) -> str:
        """Return the case as an extract keeps it: without what the register's instant makes."""
        due = [due_told(one)[1:] for one in self.due]
        return json.dumps([*(getattr(self, name) for name in _PLAIN), due], ensure_ascii=False)


def data_of(one: Brief) -> bytes:
    """Return what programs read of a case in a list: canonical JSON."""
    return encode(
        {
            "number": one.number,
            "lodged": instant_text(one.lodged_at),
            "standing": one.standing,
            "turn": one.turn,
            "bodies": [*one.bodies],
            "kinds": [*one.kinds],
            "cause": one.cause,
            "erased": instant_text(one.erased_at) if one.erased_at else None,
            "allegations": one.allegations,
            "answered": one.answered,
            "matters": one.matters,
            "matters_answered": one.disposed,
            "owed": [{"code": due.item.code, "due_on": due.item.due_on} for due in one.due],
            "late": one.is_late,
        }
    )


_PLAIN = (
    *("number", "lodged_at", "last_at", "procedure", "standing", "turn"),
    *("allegations", "answered", "matters", "disposed", "kinds", "bodies", "cause", "erased_at"),
)


def brief_of(told: str, now: datetime, rules: Rules) -> Brief:
    """Return the case that an extract tells of, as of the register's instant and by its rules."""
    *plain, due = json.loads(told)
    values = dict(zip(_PLAIN, plain, strict=True))
    known = (now, rules, values["procedure"])
    found = tuple(due_of([plain[0], *one], *known) for one in due)
    lists = {name: tuple(values[name]) for name in ("kinds", "bodies")}
    return Brief(**{**values, **lists}, due=found)


def due_told(one: Due) -> list[Any]:
    """Return what is owed, as plain data."""
    return [one.number, [*one.item], str(one.bound), one.body, one.told_by, one.told_at]


def due_of(told: list[Any], now: datetime, rules: Rules, procedure: str) -> Due:
    """Return what is owed on a case of a procedure, as due_told told it."""
    number, values, bound, body, by, at = told
    item = Owed._make(values)
    item = item._replace(seat=Seat(item.seat), allegations=tuple(item.allegations))
    kept = Bound(bound)
    left = left_of(item, now, kept, rules.counted_on(item, procedure))
    return Due(number, item, left, kept, body=body, told_by=by, told_at=at)


def line_of(brief: Brief, filtered: list[Filtered], of_bodies: list[tuple[str, str]]) -> Line:
    """Return a case as an extract takes it; those come first that most need someone."""
    due = min((due.order[0] for due in brief.due), default="~~")
    order = (int(not brief.is_late), due, _NEED[brief.standing])
    at, last_at = brief.lodged_at, brief.last_at
    return Line(
        brief.number, at, last_at, order, filtered, brief.told(), data_of(brief), Counter(of_bodies)
    )
