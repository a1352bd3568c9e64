"""The ledger in memory: for tests and for trying out. It forgets everything at the end."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

from answerable.core.docket import (
    Docket,
)
from answerable.core.owed import Owed
from answerable.storage.backend import Reads, Transaction
from answerable.storage.rows import (
    ActRow,
    Batch,
    BlockRow,
    CheckpointRow,
    DocketRow,
    EnvelopeRow,
    FiguresRow,
    KeyedRow,
    LedgerRow,
    MarkRow,
    OwedRow,
    SumRow,
    Tail,
    UnitRow,
    docket_of,
    docket_row,
    owed_of,
    owed_row,
)


@dataclass
class _Tables:
    ledgers: list[LedgerRow] = field(default_factory=list)
    entries: list[bytes] = field(default_factory=list)
    acts: dict[int, ActRow] = field(default_factory=dict)
    acts_of: dict[int, list[int]] = field(default_factory=dict)
    exhibits: list[tuple[str, int]] = field(default_factory=list)
    units: dict[tuple[bytes, int], UnitRow] = field(default_factory=dict)
    tiles: dict[int, list[bytes]] = field(default_factory=dict)
    checkpoints: dict[int, list[CheckpointRow]] = field(default_factory=dict)
    dockets: dict[int, DocketRow] = field(default_factory=dict)
    numbered: dict[str, int] = field(default_factory=dict)
    owed: dict[int, dict[tuple[int, str, int], OwedRow]] = field(default_factory=dict)
    figures: dict[int, FiguresRow] = field(default_factory=dict)
    sums: dict[int, SumRow] = field(default_factory=dict)
    marks: dict[str, MarkRow] = field(default_factory=dict)
    keyed: dict[bytes, KeyedRow] = field(default_factory=dict)
    jobs: list[tuple[str, str, int]] = field(default_factory=list)
    years: dict[int, int] = field(default_factory=dict)
    blocks: dict[tuple[int, int, int], BlockRow] = field(default_factory=dict)


class MemoryBackend:
    """Rows in dictionaries, behind one lock."""

    def __init__(self) -> None:
        self._tables = _Tables()
        self._lock = RLock()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        with self._lock:
            yield MemoryTransaction(self._tables)

    @contextmanager
    def reading(self) -> Iterator[Reads]:
        with self._lock:
            yield MemoryTransaction(self._tables)

    def close(self) -> None:
        """Nothing is held."""


class MemoryTransaction:
    """Reads of the tables, and one batch that commit puts into them."""

    def __init__(self, tables: _Tables) -> None:
        self._tables = tables
        self._batches: list[Batch] = []
        self._folded: tuple[list[DocketRow], list[OwedRow]] | None = None
        self._ended: set[int] = set()
        self._drops_figures = False
        self._unbound: set[int] = set()

    def tail(self) -> Tail:
        ledger = self._tables.ledgers[-1]
        last_at = max((rows[-1].at for rows in self._tables.checkpoints.values()), default=0)
        size = len(self._tables.entries) - ledger.first
        used = max(self._tables.acts_of, default=0)
        next_docket = max(used + 1, ledger.first_docket)
        return Tail(ledger.number, ledger.origin, ledger.first, size, last_at, next_docket)

    def ledgers(self) -> Sequence[LedgerRow]:
        return self._tables.ledgers

    def commitments(self, start: int, end: int) -> list[bytes]:
        return self._tables.entries[start:end]

    def tiles(self, ledger: int, start: int) -> list[bytes]:
        return self._tables.tiles.get(ledger, [])[start:]

    def tile_rows(self, ledger: int) -> Iterator[tuple[int, bytes]]:
        return iter(list(enumerate(self._tables.tiles.get(ledger, []))))

    def checkpoint_over(self, ledger: int, index: int) -> CheckpointRow | None:
        rows = self._tables.checkpoints.get(ledger, [])
        at = bisect_right(rows, index, key=lambda row: row.size)
        return rows[at] if at < len(rows) else None

    def checkpoint_at(self, ledger: int, size: int) -> CheckpointRow | None:
        row = self.checkpoint_over(ledger, size - 1)
        return row if row is not None and row.size == size else None

    def last_checkpoint(self, ledger: int) -> CheckpointRow | None:
        return next(reversed(self._tables.checkpoints.get(ledger, [])), None)

    def checkpoints(self, ledger: int) -> Iterator[CheckpointRow]:
        return iter(list(self._tables.checkpoints.get(ledger, [])))

    def units(self, keys: Sequence[tuple[bytes, int]]) -> dict[tuple[bytes, int], UnitRow]:
        return {key: self._tables.units[key] for key in keys if key in self._tables.units}

    def all_units(self) -> Iterator[UnitRow]:
        return iter(list(self._tables.units.values()))

    def dockets(self, ids: Sequence[int]) -> dict[int, Docket]:
        rows = self._tables.dockets
        return {identity: docket_of(rows[identity]) for identity in ids if identity in rows}

    def docket_numbered(self, number: str) -> Docket | None:
        identity = self._tables.numbered.get(number)
        return None if identity is None else docket_of(self._tables.dockets[identity])

    def all_dockets(self) -> Iterator[Docket]:
        return map(docket_of, self.docket_rows())

    def docket_rows(self) -> Iterator[DocketRow]:
        return iter([row for _, row in sorted(self._tables.dockets.items())])

    def owed_rows(self) -> Iterator[OwedRow]:
        rows = (row for items in self._tables.owed.values() for row in items.values())
        return iter(sorted(rows, key=lambda row: (row.docket, row.started_by, row.code)))

    def owed(self, ids: Sequence[int]) -> dict[int, tuple[Owed, ...]]:
        return {identity: owed_of(self._tables.owed.get(identity, {}).values()) for identity in ids}

    def acts_at(self, start: int, end: int) -> list[ActRow]:
        acts = self._tables.acts
        return [acts[position] for position in range(start, end) if position in acts]

    def acts_of(self, docket: int) -> list[ActRow]:
        return [self._tables.acts[position] for position in self._tables.acts_of.get(docket, [])]

    def all_acts(self) -> Iterator[ActRow]:
        return iter([row for _, row in sorted(self._tables.acts.items())])

    def acts_by_docket(self) -> Iterator[tuple[ActRow, bytes | None]]:
        entries = self._tables.entries
        for _, positions in sorted(self._tables.acts_of.items()):
            for position in positions:
                yield self._tables.acts[position], entries[position]

    def moved(self, start: int, end: int) -> dict[int, int]:
        found: dict[int, int] = {}
        for row in self.acts_at(start, end):
            found[row.docket] = max(row.sequence, found.get(row.docket, 0))
        return dict(sorted(found.items()))

    def envelopes(self, dockets: Sequence[int]) -> Iterator[EnvelopeRow]:
        rows = (row for docket in dockets for row in self.acts_of(docket))
        return (EnvelopeRow(r.docket, r.sequence, r.number, r.act, r.at, r.settled) for r in rows)

    def figures_rows(self) -> Iterator[FiguresRow]:
        return iter([row for _, row in sorted(self._tables.figures.items())])

    def figures_sequences(self, dockets: Sequence[int]) -> dict[int, int]:
        kept = self._tables.figures
        return {docket: kept[docket].sequence for docket in dockets if docket in kept}

    def figures_of(self, dockets: Sequence[int]) -> Iterator[FiguresRow]:
        kept = self._tables.figures
        return iter([kept[docket] for docket in sorted(dockets) if docket in kept])

    def sums(self) -> Iterator[SumRow]:
        return iter([row for _, row in sorted(self._tables.sums.items())])

    def unsummed(self) -> list[int]:
        return [row.first for row in self.sums() if row.text is None]

    def mark(self, name: str) -> MarkRow | None:
        return self._tables.marks.get(name)

    def keyed(self, digest: bytes) -> KeyedRow | None:
        return self._tables.keyed.get(digest)

    def exhibits_of(self, start: int, end: int) -> list[tuple[str, int]]:
        return [row for row in self._tables.exhibits if start <= row[1] < end]

    def years(self) -> Mapping[int, int]:
        return self._tables.years

    def blocks(self) -> Sequence[BlockRow]:
        return [row for _, row in sorted(self._tables.blocks.items())]

    def waiting_jobs(self) -> int:
        return len(self._tables.jobs)

    def jobs(self, name: str) -> list[tuple[int, str]]:
        return [(at, job[1]) for at, job in enumerate(self._tables.jobs) if job[0] == name]

    def store(self, batch: Batch) -> None:
        self._batches.append(batch)

    def begin_jobs(self, name: str) -> None:
        """Do nothing: what was committed is as durable as it will be."""

    def end_jobs(self, numbers: Sequence[int]) -> None:
        self._ended.update(numbers)

    def replace_projections(
        self, dockets: Iterable[Docket], owed: Mapping[int, tuple[Owed, ...]]
    ) -> None:
        rows = [owed_row(docket, item) for docket, items in owed.items() for item in items]
        self._folded = ([docket_row(docket) for docket in dockets], rows)
        self.drop_figures()

    def drop_figures(self) -> None:
        self._drops_figures = True

    def drop_keyed(self, docket: int) -> None:
        self._unbound.add(docket)

    def commit(self) -> None:
        tables = self._tables
        if self._folded is not None:
            tables.dockets, tables.numbered, tables.owed = {}, {}, {}
            self._keep_projections(*self._folded)
        if self._drops_figures:
            tables.figures.clear()
            tables.sums.clear()
            tables.marks.pop("figures", None)
        keyed = tables.keyed.items()
        tables.keyed = {key: row for key, row in keyed if row.docket not in self._unbound}
        tables.jobs = [job for at, job in enumerate(tables.jobs) if at not in self._ended]
        for batch in self._batches:
            self._keep(batch)

    def _keep(self, batch: Batch) -> None:
        tables = self._tables
        if batch.ledger is not None:
            tables.ledgers.append(batch.ledger)
        for position, commitment in batch.entries:
            if position != len(tables.entries):
                raise ValueError("entries are appended one after the other")
            tables.entries.append(commitment)
        for row in batch.acts:
            tables.acts[row.position] = row
            tables.acts_of.setdefault(row.docket, []).append(row.position)
        tables.exhibits += batch.exhibits
        tables.units.update((row.key, row) for row in batch.units)
        for ledger, _, root in batch.tiles:
            tables.tiles.setdefault(ledger, []).append(root)
        if batch.checkpoint is not None:
            tables.checkpoints.setdefault(batch.checkpoint.ledger, []).append(batch.checkpoint)
        self._keep_projections(batch.dockets, batch.owed)
        tables.figures.update((row.docket, row) for row in batch.figures)
        tables.sums.update((row.first, row) for row in batch.sum_rows())
        tables.marks.update((row.name, row) for row in batch.marks)
        tables.keyed.update((row.digest, row) for row in batch.keyed)
        tables.jobs += batch.jobs
        tables.years.update(batch.years)
        tables.blocks.update(((row.year, row.week, row.part), row) for row in batch.blocks)

    def _keep_projections(self, dockets: list[DocketRow], owed: list[OwedRow]) -> None:
        for docket in dockets:
            self._tables.dockets[docket.id] = docket
            self._tables.numbered[docket.number] = docket.id
        for row in owed:
            self._tables.owed.setdefault(row.docket, {})[row.started_by, row.code, row.part] = row
