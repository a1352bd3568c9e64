"""A backup is whole or not there; a restore loses nothing, and hides nothing that was lost."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from threading import Event, Thread

import pytest

from answerable.casework.ports import LedgerReadOnly
from answerable.core.docket import DocketId
from answerable.storage.backup import (
    BackupByPostgres,
    BackupDamaged,
    BackupInside,
    DatabaseInUse,
    NotABackup,
    Places,
    backup,
    restore,
)
from answerable.storage.checking import check
from answerable.storage.return_keys import StoredKeyedDockets
from answerable.storage.sqlite import SqliteBackend
from tests.support.backups import backups
from tests.support.by_hand import NOON, on_sqlite, opened

DAY = 86_400_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a mechanism's folder that nobody has open."""
    ledger = on_sqlite(tmp_path / "made")
    ledger.found()
    ledger.lodge(3)
    (tmp_path / "made" / "mechanism.toml").write_text('name = "Training"\n')
    keep(tmp_path / "made", b"a photograph")
    return copytree(tmp_path / "made", tmp_path / "mechanism")


def keep(folder: Path, content: bytes) -> Path:
    name = sha256(content).hexdigest()
    place = folder / "exhibits" / name[:2] / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


def places(folder: Path) -> Places:
    return Places(
        database=folder / "ledger.sqlite3",
        exhibits=folder / "exhibits",
        config=(folder / "mechanism.toml",),
    )


def closed_after_lodging(folder: Path, to: Path, count: int) -> Path:
    """Return the folder as it is after more was lodged, moved to where nobody has it open."""
    opened(folder).lodge(count)
    return copytree(folder, to)


def test_a_backup_holds_ledger_exhibits_and_settings_and_no_key_and_no_second_copy(
    folder: Path, tmp_path: Path
) -> None:
    made = backup(places(folder), tmp_path / "away", NOON)
    assert (made.size, made.exhibits, made.origin) == (4, 1, "training.example/xa")
    names = {path.name for path in (tmp_path / "away").rglob("*") if path.is_file()}
    photograph = sha256(b"a photograph").hexdigest()
    assert names == {"ledger.sqlite3", "mechanism.toml", "manifest.json", photograph}
    assert made.folder.name == "2026-06-12T11-33-20.000Z"
    assert backups(tmp_path / "away") == [made.folder]
    # Bytes 18 and 19 are 1 where a database needs no log beside it (SQLite's file format, 1.3).
    assert (made.folder / "ledger.sqlite3").read_bytes()[18:20] == b"\x01\x01"


def test_a_backup_made_while_writers_go_on_is_of_one_moment(tmp_path: Path) -> None:
    ledger = on_sqlite(tmp_path / "mechanism")
    ledger.found()
    (tmp_path / "mechanism" / "mechanism.toml").touch()
    stop = Event()

    def lodge() -> None:
        while not stop.is_set():
            ledger.lodge(20)

    thread = Thread(target=lodge)
    thread.start()
    try:
        sizes = [
            backup(places(tmp_path / "mechanism"), tmp_path / "away", NOON + at).size
            for at in range(10)
        ]
    finally:
        stop.set()
        thread.join()
    assert sizes == sorted(sizes)
    assert sizes[-1] > sizes[0]
    for made in backups(tmp_path / "away"):
        assert check(SqliteBackend(made / "ledger.sqlite3")).findings == ()


def test_only_new_exhibits_are_copied_again(folder: Path, tmp_path: Path) -> None:
    assert backup(places(folder), tmp_path / "away", NOON).exhibits == 1
    assert backup(places(folder), tmp_path / "away", NOON + DAY).exhibits == 0
    keep(folder, b"a letter")
    (folder / "exhibits" / "arriving").mkdir()
    (folder / "exhibits" / "arriving" / "half").write_bytes(b"half")
    assert backup(places(folder), tmp_path / "away", NOON + 2 * DAY).exhibits == 1
    assert len(backups(tmp_path / "away")) == 3


def test_a_restored_ledger_that_had_gone_on_is_read_only(folder: Path, tmp_path: Path) -> None:
    made = backup(places(folder), tmp_path / "away", NOON)
    later = closed_after_lodging(folder, tmp_path / "later", 5)
    restored = restore(made.folder, places(later), NOON + DAY)
    assert (restored.size, restored.origin) == (4, "training.example/xa")
    ledger = opened(later)
    with pytest.raises(LedgerReadOnly):
        ledger.lodge()
    assert restored.aside is not None
    assert check(SqliteBackend(restored.aside)).counts.entries == 9


def test_a_restore_brings_back_what_each_return_key_opens(folder: Path, tmp_path: Path) -> None:
    digest, docket = b"d" * 32, DocketId(2)
    StoredKeyedDockets(SqliteBackend(folder / "ledger.sqlite3"), folder).bind(
        digest, docket, shows=False
    )
    made = backup(places(folder), tmp_path / "away", NOON)
    (folder / "ledger.sqlite3").unlink()
    restore(made.folder, places(folder), NOON + DAY)
    backend = SqliteBackend(folder / "ledger.sqlite3")
    keyed = StoredKeyedDockets(backend, folder)
    assert (keyed.docket_of(digest), keyed.shows(digest)) == (docket, False)


def test_a_restored_ledger_that_had_not_gone_on_goes_on(folder: Path, tmp_path: Path) -> None:
    made = backup(places(folder), tmp_path / "away", NOON)
    (folder / "ledger.sqlite3").unlink()
    assert restore(made.folder, places(folder), NOON + DAY).aside is None
    ledger = opened(folder)
    ledger.lodge()
    assert ledger.checked().findings == ()


def test_lost_exhibits_and_settings_come_back_and_others_stay(folder: Path, tmp_path: Path) -> None:
    made = backup(places(folder), tmp_path / "away", NOON)
    photograph = keep(folder, b"a photograph")
    photograph.unlink()
    letter = keep(folder, b"a letter")
    (folder / "mechanism.toml").write_text('name = "Renamed"\n')
    assert restore(made.folder, places(folder), NOON + DAY).exhibits == 1
    assert photograph.read_bytes() == b"a photograph"
    assert letter.read_bytes() == b"a letter"
    assert (folder / "mechanism.toml").read_text() == 'name = "Renamed"\n'
    (folder / "mechanism.toml").unlink()
    restore(made.folder, places(folder), NOON + 2 * DAY)
    assert (folder / "mechanism.toml").read_text() == 'name = "Training"\n'


def test_a_database_too_damaged_to_open_is_moved_aside_with_its_log(
    folder: Path, tmp_path: Path
) -> None:
    made = backup(places(folder), tmp_path / "away", NOON)
    (folder / "ledger.sqlite3").write_bytes(b"no database at all" * 1000)
    (folder / "ledger.sqlite3-wal").write_bytes(b"its log")
    restored = restore(made.folder, places(folder), NOON + DAY)
    assert restored.aside is not None
    assert restored.aside.with_name(restored.aside.name + "-wal").read_bytes() == b"its log"
    assert opened(folder).checked().findings == ()


def test_a_database_that_someone_has_open_is_not_replaced(folder: Path, tmp_path: Path) -> None:
    made = backup(places(folder), tmp_path / "away", NOON)
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as other:
        other.execute("SELECT count(*) FROM entry").fetchall()
        with pytest.raises(DatabaseInUse):
            restore(made.folder, places(folder), NOON + DAY)
    assert not list(folder.glob("*.arriving"))
    assert opened(folder).checked().counts.entries == 4


def test_a_damaged_backup_is_not_restored(folder: Path, tmp_path: Path) -> None:
    made = backup(places(folder), tmp_path / "away", NOON)
    before = (folder / "ledger.sqlite3").read_bytes()
    octets = bytearray((made.folder / "ledger.sqlite3").read_bytes())
    octets[-1] ^= 1
    (made.folder / "ledger.sqlite3").write_bytes(octets)
    with pytest.raises(BackupDamaged) as refused:
        restore(made.folder, places(folder), NOON + DAY)
    assert refused.value.facts == {"file": "ledger.sqlite3"}
    assert (folder / "ledger.sqlite3").read_bytes() == before


def test_a_damaged_exhibit_is_not_copied(folder: Path, tmp_path: Path) -> None:
    photograph = keep(folder, b"a photograph")
    photograph.write_bytes(b"a forgery")
    with pytest.raises(BackupDamaged):
        backup(places(folder), tmp_path / "away", NOON)
    assert backups(tmp_path / "away") == []
    assert not list((tmp_path / "away" / "exhibits").rglob(photograph.name))


@pytest.mark.parametrize(
    "manifest",
    [
        pytest.param(None, id="none"),
        pytest.param(b"", id="empty"),
        pytest.param(b"[]", id="no object"),
        pytest.param(b'{"files":{},"format":"answerable/backup/v1"}', id="no database"),
        pytest.param(b'{"files":{"ledger.sqlite3":""},"format":"another"}', id="another form"),
    ],
)
def test_a_folder_that_is_no_backup_is_refused(
    manifest: bytes | None, folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    if manifest is not None:
        (other / "manifest.json").write_bytes(manifest)
    with pytest.raises(NotABackup):
        restore(other, places(folder), NOON)


def test_a_manifest_cannot_name_a_file_outside(folder: Path, tmp_path: Path) -> None:
    made = backup(places(folder), tmp_path / "away", NOON)
    manifest = made.folder / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"mechanism.toml"', b'"../mechanism.toml"'))
    with pytest.raises((BackupDamaged, NotABackup)):
        restore(made.folder, places(folder), NOON)


def test_a_database_that_sqlite_finds_unsound_makes_no_backup(folder: Path, tmp_path: Path) -> None:
    (folder / "ledger.sqlite3").write_bytes(b"no database at all" * 1000)
    with pytest.raises(BackupDamaged):
        backup(places(folder), tmp_path / "away", NOON)
    assert backups(tmp_path / "away") == []


def test_a_backup_that_stopped_halfway_is_no_backup_and_is_in_no_ones_way(
    folder: Path, tmp_path: Path
) -> None:
    half = tmp_path / "away" / "2026-06-12T11-33-20.000Z.arriving"
    half.mkdir(parents=True)
    (half / "manifest.json").write_text("{}")
    assert backups(tmp_path / "away") == []
    backup(places(folder), tmp_path / "away", NOON)
    assert not half.exists()


def test_postgres_is_copied_by_its_own_tools(folder: Path, tmp_path: Path) -> None:
    elsewhere = replace(places(folder), database=None)
    with pytest.raises(BackupByPostgres):
        backup(elsewhere, tmp_path / "away", NOON)
    with pytest.raises(BackupByPostgres):
        restore(tmp_path / "away", elsewhere, NOON)
    assert not (tmp_path / "away").exists()


def test_a_backup_does_not_go_among_the_exhibits(folder: Path) -> None:
    with pytest.raises(BackupInside):
        backup(places(folder), folder / "exhibits" / "backup", NOON)
