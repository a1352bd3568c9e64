"""What the intake adds to a submission: the digest and size of each exhibit, and its readers."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from answerable.core.case.readers import DEFAULT, INSIDE, Readers, kept
from answerable.core.case.submission import Submission


@dataclass(frozen=True, slots=True)
class Measured:
    """The SHA-256 of an exhibit's bytes, as 64 hex digits, and how many bytes they are."""

    sha256: str
    size: int


def exhibit_readers(submission: Submission, ordinal: int) -> Readers:
    """Return who may open an exhibit: who may read the name of its file."""
    base = kept(submission.readers or DEFAULT, INSIDE)
    return submission.shown_to.get(f"exhibits/{ordinal}/file", base)


def with_measured(submission: Submission, measured: Mapping[int, Measured]) -> Submission:
    """Return the submission with what was measured of its exhibits, by ordinal."""
    exhibits = tuple(
        dataclasses.replace(one, sha256=found.sha256, size=found.size)
        if (found := measured.get(one.ordinal))
        else one
        for one in submission.exhibits
    )
    shown_to = dict(submission.shown_to)
    for ordinal in measured:
        file = f"exhibits/{ordinal}/file"
        if file in shown_to:
            for key in ("sha256", "size"):
                shown_to[f"exhibits/{ordinal}/{key}"] = shown_to[file]
    return dataclasses.replace(submission, exhibits=exhibits, shown_to=shown_to)
