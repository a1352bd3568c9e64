"""Reads the values of a file of rules, collecting every fault with its field and line."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple, TypeVar

from answerable.core.case import limits
from answerable.core.case.problems import (
    MissingField,
    NotAList,
    NotAnObject,
    NotYesOrNo,
    Problem,
    UnknownKey,
)
from answerable.core.case.reading import line_of, shown
from answerable.core.case.text import clean, clean_line, kind_of
from answerable.core.case.vocabulary import code_among, nearest
from answerable.core.errors import AnswerableError, Fact
from answerable.core.procedure import Titles
from answerable.forms.faults import (
    BadCode,
    NoEnglish,
    NotACount,
    NotADay,
    RuleFault,
    UnknownReference,
)
from answerable.locale.catalogue import LANGUAGES

T = TypeVar("T")
Choice = TypeVar("Choice", bound=StrEnum)

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9A-Za-z]+([.-][0-9A-Za-z]+)*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNT = 1000
_TOLD = 30
"""How many known codes a fault lists."""
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


class Reference(NamedTuple):
    """A code that must be known elsewhere: of which kind, and where it stands."""

    kind: str
    code: str
    path: str


@dataclass(slots=True)
class Sheet:
    """One reading of one file of rules."""

    lines: Mapping[str, int]
    faults: list[AnswerableError] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)

    def wrong(self, path: str, fault: AnswerableError) -> None:
        """Keep a fault, with where it is, unless enough are kept."""
        if len(self.faults) < limits.PROBLEMS:
            line = line_of(self.lines, path)
            facts: dict[str, Fact] = {"reason": "rules", "field": shown(path), "line": line}
            self.faults.append(type(fault)(str(fault), **{**facts, **fault.facts}))

    def check_references(self, known: Mapping[str, Collection[str]]) -> None:
        """Note a fault for each reference to what is not known; a kind that is left out passes."""
        for kind, code, path in self.references:
            if kind in known and code not in known[kind]:
                self.wrong(path, unknown(kind, code, known[kind]))

    def in_order(self) -> tuple[AnswerableError, ...]:
        """Return the faults in the order of the file."""
        return tuple(sorted(self.faults, key=lambda fault: int(fault.facts["line"] or 0)))


def unknown(kind: str, code: str, known: Collection[str]) -> UnknownReference:
    return UnknownReference(
        f"no {kind} {code}",
        reason=kind,
        found=code,
        nearest=nearest(code, known),
        known=", ".join(known) if 0 < len(known) <= _TOLD else None,
    )


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a file, with where it stands. What cannot be read of it is a fault of the sheet.

    The readers of single values raise; ``read`` keeps what they raise and goes on.
    """

    sheet: Sheet
    path: str
    raw: Any

    @property
    def name(self) -> str:
        """The key under which the value stands."""
        return self.path.rpartition("/")[2]

    def wrong(self, fault: AnswerableError) -> None:
        self.sheet.wrong(self.path, fault)

    def read(self, reader: "Callable[[Value], T]", default: T) -> T:
        """Return what a reader makes of the value, or default and a fault more."""
        try:
            return reader(self)
        except (Problem, RuleFault) as fault:
            self.wrong(fault)
            return default

    def refer(self, kind: str, word: str) -> None:
        """Note that a code, which stands here, must be known elsewhere."""
        self.sheet.references.append(Reference(kind, word, self.path))

    def fields(self, *known: str) -> "Fields":
        """Return the fields of an object; one of another name is a fault."""
        given = self.inside()
        for key in given:
            if key not in known:
                fault = UnknownKey("no such field", nearest=nearest(key, known))
                self.sheet.wrong(_join(self.path, key), fault)
        return Fields(self, given)

    def keyed(self) -> "dict[str, Value]":
        """Return the values of an object whose keys are codes of the file's own."""
        given = self.inside()
        for key, value in given.items():
            if not _CODE.fullmatch(key):
                value.wrong(BadCode("not a code", found=key))
        return given

    def items(self) -> "list[Value]":
        """Return the values of a list; what is no list stands for a list of one."""
        if not isinstance(self.raw, list):
            return [self]
        return [
            Value(self.sheet, _join(self.path, str(ordinal)), item)
            for ordinal, item in enumerate(self.raw, start=1)
        ]

    def listed(self) -> "list[Value]":
        """Return the values of what must be a list."""
        if isinstance(self.raw, list):
            return self.items()
        raise NotAList("a list is wanted", found=kind_of(self.raw))

    def inside(self) -> "dict[str, Value]":
        """Return the values of an object, whatever its keys are."""
        if not isinstance(self.raw, dict):
            raise NotAnObject("an object is wanted", found=kind_of(self.raw))
        return {key: Value(self.sheet, _join(self.path, key), raw) for key, raw in self.raw.items()}


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one object. A field without a value is as one that is left out."""

    owner: Value
    given: Mapping[str, Value]

    def has(self, key: str) -> bool:
        return key in self.given and not _is_nothing(self.given[key].raw)

    def wrong(self, key: str, fault: AnswerableError) -> None:
        self.owner.sheet.wrong(_join(self.owner.path, key), fault)

    def read(self, key: str, reader: Callable[[Value], T], default: T) -> T:
        return self.given[key].read(reader, default) if self.has(key) else default

    def need(self, key: str, reader: Callable[[Value], T], default: T) -> T:
        """Return the field as read does; that it is left out is a fault."""
        if not self.has(key):
            self.wrong(key, MissingField(f"no {key}"))
        return self.read(key, reader, default)

    def each(self, key: str, reader: Callable[[Value], T], *, need: bool = False) -> tuple[T, ...]:
        """Return what stands in a list; a single value stands for a list of one."""
        none: tuple[T, ...] = ()
        read = self.need if need else self.read
        return read(key, lambda value: _each(value.items(), reader), none)

    def every(self, key: str, reader: Callable[[Value], T]) -> tuple[T, ...]:
        """Return what stands in what must be a list."""
        none: tuple[T, ...] = ()
        return self.read(key, lambda value: _each(value.listed(), reader), none)


def _each(items: Sequence[Value], reader: Callable[[Value], T]) -> tuple[T, ...]:
    none: list[T] = []
    return tuple(one for item in items for one in item.read(lambda item: [reader(item)], none))


# --- Readers of single values. ---


def line(value: Value) -> str:
    return clean_line(value.raw, limits.LINE)


def text(value: Value) -> str:
    return clean(value.raw, limits.PARAGRAPH)


def code(value: Value) -> str:
    word = line(value)
    if not _CODE.fullmatch(word):
        raise BadCode("not a code", found=word)
    return word


def version(value: Value) -> str:
    word = line(value)
    if not _VERSION.fullmatch(word):
        raise BadCode("not a version", found=word, reason="version")
    return word


def yes(value: Value) -> bool:
    if isinstance(value.raw, bool):
        return value.raw
    if isinstance(value.raw, str) and value.raw.strip().lower() in _YES_NO:
        return _YES_NO[value.raw.strip().lower()]
    raise NotYesOrNo("yes or no is wanted")


def count(least: int) -> Callable[[Value], int]:
    """Return the reader of a number of things: a whole number from least up."""

    def read(value: Value) -> int:
        raw = value.raw.strip() if isinstance(value.raw, str) else value.raw
        if isinstance(raw, str) and raw.isascii() and raw.isdecimal() and len(raw) <= len("1000"):
            raw = int(raw)
        if isinstance(raw, bool) or not isinstance(raw, int) or not least <= raw <= _COUNT:
            raise NotACount("not a count", least=least, limit=_COUNT)
        return raw

    return read


def day(value: Value) -> date:
    word = line(value)
    if not _DAY.fullmatch(word):
        raise NotADay("not as 2019-12-12")
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise NotADay("no calendar has it", reason="impossible") from None


def choice(of: type[Choice]) -> Callable[[Value], Choice]:
    """Return the reader of one of the codes of an enumeration."""
    return lambda value: of(code_among(value.raw, [str(one) for one in of]))


def titles(value: Value) -> Titles:
    """Return a text in the languages it is given in; English must be one of them."""
    given = value.fields(*LANGUAGES)
    said = {
        language: given.read(language, text, "") for language in LANGUAGES if given.has(language)
    }
    if "en" not in said:
        value.wrong(NoEnglish("no English"))
    return said


def reference(kind: str) -> Callable[[Value], str]:
    """Return the reader of a code that must be known elsewhere."""

    def read(value: Value) -> str:
        word = line(value)
        value.refer(kind, word)
        return word

    return read


def _join(path: str, key: str) -> str:
    return f"{path}/{key}" if path else key


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
