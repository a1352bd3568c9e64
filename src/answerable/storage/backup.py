"""Backups: the ledger with its exhibits in one place, case keys for a limited time in another."""

import fcntl
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from shutil import copyfileobj, rmtree
from typing import Any, cast

from answerable.core.acts import instant_text
from answerable.core.canonical import NotCanonical, decode, encode
from answerable.core.errors import Broken, Malformed, Refusal
from answerable.disk import ARRIVING, replacing, sync_folder
from answerable.storage.sqlite_file import is_of_the_disk, only_writer

FORMAT = "answerable/backup/v1"
DATABASE = "ledger.sqlite3"
MANIFEST = "manifest.json"
EXHIBITS = "exhibits"
TAIL = (
    "SELECT ledger.number, origin, coalesce(size, 0), coalesce(root, x'') FROM ledger"
    " LEFT JOIN checkpoint ON checkpoint.ledger = ledger.number"
    " ORDER BY ledger.number DESC, size DESC LIMIT 1"
)
_SEALED = re.compile(r"[0-9a-f]{64}")
_PIECE = 1 << 20
_SQLITE = b"SQLite format 3\x00"


class BackupByPostgres(Refusal):
    """The database is PostgreSQL: pg_dump or pg_basebackup copies it, and this command does not."""

    code = "backup-by-postgres"


class BackupInside(Refusal):
    """The place for the backup lies inside what is to be copied, or the other way round."""

    code = "backup-inside"


class BackupDamaged(Broken):
    """A backup is not whole, or its files are not those that its manifest names."""

    code = "backup-damaged"


class NotABackup(Malformed):
    """The folder holds no backup of this form."""

    code = "not-a-backup"


class DatabaseInUse(Refusal):
    """Another process has the database open: everything has to stop before a restore."""

    code = "database-in-use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Where the parts lie that a backup copies. ``database`` is None where it is PostgreSQL.

    The head's second copy and the case keys are not among them, on purpose: a restore that rolled
    the second copy back would hide what was lost, and one of the keys would undo erasures.
    """

    database: Path | None
    exhibits: Path
    config: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its folder, what the ledger was when it was made, how many exhibits are new."""

    folder: Path
    made_at: str
    origin: str
    size: int
    exhibits: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, and where the database that was there before lies now."""

    origin: str
    size: int
    made_at: str
    exhibits: int
    aside: Path | None


def backup(places: Places, target: Path, now: int) -> Backup:
    """Copy ledger, exhibits and configuration to target. Writers may go on meanwhile.

    Each backup is a folder of its own, whole or not there; exhibits are shared by all of them.

    Raises:
        BackupByPostgres, BackupInside: nothing was copied.
        BackupDamaged: the copy of the database is not sound, and was removed.
    """
    database = _sqlite(places)
    if target.resolve().is_relative_to(places.exhibits.resolve()):
        raise BackupInside("a backup among the exhibits", folder=str(target))
    made_at = instant_text(now)
    folder = target / made_at.replace(":", "-")
    make_durably(target)
    with only_one_in(target):
        exhibits, origin, size = _copied(places, database, folder, made_at)
    return Backup(folder, made_at, origin, size, exhibits)


def _copied(places: Places, database: Path, folder: Path, made_at: str) -> tuple[int, str, int]:
    """Copy everything to a folder; return the exhibits copied, the ledger's origin and its size."""
    target, arriving = folder.parent, folder.with_name(folder.name + ARRIVING)
    # Whatever a run that was killed has left here would stay for ever.
    for left in target.glob(f"*Z{ARRIVING}"):
        rmtree(left)
    try:
        arriving.mkdir(mode=0o700)
        exhibits, origin, size = _fill(places, database, arriving, made_at)
        arriving.rename(folder)
    except BaseException:
        rmtree(arriving, ignore_errors=True)
        raise
    sync_folder(target)
    return exhibits, origin, size


def _fill(places: Places, database: Path, arriving: Path, made_at: str) -> tuple[int, str, int]:
    # The database first: whatever it names was among the exhibits before it was committed.
    _, origin, size, root = copy_database(database, arriving / DATABASE)
    exhibits = _copy_exhibits(places.exhibits, arriving.parent / EXHIBITS)
    for path in places.config:
        copy_durably(path, arriving / path.name)
    files: dict[str, object] = {path.name: digest_of(path) for path in sorted(arriving.iterdir())}
    manifest = {
        "files": files,
        "format": FORMAT,
        "made_at": made_at,
        "origin": origin,
        "root": root.hex(),
        "size": size,
    }
    _write_durably(arriving / MANIFEST, encode(manifest) + b"\n")
    sync_folder(arriving)
    return exhibits, origin, size


def restore(folder: Path, places: Places, now: int) -> Restored:
    """Put a backup in the place of the database; what was there is moved aside, never deleted.

    Exhibits and configuration come back where they are missing. The head's second copy and the
    case keys stay as they are. If the ledger had gone on since the backup, it opens read-only.

    Raises:
        BackupByPostgres, NotABackup, BackupDamaged, DatabaseInUse: nothing was changed.
    """
    database = _sqlite(places)
    manifest = _manifest(folder)
    database.parent.mkdir(parents=True, exist_ok=True)
    with only_writer(database.with_name(database.name + ".lock")):
        arriving = database.with_name(database.name + ARRIVING)
        try:
            copy_durably(folder / DATABASE, arriving)
            exhibits = _copy_exhibits(folder.parent / EXHIBITS, places.exhibits)
            aside = _move_aside(database, now)
            arriving.replace(database)
        finally:
            with suppress(OSError):
                arriving.unlink()
        sync_folder(database.parent)
    for path in places.config:
        if not path.exists() and (folder / path.name).exists():
            copy_durably(folder / path.name, path)
    return Restored(manifest["origin"], manifest["size"], manifest["made_at"], exhibits, aside)


def copy_database(source: Path, target: Path) -> tuple[int, str, int, bytes]:
    """Copy a SQLite ledger as it is at one moment, and return its ledger, origin, size and root.

    Raises:
        BackupDamaged: SQLite finds the copy unsound; it is removed.
    """
    try:
        with closing(sqlite3.connect(source)) as original, closing(_single(target)) as copy:
            # All pages in one step: a copy in parts begins anew with each commit of a writer.
            original.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE")
            sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            tail: tuple[int, str, int, bytes] | None = copy.execute(TAIL).fetchone()
    except sqlite3.DatabaseError as problem:
        target.unlink(missing_ok=True)
        if isinstance(problem, sqlite3.OperationalError) and is_of_the_disk(problem):
            raise
        raise BackupDamaged(f"the copy is not sound: {problem}", file=source.name) from problem
    if not sound or tail is None:
        target.unlink()
        raise BackupDamaged("the copy is not sound", file=source.name)
    sync_file(target)
    return tail


def copy_durably(source: Path, target: Path) -> str:
    """Copy a file whole or not at all, and return the SHA-256 of what was copied."""
    make_durably(target.parent)
    with source.open("rb") as read, replacing(target) as written:
        copyfileobj(read, written, _PIECE)
    sync_folder(target.parent)
    return digest_of(target)


def make_durably(folder: Path, mode: int = 0o777) -> None:
    """Make a folder with those above it, of which none is gone after a power cut."""
    new = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True, mode=mode)
    for path in new:
        sync_folder(path.parent)


@contextmanager
def only_one_in(folder: Path) -> Iterator[None]:
    """Hold the lock of all who make copies in a folder: what another has half made is none's."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def digest_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sqlite(places: Places) -> Path:
    if places.database is None:
        raise BackupByPostgres("pg_dump or pg_basebackup copies this database")
    return places.database


def _single(path: Path) -> sqlite3.Connection:
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    return sqlite3.connect(path, isolation_level=None)


def _copy_exhibits(source: Path, target: Path) -> int:
    """Copy what target lacks, and return how much that was."""
    copied = 0
    for path in _exhibits(source):
        place = target / path.name[:2] / path.name
        if place.exists():
            continue
        if copy_durably(path, place) != path.name:
            place.unlink()
            raise BackupDamaged("an exhibit is not what its name stands for", file=path.name)
        copied += 1
    return copied


def _exhibits(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.glob("??/*")) if _SEALED.fullmatch(path.name))


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest = cast("dict[str, Any]", decode((folder / MANIFEST).read_bytes().rstrip(b"\n")))
        files, form = dict(manifest["files"]), manifest["format"]
    except (OSError, NotCanonical, KeyError, TypeError, ValueError):
        files, form = {}, None
    if form != FORMAT or DATABASE not in files:
        raise NotABackup("no manifest of a backup", folder=str(folder))
    for name, digest in files.items():
        path = folder / name
        if Path(name).name != name or not path.is_file() or digest_of(path) != digest:
            raise BackupDamaged(f"{name} is not what was copied", file=name)
    return manifest


def _move_aside(database: Path, now: int) -> Path | None:
    if not database.exists():
        return None
    aside = database.with_name(f"{database.name}.before-{instant_text(now).replace(':', '-')}")
    if _is_sqlite(database):
        _require_unused(database)
    # A log without its database, or one that could not be read, is kept as it is.
    for ending in ("-wal", "-shm"):
        beside = database.with_name(database.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    database.rename(aside)
    return aside


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_SQLITE)) == _SQLITE


def _require_unused(database: Path) -> None:
    try:
        with closing(sqlite3.connect(database, timeout=0)) as old:
            # Refused while anyone else has the file open; else all is in the one file after it.
            old.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.OperationalError as problem:
        if is_of_the_disk(problem):
            raise
        raise DatabaseInUse("another process has the database open") from problem
    except sqlite3.DatabaseError:
        # Too damaged for SQLite to say. It is moved aside all the same.
        return
