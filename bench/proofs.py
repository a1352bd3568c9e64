"""Receipts issued again in a ledger of ten million entries."""

from collections.abc import Iterator
from hashlib import sha256
from random import Random
from statistics import quantiles
from time import perf_counter

from answerable.bootstrap.folder import Folder, folder_at
from answerable.bootstrap.parts import stores, tools_of
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.tree import root_of
from answerable.storage.backend import Backend
from answerable.storage.following import FollowedTrees, leaf_hashes
from answerable.storage.receipts import Receipts
from answerable.storage.rows import Batch, CheckpointRow, Tail
from answerable.storage.tree import TILE, HeldTree
from bench import limits
from bench.ground import Ground
from bench.rows import Row, repeated

CHUNK_TILES = 400
PROOFS = 500
HASHES = 2 * TILE
"""What one proof hashes where its tile is not in memory: every leaf and every node of it."""


def inclusion_proofs(ground: Ground, entries: int, runs: int) -> Iterator[Row]:
    folder = folder_at(ground.sqlite("proofs"))
    backend, _, _ = stores(folder)
    begun = perf_counter()
    fill(folder, backend, entries)
    filled = perf_counter() - begun
    receipts, random = Receipts(FollowedTrees(backend)), Random(1)  # noqa: S311 - which proofs are measured is no secret
    begun = perf_counter()
    _proof(backend, receipts, 0)
    first = perf_counter() - begun
    times: list[list[float]] = []

    def run() -> float:
        positions = [random.randrange(entries) for _ in range(PROOFS)]
        times.append([_proof(backend, receipts, position) for position in positions])
        return 0.0

    repeated(runs, run)
    parts = [quantiles(run_times, n=20) for run_times in times[1:]]
    backend.close()
    limit, of = 1000 * HASHES / limits.hashes(), f"{HASHES} hashes"
    figure = f"inclusion proof at {entries:,} entries"
    p50, p95 = (tuple(part[at] * 1000 for part in parts) for at in (9, 18))
    told = (
        f"rows written directly in {filled:,.0f} s; the first proof loads the tree: {first:.2g} s"
    )
    yield Row(figure=f"{figure}, p50", unit="ms", runs=p50, limit=limit, of=of, note=told)
    yield Row(figure=f"{figure}, p95", unit="ms", runs=p95, must=3, aim=1, limit=limit, of=of)


def fill(folder: Folder, backend: Backend, entries: int) -> None:
    """Write entries with their tiles, and one signed checkpoint over them all."""
    with backend.reading() as reads:
        tail = reads.tail()
        # The founding act, and what pads it.
        there = tail.first + tail.size
        rest = reads.commitments(0, there)
    tree, number = HeldTree(lambda _start, _end: []), 0
    for start in range(0, entries, CHUNK_TILES * TILE):
        end = min(start + CHUNK_TILES * TILE, entries)
        new = [sha256(b"%d" % position).digest() for position in range(max(start, there), end)]
        leaves = leaf_hashes([*rest, *new])
        whole = len(leaves) // TILE
        roots = [root_of(leaves[at * TILE : (at + 1) * TILE]) for at in range(whole)]
        tree.take_tiles(roots, leaves[whole * TILE :])
        batch = Batch(
            entries=list(enumerate(new, max(start, there))),
            tiles=[(tail.ledger, number + at, root) for at, root in enumerate(roots)],
        )
        number, rest = number + whole, []
        if end == entries:
            batch.checkpoint = _checkpoint(folder, tail, tree)
        with backend.writing() as transaction:
            transaction.store(batch)
            transaction.commit()


def _checkpoint(folder: Folder, tail: Tail, tree: HeldTree) -> CheckpointRow:
    _, heads, case_keys = stores(folder)
    sign = tools_of(folder, heads, case_keys).sign
    note = sign(Checkpoint(tail.origin, tree.size, tree.root()), tail.last_at)
    return CheckpointRow(tail.ledger, tree.size, tree.root(), note, tail.last_at)


def _proof(backend: Backend, receipts: Receipts, position: int) -> float:
    begun = perf_counter()
    with backend.reading() as reads:
        receipts.receipt(reads, position)
    return perf_counter() - begun
