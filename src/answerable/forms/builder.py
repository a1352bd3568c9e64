"""Builds the values of a file from what a parser reports, holding every limit on the way."""

from typing import Any

from answerable.core.case import limits
from answerable.core.case.problems import DoubledKey, KeyNotText, Problem, TooDeep, TooLong, TooMany
from answerable.core.case.reading import located


class Builder:
    """Takes scalars, begins and ends in the order of the file.

    ``documents`` are the values, ``lines`` the line on which each path begins, ``names`` that on
    which its key stands. With ``many``, the
    paths of the documents begin with submissions/1, submissions/2 and so on.
    """

    def __init__(self, *, many: bool = False) -> None:
        self.documents: list[Any] = []
        self.lines: dict[str, int] = {}
        self.names: dict[str, int] = {}
        self.path = ""
        self.many = many
        self._open: list[_Open] = []
        self._values = 0

    def scalar(self, value: object, line: int) -> None:
        """Take a key, or a value that holds no others."""
        self._count(line)
        if self._open and self._open[-1].wants_key:
            self._key(value, line)
        else:
            self._enter(line)
            self._put(value)

    def begin(self, value: list[Any] | dict[str, Any], line: int) -> None:
        """Take the beginning of a list or an object; value is empty."""
        self._count(line)
        if self._open and self._open[-1].wants_key:
            raise self.wrong(KeyNotText("a key that is a list or an object"), line)
        self._enter(line)
        if len(self._open) >= limits.DEPTH:
            raise self.wrong(TooDeep("nested too deep", limit=limits.DEPTH), line)
        self._put(value)
        self._open.append(_Open(value, self.path))

    def end(self) -> None:
        """Take the end of the innermost list or object."""
        self.path = self._open.pop().path

    def wrong_next(self, problem: Problem, line: int) -> Problem:
        """Return a problem with a value that was about to be taken."""
        if self._open and not self._open[-1].wants_key:
            self.path = self._open[-1].next_path()
        return self.wrong(problem, line)

    def wrong(self, problem: Problem, line: int | None) -> Problem:
        """Return a problem with the place in the file that has been reached."""
        return located(problem, self.path, line)

    def _count(self, line: int) -> None:
        self._values += 1
        if self._values > limits.VALUES:
            found = self._values
            raise self.wrong(TooMany("too many values", found=found, limit=limits.VALUES), line)

    def _enter(self, line: int) -> None:
        self.path = self._open[-1].next_path() if self._open else self._next_document()
        self.lines[self.path] = line

    def _next_document(self) -> str:
        return f"submissions/{len(self.documents) + 1}" if self.many else ""

    def _key(self, value: object, line: int) -> None:
        inside = self._open[-1]
        key = "" if value is None else str(value)
        # Paths repeat their keys: a key without limit would make a small file large in memory.
        if len(key) > limits.KEY:
            raise self.wrong(TooLong("a key", found=len(key), limit=limits.KEY), line)
        inside.key = key
        self.path = inside.next_path()
        if key in inside.value:
            raise self.wrong(DoubledKey("the same key twice"), line)
        self.names[self.path] = line
        inside.wants_key = False

    def _put(self, value: Any) -> None:
        if self._open:
            self._open[-1].put(value)
        else:
            self.documents.append(value)


class _Open:
    """A list or an object that has begun and not ended."""

    __slots__ = ("key", "path", "value", "wants_key")

    def __init__(self, value: Any, path: str) -> None:
        self.value = value
        self.path = path
        self.key = ""
        self.wants_key = isinstance(value, dict)

    def next_path(self) -> str:
        name = self.key if isinstance(self.value, dict) else str(len(self.value) + 1)
        return f"{self.path}/{name}" if self.path else name

    def put(self, value: Any) -> None:
        if isinstance(self.value, dict):
            self.value[self.key] = value
            self.wants_key = True
        else:
            self.value.append(value)
