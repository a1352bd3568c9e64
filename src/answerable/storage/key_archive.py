"""Copies of the case keys: apart from the ledger's backups, for a limited time, erasures kept."""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from answerable.core.acts import instant_text
from answerable.core.errors import Malformed, Refusal
from answerable.disk import ARRIVING, sync_folder
from answerable.storage.backend import Reads
from answerable.storage.backup import make_durably, only_one_in, sync_file
from answerable.storage.case_keys import (
    COPIES,
    NOTE_COPY,
    OVERWRITING,
    finish_overwriting,
    overwrite_slots,
)
from answerable.storage.sqlite_file import open_durably

KEEP_DAYS = 30
ERASED = "erased"
LEFT = f"case-keys-*.sqlite3{ARRIVING}*"
SLOTS = "CREATE TABLE IF NOT EXISTS slot (number INTEGER PRIMARY KEY, key BLOB)"
INSERT = "INSERT OR IGNORE INTO slot VALUES (?, ?)"
GIVEN_UP = (
    "WITH RECURSIVE counted(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n < ?)"
    " INSERT OR IGNORE INTO slot SELECT n, NULL FROM counted WHERE n > 0"
)
COUNTED = (
    "SELECT (SELECT count(*) FROM slot WHERE number <= ?),"
    " (SELECT count(*) FROM slot WHERE key IS NULL)"
)
Slot = tuple[int, bytes | None]

_NAME = re.compile(r"case-keys-[0-9TZ.-]+-until-([0-9]{4}-[0-9]{2}-[0-9]{2})\.sqlite3")


class KeysExpired(Refusal):
    """The time of this copy of the keys is over: it must not be used, and should be destroyed."""

    code = "keys-expired"


class NotAKeyArchive(Malformed):
    """The file is no copy of case keys, or its name does not say until when it counts."""

    code = "not-a-key-archive"


@dataclass(frozen=True, slots=True)
class KeyArchive:
    """A copy of the case keys, the last day on which it may be used, and what was removed."""

    path: Path
    last_day: str
    destroyed: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class KeysRestored:
    """How many keys came back, how many stay overwritten, and how many are missing still.

    While any is missing nothing can be appended: a newer copy may bring it back.
    """

    restored: int
    overwritten: int
    missing: int


def archive_keys(case_keys: Path, target: Path, now: int, keep_days: int = KEEP_DAYS) -> KeyArchive:
    """Copy the case keys to target, and remove the copies there whose time is over."""
    today = _day(now)
    last_day = (today + timedelta(days=keep_days)).isoformat()
    name = f"case-keys-{instant_text(now).replace(':', '-')}-until-{last_day}.sqlite3"
    make_durably(target, 0o700)
    with only_one_in(target):
        # A copy that a run which was killed left half made has no last day: it goes now.
        _remove(target.glob(LEFT))
        try:
            _copy(case_keys, target / (name + ARRIVING))
            # Before it has its name: a copy that nobody knows of would outlive what is told.
            with closing(open_durably(case_keys, secure_delete=True)) as live:
                _note(live, now, last_day)
            (target / (name + ARRIVING)).replace(target / name)
        except BaseException:
            with suppress(OSError):
                _remove(target.glob(LEFT))
            raise
        copies = sorted(target.glob("*.sqlite3"))
        destroyed = tuple(path for path in copies if _is_over(path, today))
        _remove(destroyed)
        sync_folder(target)
    return KeyArchive(target / name, last_day, destroyed)


def restore_keys(
    archive: Path | None, case_keys: Path, *, erased: Iterable[int], claimed: int, now: int
) -> KeysRestored:
    """Bring back the keys that the live store has no slot for. Erasures are applied first.

    A slot of the live store always stays as it is, overwritten or not. ``erased`` are dockets whose
    erasure is on record; ``claimed`` is the last docket of the ledger. Without an archive erasures
    are applied and missing keys are counted.

    Raises:
        KeysExpired, NotAKeyArchive: nothing was changed.
    """
    if archive is not None and _last_day(archive) < _day(now):
        raise KeysExpired("the time of this copy is over", last_day=str(_last_day(archive)))
    copied = [] if archive is None else _slots_of(archive)
    with closing(open_durably(case_keys, secure_delete=True)) as live:
        case_keys.chmod(0o600)
        if archive is not None:
            # A store that was lost knew of it. It is as if it had been made before everything.
            _note(live, 0, _last_day(archive).isoformat())
        return _merged(live, copied, [*erased], claimed)


def give_up_keys(case_keys: Path, *, claimed: int) -> int:
    """Give up the keys of claimed slots that no copy holds, and return how many those are.

    Their content can never be read again. The slots stay taken, as if they were overwritten.
    """
    with closing(open_durably(case_keys, secure_delete=True)) as live:
        case_keys.chmod(0o600)
        live.execute(SLOTS)
        before = live.total_changes
        live.execute(GIVEN_UP, (claimed,))
        return live.total_changes - before


def erased_dockets(reads: Reads) -> list[int]:
    """Return the dockets whose erasure is on record in the ledger."""
    return sorted({row.docket for row in reads.all_acts() if row.act == ERASED})


def _slots_of(archive: Path) -> list[Slot]:
    """Return the slots of a copy, read where it lies and as it is.

    Another copy beside the live store would hold keys that were overwritten there since, and would
    stay if the power went.
    """
    name = f"{archive.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(name, uri=True)) as copy:
            return copy.execute("SELECT number, key FROM slot").fetchall()
    except sqlite3.DatabaseError as problem:
        raise NotAKeyArchive(f"not a store of case keys: {problem}") from problem


def _merged(
    live: sqlite3.Connection, copied: list[Slot], erased: list[int], claimed: int
) -> KeysRestored:
    gone = dict.fromkeys(erased)
    live.execute("BEGIN IMMEDIATE")
    live.execute(SLOTS)
    live.execute(OVERWRITING)
    overwrite_slots(live, erased)
    # A key that was erased is never written to the live store, not even for a moment.
    kept = [(number, key) for number, key in copied if key is not None and number not in gone]
    before = live.total_changes
    live.executemany(INSERT, kept)
    restored = live.total_changes - before
    live.executemany(INSERT, ((number, None) for number, key in copied if key is None))
    live.executemany(INSERT, gone.items())
    slots, overwritten = live.execute(COUNTED, (claimed,)).fetchone()
    live.execute("COMMIT")
    # What is pending is remembered: the next start finishes it.
    finish_overwriting(live)
    return KeysRestored(restored, overwritten, claimed - slots)


def _note(live: sqlite3.Connection, made_at: int, last_day: str) -> None:
    live.execute(COPIES)
    live.execute(NOTE_COPY, (made_at, last_day))


def _copy(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        original.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode = DELETE")
    sync_file(target)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink()


def _last_day(path: Path) -> date:
    found = _NAME.fullmatch(path.name)
    try:
        return date.fromisoformat(found.group(1) if found and path.is_file() else "")
    except ValueError:
        raise NotAKeyArchive("not a copy of case keys", file=path.name) from None


def _is_over(path: Path, today: date) -> bool:
    return _NAME.fullmatch(path.name) is not None and _last_day(path) < today


def _day(now: int) -> date:
    return datetime.fromtimestamp(now // 1000, UTC).date()
