"""The entries of a published ledger, read from its tiles and held against its checkpoint."""

from collections.abc import Callable
from dataclasses import dataclass

from answerable.core.errors import Malformed
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.entry import commitment_of
from answerable.core.ledger.note import Verify, parse_note
from answerable.core.ledger.policy import Policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from answerable.core.ledger.tiles import (
    ENTRIES,
    FULL,
    HEIGHT,
    decode_bundle,
    published_between,
)
from answerable.core.ledger.tree import Subtree, inclusion_path, leaf_hash, root_of

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


def ledger_entries(read: Read, by: LedgerFiles) -> tuple[str, list[bytes]]:
    """Return the origin of a ledger, and its commitments in their order.

    Raises:
        LedgerFileWrong: a tile is missing or does not belong to the entries.
        NotProven, Undecidable, Malformed: the checkpoint is not signed as the policy demands.
    """
    note = _wanted(read, "checkpoint")
    checkpoint = Checkpoint.parse(parse_note(note).text)
    tiles = list(published_between(0, checkpoint.size))
    entries: list[bytes] = []
    for tile in tiles:
        if tile.level == ENTRIES:
            entries += decode_bundle(_wanted(read, tile.path))
    leaves = [leaf_hash(entry) for entry in entries]
    if len(leaves) != checkpoint.size or root_of(leaves) != checkpoint.root:
        raise LedgerFileWrong("the entries have another root", file="checkpoint")
    subtree = _subtree(leaves)
    for tile in tiles:
        if tile.level != ENTRIES and _wanted(read, tile.path) != tile.content(subtree):
            raise LedgerFileWrong("a tile differs", file=tile.path)
    if checkpoint.size:
        # A path from the first entry is all that proving a signed checkpoint asks for.
        path = tuple(inclusion_path(0, checkpoint.size, subtree))
        receipt = Receipt(commitment_of(entries[0]), 0, path, note)
        verify_receipt(receipt, by.policy, by.verify, now_seconds=by.now_seconds)
    return checkpoint.origin, [commitment_of(entry) for entry in entries]


def _wanted(read: Read, name: str) -> bytes:
    data = read(name)
    if data is None:
        raise LedgerFileWrong("a file is missing", file=name)
    return data


def _subtree(leaves: list[bytes]) -> Subtree:
    known: dict[tuple[int, int], bytes] = {}

    def subtree(level: int, n: int) -> bytes:
        if level < HEIGHT:
            return root_of(leaves[n << level : (n + 1) << level])
        if (level, n) not in known:
            below = range(n * FULL, (n + 1) * FULL)
            known[level, n] = root_of([subtree(level - HEIGHT, at) for at in below])
        return known[level, n]

    return subtree
