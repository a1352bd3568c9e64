"""The ledger on SQLite: one file, WAL, every commit synced before it is answered."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import local

from answerable.casework.ports import StorageFailed
from answerable.core.docket import (
    Docket,
)
from answerable.core.owed import Owed
from answerable.storage.backend import Reads, Transaction
from answerable.storage.rows import Batch, docket_row, owed_row
from answerable.storage.sql import (
    BEGIN_JOBS,
    COLUMNS,
    DROP_FIGURES,
    DROP_KEYED,
    END_JOB,
    KEYS,
    Row,
    SqlReads,
)
from answerable.storage.sqlite_file import disk_errors, only_writer, open_durably


def _insert(table: str) -> str:
    columns, verb = COLUMNS[table], "REPLACE" if table in KEYS else "INSERT"
    names = ", ".join(f'"{column}"' for column in columns)
    return f'{verb} INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'


INSERT = {table: _insert(table) for table in COLUMNS}


class SqliteBackend:
    """One SQLite file. Each thread has its own connection; one lock file is for all writers."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock_path = path.with_name(path.name + ".lock")
        self._held = local()

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        with only_writer(self._lock_path):
            database = self._database()
            transaction = SqliteTransaction(database)
            try:
                with _refused_before_commit(transaction):
                    database.execute("BEGIN IMMEDIATE")
                    yield transaction
            finally:
                if database.in_transaction:
                    database.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[Reads]:
        database = self._database()
        if database.in_transaction:
            # Inside the writer's own transaction its reads are the newest.
            yield SqliteTransaction(database)
            return
        with disk_errors(self._path.parent):
            database.execute("BEGIN")
        try:
            yield SqliteTransaction(database)
        finally:
            database.execute("ROLLBACK")

    def close(self) -> None:
        held = getattr(self._held, "database", None)
        if held is not None:
            held.close()
            del self._held.database

    def _database(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._held, "database", None)
        if held is None or self._held.pid != os.getpid():
            # A connection must not be used, nor closed, by a process that forked off with it.
            self._held.of_parent = held
            held = self._held.database = open_durably(self._path)
            self._held.pid = os.getpid()
        return held


class SqliteTransaction(SqlReads):
    """Reads and writes on one connection that has begun."""

    def __init__(self, database: sqlite3.Connection) -> None:
        super().__init__(self._run)
        self._database = database
        self.committed = False

    def store(self, batch: Batch) -> None:
        rows = batch.tables()
        for table, found in rows.items():
            if found:
                self._database.executemany(INSERT[table], found)

    def begin_jobs(self, name: str) -> None:
        self._database.execute(BEGIN_JOBS, (name,))

    def end_jobs(self, numbers: Sequence[int]) -> None:
        self._database.executemany(END_JOB, [(number,) for number in numbers])

    def replace_projections(
        self, dockets: Iterable[Docket], owed: Mapping[int, tuple[Owed, ...]]
    ) -> None:
        self._database.execute("DELETE FROM owed")
        self._database.execute("DELETE FROM docket")
        self.drop_figures()
        self._database.executemany(INSERT["docket"], map(docket_row, dockets))
        self._database.executemany(
            INSERT["owed"], (owed_row(at, item) for at, items in owed.items() for item in items)
        )

    def drop_figures(self) -> None:
        for statement in DROP_FIGURES:
            self._database.execute(statement)

    def drop_keyed(self, docket: int) -> None:
        self._database.execute(DROP_KEYED, (docket,))

    def commit(self) -> None:
        self._database.execute("COMMIT")
        self.committed = True

    def _run(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        return self._database.execute(statement, values).fetchall()


@contextmanager
def _refused_before_commit(transaction: SqliteTransaction) -> Iterator[None]:
    # A full disk keeps nothing, in the commit too: SQLite says so of a write, the record of the
    # commit is the last to be written, and with that one cut short the rest counts for nothing. Of
    # what may only be read nothing is written either. An error of a sync leaves the outcome in
    # doubt: that and all others are for the writer to poison.
    try:
        yield
    except sqlite3.OperationalError as problem:
        if transaction.committed:
            raise
        if problem.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise StorageFailed("the disk is full", reason="disk-full") from problem
        if problem.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
            raise StorageFailed(f"SQLite: {problem}", reason="database") from problem
        raise
