"""check_ledger on a stored ledger: one moment of a backend, read as a stream."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from psycopg import Error as PostgresError

from answerable.casework.ports import CaseKeys
from answerable.core.acts import Commitment
from answerable.core.check import Counts, Finding, Signers, check_ledger
from answerable.core.docket import Docket
from answerable.core.invariants.view import UNUSABLE, Progress, SeenAct
from answerable.core.owed import Owed
from answerable.core.record import Kept
from answerable.storage.backend import Backend, Reads
from answerable.storage.figures import folded_to, rows_kept, sums_kept
from answerable.storage.head import Head, Heads, HeadUnreadable
from answerable.storage.ledger import kept_of
from answerable.storage.rows import (
    ActRow,
    BlockRow,
    CheckpointRow,
    FiguresRow,
    LedgerRow,
    SumRow,
    docket_of,
    owed_of,
)

CHUNK = 65_536
BEYOND = 2**62


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept beside the database and may be checked with it. None stands for not at hand."""

    heads: Heads | None = None
    case_keys: CaseKeys | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, which is nothing if all is well, and what it saw."""

    findings: tuple[Finding, ...]
    counts: Counts


def check(
    backend: Backend,
    beside: Beside | None = None,
    *,
    signers: Signers | None = None,
    acts: bool = True,
    progress: Progress | None = None,
) -> Checked:
    """Check a stored ledger as it is at this moment; writers may go on meanwhile."""
    beside = beside or Beside()
    findings: list[Finding] = []
    counts = Counts()
    # The second copy is read before the database: if it was overtaken meanwhile, it is merely old.
    try:
        head = None if beside.heads is None else beside.heads.read()
    except HeadUnreadable as problem:
        findings.append(Finding("head-unreadable", problem.facts))
        beside, head = Beside(None, beside.case_keys), None
    try:
        with backend.reading() as reads:
            view = StoredView(reads, beside, head)
            found = check_ledger(view, signers=signers, acts=acts, counts=counts, progress=progress)
            findings += found
    except (sqlite3.Error, PostgresError) as problem:
        findings.append(Finding("database-unreadable", {"reason": str(problem)}))
    return Checked(tuple(findings), counts)


class StoredView:
    """The core's view of a stored ledger, on reads of one moment."""

    def __init__(self, reads: Reads, beside: Beside, head: Head | None) -> None:
        self._reads = reads
        self._ledgers = tuple(reads.ledgers())
        tail = reads.tail() if self._ledgers else None
        self._end = 0 if tail is None else tail.first + tail.size
        self._head, self._head_at_hand = head, beside.heads is not None
        self._slots = None if beside.case_keys is None else slots_made(beside.case_keys)

    def ledgers(self) -> Sequence[LedgerRow]:
        return self._ledgers

    def end(self) -> int:
        return self._end

    def commitments(self, start: int, end: int) -> Sequence[bytes]:
        return self._reads.commitments(start, end)

    def checkpoints(self, ledger: int) -> Iterator[CheckpointRow]:
        return self._reads.checkpoints(ledger)

    def tiles(self, ledger: int) -> Iterator[tuple[int, bytes]]:
        return self._reads.tile_rows(ledger)

    def acts(self) -> Iterator[SeenAct]:
        docket, previous = 0, None
        for row, entry in self._reads.acts_by_docket():
            commitment = None if entry is None else Commitment(bytes(entry))
            before = previous if row.docket == docket else None
            kept = _kept(row, before)
            yield SeenAct(row.position, row.docket, row.sequence, commitment, kept)
            docket, previous = row.docket, commitment

    def units(self) -> Iterator[tuple[int, int]]:
        return ((row.position, row.acts) for row in self._reads.all_units())

    def dockets(self) -> Iterator[tuple[int, Docket | None]]:
        for row in self._reads.docket_rows():
            try:
                yield row.id, docket_of(row)
            except UNUSABLE:
                yield row.id, None

    def owed(self) -> Iterator[tuple[int, tuple[Owed, ...] | None]]:
        for docket, rows in groupby(self._reads.owed_rows(), key=lambda row: row.docket):
            yield docket, owed_of(rows)

    def figures(self) -> Iterator[FiguresRow]:
        return rows_kept(self._reads)

    def figures_sums(self) -> Iterator[SumRow]:
        return sums_kept(self._reads)

    def figures_folded_to(self) -> int:
        return folded_to(self._reads)

    def exhibits(self) -> Iterator[int]:
        ends = [*range(0, self._end, CHUNK), self._end]
        # Beyond the entries there is no act, and a row may be there all the same.
        for start, end in ((-BEYOND, 0), *pairwise(ends), (self._end, BEYOND)):
            yield from (position for _, position in self._reads.exhibits_of(start, end))

    def years(self) -> Mapping[int, int]:
        return self._reads.years()

    def blocks(self) -> Sequence[BlockRow]:
        return self._reads.blocks()

    def head_at_hand(self) -> bool:
        return self._head_at_hand

    def head(self) -> Head | None:
        return self._head

    def slots(self) -> int | None:
        return self._slots


def slots_made(case_keys: CaseKeys) -> int:
    """Return the number of slots made by now, in whichever process."""
    # A store may remember how many there were; making none makes it look again.
    case_keys.make(0)
    return case_keys.made()


def _kept(row: ActRow, previous: Commitment | None) -> Kept | None:
    try:
        return kept_of(row, previous)
    except UNUSABLE:
        return None
