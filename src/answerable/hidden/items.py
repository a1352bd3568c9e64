"""The items of a HEIC or AVIF photo: pictures stay, Exif and XMP are blanked where they lie."""

from dataclasses import dataclass, field
from struct import error as unreadable
from struct import unpack_from

from answerable.hidden.boxes import Box, Boxes
from answerable.hidden.exif import read_exif
from answerable.hidden.findings import Findings, broken, read_xmp, require_drawable, text_of

_DRAWN = frozenset(b"hvc1 hev1 av01 avc1 jpeg grid iden iovl tmap unci".split())
# How a photo is turned stands in a box of its own, so that this says nothing.
_NOTHING = b"\x00\x00\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Item:
    kind: bytes
    ranges: list[tuple[int, int]] = field(default_factory=list)


class Items:
    """The items of a file; what is hidden in them is told and blanked when this is made.

    Raises:
        FileHarmful: broken, image-bomb.
    """

    def __init__(self, boxes: Boxes, found: Findings) -> None:
        self._boxes = boxes
        self._items: dict[int, _Item] = {}
        inside = {box.kind: box for box in boxes.all() if box.above[:1] == (b"meta",)}
        if not {b"iinf", b"iloc"} <= inside.keys():
            return
        try:
            for box in boxes.all():
                if box.kind == b"ispe":
                    require_drawable(*unpack_from(">II", boxes.data, box.body + 4))
            self._read_kinds(inside[b"iinf"])
            self._read_places(inside[b"iloc"], inside.get(b"idat"))
        except unreadable:
            raise broken("items are cut off") from None
        for item in self._items.values():
            if item.kind not in _DRAWN:
                self._blank(item, found)

    def __bool__(self) -> bool:
        return any(item.kind in _DRAWN for item in self._items.values())

    def kept(self) -> list[tuple[int, int]]:
        """Return where the items lie, blanked ones too."""
        return [one for item in self._items.values() for one in item.ranges]

    def _read_kinds(self, box: Box) -> None:
        version = self._boxes.data[box.body]
        start = box.body + (8 if version else 6)
        for entry in self._boxes.inside(start, box.end, (b"iinf",)):
            wide = self._boxes.data[entry.body] > 2  # noqa: PLR2004 - version 3 has wide numbers
            number = unpack_from(">I" if wide else ">H", self._boxes.data, entry.body + 4)[0]
            at = entry.body + (10 if wide else 8)
            self._items[number] = _Item(bytes(self._boxes.data[at : at + 4]))

    def _read_places(self, box: Box, idat: Box | None) -> None:
        at, data, version = box.body + 4, self._boxes.data, self._boxes.data[box.body]
        sizes = [data[at] >> 4, data[at] & 15, data[at + 1] >> 4, data[at + 1] & 15]
        offset, length, base, index = sizes[0], sizes[1], sizes[2], sizes[3] if version else 0
        wide = 4 if version > 1 else 2
        count, at = self._number(at + 2, wide), at + 2 + wide
        for _ in range(min(count, _MOST)):
            number, at = self._number(at, wide), at + wide
            method = data[at + 1] & 15 if version else 0
            at += 4 if version else 2
            first, at = self._number(at, base), at + base
            if method == 1 and idat is not None:
                first += idat.body
            extents, at = min(self._number(at, 2), _MOST), at + 2
            for _ in range(extents):
                start = first + self._number(at + index, offset)
                size = self._number(at + index + offset, length) if length else len(data) - start
                at += index + offset + length
                if number in self._items:
                    self._items[number].ranges.append((start, min(start + size, len(data))))

    def _number(self, at: int, size: int) -> int:
        if at + size > len(self._boxes.data):
            raise broken("items are cut off")
        return int.from_bytes(self._boxes.data[at : at + size])

    def _blank(self, item: _Item, found: Findings) -> None:
        said = b"".join(bytes(self._boxes.data[start:end]) for start, end in item.ranges)
        if item.kind == b"Exif":
            read_exif(said[4 + int.from_bytes(said[:4]) :], found)
        elif item.kind == b"mime":
            read_xmp(said, found)
        elif said.strip(b"\x00"):
            found.add("other", text_of(item.kind))
        for start, end in item.ranges:
            self._boxes.blank(start, end)
        if item.kind == b"Exif" and len(item.ranges) == 1 and len(said) >= len(_NOTHING):
            start = item.ranges[0][0]
            self._boxes.data[start : start + len(_NOTHING)] = _NOTHING
