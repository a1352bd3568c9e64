"""A delivery: one sending that may carry many submissions, each of which is read by itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.core.case import limits
from answerable.core.case.problems import (
    FileTooLarge,
    NotAList,
    NothingSaid,
    Problem,
    TooMany,
    UnknownFormat,
    UnknownKey,
)
from answerable.core.case.reading import line_of, located
from answerable.core.case.submission import Submission, read_submission
from answerable.core.case.text import kind_of

FORMAT = "answerable/delivery/v1"

SUBMISSIONS = "submissions"


@dataclass(frozen=True, slots=True)
class Handed:
    """One submission of a delivery, or what is wrong with it; ``at`` is empty if it is alone."""

    at: str
    submission: Submission | None
    problems: tuple[Problem, ...]


def read_delivery(
    documents: Sequence[object],
    *,
    lines: Mapping[str, int] | None = None,
    size: int = 0,
) -> tuple[Handed, ...]:
    """Return every submission of a file: of one document or several, of a list, or of an object.

    A submission with problems does not stop its neighbours: whoever lodges decides.

    Raises:
        Problem: the file as a whole is no delivery, or too large for what it holds.
    """
    where = lines or {}
    values = _values(documents, where)
    if not values:
        raise _wrong(NothingSaid("no submission"), SUBMISSIONS, where)
    if len(values) > limits.SUBMISSIONS:
        found, limit = len(values), limits.SUBMISSIONS
        raise _wrong(TooMany("too many submissions", found=found, limit=limit), SUBMISSIONS, where)
    if len(values) == 1 and size > limits.SUBMISSION_BYTES:
        limit = limits.SUBMISSION_BYTES
        raise _wrong(FileTooLarge("one submission", found=size, limit=limit), "", where)
    return tuple(_handed(at, value, where) for at, value in values)


def spans(places: Iterable[int]) -> str:
    """Return places of a delivery as people name them: 2, 5-7."""
    runs: list[list[int]] = []
    for place in sorted(places):
        if runs and place == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], place]
        else:
            runs.append([place])
    return ", ".join("-".join(map(str, run)) for run in runs)


def _handed(at: str, value: object, lines: Mapping[str, int]) -> Handed:
    submission, problems = read_submission(value, lines=lines, at=at)
    return Handed(at, submission, tuple(problems))


def _values(
    documents: Sequence[object],
    lines: Mapping[str, int],
) -> list[tuple[str, object]]:
    if len(documents) != 1:
        return [(f"{SUBMISSIONS}/{n}", one) for n, one in enumerate(documents, start=1)]
    match documents[0]:
        case list() as listed:
            # Without a key above it, a list's own places are the paths: 1, 2, 3.
            return [(str(n), one) for n, one in enumerate(listed, start=1)]
        case {"submissions": submissions, **rest}:
            return _listed(submissions, rest, lines)
        case whole:
            return [("", whole)]


def _listed(
    submissions: object,
    rest: Mapping[Any, object],
    lines: Mapping[str, int],
) -> list[tuple[str, object]]:
    for key in rest.keys() - {"format"}:
        raise _wrong(UnknownKey("unknown key", nearest=None), str(key), lines)
    if rest.get("format") not in {None, FORMAT}:
        raise _wrong(UnknownFormat(f"format is {FORMAT}"), "format", lines)
    if not isinstance(submissions, list):
        raise _wrong(NotAList("a list is wanted", found=kind_of(submissions)), SUBMISSIONS, lines)
    return [(f"{SUBMISSIONS}/{n}", one) for n, one in enumerate(submissions, start=1)]


def _wrong(problem: Problem, path: str, lines: Mapping[str, int]) -> Problem:
    return located(problem, path, line_of(lines, path))
