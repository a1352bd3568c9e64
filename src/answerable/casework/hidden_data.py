"""The port HiddenData: what a file tells beside what it shows, and the same file without it."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO, Protocol

from answerable.core.case.problems import Problem
from answerable.core.case.vocabulary import REMOVED
from answerable.core.errors import Refusal

LIMIT = 20 * 1024 * 1024
"""Bytes of a file that is looked into. A longer one may be handed in, and is told as unread."""

VALUE = 100
"""Characters of a value that is shown to a person."""

CODES = (
    *("gps", "place", "device", "maker-note", "time", "author", "title", "comment", "software"),
    *("thumbnail", "attached", "earlier-version", "tracked-change", "signature", "script", "path"),
    *("other", "unread"),
)
"""What may be found. ``unread`` says that nobody knows what is in it."""

UNREAD = "unread"
REASONS = ("archive-bomb", "image-bomb", "script-in-svg", "encrypted", "broken")


class FileHarmful(Refusal):
    """A file that no one should open, or no one can. Facts: reason, one of REASONS."""

    code = "file-harmful"


class HiddenDataStays(Problem):
    """A file is to be handed in without its hidden data, and cannot be cleaned. Facts: kind."""

    code = "hidden-data-stays"


@dataclass(frozen=True, slots=True)
class Hidden:
    """One thing that a file tells beside what it shows.

    ``value`` is for a person to read: a position in degrees, a model, an instant as the file has
    it. It may be empty. It is someone else's words, on one line and without control characters.
    """

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in a file.

    ``kind`` is its media type by its content, whatever its name says; ``application/octet-stream``
    where that is unknown. ``cleaned`` is the same file without what was found, or None where the
    kind is not understood or cannot be cleaned: then that nothing was found says nothing.
    ``extension`` is that of a neutral name.
    """

    kind: str
    found: tuple[Hidden, ...]
    cleaned: bytes | None
    extension: str


class HiddenData(Protocol):
    """Looks into files from anyone, in bounded memory and time."""

    def look(self, data: bytes) -> Looked:
        """Return what a file hides, and the same file without it.

        To look at what was cleaned finds nothing, and cleans to the same octets. Pictures and
        sounds are not encoded again. A file of more than LIMIT, and one that takes too much time
        or memory, is not cleaned, and ``unread`` is found in it.

        Raises:
            FileHarmful: it must not be passed on, or cannot be opened. Nothing else is raised,
                whatever the octets are.
        """
        ...


def shown(value: str) -> str:
    """Return what may be shown of a value: one line, no control or format characters, cut."""
    signs = (" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in value[: 8 * VALUE])
    line = " ".join("".join(signs).split())
    return line if len(line) <= VALUE else f"{line[: VALUE - 1]}…"


def as_handed_in(
    said: str | None, opens: Callable[[], BinaryIO], hidden_data: HiddenData
) -> Callable[[], BinaryIO]:
    """Return what opens an exhibit as it is handed in: the file, or a copy without hidden data.

    ``said`` is what is written of its hidden data. Every path of a file into a record goes through
    here. The copy is made when it is opened, and HiddenDataStays is raised where there is none.
    """
    if said != REMOVED:
        return opens

    def opened() -> BinaryIO:
        with opens() as source:
            data = source.read(LIMIT + 1)
        try:
            looked = hidden_data.look(data)
        except FileHarmful as harmful:
            reason = str(harmful.facts["reason"])
            raise HiddenDataStays("not to be opened", kind=reason) from None
        if looked.cleaned is None:
            raise HiddenDataStays("cannot be cleaned", kind=looked.kind)
        return BytesIO(looked.cleaned)

    return opened
