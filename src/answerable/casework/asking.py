"""What a person typed for an act becomes values: days, codes, counts, parties, numbers of acts."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from answerable.core.act_form import ActForm, Asked, Part, Shape
from answerable.core.acts import By, Json, Seat
from answerable.core.case import limits
from answerable.core.case.acts.kind import ActKind
from answerable.core.case.dates import read_when
from answerable.core.case.problems import Problem
from answerable.core.case.text import clean
from answerable.core.errors import Malformed
from answerable.core.mechanism import Mechanism
from answerable.core.numbers import TYPED_DIGITS, typed_number
from answerable.core.seats import COMPLAINANT, HANDLER, MEMBER, SECRETARIAT

_COUNT = re.compile(r"[0-9]{1,9}")
_EXHIBIT = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")
_YES_NO = {"yes": True, "no": False}

SEVERAL = frozenset({Shape.TEXTS, Shape.READERS, Shape.ACTS, Shape.EXHIBITS})
"""Shapes of which a part may have several."""

Typed = Mapping[str, str | Sequence[str]]


class PartUnreadable(Malformed):
    """A part of an act is not what it must be; ``reason`` is the shape that was expected."""

    code = "part-unreadable"


class UnknownPart(Malformed):
    """An act of this kind has no such part; ``known`` lists those that it has."""

    code = "unknown-part"


def asked_of(
    kind: ActForm,
    typed: Typed,
    by: By,
    mechanism: Mechanism,
    **rest: Any,
) -> Asked:
    """Return what is asked for, with each part read by its shape.

    Raises:
        UnknownPart, PartUnreadable, UnknownParty, UnreadableNumber.
    """
    known = [part.name for part in kind.parts]
    for name in typed:
        if name not in known:
            raise UnknownPart(name, part=name, act=kind.code, known=", ".join(known))
    values = {
        part.name: _value(part, typed[part.name], mechanism)
        for part in kind.parts
        if typed.get(part.name)
    }
    return Asked(by=by, values=values, **rest)


def seat_of(kind: ActKind, party: str, mechanism: Mechanism) -> Seat:
    """Return the seat in which a party would do an act: the first it holds of those that may."""
    held = mechanism.party(party).seats
    handlers = (SECRETARIAT, MEMBER) if HANDLER in kind.by else ()
    may = (*handlers, *(seat for seat in kind.by if seat != HANDLER))
    # Who hands something in holds no seat that was granted.
    other = COMPLAINANT if COMPLAINANT in may else may[0]
    return next((seat for seat in may if seat in held), other)


def _value(part: Part, typed: str | Sequence[str], mechanism: Mechanism) -> Json:
    texts = [typed] if isinstance(typed, str) else list(typed)
    if part.shape in SEVERAL:
        return [_read(part, text, mechanism) for text in texts]
    if len(texts) > 1:
        raise PartUnreadable("said twice", part=part.name, reason="once")
    return _read(part, texts[0], mechanism)


def _read(part: Part, text: str, mechanism: Mechanism) -> Json:
    return _READERS[part.shape](part, clean(text, limits.ACCOUNT), mechanism)


def _text(_: Part, text: str, __: Mechanism) -> Json:
    return text


def _day(part: Part, text: str, _: Mechanism) -> Json:
    try:
        when = read_when(text)
    except Problem:
        when = None
    if when is None or when.kind != "exact" or when.first is None:
        raise PartUnreadable(text, part=part.name, reason="day", found=text)
    return when.first.isoformat()


def _code(part: Part, text: str, _: Mechanism) -> Json:
    code = text.strip().lower()
    if part.choices and code not in part.choices:
        known = ", ".join(part.choices)
        raise PartUnreadable(text, part=part.name, reason="code", found=text, known=known)
    return code


def _count(part: Part, text: str, _: Mechanism) -> Json:
    digits = text.strip().translate(TYPED_DIGITS)
    if _COUNT.fullmatch(digits) is None:
        raise PartUnreadable(text, part=part.name, reason="count", found=text)
    return int(digits)


def _exhibit(part: Part, text: str, _: Mechanism) -> Json:
    found = _EXHIBIT.fullmatch(text.strip().translate(TYPED_DIGITS))
    if found is None:
        raise PartUnreadable(text, part=part.name, reason="exhibit", found=text)
    return f"{int(found[1])}/{int(found[2])}"


def _yes_no(part: Part, text: str, _: Mechanism) -> Json:
    if text.strip().lower() not in _YES_NO:
        raise PartUnreadable(text, part=part.name, reason="yes-no", found=text)
    return _YES_NO[text.strip().lower()]


def _party(_: Part, text: str, mechanism: Mechanism) -> Json:
    return mechanism.party(text).id


def _number(_: Part, text: str, __: Mechanism) -> Json:
    return str(typed_number(text))


_READERS: Mapping[Shape, Callable[[Part, str, Mechanism], Json]] = {
    Shape.TEXT: _text,
    Shape.TEXTS: _text,
    Shape.DAY: _day,
    Shape.CODE: _code,
    Shape.READERS: _code,
    Shape.COUNT: _count,
    Shape.ACTS: _count,
    Shape.PARTY: _party,
    Shape.YES_NO: _yes_no,
    Shape.NUMBER: _number,
    Shape.EXHIBITS: _exhibit,
}
