"""Tiles (C2SP tlog-tiles): how a ledger is published, and every proof recomputed from it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answerable.core.errors import Malformed
from answerable.core.ledger.tree import Subtree

HEIGHT = 8
FULL = 1 << HEIGHT
ENTRIES = -1
"""The level of entry bundles, which lie below level 0 and are as wide as its tiles."""

MAX_LEVEL = 63
MAX_ENTRY_BYTES = 0xFFFF
_GROUP = 1000


class UnreadableBundle(Malformed):
    """An entry bundle ends inside an entry, or holds none, or more than 256."""

    code = "unreadable-bundle"


@dataclass(frozen=True, slots=True)
class Tile:
    """One published file: tile ``n`` of a level, or an entry bundle, with 1 to 256 items."""

    level: int
    n: int
    width: int = FULL

    @property
    def path(self) -> str:
        if self.level == ENTRIES:
            return entries_path(self.n, self.width)
        return tile_path(self.level, self.n, self.width)

    def content(self, subtree: Subtree) -> bytes:
        """Return the bytes of a tile of hashes."""
        first, height = self.n * FULL, self.level * HEIGHT
        return b"".join(subtree(height, n) for n in range(first, first + self.width))


def tile_path(level: int, n: int, width: int = FULL) -> str:
    """Return where the tile lies below the ledger's URL, ``tile/0/x001/067.p/112``."""
    if not 0 <= level <= MAX_LEVEL:
        raise ValueError("a tile's level is 0 to 63")
    return f"tile/{level}/{_place(n, width)}"


def entries_path(n: int, width: int = FULL) -> str:
    """Return where the entry bundle lies below the ledger's URL."""
    return f"tile/entries/{_place(n, width)}"


def widths(size: int) -> list[tuple[int, int]]:
    """Return for each level from 0 its count of full tiles, and its partial tile's width or 0."""
    found = []
    while size:
        found.append((size >> HEIGHT, size % FULL))
        size >>= HEIGHT
    return found


def published_between(old: int, new: int) -> Iterator[Tile]:
    """Yield what a publisher at size ``old`` must write before it shows a checkpoint of ``new``.

    Entry bundles come first, then tiles from level 0 upwards: whoever reads a tile finds what it
    was made of.
    """
    yield from _changed(ENTRIES, old, new)
    for level in range(len(widths(new))):
        yield from _changed(level, old >> HEIGHT * level, new >> HEIGHT * level)


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Return the bytes of a bundle of 1 to 256 entries, each after its length in two bytes."""
    if not 1 <= len(entries) <= FULL or any(len(entry) > MAX_ENTRY_BYTES for entry in entries):
        raise ValueError("a bundle has 1 to 256 entries of at most 65,535 bytes")
    return b"".join(len(entry).to_bytes(2) + entry for entry in entries)


def decode_bundle(content: bytes) -> list[bytes]:
    """Return the entries of a bundle.

    Raises:
        UnreadableBundle: bytes are missing or left over, or the count is not 1 to 256.
    """
    entries: list[bytes] = []
    at = 0
    while at < len(content):
        start = at + 2
        at = start + int.from_bytes(content[at:start])
        entries.append(content[start:at])
    if at != len(content) or not 1 <= len(entries) <= FULL:
        raise UnreadableBundle("not 1 to 256 whole entries", entries=len(entries))
    return entries


def _place(n: int, width: int) -> str:
    if n < 0 or not 1 <= width <= FULL:
        raise ValueError("a tile's number is 0 or more, its width 1 to 256")
    place = f"{n % _GROUP:03d}"
    while n >= _GROUP:
        n //= _GROUP
        place = f"x{n % _GROUP:03d}/{place}"
    return place if width == FULL else f"{place}.p/{width}"


def _changed(level: int, old: int, new: int) -> Iterator[Tile]:
    if old >= new:
        return
    for n in range(old // FULL, new // FULL):
        yield Tile(level, n)
    if new % FULL:
        yield Tile(level, new // FULL, new % FULL)
