"""Case keys in a store of slots: made ahead, claimed by dockets, destroyed by overwriting."""

import os
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from threading import Lock

from answerable.storage.sqlite_file import disk_errors, open_durably

KEY_BYTES = 32

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


class SqliteCaseKeys:
    """Slots in a SQLite file of their own, which backups of the ledger leave out."""

    def __init__(self, path: Path) -> None:
        self._lock = Lock()
        self._pid: int | None = None
        self._path = path
        self._made = 0
        opened = closing(self._opened())
        with self._lock, disk_errors(path.parent), opened as database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS slot (number INTEGER PRIMARY KEY, key BLOB)"
            )
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
        with self._lock:
            database = self._database()
            # secure_delete writes zeros over the old key; the log that held it is then emptied.
            database.execute("UPDATE slot SET key = NULL WHERE number = ?", (slot,))
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

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
        # A connection of SQLite must not be carried over a fork.
        if self._pid != os.getpid():
            self._kept = self._opened()
            self._pid = os.getpid()
        return self._kept

    def _opened(self) -> sqlite3.Connection:
        return open_durably(self._path, secure_delete=True)
