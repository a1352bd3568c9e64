"""What a browser sent from a form: texts by name, and files, within limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import RawIOBase
from typing import BinaryIO, cast
from urllib.parse import parse_qsl

from multipart import (
    MultipartError,
    MultipartSegment,
    ParserError,
    PushMultipartParser,
    parse_options_header,
)

from answerable.core.case.limits import MIB
from answerable.locale.catalogue import LANGUAGES
from answerable.web.http import Request

FILE_BYTES = 20 * MIB
"""What the files of one post may have together, in octets."""

_TEXT_BYTES = 1 * MIB
_READ_AT_MOST = 256 * MIB
PARTS = 400
"""How many fields and files of one post are read: those of the page of files, and many more."""

_LONGEST_NAME = 4096
_ENCODED, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: the name that its sender's device gave it, and its octets."""

    field: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file of which nothing was kept: with it there would have been too much in one post."""

    field: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Posted:
    """What was sent. ``is_cut`` where more came than is kept: some files, or what came after.

    ``left_out`` are the files among it whose names are known. ``is_many`` where it is cut since it
    has more than PARTS. ``is_short`` where the line was lost: its end never came, and nobody waits
    for an answer.
    """

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[SentFile, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    is_cut: bool = False
    is_many: bool = False
    is_short: bool = False

    @property
    def asks_language(self) -> bool:
        """Whether the button of a language was pressed: that keeps what is typed, and does nothing.

        The buttons belong to the page's one form, since only so is what was typed not lost.
        """
        return self.text("language") in LANGUAGES

    def text(self, name: str) -> str:
        return self.texts.get(name, ("",))[0]

    def has(self, name: str) -> bool:
        return name in self.texts


def posted(request: Request, most: int = FILE_BYTES, *, keeps_empty: bool = False) -> Posted:
    """Return what a request carries, its files up to ``most`` octets together.

    What cannot be read is as if it had not been sent, and a file without content too, unless these
    are kept.
    """
    counted = _Counted(request.body)
    body = cast("BinaryIO", counted)
    given = _read(replace(request, body=body), most, keeps_empty=keeps_empty)
    is_short = counted.is_over and counted.count < min(request.body_length, _READ_AT_MOST)
    return replace(given, is_short=is_short)


class _Counted(RawIOBase):
    """Counts what is read of a body, and knows when no more of it came."""

    def __init__(self, body: BinaryIO) -> None:
        self._body, self.count, self.is_over = body, 0, False

    def read(self, size: int = -1, /) -> bytes:
        chunk = self._body.read(size)
        self.count += len(chunk)
        self.is_over |= len(chunk) < size
        return chunk


def _read(request: Request, most: int, *, keeps_empty: bool) -> Posted:
    kind, options = parse_options_header(request.body_type)
    if kind == _ENCODED:
        length = min(request.body_length, _TEXT_BYTES)
        text = request.body.read(length).decode("utf-8", "replace")
        _drain(request, length)
        pairs, is_many = _pairs(text)
        is_cut = is_many or request.body_length > length
        return Posted(_by_name(pairs), is_cut=is_cut, is_many=is_many)
    if kind == _MULTIPART and options.get("boundary"):
        found = _of_parts(request, options["boundary"], most)
        files = tuple(one for one in found.files if one.data or (keeps_empty and one.name))
        return replace(found, files=files)
    _drain(request, 0)
    return Posted()


def _pairs(text: str) -> tuple[list[tuple[str, str]], bool]:
    """Return the first fields, and whether there were more."""
    fields = text.split("&", PARTS)
    pairs = parse_qsl("&".join(fields[:PARTS]), keep_blank_values=True, errors="replace")
    return pairs, len(fields) > PARTS


def _of_parts(request: Request, boundary: str, most: int) -> Posted:
    taking = _Taking(most)
    counted = _Counted(request.body)
    try:
        # Nothing of it touches a disk unsealed: what is not held in memory is not taken.
        parser = PushMultipartParser(
            boundary,
            content_length=min(request.body_length, _READ_AT_MOST),
            max_segment_count=PARTS,
        )
        for event in parser.parse_blocking(counted.read):
            taking.take(event)
    except (MultipartError, ParserError):
        taking.is_cut, taking.is_many = True, taking.count >= PARTS
    if taking.is_cut:
        _drain(request, counted.count)
    return taking.posted()


class _Taking:
    """Takes the parts of a post as they come, and of a file that is too much nothing at all."""

    def __init__(self, most: int) -> None:
        self._left, self._said = most, 0
        self._texts: list[tuple[str, str]] = []
        self._files: list[SentFile] = []
        self._left_out: list[LeftOut] = []
        self._part: MultipartSegment | None = None
        self._data = bytearray()
        self._is_over = False
        self.count = 0
        self.is_cut = self.is_many = False

    def take(self, event: MultipartSegment | bytes | bytearray | None) -> None:
        """Take what the parser tells next: that a part begins, a piece of it, or that it ends.

        Raises:
            ParserError: the texts are longer together than any page's.
        """
        if isinstance(event, MultipartSegment):
            self._part, self._data, self._is_over = event, bytearray(), False
            self.count += 1
        elif event is None:
            self._ended()
        elif self._part is not None and self._part.filename is None:
            self._said += len(event)
            if self._said > _TEXT_BYTES:
                raise ParserError("too much text")
            self._data += event
        elif not self._is_over:
            self._data += event
            self._is_over = len(self._data) > self._left
            if self._is_over:
                self._data = bytearray()

    def _ended(self) -> None:
        part, name = self._part, "" if self._part is None else str(self._part.name)
        if part is None:
            return
        if part.filename is None:
            self._texts.append((name, self._data.decode("utf-8", "replace")))
        elif self._is_over:
            self.is_cut = True
            size = part.bytes_received
            self._left_out.append(LeftOut(name, part.filename[:_LONGEST_NAME], size))
        else:
            self._left -= len(self._data)
            self._files.append(SentFile(name, part.filename[:_LONGEST_NAME], bytes(self._data)))

    def posted(self) -> Posted:
        files, left_out = tuple(self._files), tuple(self._left_out)
        return Posted(_by_name(self._texts), files, left_out, self.is_cut, self.is_many)


def _by_name(pairs: list[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        # Browsers send CR LF at the end of each line of a text (HTML, form submission).
        found[name] = (*found.get(name, ()), value.replace("\r\n", "\n"))
    return found


def _drain(request: Request, read: int) -> None:
    """Read what is left: a browser whose words are not heard to the end shows no answer."""
    for _ in _chunks(request, min(request.body_length, _READ_AT_MOST) - read):
        pass


def _chunks(request: Request, left: int) -> Iterator[bytes]:
    while left > 0:
        chunk = request.body.read(min(left, 1 << 16))
        if not chunk:
            return
        left -= len(chunk)
        yield chunk
