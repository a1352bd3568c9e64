"""Entries, tiles and checkpoints of one ledger against one another, read once from the start."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from answerable.core.invariants.checkpoints import Signed, signed_heads
from answerable.core.invariants.view import (
    Counts,
    Finding,
    LedgerView,
    Progress,
    SeenLedger,
    Signers,
    end_of,
    finding,
)
from answerable.core.ledger.entry import ENTRY_PREFIX, HASH_LENGTH
from answerable.core.ledger.tiles import FULL
from answerable.core.ledger.tree import Frontier, root_of

_LEAF = b"\x00" + ENTRY_PREFIX
_CHUNK = 32 * FULL


def check_tree(
    view: LedgerView,
    ledger: SeenLedger,
    *,
    signers: Signers | None,
    counts: Counts,
    progress: Progress,
) -> Iterator[Finding]:
    """Yield what does not hold of a ledger's entries, tiles, checkpoints and second head."""
    walk = _Walk(view, ledger, signed_heads(view, ledger, signers, counts))
    for start in range(0, walk.size, _CHUNK):
        yield from walk.chunk(start)
        progress("entries", walk.first + min(start + _CHUNK, walk.size), view.end())
    yield from walk.rest()
    counts.entries += walk.size
    counts.tiles += walk.size // FULL


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A tile whose stored root is not that of its entries: a later checkpoint says which is it."""

    tile: int
    stored: bytes


class _Walk:
    """The tree as far as it was read. Each tile's root is computed from its entries."""

    def __init__(self, view: LedgerView, ledger: SeenLedger, heads: Iterator[Signed]) -> None:
        self.first = ledger.first
        self.size = end_of(view, ledger) - ledger.first
        self._view, self._ledger = view, ledger.number
        self._heads, self._head = heads, next(heads, None)
        self._tiles = view.tiles(ledger.number)
        self._tile = next(self._tiles, None)
        # Two trees of tile roots: by the entries, and by the stored roots where those differ.
        self._computed = self._stored = Frontier()
        self._doubts: list[_Doubt] = []
        self._unknown, self._wrong = False, False
        self._good = self._covered = 0
        self._signed: bytes | None = None

    def chunk(self, start: int) -> Iterator[Finding]:
        end = min(start + _CHUNK, self.size)
        read = self._view.commitments(self.first + start, self.first + end)
        for at in range(start, end, FULL):
            upto = min(at + FULL, end)
            part: Sequence[bytes] = read[at - start : upto - start]
            if len(read) != end - start:
                part = self._view.commitments(self.first + at, self.first + upto)
            yield from self._take(at, upto, part)

    def rest(self) -> Iterator[Finding]:
        """Yield what lies beyond the entries: promises of more than is there, and tiles."""
        yield from self._believe_entries()
        while self._head is not None:
            head, self._head = self._head, next(self._heads, None)
            yield from head.findings
            self._covered = self._covered if head.second_copy else head.size
            if head.size > 0:
                code = "head-ahead" if head.second_copy else "checkpoint-ahead"
                yield self._finding(code, size=head.size, entries=self.size)
        if self._covered < self.size:
            yield self._finding("entries-uncovered", size=self._covered, entries=self.size)
        while self._tile is not None:
            yield self._finding("tile-extra", tile=self._tile[0])
            self._tile = next(self._tiles, None)

    def _take(self, start: int, end: int, part: Sequence[bytes]) -> Iterator[Finding]:
        yield from self._lost_or_malformed(start, end, part)
        leaves = [sha256(_LEAF + commitment).digest() for commitment in part]
        whole = len(leaves) == end - start
        inner, taken = Frontier(), 0
        while self._head is not None and self._head.size < start + FULL and self._head.size <= end:
            if whole:
                inner = inner.extended(leaves[taken : self._head.size - start])
                taken = self._head.size - start
            yield from self._meet(inner, known=whole)
        if end - start < FULL:
            return
        root = None
        if whole:
            # A frontier is for the sizes between; a whole tile is hashed faster level by level.
            root = inner.extended(leaves[taken:]).root() if taken else root_of(leaves)
        yield from self._close(start // FULL, root)
        while self._head is not None and self._head.size <= end:
            yield from self._meet(Frontier(), known=True)

    def _lost_or_malformed(self, start: int, end: int, part: Sequence[bytes]) -> Iterator[Finding]:
        if len(part) != end - start:
            for index in range(start, end):
                position = self.first + index
                if not self._view.commitments(position, position + 1):
                    yield self._finding("entry-missing", index=index)
        if any(len(commitment) != HASH_LENGTH for commitment in part):
            for index, commitment in enumerate(part, start):
                if len(commitment) != HASH_LENGTH:
                    yield self._finding("entry-malformed", index=index)

    def _close(self, number: int, root: bytes | None) -> Iterator[Finding]:
        """Hold a complete tile by its root, which is None where an entry is lost."""
        stored = None
        while self._tile is not None and self._tile[0] <= number:
            if self._tile[0] == number:
                stored = self._tile[1]
            else:
                yield self._finding("tile-extra", tile=self._tile[0])
            self._tile = next(self._tiles, None)
        if stored is None:
            yield self._finding("tile-missing", tile=number)
        elif len(stored) != HASH_LENGTH:
            yield self._finding("tile-differs", tile=number)
            stored = None
        elif root is not None and stored != root:
            self._doubts.append(_Doubt(number, stored))
        if root is None and stored is None:
            # Nothing can be said of any root beyond: what is lost was named.
            self._unknown = True
        computed = root or stored or b""
        same = self._computed is self._stored and not self._doubts
        self._computed = self._computed.extended([computed])
        self._stored = self._computed if same else self._stored.extended([stored or computed])

    def _meet(self, inner: Frontier, *, known: bool) -> Iterator[Finding]:
        """Compare the head whose size is reached, and go on to the next."""
        head = self._head
        if head is None:
            return
        self._head = next(self._heads, None)
        # Where the second copy agrees with a wrong checkpoint, the checkpoint was named.
        agrees = head.second_copy and self._covered == head.size and self._signed == head.root
        if not head.second_copy:
            self._covered, self._signed = head.size, head.root
        yield from head.findings
        if self._unknown or not known or head.root is None:
            return
        size = head.size
        roots = [_joined(size, outer, inner).root() for outer in (self._computed, self._stored)]
        if head.root in roots:
            believed = self._believe_entries if head.root == roots[0] else self._believe_tiles
            yield from believed()
            self._good, self._wrong = size, False
        elif agrees:
            return
        elif head.second_copy:
            yield self._finding("head-differs", size=size)
        elif not self._wrong:
            self._wrong = True
            yield self._finding("root-differs", size=size, after=self._good)

    def _believe_entries(self) -> Iterator[Finding]:
        """Name the stored tiles in doubt, now that a checkpoint agrees with their entries."""
        for doubt in self._doubts:
            yield self._finding("tile-differs", tile=doubt.tile)
        self._doubts, self._stored = [], self._computed

    def _believe_tiles(self) -> Iterator[Finding]:
        """Name the entries in doubt, now that a checkpoint agrees with their stored tile."""
        for doubt in self._doubts:
            first = doubt.tile * FULL
            yield self._finding("entries-differ", first=first, last=first + FULL - 1)
        self._doubts, self._computed = [], self._stored

    def _finding(self, code: str, **facts: int) -> Finding:
        return finding(code, ledger=self._ledger, **facts)


def _joined(size: int, tiles: Frontier, inner: Frontier) -> Frontier:
    # Tiles are complete subtrees, so the two frontiers make one.
    return Frontier(size, (*tiles.hashes, *inner.hashes))
