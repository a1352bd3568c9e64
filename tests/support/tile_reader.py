"""A published ledger read as a stranger would: by its tiles alone, of which nothing is trusted."""

from collections.abc import Callable

from answerable.core.ledger.tiles import FULL, HEIGHT, Tile
from answerable.core.ledger.tree import HASH_LENGTH, Subtree, root_of

ReadTile = Callable[[int, int], bytes]
"""The bytes of tile ``n`` at ``level``, whole or at the width that the ledger's size gives it."""


def tile_at(level: int, n: int, size: int) -> Tile:
    """Return tile n of a level as a ledger of this size has it."""
    return Tile(level, n, min(FULL, (size >> HEIGHT * max(level, 0)) - n * FULL))


def subtree_from_tiles(read: ReadTile) -> Subtree:
    """Return the hashes of subtrees as the tiles give them, for paths and roots of tree.py."""

    def subtree(level: int, n: int) -> bytes:
        tile, height = divmod(level, HEIGHT)
        first = n << height
        row = read(tile, first // FULL)
        hashes = [row[at : at + HASH_LENGTH] for at in range(0, len(row), HASH_LENGTH)]
        within = hashes[first % FULL :][: 1 << height]
        assert len(within) == 1 << height, "the tile is too narrow"
        return root_of(within)

    return subtree
