"""Backups of a mechanism's folder, and their way back."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from answerable.bootstrap.folder import SETTINGS, Folder, folder_at
from answerable.bootstrap.parts import PartMissing, milliseconds, stores
from answerable.core.errors import Fact
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.policy import Policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from answerable.keys import ed25519
from answerable.storage.backend import Backend
from answerable.storage.backup import BackupByPostgres, Places, backup
from answerable.storage.backup import restore as restore_ledger
from answerable.storage.erasing import exhibits_of
from answerable.storage.exhibits import FileExhibits
from answerable.storage.following import is_behind
from answerable.storage.key_archive import (
    archive_keys,
    erased_dockets,
    give_up_keys,
    restore_keys,
)
from answerable.storage.second_copy import published_heads, renew
from answerable.storage.sequencing import Tools
from answerable.storage.sqlite_file import done_again

LEDGER, CASE_KEYS = "ledger", "case-keys"


def back_up(
    folder: Folder, target: str, progress: Callable[[int, int], None]
) -> Mapping[str, Fact]:
    """Copy the ledger to one folder below target, and the case keys to another.

    Raises:
        BackupByPostgres, BackupInside, BackupDamaged: nothing is left of the copy.
    """
    now = milliseconds()
    progress(0, 2)
    with done_again(folder.path):
        made = backup(places_of(folder), Path(target) / LEDGER, now)
        progress(1, 2)
        keys = archive_keys(folder.case_keys, Path(target) / CASE_KEYS, now)
    progress(2, 2)
    return {
        "ledger": str(made.folder),
        "size": made.size,
        "exhibits": made.exhibits,
        "case_keys": str(keys.path),
        "expires_on": str(keys.last_day),
    }


def restore(folder_path: str, backup_path: str, case_keys: str | None) -> Mapping[str, Fact]:
    """Put a backup back into a mechanism's folder, and case keys where the live store lacks them.

    What the live key store had overwritten stays overwritten, and so does whatever the ledger says
    was erased: erasures are applied before any key comes back.

    Raises:
        BackupByPostgres, NotABackup, BackupDamaged, DatabaseInUse: nothing was changed.
        KeysExpired, NotAKeyArchive: the ledger is back, no key is.
    """
    folder = folder_at(Path(folder_path))
    with done_again(folder.path):
        return _restored(folder, backup_path, case_keys)


def _restored(folder: Folder, backup_path: str, case_keys: str | None) -> Mapping[str, Fact]:
    now = milliseconds()
    if not folder.uses_postgres and not folder.keys.is_dir():
        # Said before anything is moved: a key that comes back has to lie somewhere.
        raise PartMissing("the folder of the keys is not there", path=str(folder.keys))
    done = restore_ledger(Path(backup_path), places_of(folder), now)
    backend, heads, _ = stores(folder)
    with backend.reading() as reads:
        tail, head, erased = reads.tail(), heads.read(), erased_dockets(reads)
        # A backup holds them still: what it put back goes first, before any key comes back.
        FileExhibits(folder.exhibits).remove(
            name for docket in erased for name in exhibits_of(reads, docket)
        )
    backend.close()
    restore_keys(
        None if case_keys is None else Path(case_keys),
        folder.case_keys,
        erased=erased,
        claimed=tail.next_docket - 1,
        now=now,
    )
    return {
        "origin": done.origin,
        "size": tail.size,
        "promised": 0 if head is None else head.size,
        "is_behind": int(is_behind(tail, head)),
        "erasures": len(erased),
        "aside": None if done.aside is None else str(done.aside),
    }


def give_up(folder: Folder) -> int:
    """Give up the keys of claimed slots that no copy holds, and return how many those are.

    Raises:
        BackupByPostgres: the key store is PostgreSQL, which has copies of its own.
    """
    if folder.uses_postgres:
        raise BackupByPostgres("the key store is PostgreSQL")
    with done_again(folder.path):
        backend, _, _ = stores(folder)
        with backend.reading() as reads:
            claimed = reads.tail().next_docket - 1
        backend.close()
        return give_up_keys(folder.case_keys, claimed=claimed)


def renew_second_copy(
    folder: Folder, backend: Backend, tools: Tools, *, policy: Policy, receipts: Sequence[bytes]
) -> Mapping[str, Fact]:
    """Make a new second copy of the head, if every head known elsewhere is in the database.

    Raises:
        PartMissing: the folder of the second copy is not there: perhaps its disk is not mounted.
        Else as ``renew``, ``published_heads`` and ``verify_receipt``.
    """
    place = folder.head.parent
    if not folder.uses_postgres and not place.is_dir():
        raise PartMissing("the place of the second copy is not there", path=str(place))
    known = published_heads(folder.public)
    for content in receipts:
        proven = verify_receipt(Receipt.parse(content), policy, ed25519.verify)
        known.append(Checkpoint(proven.origin, proven.size, proven.root))
    done = renew(backend, tools, known)
    return {
        "number": done.issued.number,
        "size": done.size,
        "known_size": done.known_size,
        "compared": len(known),
    }


def places_of(folder: Folder) -> Places:
    """Return where the parts of a mechanism lie that a backup copies."""
    return Places(
        database=None if folder.uses_postgres else folder.ledger,
        exhibits=folder.exhibits,
        config=(folder.path / SETTINGS,),
    )
