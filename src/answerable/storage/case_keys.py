"""Case keys in a store of slots: made ahead, claimed by dockets, destroyed by overwriting."""

import os
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock

from answerable.casework.erasures import KeyCopy
from answerable.casework.ports import OverwritePending
from answerable.storage.sqlite_file import BUSY_MS, disk_errors, open_durably

KEY_BYTES = 32
WAIT_MS = 2_000
"""How long overwriting waits for those who read the store, while all others wait for it."""

OVERWRITING = "CREATE TABLE IF NOT EXISTS main.overwriting (number INTEGER PRIMARY KEY)"
"""Slots that read as overwritten, and whose keys may still be in the log or in the file."""

COPIES = "CREATE TABLE IF NOT EXISTS main.copy (made_at INTEGER, last_day TEXT)"
"""The copies made of this store: who asks after an erasure is told their last days."""

NOTE_COPY = "INSERT INTO main.copy VALUES (?, ?)"
KEYS = "SELECT number, key FROM slot WHERE key IS NOT NULL AND number IN ({})"


class MemoryCaseKeys:
    """Slots in memory, for the in-memory ledger."""

    def __init__(self) -> None:
        self._slots: dict[int, bytes | None] = {}

    def made(self) -> int:
        return max(self._slots, default=0)

    def make(self, last: int) -> None:
        for slot in range(self.made() + 1, last + 1):
            self._slots[slot] = secrets.token_bytes(KEY_BYTES)

    def keys(self, slots: Sequence[int]) -> Mapping[int, bytes]:
        return {slot: key for slot in slots if (key := self._slots.get(slot)) is not None}

    def overwrite(self, slot: int) -> None:
        self._slots[slot] = None

    def copies(self) -> Sequence[KeyCopy]:
        return ()

    def finish_overwriting(self) -> Sequence[int]:
        return ()


class SqliteCaseKeys:
    """Slots in a SQLite file of their own, which backups of the ledger leave out."""

    def __init__(self, path: Path, wait_ms: int = WAIT_MS) -> None:
        self._lock = Lock()
        self._pid: int | None = None
        self._path = path
        self._made = 0
        self._wait_ms = wait_ms
        self._kept: sqlite3.Connection | None = None
        self._of_parents: list[sqlite3.Connection] = []
        opened = closing(self._opened())
        with self._lock, disk_errors(path.parent), opened as database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS slot (number INTEGER PRIMARY KEY, key BLOB)"
            )
            database.execute(OVERWRITING)
            database.execute(COPIES)
            # A start waits for nobody: doctor does, and says what is left.
            finish_overwriting(database, wait_ms=0)
        path.chmod(0o600)

    def made(self) -> int:
        # Slots are never removed, so a number once read stays true.
        if self._made == 0:
            self._made = self._highest()
        return self._made

    def make(self, last: int) -> None:
        with self._lock:
            rows = [(number, secrets.token_bytes(KEY_BYTES)) for number in self._missing(last)]
            # Another process may have made some: its keys stay.
            self._database().executemany("INSERT OR IGNORE INTO slot VALUES (?, ?)", rows)
            self._database().execute("COMMIT")
        self._made = self._highest()

    def keys(self, slots: Sequence[int]) -> Mapping[int, bytes]:
        if not slots:
            return {}
        with self._lock:
            rows = self._database().execute(KEYS.format(",".join(map(str, map(int, slots)))))
            return dict(rows.fetchall())

    def overwrite(self, slot: int) -> None:
        """Destroy a key; see casework's port CaseKeys.

        After it the key is in no file of the store. It may be in blocks that the file system had
        given to these files and took back, and in copies made before: these expire.
        """
        with self._lock:
            database = self._database()
            database.execute("BEGIN IMMEDIATE")
            try:
                overwrite_slots(database, [slot])
                database.execute("COMMIT")
            finally:
                if database.in_transaction:
                    database.execute("ROLLBACK")
            pending = finish_overwriting(database, self._wait_ms)
        if slot in pending:
            raise OverwritePending("something reads the store", slots=_listed(pending))

    def copies(self) -> Sequence[KeyCopy]:
        with self._lock:
            rows = self._database().execute("SELECT made_at, last_day FROM copy ORDER BY 1, 2")
            return [KeyCopy(*row) for row in rows.fetchall()]

    def finish_overwriting(self) -> Sequence[int]:
        with self._lock:
            return finish_overwriting(self._database(), self._wait_ms)

    def _missing(self, last: int) -> range:
        database = self._database()
        database.execute("BEGIN IMMEDIATE")
        return range(self._read_highest(database) + 1, last + 1)

    def _highest(self) -> int:
        with self._lock:
            return self._read_highest(self._database())

    @staticmethod
    def _read_highest(database: sqlite3.Connection) -> int:
        return int(database.execute("SELECT coalesce(max(number), 0) FROM slot").fetchone()[0])

    def _database(self) -> sqlite3.Connection:
        # A connection of SQLite must not be used, nor closed, by a process that forked off with it.
        if self._kept is not None and self._pid != os.getpid():
            self._of_parents.append(self._kept)
            self._kept = None
        if self._kept is None:
            self._kept, self._pid = self._opened(), os.getpid()
        return self._kept

    def _opened(self) -> sqlite3.Connection:
        return open_durably(self._path, secure_delete=True)


def overwrite_slots(database: sqlite3.Connection, slots: Sequence[int]) -> None:
    """Overwrite slots in a transaction that has begun, and remember that their octets are there.

    The connection has secure_delete, which writes zeros over the old keys.
    """
    for slot in slots:
        update = "UPDATE main.slot SET key = NULL WHERE number = ? AND key IS NOT NULL"
        if database.execute(update, (slot,)).rowcount:
            database.execute("INSERT OR IGNORE INTO main.overwriting VALUES (?)", (slot,))


def finish_overwriting(database: sqlite3.Connection, wait_ms: int = WAIT_MS) -> Sequence[int]:
    """Bring what was overwritten from the log into the file, and empty the log.

    Return the slots that are pending, which none is if nobody reads older pages for too long.
    """
    found = database.execute("SELECT number FROM main.overwriting ORDER BY number").fetchall()
    pending = [number for (number,) in found]
    if not pending or not _log_emptied(database, wait_ms):
        return pending
    # Those that were overwritten meanwhile are not among these, and stay remembered.
    database.executemany("DELETE FROM main.overwriting WHERE number = ?", found)
    return []


def _log_emptied(database: sqlite3.Connection, wait_ms: int) -> bool:
    database.execute(f"PRAGMA busy_timeout = {wait_ms:d}")
    try:
        busy = database.execute("PRAGMA main.wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorcode & 0xFF not in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise
        busy = True
    finally:
        database.execute(f"PRAGMA busy_timeout = {BUSY_MS:d}")
    return not busy


def _listed(slots: Sequence[int]) -> str:
    return ", ".join(map(str, slots))
