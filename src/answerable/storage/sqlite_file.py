"""SQLite files opened so that a commit is on disk, and one process lock for all who write."""

import errno
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import disk_usage

from answerable.casework.ports import StorageFailed
from answerable.core.errors import Broken

BUSY_MS = 60_000

NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs"}
)


_OF_THE_DISK = frozenset((sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN))
_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT))
_READ_ONLY = frozenset((errno.EROFS, errno.EACCES, errno.EPERM))
_SHARED_BYTES = 65_536
"""With less room than this, SQLite cannot make the file that processes share beside a database."""


class NotDurable(Broken):
    """SQLite does not keep a setting without which a commit may be lost at a power cut."""

    code = "not-durable"


class NetworkFileSystem(Broken):
    """The database lies on a network file system, whose locks cannot be relied on."""

    code = "network-file-system"


def open_durably(path: Path, *, secure_delete: bool = False) -> sqlite3.Connection:
    """Open a database in WAL mode with synchronous=FULL, both read back.

    Raises:
        NotDurable: a setting did not hold.
        StorageFailed: the disk refused, as where it is full; nothing was written.
        NetworkFileSystem: the file lies where locks and syncs are not to be trusted.
    """
    refuse_network_file_system(path.parent)
    with disk_errors(path.parent):
        database = sqlite3.connect(
            path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False
        )
        database.execute("PRAGMA cache_size = -65536")
        if secure_delete:
            database.execute("PRAGMA secure_delete = ON")
        journal = database.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        database.execute("PRAGMA synchronous = FULL")
        synchronous = database.execute("PRAGMA synchronous").fetchone()[0]
    if (journal, synchronous) != ("wal", 2):
        database.close()
        raise NotDurable("expected wal and 2", journal_mode=str(journal), synchronous=synchronous)
    return database


class Unfinished(Broken):
    """The disk refused in the middle of what can be done again. No act and no receipt is lost."""

    code = "unfinished"


@contextmanager
def disk_errors(folder: Path) -> Iterator[None]:
    """Say of an error of the disk inside that storage failed. Only where nothing can be in doubt.

    Raises:
        StorageFailed: with the reason.
    """
    try:
        yield
    except sqlite3.OperationalError as problem:
        if not is_of_the_disk(problem):
            raise
        raise StorageFailed(f"SQLite: {problem}", reason=_reason(problem, folder)) from problem


@contextmanager
def done_again(folder: Path) -> Iterator[None]:
    """Say of an error of the disk inside that this is not finished. Only of what can be repeated.

    Raises:
        Unfinished: with the reason.
    """
    try:
        yield
    except Exception as problem:
        # Django has its own names for the errors of SQLite, which stand behind them.
        found = problem if isinstance(problem, (sqlite3.Error, OSError)) else problem.__cause__
        if isinstance(found, OSError) and found.errno in _NO_ROOM:
            raise Unfinished(str(found), reason="disk-full") from problem
        if isinstance(found, OSError) and found.errno == errno.EIO:
            raise Unfinished(str(found), reason="disk") from problem
        if not isinstance(found, sqlite3.OperationalError) or not is_of_the_disk(found):
            raise
        raise Unfinished(f"SQLite: {found}", reason=_reason(found, folder)) from problem


def is_of_the_disk(problem: sqlite3.OperationalError) -> bool:
    return problem.sqlite_errorcode & 0xFF in _OF_THE_DISK


def _reason(problem: sqlite3.OperationalError, folder: Path) -> str:
    full = problem.sqlite_errorcode == sqlite3.SQLITE_FULL
    return "disk-full" if full or disk_usage(folder).free < _SHARED_BYTES else "database"


@contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold the lock that every writing transaction takes, in every process.

    SQLite's own lock lets one process starve the others for seconds; flock takes turns.

    Raises:
        StorageFailed: who runs this may not write here.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as problem:
        if problem.errno not in _READ_ONLY:
            raise
        raise StorageFailed(f"not to be written: {problem}", reason="database") from problem
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def refuse_network_file_system(folder: Path) -> None:
    """Return if folder is on a local file system, as far as /proc/mounts tells."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    # The longest mount point that holds the folder is the one it is on.
    resolved, best, kind = folder.resolve(), -1, ""
    for line in mounts.splitlines():
        _, point, found, *_ = line.split()
        if resolved.is_relative_to(point) and len(point) > best:
            best, kind = len(point), found
    if kind in NETWORK_FILE_SYSTEMS:
        raise NetworkFileSystem(f"{kind} is a network file system", kind=kind)
