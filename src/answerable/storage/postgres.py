"""The ledger on PostgreSQL: one session lock for all writers, rows sent in columns."""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from itertools import islice

import psycopg
from psycopg.pq import TransactionStatus

from answerable.casework.ports import StorageFailed
from answerable.core.docket import (
    Docket,
)
from answerable.core.errors import Broken
from answerable.core.owed import Owed
from answerable.storage.backend import Reads, Transaction
from answerable.storage.postgres_connection import (
    Byteas,
    Column,
    Connection,
    DatabaseUnreachable,
    Int8s,
    Texts,
    open_durably,
    reaching,
)
from answerable.storage.rows import Batch, Tail, docket_row, owed_row
from answerable.storage.sql import (
    BEGIN_JOBS,
    CHUNK,
    COLUMNS,
    DROP_FIGURES,
    DROP_KEYED,
    END_JOB,
    KEYS,
    Row,
    SqlReads,
)

LOCK = "SELECT pg_advisory_lock(hashtext('answerable-writer'))"
UNLOCK = "SELECT pg_advisory_unlock(hashtext('answerable-writer'))"
# Each statement sees what is committed when it begins, so what the last holder of the lock did.
# REPEATABLE READ would see the state of its first statement, which may be before the lock.
BEGIN_WRITING = "BEGIN ISOLATION LEVEL READ COMMITTED"
BEGIN_READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

TAIL = """
SELECT number, origin, first, (SELECT coalesce(max(position) + 1, 0) FROM entry) - first,
    coalesce((SELECT "at" FROM act ORDER BY position DESC LIMIT 1), 0),
    greatest((SELECT coalesce(max(docket), 0) FROM act) + 1, first_docket)
FROM ledger ORDER BY number DESC LIMIT 1
"""

ARRAYS: Mapping[str, tuple[type[Column], str]] = {
    "i": (Int8s, "bigint[]"),
    "t": (Texts, "text[]"),
    "b": (Byteas, "bytea[]"),
}

_READ_ONLY = (psycopg.errors.ReadOnlySqlTransaction, psycopg.errors.InsufficientPrivilege)

TYPES = {
    table: [ARRAYS[letter] for letter in letters]
    for table, letters in {
        "ledger": "itiiiib",
        "entry": "ib",
        "act": "iiittitbtbb",
        "exhibit": "ti",
        "unit": "biii",
        "tile": "iib",
        "checkpoint": "iibbi",
        "docket": "ittibiittttt",
        "owed": "iititititiit",
        "figures": "iit",
        "figures_sum": "it",
        "mark": "tii",
        "keyed": "bii",
        "job": "tti",
        "year": "ii",
        "block": "iiiti",
    }.items()
}
"""What each column of a table holds: integers, text or bytes."""


def _insert(table: str) -> str:
    columns = [f'"{column}"' for column in COLUMNS[table]]
    arrays = ", ".join(f"%b::{array}" for _, array in TYPES[table])
    rest = ""
    if table in KEYS:
        keys = [f'"{key}"' for key in KEYS[table]]
        updates = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in keys)
        rest = f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {updates}"
    names = ", ".join(columns)
    return f'INSERT INTO "{table}" ({names}) SELECT * FROM unnest({arrays}){rest}'  # noqa: S608 - names from these files only


INSERT = {table: _insert(table) for table in COLUMNS}


class NotCommitted(Broken):
    """The server rolled back what it was asked to commit, because a statement before it failed."""

    code = "not-committed"


class PostgresBackend:
    """One database of a PostgreSQL server. Sessions not in use are kept for the next who asks."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._idle: deque[Connection] = deque()
        self._pid = os.getpid()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        transaction: PostgresTransaction | None = None
        try:
            # The lock is the session's and not the transaction's: it is held until the head's
            # second copy is written, which is after the commit.
            database = self._begun(LOCK, BEGIN_WRITING)
            transaction = PostgresTransaction(database)
            try:
                yield transaction
            finally:
                self._end(database, UNLOCK)
        except (psycopg.OperationalError, DatabaseUnreachable, *_READ_ONLY) as problem:
            # Before COMMIT is sent, whatever failed, and even if the server died, nothing is kept.
            if transaction is not None and transaction.committing:
                raise
            full = isinstance(problem.__cause__ or problem, psycopg.errors.DiskFull)
            reason = "disk-full" if full else "database"
            raise StorageFailed(f"nothing was kept: {problem}", reason=reason) from problem

    @contextmanager
    def reading(self) -> Iterator[Reads]:
        with reaching():
            database = self._begun(BEGIN_READING)
            try:
                yield PostgresReads(database)
            finally:
                # After ROLLBACK psycopg has the server forget every statement that it prepared.
                self._end(database, by="COMMIT")

    def close(self) -> None:
        """Close the sessions that nobody uses at this moment."""
        for database in self._taken():
            database.close()

    def _begun(self, *statements: str) -> Connection:
        """Return a session on which the statements ran: a kept one, if the server kept it too."""
        for database in self._taken():
            with suppress(psycopg.OperationalError):
                return _ran(database, statements)
            database.close()
        return _ran(open_durably(self._dsn), statements)

    def _taken(self) -> Iterator[Connection]:
        # A session must not be used after a fork, nor closed by the child, who would speak on it.
        if self._pid != os.getpid():
            self._forked = self._idle
            self._idle, self._pid = deque(), os.getpid()
        while self._idle:
            with suppress(IndexError):
                yield self._idle.pop()

    def _end(self, database: Connection, *statements: str, by: str = "ROLLBACK") -> None:
        try:
            if database.info.transaction_status != TransactionStatus.IDLE:
                database.execute(by.encode())
            _ran(database, statements)
        except psycopg.Error:
            # With the session its transaction and its lock are gone.
            database.close()
        else:
            self._idle.append(database)


def _ran(database: Connection, statements: Sequence[str]) -> Connection:
    for statement in statements:
        database.execute(statement.encode())
    return database


class PostgresReads(SqlReads):
    """Reads on one session that has begun."""

    def __init__(self, database: Connection) -> None:
        super().__init__(self._run)
        self._database = database

    def tail(self) -> Tail:
        rows = self._run(TAIL)
        if not rows:
            raise LookupError("the database holds no ledger")
        return Tail(*rows[0])

    def _run(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        return self._database.execute(_spelt(statement), values, binary=True).fetchall()

    def _within(self, statement: str, values: Sequence[object]) -> Iterator[Row]:
        # One array and not a list of values, so that the statement is always the same.
        if values:
            kind: type[Column] = Byteas if isinstance(values[0], bytes) else Int8s
            yield from self._run(statement.replace("IN ({})", "= ANY(?)"), (kind(values),))


class PostgresTransaction(PostgresReads):
    """Reads and writes under the writer's lock."""

    def __init__(self, database: Connection) -> None:
        super().__init__(database)
        self.committing = False

    def store(self, batch: Batch) -> None:
        rows = batch.tables()
        with self._database.pipeline():
            for table, found in rows.items():
                if found:
                    self._insert(table, found)

    def begin_jobs(self, name: str) -> None:
        self._database.execute(_spelt(BEGIN_JOBS), (name,))

    def end_jobs(self, numbers: Sequence[int]) -> None:
        for number in numbers:
            self._database.execute(_spelt(END_JOB), (number,))

    def replace_projections(
        self, dockets: Iterable[Docket], owed: Mapping[int, tuple[Owed, ...]]
    ) -> None:
        # TRUNCATE would empty the tables for readers of earlier moments too.
        self._database.execute("DELETE FROM owed")
        self._database.execute("DELETE FROM docket")
        self.drop_figures()
        self._insert_all("docket", map(docket_row, dockets))
        items = (owed_row(docket, item) for docket, items in owed.items() for item in items)
        self._insert_all("owed", items)

    def drop_figures(self) -> None:
        for statement in DROP_FIGURES:
            self._database.execute(statement.encode())

    def drop_keyed(self, docket: int) -> None:
        self._database.execute(_spelt(DROP_KEYED), (docket,))

    def commit(self) -> None:
        self.committing = True
        if self._database.execute("COMMIT").statusmessage != "COMMIT":
            raise NotCommitted("the server rolled back")

    def _insert_all(self, table: str, rows: Iterator[Row]) -> None:
        while part := list(islice(rows, CHUNK)):
            self._insert(table, part)

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        columns = zip(TYPES[table], zip(*rows, strict=True), strict=True)
        values = [kind(column) for (kind, _), column in columns]
        self._database.execute(INSERT[table].encode(), values)


@cache
def _spelt(statement: str) -> bytes:
    # No statement has a question mark or a percent sign of its own.
    return statement.replace("?", "%b").encode()
