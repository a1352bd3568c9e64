"""Tiles (C2SP tlog-tiles): how a ledger is published, and every proof recomputed from it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from answerable.core.errors import Malformed
from answerable.core.ledger.tree import HASH_LENGTH, Subtree, root_of

HEIGHT = 8
FULL = 1 << HEIGHT
ENTRIES = -1
"""The level of entry bundles, which lie below level 0 and are as wide as its tiles."""

MAX_LEVEL = 63
MAX_ENTRY_BYTES = 0xFFFF
_GROUP = 1000

ReadTile = Callable[[int, int], bytes]
"""The bytes of tile ``n`` at ``level``, whole or at the width that the ledger's size gives it."""


class UnreadableTile(Malformed):
    """A tile is not a row of 1 to 256 hashes, or lacks a hash that its ledger's size demands."""

    code = "unreadable-tile"


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


def tile_at(level: int, n: int, size: int) -> Tile:
    """Return tile n of a level as a ledger of this size has it."""
    items = size >> HEIGHT * max(level, 0)
    width = min(FULL, items - n * FULL)
    if n < 0 or width < 1:
        raise ValueError(f"a ledger of {size} has no tile {n} at level {level}")
    return Tile(level, n, width)


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


def decode_tile(content: bytes) -> list[bytes]:
    """Return the hashes of a tile."""
    if len(content) % HASH_LENGTH or not HASH_LENGTH <= len(content) <= FULL * HASH_LENGTH:
        raise UnreadableTile("not a row of 1 to 256 hashes", length=len(content))
    return [content[at : at + HASH_LENGTH] for at in range(0, len(content), HASH_LENGTH)]


def subtree_from_tiles(read: ReadTile) -> Subtree:
    """Return the hashes of subtrees as the tiles give them, for paths and roots of tree.py.

    Nothing is trusted by this: compare ``root_at(size, subtree)`` with a signed checkpoint first.
    A tile is read anew for each hash; a caller who asks for many keeps tiles.

    Raises, when called:
        UnreadableTile: a tile is malformed, or too narrow for the subtree asked for.
    """

    def subtree(level: int, n: int) -> bytes:
        tile, height = divmod(level, HEIGHT)
        first = n << height
        hashes = decode_tile(read(tile, first // FULL))
        within = hashes[first % FULL :][: 1 << height]
        if len(within) != 1 << height:
            raise UnreadableTile("the tile is too narrow", level=tile, n=first // FULL)
        return root_of(within)

    return subtree


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
