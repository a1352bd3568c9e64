"""A submission: what a person or an organisation hands in, and its fields in a record."""

# ruff: noqa: RUF009 - leaf, line, part and parts declare fields, as dataclasses.field does

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from answerable.core.acts import Field, Json
from answerable.core.case import limits
from answerable.core.case.attached import check_exhibits
from answerable.core.case.fields import leaves
from answerable.core.case.problems import (
    NothingSaid,
    Problem,
    SealedWithoutReaders,
    TooMany,
    UnknownFormat,
)
from answerable.core.case.readers import AS_GIVEN, DEFAULT, Readers, kept, read_readers
from answerable.core.case.reading import SubmissionReading
from answerable.core.case.schema import (
    Leaf,
    Part,
    Parts,
    language,
    leaf,
    level,
    line,
    part,
    parts,
    specs,
)
from answerable.core.case.submission_parts import (
    Allegation,
    Concern,
    Consent,
    Danger,
    Exhibit,
    Request,
    Risk,
    Sending,
    Speaker,
)
from answerable.core.case.text import is_blank

FORMAT = "answerable/submission/v1"

PROTECTED = (3, 4)
"""The levels at which the register shows a silhouette only."""
SEALED = 4


def _read_format(value: object) -> str:
    if value != FORMAT:
        raise UnknownFormat(f"format is {FORMAT}")
    return FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What was handed in. ``readers`` is None where the sender chose none: DEFAULT then holds.

    ``shown_to`` has the readers of each field whose readers differ from what ``readers`` and the
    field's own privacy give.
    """

    format: str | None = leaf(_read_format)
    title: str | None = line(limits.TITLE)
    language: str | None = language()
    level: int | None = level()
    readers: Readers | None = leaf(read_readers, json=list)
    speaker: Speaker | None = part(Speaker)
    danger_now: Danger | None = part(Danger, words="what")
    risk: Risk | None = part(Risk)
    consent: Consent | None = part(Consent)
    sent_before: tuple[Sending, ...] = parts(Sending, limits.SENDINGS)
    allegations: tuple[Allegation, ...] = parts(Allegation, limits.ITEMS)
    concerns: tuple[Concern, ...] = parts(Concern, limits.ITEMS)
    requests: tuple[Request, ...] = parts(Request, limits.ITEMS)
    exhibits: tuple[Exhibit, ...] = parts(Exhibit, limits.EXHIBITS)
    shown_to: Mapping[str, Readers] = field(default_factory=dict, hash=False)

    @property
    def items(self) -> Iterator[tuple[str, Allegation | Concern | Request]]:
        """The allegations, concerns and requests, each with its path."""
        for name in ("allegations", "concerns", "requests"):
            for item in getattr(self, name):
                yield f"{name}/{item.ordinal}", item

    @property
    def is_protected(self) -> bool:
        return self.level in PROTECTED

    @property
    def is_silhouette(self) -> bool:
        """Whether a register will tell no more of it than that there is such a case."""
        return self.is_protected or self.danger_now is not None

    def fields(self) -> tuple[Field, ...]:
        """Return every field with its readers, in the order of the parts."""
        base = self.readers or DEFAULT
        return tuple(
            Field(path, value, self.shown_to.get(path) or kept(base, privacy))
            for path, value, privacy in leaves(self, "")
        )

    def facts(self) -> dict[str, Json]:
        """Return what the envelope may say of it, which is never erased: counts and codes."""
        return {
            "allegations": len(self.allegations),
            "concerns": len(self.concerns),
            "danger": self.danger_now is not None,
            "exhibits": len(self.exhibits),
            "level": self.level,
            "requests": len(self.requests),
        }


def read_submission(
    value: object,
    *,
    lines: Mapping[str, int] | None = None,
    at: str = "",
) -> tuple[Submission | None, list[Problem]]:
    """Return the submission that a file's value holds, or None and what is wrong with it.

    Every problem is found, not only the first; at most PROBLEMS are told. ``at`` and ``lines``
    say where in a delivery, and in its file, the value stands (reading.SubmissionReading).
    """
    reading = SubmissionReading(at=at, lines=lines or {})
    read = _read(reading, value)
    if read is not None and not reading.problems:
        _check_whole(reading, read)
    if reading.problems:
        return None, reading.problems
    return read, []


def privacy_of(path: str) -> str:
    """Return how far a field is shown by itself: what its part says of it."""
    at: type = Submission
    for piece in path.split("/"):
        if piece.isdecimal():
            continue
        spec = specs(at).get(piece, ("", None))[1]
        if isinstance(spec, Leaf):
            return spec.privacy
        if isinstance(spec, Part | Parts):
            at = spec.part
    return AS_GIVEN


def _read(reading: SubmissionReading, value: object) -> Submission | None:
    read: Submission | None = reading.part(Submission, value, "", _stated_readers(value))
    if read is None:
        return None
    base = read.readers or DEFAULT
    differing = {
        path: readers
        for path, (readers, privacy) in reading.readers.items()
        if readers != kept(base, privacy)
    }
    return dataclasses.replace(read, shown_to=differing)


def _stated_readers(value: object) -> Readers:
    stated = value.get("readers") if isinstance(value, dict) else None
    try:
        return read_readers(stated)
    except Problem:
        return DEFAULT  # what is wrong with them is told where the field itself is read


def _check_whole(reading: SubmissionReading, read: Submission) -> None:
    items = list(read.items)
    if len(items) > limits.ITEMS:
        reading.wrong(
            "allegations", TooMany("too many items", found=len(items), limit=limits.ITEMS)
        )
    if not items:
        reading.wrong("allegations", NothingSaid("nothing is said"))
    for path, item in items:
        if all(is_blank(words) for words in _words(item)):
            reading.wrong(f"{path}/what", NothingSaid("nothing is said"))
    if read.level == SEALED and read.readers is None:
        reading.wrong("readers", SealedWithoutReaders("level 4 names its readers"))
    count = sum(1 for _ in leaves(read, ""))
    if count > limits.FIELDS:
        reading.wrong("", TooMany("too many fields", found=count, limit=limits.FIELDS))
    check_exhibits(reading, read.exhibits)


def _words(item: Allegation | Concern | Request) -> Iterator[str]:
    yield item.title or ""
    yield item.what or ""
    if isinstance(item, Allegation):
        yield from (instance.what or "" for instance in item.instances)
