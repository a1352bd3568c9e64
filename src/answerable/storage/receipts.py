"""Receipts from what is stored: each can be issued again at any time, byte for byte the same."""

from answerable.casework.ports import Appended, Issued
from answerable.core.docket import DocketId
from answerable.core.errors import Broken
from answerable.core.ledger.proof import Receipt
from answerable.storage.backend import Reads
from answerable.storage.following import FollowedTrees
from answerable.storage.rows import ActRow, CheckpointRow, UnitRow


class NoCheckpoint(Broken):
    """An entry is stored and no checkpoint includes it."""

    code = "no-checkpoint"


def checkpoint_of(reads: Reads, position: int) -> tuple[int, CheckpointRow]:
    """Return the first checkpoint that held an entry, and the position at which its ledger begins.

    Raises:
        NoCheckpoint: there is none.
    """
    ledger = max(
        (row for row in reads.ledgers() if row.first <= position), key=lambda row: row.number
    )
    index = position - ledger.first
    checkpoint = reads.checkpoint_over(ledger.number, index)
    if checkpoint is None:
        raise NoCheckpoint(f"entry {index} is in no checkpoint", index=index)
    return ledger.first, checkpoint


class Receipts:
    """Issues the receipts of stored acts."""

    def __init__(self, trees: FollowedTrees) -> None:
        self._trees = trees

    def receipt(self, reads: Reads, position: int) -> Receipt:
        """Return the receipt of the entry at a position, by the first checkpoint that held it."""
        first, checkpoint = checkpoint_of(reads, position)
        index = position - first
        tree = self._trees.up_to(reads, checkpoint.ledger, checkpoint.size)
        path = tree.inclusion_path(index, checkpoint.size)
        commitment = reads.commitments(position, position + 1)[0]
        return Receipt(commitment, index, tuple(path), checkpoint.note)

    def appended(self, reads: Reads, unit: UnitRow) -> Appended:
        """Return the first result of a unit that is known."""
        rows = reads.acts_at(unit.position, unit.position + unit.acts)
        return Appended(tuple(self._issued(reads, row) for row in rows), again=True)

    def _issued(self, reads: Reads, row: ActRow) -> Issued:
        number = row.number if row.sequence == 1 else f"{row.number}/{row.sequence}"
        receipt = self.receipt(reads, row.position)
        return Issued(DocketId(row.docket), number, row.sequence, row.at, receipt)
