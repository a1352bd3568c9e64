"""An erasure on disk: octets that are gone, a store that is read meanwhile, a disk that refuses."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from answerable.casework.erasures import ERASE_CASE, KeyCopy
from answerable.casework.ports import StorageFailed
from answerable.core.docket import Job
from answerable.storage.case_keys import MemoryCaseKeys, SqliteCaseKeys
from answerable.storage.erasing import StoredErasures
from answerable.storage.exhibits import FileExhibits
from answerable.storage.key_archive import archive_keys, restore_keys
from answerable.storage.sqlite_file import Unfinished
from tests.support import builders
from tests.support.by_hand import NOON, ByHand, on_sqlite

DAY = 86_400_000


@pytest.fixture
def ledger(tmp_path: Path) -> ByHand:
    """Return a ledger whose docket 2 is erased, and whose key is there still."""
    made = on_sqlite(tmp_path)
    made.found()
    made.lodge(2)
    with made.backend.reading() as reads:
        docket = reads.dockets([2])[2]
    unit = builders.acted(docket, "erased")
    made.append(replace(unit, jobs=(Job(ERASE_CASE, {"docket": 2}),)))
    return made


def erasures(ledger: ByHand, case_keys: SqliteCaseKeys | None = None) -> StoredErasures:
    assert ledger.folder is not None
    exhibits = FileExhibits(ledger.folder / "exhibits")
    keys = case_keys or ledger.case_keys
    return StoredErasures(ledger.backend, keys, exhibits, ledger.folder)


def keys(folder: Path) -> Path:
    return folder / "keys" / "case-keys.sqlite3"


def holds(folder: Path, octets: bytes) -> list[str]:
    """Return the files anywhere in a folder that hold a part of a key."""
    parts = [octets[at : at + 16] for at in range(17)]
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(part in path.read_bytes() for part in parts)
    ]


def test_of_an_erased_key_no_octet_is_left_in_any_file(ledger: ByHand, tmp_path: Path) -> None:
    before = ledger.case_keys.keys([2, 3])
    assert holds(tmp_path, before[2])
    erasures(ledger).finish()
    assert holds(tmp_path, before[2]) == []
    assert ledger.case_keys.keys([2, 3]) == {3: before[3]}
    assert ledger.checked().findings == ()


def test_what_is_read_meanwhile_is_told_and_finished_later(ledger: ByHand, tmp_path: Path) -> None:
    key = ledger.case_keys.keys([2])[2]
    store = SqliteCaseKeys(keys(tmp_path), wait_ms=0)
    current = erasures(ledger, store)
    with closing(sqlite3.connect(keys(tmp_path), isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM slot").fetchone()
        current.finish()
        # The job is done: the store itself remembers what is left.
        assert (current.waiting(), list(current.pending())) == (0, [2])
        assert store.keys([2]) == {}
        assert holds(tmp_path, key)
    assert list(current.pending()) == []
    assert holds(tmp_path, key) == []


def test_a_key_that_an_older_copy_brought_back_is_overwritten_again(
    ledger: ByHand, tmp_path: Path
) -> None:
    both = ledger.case_keys.keys([2, 3])
    erasures(ledger).finish()
    assert list(erasures(ledger).done_again()) == []
    with closing(sqlite3.connect(keys(tmp_path))) as database:
        database.execute("UPDATE slot SET key = ? WHERE number = 2", (both[2],))
        database.commit()
    assert ledger.case_keys.keys([2, 3]) == both
    assert list(erasures(ledger).done_again()) == [2]
    assert ledger.case_keys.keys([2, 3]) == {3: both[3]}
    assert holds(tmp_path, both[2]) == []


class Watched(MemoryCaseKeys):
    """A store that remembers how much of the ledger's log was written when a key went."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = log
        self.written = 0

    def overwrite(self, slot: int) -> None:
        self.written = self._log.stat().st_size
        super().overwrite(slot)


def test_before_a_key_goes_something_is_committed_behind_the_act_that_says_so(
    ledger: ByHand, tmp_path: Path
) -> None:
    # Another process may have committed the act and not synced it. A later commit syncs both.
    log = tmp_path / "ledger.sqlite3-wal"
    store, before = Watched(log), log.stat().st_size
    assert ledger.folder is not None
    exhibits = FileExhibits(ledger.folder / "exhibits")
    StoredErasures(ledger.backend, store, exhibits, ledger.folder).finish()
    assert store.written > before


class FullStore:
    """A store of keys on a disk that refuses."""

    def __init__(self, store: SqliteCaseKeys) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def overwrite(self, slot: int) -> None:
        raise StorageFailed(f"slot {slot}", reason="disk-full")


def test_what_the_disk_refused_waits_and_nobody_is_told_that_nothing_was_kept(
    ledger: ByHand, tmp_path: Path
) -> None:
    full = FullStore(SqliteCaseKeys(keys(tmp_path)))
    with pytest.raises(Unfinished) as refused:
        erasures(ledger, full).finish()  # type: ignore[arg-type] # it is one but for its disk
    assert refused.value.facts["reason"] == "disk-full"
    assert erasures(ledger).waiting() == 1
    erasures(ledger).finish()
    assert ledger.case_keys.keys([2]) == {}


def test_what_is_no_name_of_an_exhibit_is_never_removed(tmp_path: Path) -> None:
    exhibits = FileExhibits(tmp_path / "exhibits")
    sealed = exhibits.seal(BytesIO(b"a photo"), bytes(32)).sealed
    beside = tmp_path / "beside"
    beside.write_bytes(b"not an exhibit")
    exhibits.remove(["../beside", "", ".lodging", sealed[:40]])
    assert beside.exists()
    place = tmp_path / "exhibits" / sealed[:2] / sealed
    assert place.exists()
    exhibits.remove([sealed, sealed, "ab" * 32])
    exhibits.remove([sealed])
    assert not place.exists()


def test_a_copy_of_the_keys_is_known_by_its_last_day(ledger: ByHand, tmp_path: Path) -> None:
    assert erasures(ledger).copies() == []
    archive_keys(keys(tmp_path), tmp_path / "away", NOON)
    archive_keys(keys(tmp_path), tmp_path / "away", NOON + DAY, keep_days=7)
    assert erasures(ledger).copies() == [
        KeyCopy(NOON, "2026-07-12"),
        KeyCopy(NOON + DAY, "2026-06-20"),
    ]


def test_a_copy_is_known_before_it_has_its_name(
    ledger: ByHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no room"):
        archive_keys(keys(tmp_path), tmp_path / "away", NOON)
    assert [copy.last_day for copy in erasures(ledger).copies() or ()] == ["2026-07-12"]


def test_a_copy_that_brought_keys_back_is_known_to_the_store_that_it_made(
    ledger: ByHand, tmp_path: Path
) -> None:
    archive = archive_keys(keys(tmp_path), tmp_path / "away", NOON)
    assert ledger.case_keys.keys([2])
    new = tmp_path / "new.sqlite3"
    restore_keys(archive.path, new, erased=[2], claimed=3, now=NOON)
    found = SqliteCaseKeys(new)
    assert found.copies() == [KeyCopy(0, "2026-07-12")]
    assert sorted(found.keys([2, 3])) == [3]
