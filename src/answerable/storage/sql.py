"""The reads that SQLite and PostgreSQL share; each statement has a name."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from answerable.core.docket import (
    Docket,
)
from answerable.core.owed import Owed
from answerable.storage.rows import (
    ActRow,
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
    owed_of,
)

Row = tuple[Any, ...]
Found = TypeVar("Found")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "ledger": LedgerRow._fields,
    "entry": ("position", "commitment"),
    "act": ActRow._fields,
    "exhibit": ("sealed", "position"),
    "unit": UnitRow._fields,
    "tile": ("ledger", "number", "root"),
    "checkpoint": CheckpointRow._fields,
    "docket": DocketRow._fields,
    "owed": OwedRow._fields,
    "figures": FiguresRow._fields,
    "figures_sum": SumRow._fields,
    "mark": MarkRow._fields,
    "keyed": KeyedRow._fields,
    "job": ("name", "facts", "at"),
    "year": ("year", "high"),
    "block": BlockRow._fields,
}
"""The columns of each table, in the order of its rows."""

KEYS: Mapping[str, tuple[str, ...]] = {
    "docket": ("id",),
    "owed": ("docket", "started_by", "code", "part"),
    "figures": ("docket",),
    "figures_sum": ("first",),
    "mark": ("name",),
    "keyed": ("digest",),
    "year": ("year",),
    "block": ("year", "week", "part"),
}
"""The tables whose rows are replaced by a row of the same key; all others only grow."""

CHUNK = 1000
SUMS_AT_ONCE = 100
"""How many sums are read at once: each is as long as what is kept of some dozen dockets."""


def _select(table: str, rest: str) -> str:
    columns = ", ".join(f'"{column}"' for column in COLUMNS[table])
    return f'SELECT {columns} FROM "{table}" {rest}'  # noqa: S608 - names from this file only


LEDGERS = _select("ledger", "ORDER BY number")
LAST_LEDGER = _select("ledger", "ORDER BY number DESC LIMIT 1")
END_OF_ENTRIES = "SELECT coalesce(max(position) + 1, 0) FROM entry"
LAST_AT = 'SELECT "at" FROM checkpoint ORDER BY ledger DESC, size DESC LIMIT 1'
"""Of the last checkpoint, not of the last act: padding has a time too, and no act."""
LAST_DOCKET = "SELECT coalesce(max(docket), 0) FROM act"
COMMITMENTS = "SELECT commitment FROM entry WHERE position >= ? AND position < ? ORDER BY position"
TILES = "SELECT root FROM tile WHERE ledger = ? AND number >= ? ORDER BY number"
TILE_ROWS = _select("tile", f"WHERE ledger = ? AND number > ? ORDER BY number LIMIT {CHUNK}")
CHECKPOINT_OVER = _select("checkpoint", "WHERE ledger = ? AND size > ? ORDER BY size LIMIT 1")
CHECKPOINT_AT = _select("checkpoint", "WHERE ledger = ? AND size = ?")
LAST_CHECKPOINT = _select("checkpoint", "WHERE ledger = ? ORDER BY size DESC LIMIT 1")
CHECKPOINTS = _select("checkpoint", f"WHERE ledger = ? AND size > ? ORDER BY size LIMIT {CHUNK}")
UNITS = _select("unit", "WHERE request IN ({})")
ALL_UNITS = _select("unit", f"WHERE (request, item) > (?, ?) ORDER BY request, item LIMIT {CHUNK}")
DOCKETS = _select("docket", "WHERE id IN ({})")
DOCKET_NUMBERED = _select("docket", "WHERE number = ?")
ALL_DOCKETS = _select("docket", f"WHERE id > ? ORDER BY id LIMIT {CHUNK}")
OWED = _select("owed", "WHERE docket IN ({}) ORDER BY docket, started_by, code, part")
ACTS_AT = _select("act", "WHERE position >= ? AND position < ? ORDER BY position")
ACTS_OF = _select("act", "WHERE docket = ? ORDER BY sequence")
ALL_ACTS = _select("act", f"WHERE position > ? ORDER BY position LIMIT {CHUNK}")
ACTS_BY_DOCKET = _select(
    "act",
    # The commitment is asked for in the list of columns, where a lost entry gives null.
    f"WHERE (docket, sequence) > (?, ?) ORDER BY docket, sequence LIMIT {CHUNK}",
).replace(" FROM", ", (SELECT commitment FROM entry WHERE entry.position = act.position) FROM", 1)
OWED_ROWS = _select(
    "owed",
    "WHERE (docket, started_by, code, part) > (?, ?, ?, ?) "
    f"ORDER BY docket, started_by, code, part LIMIT {CHUNK}",
)
MOVED = (
    "SELECT docket, max(sequence) FROM act WHERE position >= ? AND position < ? "
    "GROUP BY docket ORDER BY docket"
)
# From the first act on, the index of dockets is read, and not every act with its content.
ALL_MOVED = MOVED.replace(" position", " +position")
ENVELOPES = (
    'SELECT docket, sequence, number, act, "at", settled FROM act '
    "WHERE docket IN ({}) ORDER BY docket, sequence"
)
FIGURES_ROWS = _select("figures", f"WHERE docket > ? ORDER BY docket LIMIT {CHUNK}")
FIGURES_SEQUENCES = "SELECT docket, sequence FROM figures WHERE docket IN ({})"
MARK = _select("mark", "WHERE name = ?")
KEYED = _select("keyed", "WHERE digest = ?")
DROP_KEYED = "DELETE FROM keyed WHERE docket = ?"
FIGURES_OF = _select("figures", "WHERE docket IN ({}) ORDER BY docket")
SUMS = _select("figures_sum", f'WHERE "first" > ? ORDER BY "first" LIMIT {SUMS_AT_ONCE}')
UNSUMMED = 'SELECT "first" FROM figures_sum WHERE "text" IS NULL ORDER BY "first"'
DROP_FIGURES = (
    "DELETE FROM figures",
    "DELETE FROM figures_sum",
    "DELETE FROM mark WHERE name = 'figures'",
)
EXHIBITS_OF = _select("exhibit", "WHERE position >= ? AND position < ? ORDER BY position, sealed")
YEARS = _select("year", "ORDER BY year")
BLOCKS = _select("block", "ORDER BY year, week, part")
WAITING_JOBS = "SELECT count(*) FROM job"
JOBS = "SELECT id, facts FROM job WHERE name = ? ORDER BY id"
BEGIN_JOBS = 'UPDATE job SET "at" = "at" + 1 WHERE name = ?'
END_JOB = "DELETE FROM job WHERE id = ?"


class Queries(Protocol):
    """Runs a statement with ``?`` for its values, and returns all rows."""

    def __call__(self, statement: str, values: Sequence[object] = ()) -> list[Row]: ...


class SqlReads:
    """Reads of a committed state, in SQL that both databases understand."""

    def __init__(self, query: Queries) -> None:
        self._query = query

    def tail(self) -> Tail:
        ledger = self._one(LAST_LEDGER, (), LedgerRow)
        if ledger is None:
            raise LookupError("the database holds no ledger")
        end = self._query(END_OF_ENTRIES)[0][0]
        last_at = next(iter(self._query(LAST_AT)), (0,))[0]
        next_docket = max(self._query(LAST_DOCKET)[0][0] + 1, ledger.first_docket)
        return Tail(
            ledger.number, ledger.origin, ledger.first, end - ledger.first, last_at, next_docket
        )

    def ledgers(self) -> Sequence[LedgerRow]:
        return [LedgerRow(*row) for row in self._query(LEDGERS)]

    def commitments(self, start: int, end: int) -> list[bytes]:
        return [row[0] for row in self._query(COMMITMENTS, (start, end))]

    def tiles(self, ledger: int, start: int) -> list[bytes]:
        return [row[0] for row in self._query(TILES, (ledger, start))]

    def tile_rows(self, ledger: int) -> Iterator[tuple[int, bytes]]:
        number = -1
        while rows := self._query(TILE_ROWS, (ledger, number)):
            yield from ((row[1], row[2]) for row in rows)
            number = rows[-1][1]

    def checkpoint_over(self, ledger: int, index: int) -> CheckpointRow | None:
        return self._one(CHECKPOINT_OVER, (ledger, index), CheckpointRow)

    def checkpoint_at(self, ledger: int, size: int) -> CheckpointRow | None:
        return self._one(CHECKPOINT_AT, (ledger, size), CheckpointRow)

    def last_checkpoint(self, ledger: int) -> CheckpointRow | None:
        return self._one(LAST_CHECKPOINT, (ledger,), CheckpointRow)

    def checkpoints(self, ledger: int) -> Iterator[CheckpointRow]:
        size = 0
        while rows := self._query(CHECKPOINTS, (ledger, size)):
            yield from (CheckpointRow(*row) for row in rows)
            size = rows[-1][1]

    def units(self, keys: Sequence[tuple[bytes, int]]) -> dict[tuple[bytes, int], UnitRow]:
        wanted = set(keys)
        rows = self._within(UNITS, sorted({request for request, _ in keys}))
        return {row.key: row for row in map(_unit, rows) if row.key in wanted}

    def all_units(self) -> Iterator[UnitRow]:
        last: Row = (b"", -1)
        while rows := self._query(ALL_UNITS, last[:2]):
            yield from map(_unit, rows)
            last = rows[-1]

    def dockets(self, ids: Sequence[int]) -> dict[int, Docket]:
        return {row[0]: docket_of(row) for row in self._within(DOCKETS, ids)}

    def docket_numbered(self, number: str) -> Docket | None:
        rows = self._query(DOCKET_NUMBERED, (number,))
        return docket_of(rows[0]) if rows else None

    def all_dockets(self) -> Iterator[Docket]:
        return map(docket_of, self.docket_rows())

    def docket_rows(self) -> Iterator[DocketRow]:
        last = 0
        while rows := self._query(ALL_DOCKETS, (last,)):
            yield from (DocketRow(*row) for row in rows)
            last = rows[-1][0]

    def owed_rows(self) -> Iterator[OwedRow]:
        last: Row = (0, 0, "", 0)
        while rows := self._query(OWED_ROWS, last[:4]):
            yield from (OwedRow(*row) for row in rows)
            last = rows[-1]

    def owed(self, ids: Sequence[int]) -> dict[int, tuple[Owed, ...]]:
        found: dict[int, list[Row]] = {identity: [] for identity in ids}
        for row in self._within(OWED, ids):
            found[row[0]].append(row)
        return {identity: owed_of(rows) for identity, rows in found.items()}

    def acts_at(self, start: int, end: int) -> list[ActRow]:
        return [ActRow(*row) for row in self._query(ACTS_AT, (start, end))]

    def acts_of(self, docket: int) -> list[ActRow]:
        return [ActRow(*row) for row in self._query(ACTS_OF, (docket,))]

    def all_acts(self) -> Iterator[ActRow]:
        position = -1
        while rows := self._query(ALL_ACTS, (position,)):
            yield from (ActRow(*row) for row in rows)
            position = rows[-1][0]

    def acts_by_docket(self) -> Iterator[tuple[ActRow, bytes | None]]:
        last: Row = (0, 0, 0)
        while rows := self._query(ACTS_BY_DOCKET, last[1:3]):
            yield from ((ActRow(*row[:-1]), row[-1]) for row in rows)
            last = rows[-1]

    def moved(self, start: int, end: int) -> dict[int, int]:
        rows = self._query(MOVED if start else ALL_MOVED, (start, end))
        return {row[0]: row[1] for row in rows}

    def envelopes(self, dockets: Sequence[int]) -> Iterator[EnvelopeRow]:
        return (EnvelopeRow(*row) for row in self._within(ENVELOPES, dockets))

    def figures_rows(self) -> Iterator[FiguresRow]:
        last = 0
        while rows := self._query(FIGURES_ROWS, (last,)):
            yield from (FiguresRow(*row) for row in rows)
            last = rows[-1][0]

    def figures_sequences(self, dockets: Sequence[int]) -> dict[int, int]:
        return {row[0]: row[1] for row in self._within(FIGURES_SEQUENCES, dockets)}

    def figures_of(self, dockets: Sequence[int]) -> Iterator[FiguresRow]:
        return (FiguresRow(*row) for row in self._within(FIGURES_OF, dockets))

    def sums(self) -> Iterator[SumRow]:
        last = -1
        while rows := self._query(SUMS, (last,)):
            yield from (SumRow(*row) for row in rows)
            last = rows[-1][0]

    def unsummed(self) -> list[int]:
        return [row[0] for row in self._query(UNSUMMED)]

    def mark(self, name: str) -> MarkRow | None:
        return self._one(MARK, (name,), MarkRow)

    def keyed(self, digest: bytes) -> KeyedRow | None:
        row = self._one(KEYED, (digest,), KeyedRow)
        # Neither database is asked for a truth value: SQLite has none.
        return row and row._replace(shows=None if row.shows is None else bool(row.shows))

    def exhibits_of(self, start: int, end: int) -> list[tuple[str, int]]:
        return [(row[0], row[1]) for row in self._query(EXHIBITS_OF, (start, end))]

    def years(self) -> Mapping[int, int]:
        return {row[0]: row[1] for row in self._query(YEARS)}

    def blocks(self) -> Sequence[BlockRow]:
        return [BlockRow(*row) for row in self._query(BLOCKS)]

    def waiting_jobs(self) -> int:
        return int(self._query(WAITING_JOBS)[0][0])

    def jobs(self, name: str) -> list[tuple[int, str]]:
        return [(row[0], row[1]) for row in self._query(JOBS, (name,))]

    def _one(self, statement: str, values: Sequence[object], made: "type[Found]") -> Found | None:
        rows = self._query(statement, values)
        return made(*rows[0]) if rows else None

    def _within(self, statement: str, values: Sequence[object]) -> Iterator[Row]:
        # SQLite takes at most 32,766 values in one statement, older ones 999.
        for at in range(0, len(values), CHUNK):
            part = values[at : at + CHUNK]
            yield from self._query(statement.format(", ".join("?" * len(part))), part)


def _unit(row: Row) -> UnitRow:
    return UnitRow(bytes(row[0]), *row[1:])
