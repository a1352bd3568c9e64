"""What a browser sent from a form: texts by name, and files, within limits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from io import RawIOBase
from typing import BinaryIO, cast
from urllib.parse import parse_qsl

from multipart import MultipartError, MultipartParser, parse_options_header

from answerable.core.case.limits import MIB
from answerable.locale.catalogue import LANGUAGES
from answerable.web.http import Request

FILE_BYTES = 20 * MIB
"""The longest file that one post may carry."""

_TEXT_BYTES = 1 * MIB
_READ_AT_MOST = 256 * MIB
_PARTS = 200
_LONGEST_NAME = 4096
_ENCODED, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent: the name that its sender's device gave it, and its octets."""

    field: str
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Posted:
    """What was sent. ``is_cut`` where more came than is read: what came before it is here.

    ``is_short`` where the line was lost: its end never came, and nobody waits for an answer.
    """

    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[SentFile, ...] = ()
    is_cut: bool = False
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
        return Posted(_by_name(_pairs(text)), is_cut=request.body_length > length)
    if kind == _MULTIPART and options.get("boundary"):
        found = _of_parts(request, options["boundary"], most)
        files = tuple(one for one in found.files if one.data or (keeps_empty and one.name))
        return replace(found, files=files)
    _drain(request, 0)
    return Posted()


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="replace", max_num_fields=_PARTS)
    except ValueError:
        return []


def _of_parts(request: Request, boundary: str, most: int) -> Posted:
    texts: list[tuple[str, str]] = []
    files: list[SentFile] = []
    read = said = 0
    # Nothing of it touches a disk unsealed: what is not held in memory is not taken.
    parser = MultipartParser(
        request.body,
        boundary,
        content_length=request.body_length,
        part_limit=_PARTS,
        partsize_limit=most,
        spool_limit=most,
        memory_limit=most + _TEXT_BYTES,
        disk_limit=0,
    )
    is_cut = False
    try:
        for part in parser:
            read += part.size
            if part.filename is None:
                said += part.size
                if said > _TEXT_BYTES:
                    is_cut = True
                    break
                texts.append((part.name, part.value))
            else:
                files.append(SentFile(part.name, part.filename[:_LONGEST_NAME], part.raw))
    except (MultipartError, UnicodeDecodeError):
        is_cut = True
    if is_cut:
        _drain(request, read)
    return Posted(_by_name(texts), tuple(files), is_cut)


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
