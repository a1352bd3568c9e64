"""Reads the parts of a submission as schema.py declares them, collecting problems as it goes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from answerable.core.case import limits
from answerable.core.case.problems import (
    NotAList,
    NotAnObject,
    NothingSaid,
    Problem,
    TooMany,
    UnknownKey,
)
from answerable.core.case.readers import INSIDE, Readers, kept, read_readers
from answerable.core.case.schema import Leaf, Part, Parts, Spec, specs
from answerable.core.case.text import kind_of
from answerable.core.case.vocabulary import nearest
from answerable.core.errors import Fact

READERS = "readers"
_TEXT = "text"


@dataclass(slots=True)
class SubmissionReading:
    """One reading of one submission: what is wrong, and who may read which field.

    ``at`` goes before every path (``submissions/3`` in a delivery), ``lines`` says where in the
    file a path stands.
    """

    at: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    readers: dict[str, tuple[Readers, str]] = field(default_factory=dict)

    def part(self, cls: type, value: object, path: str, readers: Readers) -> Any:
        """Return a part, or what could be read of it."""
        if not isinstance(value, dict):
            self.wrong(path, NotAnObject("an object is wanted", found=kind_of(value)))
            return None
        known = specs(cls)
        before = len(self.problems)
        self._unknown_keys(known, value, path)
        # The whole submission's own readers are read by whoever begins the reading.
        own = readers if READERS in known else self.chosen_readers(value, path) or readers
        said = {
            attribute: self._field(spec, value[key], _join(path, key), own)
            for key, (attribute, spec) in known.items()
            if not _is_nothing(value.get(key))
        }
        said = {name: given for name, given in said.items() if given not in (None, ())}
        if not said and path:
            return self._empty(cls, path, is_told=len(self.problems) > before)
        if said.get("do_not_publish") is True:
            self._hide(path)
        if _is_numbered(cls):
            said["ordinal"] = int(path.rpartition("/")[2])
        return cls(**said)

    def _empty(self, cls: type, path: str, *, is_told: bool) -> None:
        if _is_numbered(cls) and not is_told:
            self.wrong(path, NothingSaid("nothing is said"))

    def _hide(self, path: str) -> None:
        for inner in [inner for inner in self.readers if inner.startswith(f"{path}/")]:
            readers, privacy = self.readers[inner]
            self.readers[inner] = (kept(readers, INSIDE), privacy)

    def chosen_readers(self, value: Mapping[str, Any], path: str) -> Readers | None:
        """Return the readers that a part, or the whole, names for itself."""
        if _is_nothing(value.get(READERS)):
            return None
        chosen: Readers | None = self.attempt(_join(path, READERS), read_readers, value[READERS])
        return chosen

    def attempt(self, path: str, read: Callable[[Any], Any], value: object) -> Any:
        """Return what read makes of value; None, and a problem more, if it refuses."""
        try:
            return read(value)
        except Problem as problem:
            self.wrong(path, problem)
            return None

    def wrong(self, path: str, problem: Problem) -> None:
        """Keep a problem, with where it is, unless enough are kept."""
        if len(self.problems) >= limits.PROBLEMS:
            return
        whole = _join(self.at, path)
        self.problems.append(located(problem, whole, line_of(self.lines, whole)))

    def _unknown_keys(
        self,
        known: Mapping[str, tuple[str, Spec]],
        value: dict[Any, Any],
        path: str,
    ) -> None:
        for key in value:
            if key in known or key == READERS:
                continue
            if len(self.problems) >= limits.PROBLEMS:
                return
            near = nearest(str(key), [*known, READERS])
            self.wrong(_join(path, str(key)), UnknownKey("unknown key", nearest=near))

    def _field(self, spec: Spec, value: object, path: str, readers: Readers) -> Any:
        if isinstance(spec, Part):
            whole = {spec.words: value} if spec.words and isinstance(value, str) else value
            return self.part(spec.part, whole, path, readers)
        if isinstance(spec, Parts):
            return self._parts(spec, value, path, readers)
        return self._leaf(spec, value, path, readers)

    def _parts(self, spec: Parts, value: object, path: str, readers: Readers) -> Any:
        if not isinstance(value, list):
            self.wrong(path, NotAList("a list is wanted", found=kind_of(value)))
            return None
        if len(value) > spec.limit:
            self.wrong(path, TooMany("too many", found=len(value), limit=spec.limit))
            return None
        read = (
            self.part(spec.part, one, f"{path}/{ordinal}", readers)
            for ordinal, one in enumerate(value, start=1)
        )
        return tuple(one for one in read if one is not None)

    def _leaf(self, spec: Leaf, value: object, path: str, readers: Readers) -> Any:
        own = None
        if isinstance(value, dict) and READERS in value:
            own = self.chosen_readers(value, path)
            value = {key: one for key, one in value.items() if key != READERS}
        if isinstance(value, dict) and value.keys() == {_TEXT}:
            value = value[_TEXT]
        self.readers[path] = (own or kept(readers, spec.privacy), spec.privacy)
        return self.attempt(path, spec.read, value)


def located(problem: Problem, path: str, line: int | None) -> Problem:
    """Return a problem with the facts of where it is."""
    field_name = shown(path)
    facts: dict[str, Fact] = {"field": field_name, "line": line, **problem.facts}
    return type(problem)(f"{field_name}: {problem}", **facts)


def shown(path: str) -> str:
    """Return a path as people are shown it: allegations/2/date as allegations[2].date.

    A key that no field has is the sender's, and may hold anything: it is shown only if it is a
    plain word.
    """
    text = ""
    for piece in path.split("/") if path else ():
        if piece.isdecimal():
            text += f"[{piece}]"
            continue
        plain = len(piece) <= len("x" * 40) and piece.replace("-", "").replace("_", "").isalnum()
        text += f"{'.' if text else ''}{piece if plain and piece.isascii() else '?'}"
    return text


def line_of(lines: Mapping[str, int], path: str) -> int | None:
    """Return the line where a path stands in its file, or the nearest thing around it."""
    while path and path not in lines:
        path = path.rpartition("/")[0]
    return lines.get(path)


def _join(path: str, key: str) -> str:
    return f"{path}/{key}" if path else key


def _is_numbered(cls: type) -> bool:
    return hasattr(cls, "ordinal")


def _is_nothing(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})
