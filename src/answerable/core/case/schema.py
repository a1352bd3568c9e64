"""How the fields of a submission's parts are declared: what a leaf is, and which parts nest."""

import dataclasses
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache
from typing import Any

from answerable.core.acts import Json
from answerable.core.case import limits
from answerable.core.case.dates import read_when
from answerable.core.case.problems import (
    LevelOutOfRange,
    NotAList,
    NotYesOrNo,
    TooMany,
    UnreadableLanguage,
)
from answerable.core.case.readers import AS_GIVEN
from answerable.core.case.text import clean, clean_line, kind_of
from answerable.core.case.vocabulary import code_among

# BCP 47, without looking each subtag up: language, then script, region, variants.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_LEVELS = range(5)
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def _same(value: Any) -> Any:
    return value


@dataclass(frozen=True, slots=True)
class Leaf:
    """A field that is one disclosure: how it is read and how it is written to a record."""

    read: Callable[[Any], Any]
    privacy: str = AS_GIVEN
    json: Callable[[Any], Json] = _same


@dataclass(frozen=True, slots=True)
class Part:
    """A field that is itself made of fields; ``words`` is the one that plain text stands for."""

    part: type
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """A field that holds numbered parts of one type."""

    part: type
    limit: int


Spec = Leaf | Part | Parts


def leaf(read: Callable[[Any], Any], privacy: str = AS_GIVEN, **more: Any) -> Any:
    return dataclasses.field(default=None, metadata={"spec": Leaf(read, privacy, **more)})


def text(limit: int, privacy: str = AS_GIVEN) -> Any:
    return leaf(lambda value: clean(value, limit), privacy)


def line(limit: int, privacy: str = AS_GIVEN) -> Any:
    return leaf(lambda value: clean_line(value, limit), privacy)


def code(allowed: Collection[str], privacy: str = AS_GIVEN) -> Any:
    return leaf(lambda value: code_among(value, allowed), privacy)


def when() -> Any:
    return leaf(read_when, json=lambda value: value.json())


def yes_no(privacy: str = AS_GIVEN) -> Any:
    return leaf(read_yes_no, privacy)


def language() -> Any:
    return leaf(read_language)


def level() -> Any:
    return leaf(read_level)


def several(read: Callable[[Any], Any], limit: int, privacy: str = AS_GIVEN) -> Any:
    """Declare a list of values of one kind; a person may write a single one without the list."""
    return leaf(lambda value: _several(value, read, limit), privacy, json=list)


def part(cls: type, words: str | None = None) -> Any:
    return dataclasses.field(default=None, metadata={"spec": Part(cls, words)})


def parts(cls: type, limit: int) -> Any:
    return dataclasses.field(default=(), metadata={"spec": Parts(cls, limit)})


@cache
def specs(cls: type) -> dict[str, tuple[str, Spec]]:
    """Return the fields of a part by the key that files and paths use, in order."""
    return {
        field.name.replace("_", "-"): (field.name, field.metadata["spec"])
        for field in dataclasses.fields(cls)
        if "spec" in field.metadata
    }


def read_yes_no(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.strip().lower() in _YES_NO:
        return _YES_NO[value.strip().lower()]
    raise NotYesOrNo("yes or no is wanted")


def read_level(value: object) -> int:
    digits = value.strip() if isinstance(value, str) else value
    number = int(digits) if isinstance(digits, str) and digits in set("01234") else digits
    if isinstance(number, bool) or not isinstance(number, int) or number not in _LEVELS:
        raise LevelOutOfRange("a level is 0, 1, 2, 3 or 4")
    return number


def read_language(value: object) -> str:
    tag = clean_line(value, limits.NAME)
    if not _LANGUAGE.fullmatch(tag):
        raise UnreadableLanguage("not a language tag of BCP 47")
    return tag


def _several(value: object, read: Callable[[Any], Any], limit: int) -> tuple[Any, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list):
        raise NotAList("a list is wanted", found=kind_of(value))
    if len(values) > limit:
        raise TooMany("too many", found=len(values), limit=limit)
    return tuple(read(one) for one in values)
