"""Reads Exif: a TIFF of one or more folders of tags (CIPA DC-008, TIFF 6.0)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from answerable.hidden.findings import Findings, text_of

ORIENTATION = 0x0112
_EXIF, _GPS, _INTEROP = 0x8769, 0x8825, 0xA005
_FOLDERS, _TAGS = 8, 512
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_CODES = {
    0x010F: "device", 0x0110: "device", 0xA431: "device", 0xA434: "device", 0xA435: "device",
    0xC614: "device", 0xC62F: "device",
    0x0131: "software", 0x000B: "software",
    0x0132: "time", 0x9003: "time", 0x9004: "time", 0xC71B: "time",
    0x013B: "author", 0x8298: "author", 0xA430: "author", 0x013C: "author",
    0x010E: "comment", 0x9286: "comment", 0x010D: "title", 0x02BC: "other", 0x83BB: "other",
    0x927C: "maker-note", 0xA420: "other", 0x8649: "other",
}  # fmt: skip
# Microsoft's, in UTF-16: title, comment, author, keywords, subject.
_WIDE = {0x9C9B: "title", 0x9C9C: "comment", 0x9C9D: "author", 0x9C9E: "title", 0x9C9F: "title"}
_SILENT = {"maker-note", "other"}
_SOUTH, _LATITUDE, _WEST, _LONGITUDE, _DAY, _AREA = 1, 2, 3, 4, 0x1D, 0x1C
_COMMENT = 0x9286
"""After eight octets of its encoding."""
_TURNS = range(2, 9)


@dataclass(frozen=True, slots=True)
class _Tag:
    number: int
    kind: int
    raw: bytes
    order: str

    def integer(self) -> int:
        form = {1: "B", 3: "H", 4: "I"}.get(self.kind)
        if form is None or len(self.raw) < struct.calcsize(form):
            return 0
        return int(struct.unpack_from(self.order + form, self.raw)[0])

    def degrees(self) -> float | None:
        if self.kind not in {5, 10} or len(self.raw) < 24:  # noqa: PLR2004 - three rationals
            return None
        said = struct.unpack_from(self.order + "6I", self.raw)
        parts = [top / low if low else 0.0 for top, low in zip(said[::2], said[1::2], strict=True)]
        return parts[0] + parts[1] / 60 + parts[2] / 3600


class _Tiff:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order = {b"II": "<", b"MM": ">"}.get(data[:2], "")

    def first(self) -> int:
        return self._number("I", 4) if self.order else 0

    def _number(self, form: str, at: int) -> int:
        try:
            return int(struct.unpack_from(self.order + form, self.data, at)[0])
        except struct.error:
            return 0

    def tags(self, at: int) -> Iterator[_Tag]:
        for place in range(at + 2, at + 2 + 12 * min(self._number("H", at), _TAGS), 12):
            if place + 12 > len(self.data):
                return
            number, kind, count = struct.unpack_from(self.order + "HHI", self.data, place)
            size = _SIZES.get(kind, 0) * count
            start = place + 8 if size <= 4 else self._number("I", place + 8)  # noqa: PLR2004 - the field itself
            yield _Tag(number, kind, self.data[start : start + min(size, 4096)], self.order)

    def next(self, at: int) -> int:
        return self._number("I", at + 2 + 12 * self._number("H", at))


def read_exif(data: bytes, found: Findings, *, alone: bool = False) -> int:
    """Tell what a TIFF says of itself, and return the orientation of its picture, from 1 to 8.

    ``alone``: it is a picture of its own, of which most tags describe the picture.
    """
    tiff, inside, orientation, told = _Tiff(data), Findings(), 1, False
    waiting, seen = [(tiff.first(), 0)], set[int]()
    while waiting and len(seen) < _FOLDERS:
        at, kind = waiting.pop(0)
        if at < 8 or at in seen:  # noqa: PLR2004 - the header
            continue
        seen.add(at)
        tags = {tag.number: tag for tag in tiff.tags(at)}
        told = told or bool(tags.keys() - {ORIENTATION})
        if kind == _GPS:
            _tell_position(tags, inside)
        else:
            _tell(tags, inside)
            orientation = tags[ORIENTATION].integer() if ORIENTATION in tags else orientation
            waiting += [(tags[one].integer(), one) for one in (_EXIF, _GPS) if one in tags]
            if not kind and tiff.next(at) and not alone:
                inside.add("thumbnail")
                waiting.append((tiff.next(at), _INTEROP))
    for one in inside.told():
        found.add(one.code, one.value)
    if told and not inside and not alone:
        found.add("other", "Exif")
    return orientation if orientation in _TURNS else 1


def _tell(tags: dict[int, _Tag], found: Findings) -> None:
    for number, tag in tags.items():
        if number in _WIDE:
            found.add(_WIDE[number], tag.raw.decode("utf-16-le", "replace"))
        elif number == _COMMENT:
            if said := text_of(tag.raw[8:]):
                found.add("comment", said)
        elif code := _CODES.get(number):
            said = "" if code in _SILENT else text_of(tag.raw)
            if said or code in _SILENT:
                found.add(code, said)


def _tell_position(tags: dict[int, _Tag], found: Findings) -> None:
    latitude, longitude = (
        tags[one].degrees() if one in tags else None for one in (_LATITUDE, _LONGITUDE)
    )
    if latitude is None or longitude is None:
        if tags:
            found.add("gps")
    else:
        south = _SOUTH in tags and tags[_SOUTH].raw[:1] == b"S"
        west = _WEST in tags and tags[_WEST].raw[:1] == b"W"
        north_east = (-latitude if south else latitude, -longitude if west else longitude)
        found.add("gps", "{:.6f}, {:.6f}".format(*north_east))
    if _DAY in tags:
        found.add("time", text_of(tags[_DAY].raw))
    if _AREA in tags:
        found.add("place", text_of(tags[_AREA].raw[8:]))


def only_orientation(orientation: int) -> bytes:
    """Return a TIFF that says how a picture is turned, and nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, orientation, 0, 0)
