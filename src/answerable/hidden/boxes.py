"""Boxes of films and of HEIC photos (ISO/IEC 14496-12, 23008-12): blanked where they lie.

Nothing moves, since other boxes say at which octet a picture or a sound begins. What is not on the
list of what plays becomes free space of zeros.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import unpack_from

from answerable.hidden.findings import broken

_INSIDE = frozenset(
    b"moov trak edts mdia minf dinf stbl tref mvex moof traf mfra gmhd tapt iprp ipco".split()
)
_META = b"meta"
_PLAYS = frozenset(
    b"ftyp styp mvhd tkhd elst mdhd hdlr vmhd smhd nmhd sthd gmin dref stsd stts ctts stss stsc "
    b"stsz stz2 stco co64 sdtp sbgp sgpd subs cslg stps mehd trex mfhd tfhd tfdt trun saiz saio "
    b"sidx tfra mfro mdat clef prof enof pitm iinf iloc ipma iref idat ispe pixi hvcC av1C avcC "
    b"irot imir colr clap pasp auxC clli mdcv lsel a1lx a1op cdsc scpt chap load".split()
)
FREE = frozenset([b"free", b"skip", b"wide"])
_DEEPEST, _MOST = 12, 50_000


@dataclass(frozen=True, slots=True)
class Box:
    """A box: where it lies, and ``body``, where its content begins; ``above`` are its parents."""

    kind: bytes
    start: int
    body: int
    end: int
    above: tuple[bytes, ...]

    @property
    def is_open(self) -> bool:
        """Whether boxes stand in it, all of which are looked at."""
        if self.kind == _META:
            # Below a film or a track it holds tags; at the top it holds the items of a photo.
            return not self.above
        return self.kind in _INSIDE

    @property
    def plays(self) -> bool:
        return self.is_open or self.kind in _PLAYS or (self.above[-1:] == (b"tref",))


class Boxes:
    """The octets of a file, changed in place, and the boxes that lie in them."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self._counted = 0

    def inside(self, start: int, end: int, above: tuple[bytes, ...] = ()) -> Iterator[Box]:
        """Yield the boxes from one octet to another.

        Raises:
            FileHarmful: broken: no boxes, or too many.
        """
        at = start
        while at + 8 <= end:
            self._counted += 1
            size, kind = unpack_from(">I4s", self.data, at)
            head = 8
            if size == 1 and at + 16 <= end:
                size, head = unpack_from(">Q", self.data, at + 8)[0], 16
            size = size or end - at
            if size < head or self._counted > _MOST or len(above) > _DEEPEST:
                raise broken("no boxes")
            if at + size > end and (above or kind != b"mdat"):
                raise broken("a box is cut off")
            yield Box(kind, at, at + head, min(at + size, end), above)
            at += size

    def below(self, box: Box) -> Iterator[Box]:
        """Yield the boxes in a box."""
        return self.inside(box.body + self.full(box), box.end, (*box.above, box.kind))

    def full(self, box: Box) -> int:
        """Return the octets before the boxes in a box: of version and flags, if not QuickTime's."""
        if box.kind != _META:
            return 0
        return 0 if bytes(self.data[box.body + 4 : box.body + 8]) == b"hdlr" else 4

    def all(self) -> Iterator[Box]:
        """Yield every box: one in which boxes stand before these."""
        waiting = list(self.inside(0, len(self.data)))[::-1]
        while waiting:
            box = waiting.pop()
            yield box
            if box.is_open:
                waiting += list(self.below(box))[::-1]

    def content(self, box: Box) -> bytes:
        return bytes(self.data[box.body : box.end])

    def blank(self, start: int, end: int, sign: bytes = b"\x00") -> None:
        self.data[start:end] = sign * (end - start)

    def free(self, box: Box) -> None:
        """Make free space of a box."""
        self.data[box.start + 4 : box.start + 8] = b"free"
        self.blank(box.body, box.end)

    def keep(self, box: Box, ranges: list[tuple[int, int]]) -> int:
        """Blank a box but for ranges of the file, and return how many octets said something."""
        at, lost = box.body, 0
        for start, end in [*sorted(ranges), (box.end, box.end)]:
            stop = min(start, box.end)
            if stop > at:
                gap = bytes(self.data[at:stop])
                lost += len(gap) - gap.count(0)
                self.blank(at, stop)
            at = max(at, min(end, box.end))
        return lost
