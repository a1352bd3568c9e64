"""The exhibits of an act: files handed in with it, what is said of each, and who may read them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from answerable.core.acts import Field
from answerable.core.case import limits
from answerable.core.case.fields import leaves
from answerable.core.case.problems import ExhibitNamedTwice, MissingField, Problem
from answerable.core.case.readers import DEFAULT, Readers
from answerable.core.case.reading import SubmissionReading
from answerable.core.case.schema import parts
from answerable.core.case.submission_parts import Exhibit

EXHIBITS = "exhibits"
"""The key of a file, the folder of the paths in a record, and the fact that counts them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """An exhibit of an act that is asked for. ``said`` is what was written of it, read already.

    ``open`` opens its file: nothing of that is read before the act was decided on.
    """

    ordinal: int
    said: Mapping[str, Any]
    open: Callable[[], BinaryIO] = field(repr=False, compare=False)

    @property
    def path(self) -> str:
        return f"{EXHIBITS}/{self.ordinal}"

    def fields(self, base: Readers) -> tuple[Field, ...]:
        """Return what is said of it; ``base`` reads what names no readers of its own."""
        reading = SubmissionReading()
        exhibit = reading.part(Exhibit, self.said, self.path, base)
        return tuple(
            Field(path, value, reading.readers[path][0])
            for path, value, _ in leaves(exhibit, self.path)
        )


@dataclass(frozen=True, slots=True)
class _Written:
    """What is written of exhibits beside an act."""

    exhibits: tuple[Exhibit, ...] = parts(Exhibit, limits.EXHIBITS)


def read_exhibits(
    value: object, *, lines: Mapping[str, int] | None = None, at: str = ""
) -> tuple[tuple[Mapping[str, Any], ...], list[Problem]]:
    """Return what is written of each exhibit of an act, or nothing and all that is wrong with it.

    They are written as a submission has them. ``at`` and ``lines`` say where in a file they stand.
    """
    reading = SubmissionReading(at=at, lines=lines or {})
    read: _Written | None = reading.part(_Written, {EXHIBITS: value}, "", DEFAULT)
    if read is not None and not reading.problems:
        check_exhibits(reading, read.exhibits)
    if reading.problems or read is None or not isinstance(value, list):
        return (), reading.problems
    return tuple(value), []


def check_exhibits(reading: SubmissionReading, exhibits: Iterable[Exhibit]) -> None:
    """Note what is wrong with exhibits together: each names its file, and none twice."""
    seen: set[str] = set()
    for exhibit in exhibits:
        path = f"{EXHIBITS}/{exhibit.ordinal}/file"
        if exhibit.file is None:
            reading.wrong(path, MissingField("an exhibit names its file"))
        elif exhibit.file in seen:
            reading.wrong(path, ExhibitNamedTwice("the same file twice"))
        else:
            seen.add(exhibit.file)
