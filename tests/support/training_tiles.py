"""The invented ledger at any size: its checkpoints, its receipts and the folder it publishes."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import Signer, sign_note
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.tiles import ENTRIES, FULL, encode_bundle, published_between
from answerable.core.ledger.tree import entry_of, inclusion_path, leaf_hash, node_hash, root_at
from tests.support.training_ledger import LOG, MAY, ORIGIN, TIME, commitment

SIZES = (1, 2, 255, 256, 257, 1000, 70_000)
OWN = (LOG.signer(), TIME.at(MAY))


@cache
def subtree(level: int, n: int) -> bytes:
    if level == 0:
        return leaf_hash(entry_of(commitment(n)))
    return node_hash(subtree(level - 1, 2 * n), subtree(level - 1, 2 * n + 1))


@cache
def root(size: int) -> bytes:
    return root_at(size, subtree)


def note(size: int, signers: Iterable[Signer] = OWN) -> bytes:
    return sign_note(Checkpoint(ORIGIN, size, root(size)).text(), tuple(signers)).encode()


def receipt(index: int, size: int, signers: Iterable[Signer] = OWN) -> Receipt:
    path = tuple(inclusion_path(index, size, subtree))
    return Receipt(commitment(index), index, path, note(size, signers))


def publish(folder: Path, size: int, old: int = 0) -> list[Path]:
    """Write what a publisher at one size writes for another, and return the files of tiles."""
    files = []
    for tile in published_between(old, size):
        file = folder / tile.path
        file.parent.mkdir(parents=True, exist_ok=True)
        if tile.level == ENTRIES:
            first = tile.n * FULL
            within = range(first, first + tile.width)
            file.write_bytes(encode_bundle([entry_of(commitment(n)) for n in within]))
        else:
            file.write_bytes(tile.content(subtree))
        files.append(file)
    (folder / "checkpoint").write_bytes(note(size))
    return files
