"""The tree in memory follows the database: what other processes appended is caught up with."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import RLock

from answerable.core.errors import Broken
from answerable.core.ledger.tree import entry_of, leaf_hash
from answerable.storage.backend import Backend, Reads
from answerable.storage.head import Head
from answerable.storage.rows import Tail
from answerable.storage.tree import TILE, HeldTree


class TreeMismatch(Broken):
    """The stored entries do not have the root that the ledger signed: entries were changed."""

    code = "tree-mismatch"


def leaf_hashes(commitments: list[bytes]) -> list[bytes]:
    """Return the leaf hashes of the entries that hold these commitments."""
    return [leaf_hash(entry_of(commitment)) for commitment in commitments]


class FollowedTrees:
    """The trees of a mechanism's ledgers, each loaded once and then followed."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend
        self._trees: dict[int, tuple[int, HeldTree]] = {}
        self._lock = RLock()

    def up_to(self, reads: Reads, ledger: int, size: int) -> HeldTree:
        """Return the tree of a ledger with at least size entries, read through reads.

        Raises:
            TreeMismatch: the entries read do not have the root of the stored checkpoint.
        """
        with self._lock:
            first, tree = self._tree(reads, ledger)
            if tree.size < size:
                if size - tree.size < TILE:
                    new = reads.commitments(first + tree.size, first + size)
                    tree.take(tree.extension(leaf_hashes(new)))
                else:
                    _load(reads, ledger, (first, size), tree)
                self._check(reads, ledger, size, tree)
            return tree

    def _tree(self, reads: Reads, ledger: int) -> tuple[int, HeldTree]:
        held = self._trees.get(ledger)
        if held is None:
            first = next(row.first for row in reads.ledgers() if row.number == ledger)
            held = self._trees[ledger] = (first, HeldTree(self._leaves_from(first)))
        return held

    def _leaves_from(self, first: int) -> Callable[[int, int], list[bytes]]:
        def leaves(start: int, end: int) -> list[bytes]:
            opened: AbstractContextManager[Reads] = self._backend.reading()
            with opened as reads:
                return leaf_hashes(reads.commitments(first + start, first + end))

        return leaves

    def _check(self, reads: Reads, ledger: int, size: int, tree: HeldTree) -> None:
        row = reads.checkpoint_at(ledger, size)
        if row is None or row.root != tree.root() or tree.size != size:
            with self._lock:
                self._trees.pop(ledger, None)
            raise TreeMismatch(f"entries up to {size} do not have the signed root", size=size)


def _load(reads: Reads, ledger: int, span: tuple[int, int], tree: HeldTree) -> None:
    # By the roots of complete tiles: at the start of a process they are far fewer than entries.
    first, size = span
    held, complete = tree.complete_tiles, size // TILE
    tiles = reads.tiles(ledger, held)[: complete - held]
    whole = held + len(tiles)
    rest = reads.commitments(first + whole * TILE, first + size)
    tree.take_tiles(tiles, leaf_hashes(rest))


def is_behind(tail: Tail, head: Head | None) -> bool:
    """Whether the database holds less than the head's second copy promised."""
    if head is None:
        return tail.size > 0 or tail.ledger > 1
    return (tail.ledger, tail.size) < (head.ledger, head.size)


def check_head(tail: Tail, head: Head | None, tree: HeldTree) -> None:
    """Return if the tree continues what the head's second copy promised.

    Raises:
        TreeMismatch: another tree was promised than the one stored.
    """
    if head is None or head.ledger < tail.ledger:
        return
    root = tree.root() if head.size == tree.size else tree.root_at(head.size)
    if root != head.root or head.origin != tail.origin:
        raise TreeMismatch("the head's second copy names another tree", size=head.size)
