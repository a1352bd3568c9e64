"""What this machine allows at most: commits, syncs, hashes and starts, without any of our code."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from answerable.storage.sqlite_file import open_durably

SECONDS = 0.5
ENTRY = bytes(47)
ROW = bytes(2500)
"""About what one act of a report fills."""


def sqlite_rows(folder: Path, rows_a_commit: int) -> float:
    """Return how many rows a second SQLite makes durable, with so many in each commit."""
    with closing(open_durably(folder / "limit.sqlite3")) as database:
        database.execute("CREATE TABLE IF NOT EXISTS kept (number INTEGER PRIMARY KEY, bytes BLOB)")

        def commit() -> None:
            database.execute("BEGIN IMMEDIATE")
            rows = [(ROW,)] * rows_a_commit
            database.executemany("INSERT INTO kept (bytes) VALUES (?)", rows)
            database.execute("COMMIT")

        return rows_a_commit * a_second(commit)


def postgres_rows(address: str, rows_a_commit: int) -> float:
    """Return the same for PostgreSQL, with one statement a commit."""
    import psycopg  # noqa: PLC0415 - only where there is a server

    with psycopg.connect(address, autocommit=True) as database:
        database.execute("CREATE TABLE IF NOT EXISTS kept (number bigserial, bytes bytea)")
        rows = [ROW] * rows_a_commit
        insert = "INSERT INTO kept (bytes) SELECT unnest(%b::bytea[])"
        return rows_a_commit * a_second(lambda: database.execute(insert, (rows,)))


def syncs(folder: Path) -> float:
    """Return how many pages a second are written over in place and synced."""
    descriptor = os.open(folder / "limit", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(descriptor, bytes(8192), 0)

        def sync() -> None:
            os.pwrite(descriptor, ROW, 0)
            os.fdatasync(descriptor)

        return a_second(sync)
    finally:
        os.close(descriptor)


def hashes() -> float:
    """Return how many leaf hashes a second one thread of Python makes."""

    def thousand() -> None:
        for _ in range(1000):
            sha256(ENTRY).digest()

    return 1000 * a_second(thousand)


def start() -> float:
    """Return the seconds in which a bare Python starts and ends."""
    begun = perf_counter()
    subprocess.run([sys.executable, "-S", "-c", "pass"], check=True)
    return perf_counter() - begun


def a_second(step: Callable[[], object]) -> float:
    """Return how often a second step can be done."""
    step()
    begun, times = perf_counter(), 0
    while (passed := perf_counter() - begun) < SECONDS:
        step()
        times += 1
    return times / passed
