"""The fact ``clocks`` of an envelope, read strictly: who folds it may have it from strangers."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast

from answerable.core.acts import Envelope
from answerable.core.errors import Malformed

Entry = dict[str, Any]
Clocks = Mapping[str, list[Entry]]

_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_DUE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?")


class ClocksUnreadable(Malformed):
    """What an act says of clocks is not as docs/specs/act.md has it; facts: number, field."""

    code = "clocks-unreadable"


def clocks_of(envelope: Envelope) -> Clocks:
    """Return what an act starts, meets, moves and widens; nothing where it says nothing of clocks.

    Raises:
        ClocksUnreadable: with the number of the act's receipt, and the field at fault.
    """
    clocks = envelope.facts.get("clocks")
    if clocks is None:
        return {}
    wrong = _first_fault(clocks)
    if wrong is not None:
        raise ClocksUnreadable(wrong, number=envelope.receipt_number, field=wrong)
    return cast("Clocks", clocks)


def _first_fault(clocks: object) -> str | None:
    if not isinstance(clocks, dict) or not clocks:
        return "clocks"
    for name, entries in clocks.items():
        if name not in _NEEDED or not isinstance(entries, list) or not entries:
            return f"clocks.{name}"
        for entry in entries:
            wrong = _fault_of(entry, _NEEDED[name])
            if wrong is not None:
                return f"clocks.{name}.{wrong}"
    return None


def _fault_of(entry: object, needed: tuple[str, ...]) -> str | None:
    if not isinstance(entry, dict):
        return "entry"
    for key in needed:
        if key not in entry:
            return key
    for key, value in entry.items():
        fits = _FITS.get(key)
        if fits is not None and not fits(value):
            return str(key)
    return None


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _names_code(value)


# The codes and days of a mechanism are few, and every act that touches a clock names some.
@lru_cache(maxsize=1 << 10)
def _names_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None


def _is_count(value: object) -> bool:
    return type(value) is int and value > 0


def _are_counts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_is_count, value))


def _is_due(value: object) -> bool:
    return value is None or (isinstance(value, str) and _names_due(value))


@lru_cache(maxsize=1 << 12)
def _names_due(text: str) -> bool:
    if _DUE.fullmatch(text) is None:
        return False
    try:
        return bool(datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text))
    except ValueError:
        return False


def _is_name(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_false(value: object) -> bool:
    return value is False


_NEEDED: Mapping[str, tuple[str, ...]] = {
    "starts": ("clock", "owes"),
    "meets": ("clock", "started-by"),
    "moves": ("clock", "started-by", "due"),
    "widens": ("clock", "started-by", "as", "allegations"),
}
"""What each entry of a list must say. What it says more is carried, and changes nothing."""

_FITS: Mapping[str, Callable[[object], bool]] = {
    "clock": _is_code,
    "owes": _is_code,
    "started-by": _is_count,
    "met-by": _is_count,
    "as": _is_count,
    "due": _is_due,
    "calendar": _is_name,
    "allegations": _are_counts,
    "binding": _is_false,
    "confirmed": _is_false,
}
