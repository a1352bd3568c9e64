"""The entries of a published ledger, read from its tiles and held against its checkpoint."""

from collections.abc import Callable
from dataclasses import dataclass, field

from answerable.core.errors import Malformed
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.entry import HASH_LENGTH, ForeignEntry, commitment_of
from answerable.core.ledger.note import Verify, parse_note
from answerable.core.ledger.policy import Policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from answerable.core.ledger.tiles import (
    ENTRIES,
    FULL,
    HEIGHT,
    Tile,
    decode_bundle,
    published_between,
)
from answerable.core.ledger.tree import inclusion_path, leaf_hash, root_at, root_of

Read = Callable[[str], bytes | None]


class LedgerFileWrong(Malformed):
    """A published file of a ledger is not there, or is not what its entries make."""

    code = "ledger-file-wrong"


@dataclass(frozen=True, slots=True)
class LedgerFiles:
    """By what a published ledger is believed: a policy, and the check of a signature."""

    policy: Policy
    verify: Verify
    now_seconds: int | None = None


def ledger_entries(read: Read, by: LedgerFiles) -> tuple[str, bytes]:
    """Return the origin of a ledger, and its commitments in their order: 32 octets of each.

    Raises:
        LedgerFileWrong: a tile is missing or does not belong to the entries.
        ForeignEntry: an entry is none of ours.
        NotProven, Undecidable, Malformed: the checkpoint is not signed as the policy demands.
    """
    note = _wanted(read, "checkpoint")
    checkpoint = Checkpoint.parse(parse_note(note).text)
    tree, commitments, foreign = _read(read, checkpoint.size)
    if root_at(checkpoint.size, tree.subtree) != checkpoint.root:
        raise LedgerFileWrong("the entries have another root", file="checkpoint")
    if foreign is not None:
        raise foreign
    if checkpoint.size:
        # A path from the first entry is all that proving a signed checkpoint asks for.
        path = tuple(inclusion_path(0, checkpoint.size, tree.subtree))
        receipt = Receipt(bytes(commitments[:HASH_LENGTH]), 0, path, note)
        verify_receipt(receipt, by.policy, by.verify, now_seconds=by.now_seconds)
    return checkpoint.origin, bytes(commitments)


def _read(read: Read, size: int) -> tuple["_Tree", bytearray, ForeignEntry | None]:
    """Return what the tiles make, with the first entry that is none of ours.

    A million entries are read tile by tile: as objects they take more than a server may hold.
    """
    tree, commitments = _Tree(), bytearray()
    foreign: ForeignEntry | None = None
    for tile in published_between(0, size):
        if tile.level == ENTRIES:
            entries = decode_bundle(_wanted(read, tile.path))
            if len(entries) != tile.width:
                raise LedgerFileWrong("another number of entries", file=tile.path)
            tree.add([leaf_hash(entry) for entry in entries])
            _require_same(read, Tile(0, tile.n, tile.width), tree)
            try:
                commitments += b"".join(map(commitment_of, entries))
            except ForeignEntry as problem:
                foreign = foreign or problem
        elif tile.level:  # those of leaves were held against them when these were there
            _require_same(read, tile, tree)
    return tree, commitments, foreign


def _wanted(read: Read, name: str) -> bytes:
    data = read(name)
    if data is None:
        raise LedgerFileWrong("a file is missing", file=name)
    return data


def _require_same(read: Read, tile: Tile, tree: "_Tree") -> None:
    if _wanted(read, tile.path) != tile.content(tree.subtree):
        raise LedgerFileWrong("a tile differs", file=tile.path)


@dataclass(slots=True)
class _Tree:
    """The hashes of a tree by tiles. Of the leaves only those of the first and last tile stay."""

    first: list[bytes] = field(default_factory=list)
    last: list[bytes] = field(default_factory=list)
    rows: list[list[bytes]] = field(default_factory=lambda: [[]])

    def add(self, leaves: list[bytes]) -> None:
        """Add the leaves of the next tile."""
        self.first, self.last = self.first or leaves, leaves
        self._rise(0, leaves)

    def _rise(self, level: int, hashes: list[bytes]) -> None:
        if len(hashes) == FULL:
            if level + 1 == len(self.rows):
                self.rows.append([])
            above = self.rows[level + 1]
            above.append(root_of(hashes))
            if len(above) % FULL == 0:
                self._rise(level + 1, above[-FULL:])

    def subtree(self, level: int, n: int) -> bytes:
        """Return a hash at an edge of the tree, or above the leaves."""
        row, height = divmod(level, HEIGHT)
        first = n << height
        if row:
            return root_of(self.rows[row][first : first + (1 << height)])
        leaves, within = self.last if first >= FULL else self.first, first % FULL
        return root_of(leaves[within : within + (1 << height)])
