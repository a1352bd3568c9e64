"""The ledger's tree as storage holds it: tile roots and the current tile, nothing below."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from threading import RLock

from answerable.core.ledger.tree import (
    Frontier,
    consistency_path,
    inclusion_path,
    node_hash,
    root_at,
    root_of,
)

TILE_LEVEL = 8
TILE = 1 << TILE_LEVEL

Leaves = Callable[[int, int], list[bytes]]
"""Reads the leaf hashes of entries start to end from the database."""


@dataclass(frozen=True, slots=True)
class Extension:
    """A tree that is longer than the one held, computed and not yet taken over."""

    old_size: int
    frontier: Frontier
    tiles: tuple[bytes, ...]
    full: tuple[tuple[bytes, ...], ...]
    current: tuple[bytes, ...]

    @property
    def size(self) -> int:
        return self.frontier.size


class HeldTree:
    """Roots of complete tiles and above, and the leaves of the current tile, in memory.

    One hash for each completed 256 entries is all that start has to read. Safe in any thread.
    """

    KEPT_TILES = 64

    def __init__(self, leaves: Leaves) -> None:
        self._leaves = leaves
        self._lock = RLock()
        self._upper: list[list[bytes]] = [[]]
        self._current: list[bytes] = []
        self._levels: OrderedDict[int, list[list[bytes]]] = OrderedDict()
        self._frontier = Frontier()

    @property
    def size(self) -> int:
        return self._frontier.size

    def root(self) -> bytes:
        """Return the root of the tree as held."""
        return self._frontier.root()

    def take_tiles(self, roots: Iterable[bytes], current: Sequence[bytes]) -> None:
        """Go on with complete tiles that follow the held ones, and a current tile after them."""
        with self._lock:
            # The tile that was the current one has grown too.
            self._levels.pop(len(self._upper[0]), None)
            for root in roots:
                self._push_tile(root)
            self._current = list(current)
            self._levels.pop(len(self._upper[0]), None)
            size = (len(self._upper[0]) << TILE_LEVEL) + len(current)
            self._frontier = self._frontier_at(size)

    @property
    def complete_tiles(self) -> int:
        return len(self._upper[0])

    def extension(self, leaf_hashes: Sequence[bytes]) -> Extension:
        """Return the tree after these leaves. What is held does not change."""
        pending = [*self._current, *leaf_hashes]
        whole = len(pending) - len(pending) % TILE
        full = tuple(tuple(pending[at : at + TILE]) for at in range(0, whole, TILE))
        return Extension(
            self.size,
            self._frontier.extended(leaf_hashes),
            tuple(map(root_of, full)),
            full,
            tuple(pending[whole:]),
        )

    def take(self, extension: Extension) -> None:
        """Hold the extended tree; called when its entries are committed."""
        with self._lock:
            if self.size >= extension.size:
                # A reader saw the commit before its writer came here, and has followed it.
                return
            if extension.old_size != self.size:
                raise ValueError("the tree was extended by another")
            for leaves, root in zip(extension.full, extension.tiles, strict=True):
                self._keep(len(self._upper[0]), _levels(leaves))
                self._push_tile(root)
            self._current = list(extension.current)
            self._levels.pop(len(self._upper[0]), None)
            self._frontier = extension.frontier

    def inclusion_path(self, index: int, size: int) -> list[bytes]:
        """Return the path of an entry to the root of size entries."""
        with self._lock:
            return inclusion_path(index, size, self._subtree)

    def consistency_path(self, old: int, new: int) -> list[bytes]:
        with self._lock:
            return consistency_path(old, new, self._subtree)

    def root_at(self, size: int) -> bytes:
        """Return the root that the first size entries have."""
        with self._lock:
            return root_at(size, self._subtree)

    def _subtree(self, level: int, number: int) -> bytes:
        if level >= TILE_LEVEL:
            return self._upper[level - TILE_LEVEL][number]
        below = TILE_LEVEL - level
        tile = number >> below
        return self._tile(tile)[level][number - (tile << below)]

    def _tile(self, tile: int) -> list[list[bytes]]:
        levels = self._levels.get(tile)
        if levels is None:
            held = tile == len(self._upper[0])
            leaves = self._current if held else self._leaves(tile * TILE, tile * TILE + TILE)
            levels = _levels(leaves)
            # Reads of an earlier moment may not see the whole tile; later ones will need it.
            if held or len(leaves) == TILE:
                self._keep(tile, levels)
        return levels

    def _keep(self, tile: int, levels: list[list[bytes]]) -> None:
        self._levels[tile] = levels
        if len(self._levels) > self.KEPT_TILES:
            self._levels.popitem(last=False)

    def _push_tile(self, root: bytes) -> None:
        node, level = root, 0
        while True:
            if level == len(self._upper):
                self._upper.append([])
            row = self._upper[level]
            row.append(node)
            if len(row) & 1:
                return
            node = node_hash(row[-2], row[-1])
            level += 1

    def _frontier_at(self, size: int) -> Frontier:
        hashes, start = [], 0
        for level in range(size.bit_length() - 1, -1, -1):
            if size >> level & 1:
                hashes.append(self._subtree(level, start >> level))
                start += 1 << level
        return Frontier(size, tuple(hashes))


def _levels(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the complete subtrees of a tile's leaves, level by level."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        pairs = iter(levels[-1])
        levels.append([node_hash(left, right) for left, right in zip(pairs, pairs, strict=False)])
    return levels
