"""Case keys and the head's second copy in a PostgreSQL database of their own, for several hosts."""

import os
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock

import psycopg

from answerable.casework.ports import OverwritePending
from answerable.core.errors import AnswerableError
from answerable.storage.case_keys import KEY_BYTES
from answerable.storage.head import Head, HeadConflict, HeadUnreadable, head_of
from answerable.storage.postgres_connection import (
    Byteas,
    Connection,
    DatabaseUnreachable,
    Int8s,
    open_durably,
    reaching,
)
from answerable.storage.sql import Row

SLOTS = b"CREATE TABLE IF NOT EXISTS slot (number bigint PRIMARY KEY, key bytea)"
HIGHEST = b"SELECT coalesce(max(number), 0) FROM slot"
# Another process may be making the same slots: what it commits stays.
MAKE = b"""
INSERT INTO slot SELECT * FROM unnest(%b::bigint[], %b::bytea[]) ON CONFLICT (number) DO NOTHING
"""
FIND = b"SELECT number, key FROM slot WHERE key IS NOT NULL AND number = ANY(%b)"
OVERWRITING = b"CREATE TABLE IF NOT EXISTS overwriting (number bigint PRIMARY KEY)"
# One statement: what is overwritten is remembered until its octets are known to be gone.
OVERWRITE = b"""
WITH gone AS (
    UPDATE slot SET key = NULL WHERE number = %b AND key IS NOT NULL RETURNING number
) INSERT INTO overwriting SELECT number FROM gone ON CONFLICT (number) DO NOTHING
"""
PENDING = b"SELECT number FROM overwriting ORDER BY number"
# What VACUUM itself counted last: rows that it had to leave, for an older transaction or a reader.
LEFT = b"SELECT pg_stat_get_dead_tuples('slot'::regclass)"
FINISHED = b"DELETE FROM overwriting WHERE number = ANY(%b)"

HEADS = b"""
CREATE TABLE IF NOT EXISTS head (one boolean PRIMARY KEY CHECK (one), body bytea NOT NULL)
"""
READ = b"SELECT body FROM head"
FIRST = b"INSERT INTO head VALUES (true, %b) ON CONFLICT (one) DO NOTHING RETURNING one"
SWAP = b"UPDATE head SET body = %b WHERE body = %b RETURNING one"


class _Session:
    """One session for all threads in turn, opened anew after a fork or a loss."""

    def __init__(self, dsn: str, *tables: bytes) -> None:
        self._dsn = dsn
        self._lock = Lock()
        self._pid = 0
        self._kept: Connection | None = None
        self._left: list[Connection] = []
        # Two processes may make a table at one moment, since IF NOT EXISTS takes no lock: the one
        # that comes second fails, and the table is there.
        for table in tables:
            with suppress(psycopg.errors.UniqueViolation, psycopg.errors.DuplicateTable):
                self.once(table)

    def once(self, statement: bytes, values: Sequence[object] = ()) -> list[Row]:
        """Run one statement, durable at return, and return its rows.

        Raises:
            DatabaseUnreachable: the server does not answer; whether the statement ran is not known.
        """
        with reaching(), self._lock:
            cursor = self._connection().execute(statement, values, binary=True)
            return cursor.fetchall() if cursor.description else []

    def again(self, statement: bytes, values: Sequence[object] = ()) -> list[Row]:
        """Run a statement that does nothing the second time; the server may have restarted."""
        try:
            return self.once(statement, values)
        except DatabaseUnreachable:
            if self._kept is not None and not self._kept.closed:
                raise
            return self.once(statement, values)

    def close(self) -> None:
        with self._lock:
            if self._kept is not None and self._pid == os.getpid():
                self._kept.close()

    def _connection(self) -> Connection:
        if self._kept is not None and self._pid != os.getpid():
            # The parent's session: left as it is, since closing it would speak on it.
            self._left.append(self._kept)
            self._kept = None
        if self._kept is None or self._kept.closed:
            self._kept, self._pid = open_durably(self._dsn), os.getpid()
        return self._kept


class PostgresCaseKeys:
    """Slots in a PostgreSQL database of their own, which backups of the ledger leave out."""

    def __init__(self, dsn: str) -> None:
        self._session = _Session(dsn, SLOTS, OVERWRITING)
        self._made = 0
        self.finish_overwriting()

    def made(self) -> int:
        # Slots are never removed, so a number once read stays true.
        if self._made == 0:
            self._made = self._highest()
        return self._made

    def make(self, last: int) -> None:
        numbers = range(self._highest() + 1, last + 1)
        if numbers:
            new = Byteas(secrets.token_bytes(KEY_BYTES) for _ in numbers)
            self._session.again(MAKE, (Int8s(numbers), new))
        self._made = self._highest()

    def keys(self, slots: Sequence[int]) -> Mapping[int, bytes]:
        if not slots:
            return {}
        return dict(self._session.again(FIND, (Int8s(slots),)))

    def overwrite(self, slot: int) -> None:
        """Destroy a key; see casework's port CaseKeys.

        UPDATE leaves the old row in the table's file. VACUUM lets the rows beside it be moved over
        it, and takes it out of the file that backups of the server copy, except a few of its
        octets at most. While a transaction in this database is older than the UPDATE, or a standby
        or a prepared transaction holds rows back, VACUUM leaves the row, and the key is pending.
        VACUUM (FULL) would do no better: it keeps such rows too, and what it leaves behind is a
        whole deleted file.

        None of this reaches what was copied before: the write-ahead log until it is recycled, its
        archive, standbys, backups, and blocks that the disk has set aside. Those expire as the
        operator rotates them, and the key is destroyed on that date.
        """
        self._session.again(OVERWRITE, (slot,))
        pending = self.finish_overwriting()
        if slot in pending:
            raise OverwritePending(
                "an older transaction holds the row", slots=", ".join(map(str, pending))
            )

    def copies(self) -> None:
        """Tell nothing: the server's own tools copy it, and do not say when."""
        return

    def finish_overwriting(self) -> Sequence[int]:
        pending = [number for (number,) in self._session.again(PENDING)]
        if not pending:
            return []
        self._session.again(b"VACUUM slot")
        if self._session.again(LEFT)[0][0]:
            return pending
        # Those that were overwritten meanwhile are not among these, and stay remembered.
        self._session.again(FINISHED, (Int8s(pending),))
        return []

    def close(self) -> None:
        self._session.close()

    def _highest(self) -> int:
        return int(self._session.again(HIGHEST)[0][0])


class RowHeads:
    """One row, changed by compare-and-swap: right even where two writers hold no common lock."""

    def __init__(self, dsn: str) -> None:
        self._session = _Session(dsn, HEADS)

    def read(self) -> Head | None:
        rows = self._session.again(READ)
        if not rows:
            return None
        try:
            return head_of(rows[0][0])
        except (AnswerableError, KeyError, TypeError, ValueError) as problem:
            raise HeadUnreadable("the row of the head's second copy is no head") from problem

    def replace(self, old: Head | None, new: Head) -> None:
        if old is None:
            changed = self._session.once(FIRST, (new.encoded(),))
        else:
            changed = self._session.once(SWAP, (new.encoded(), old.encoded()))
        if not changed:
            raise HeadConflict("another head was written meanwhile")

    def close(self) -> None:
        self._session.close()
