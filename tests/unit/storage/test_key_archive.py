"""Copies of case keys expire, and no copy brings an erased key back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from answerable.casework.ports import StorageFailed
from answerable.core.docket import DocketId
from answerable.storage.case_keys import SqliteCaseKeys
from answerable.storage.key_archive import (
    KeyArchive,
    KeysExpired,
    KeysRestored,
    NotAKeyArchive,
    archive_keys,
    erased_dockets,
    give_up_keys,
    restore_keys,
)
from tests.support.by_hand import NOON, in_memory, on_sqlite, opened

DAY = 86_400_000


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "case-keys.sqlite3"
    path.parent.mkdir()
    SqliteCaseKeys(path).make(10)
    return path


@pytest.fixture
def archive(store: Path, tmp_path: Path) -> KeyArchive:
    return archive_keys(store, tmp_path / "other", NOON)


def keys(store: Path, slots: int = 20) -> dict[int, bytes]:
    return dict(SqliteCaseKeys(store).keys(range(1, slots + 1)))


def lose(store: Path) -> None:
    for path in store.parent.iterdir():
        path.unlink()


def octets(folder: Path) -> Iterator[bytes]:
    return (path.read_bytes() for path in folder.iterdir())


def test_the_name_of_a_copy_says_until_when_it_may_be_used(archive: KeyArchive) -> None:
    assert archive.last_day == "2026-07-12"
    name = "case-keys-2026-06-12T11-33-20.000Z-until-2026-07-12.sqlite3"
    assert archive.path.name == name
    assert archive.path.stat().st_mode & 0o777 == 0o600


def test_copies_whose_time_is_over_are_removed_by_the_next(
    store: Path, archive: KeyArchive, tmp_path: Path
) -> None:
    (tmp_path / "other" / "something-else.sqlite3").touch()
    kept = archive_keys(store, tmp_path / "other", NOON + 30 * DAY)
    assert kept.destroyed == ()
    last = archive_keys(store, tmp_path / "other", NOON + 31 * DAY)
    assert last.destroyed == (archive.path,)
    names = {path.name for path in (tmp_path / "other").iterdir()}
    assert names == {kept.path.name, last.path.name, "something-else.sqlite3"}


def test_lost_keys_come_back(store: Path, archive: KeyArchive) -> None:
    before = keys(store)
    lose(store)
    found = restore_keys(archive.path, store, erased=[], claimed=10, now=NOON)
    assert found == KeysRestored(restored=10, overwritten=0, missing=0)
    assert keys(store) == before


def test_a_key_overwritten_since_the_copy_does_not_come_back(
    store: Path, archive: KeyArchive
) -> None:
    key = keys(store)[4]
    SqliteCaseKeys(store).overwrite(4)
    found = restore_keys(archive.path, store, erased=[], claimed=10, now=NOON)
    assert found == KeysRestored(restored=0, overwritten=1, missing=0)
    assert 4 not in keys(store)
    assert not any(key in content for content in octets(store.parent))


def test_an_erasure_on_record_is_applied_before_lost_keys_come_back(
    store: Path, archive: KeyArchive
) -> None:
    key = keys(store)[4]
    lose(store)
    found = restore_keys(archive.path, store, erased=[4], claimed=10, now=NOON)
    assert found == KeysRestored(restored=9, overwritten=1, missing=0)
    assert sorted(keys(store)) == [1, 2, 3, 5, 6, 7, 8, 9, 10]
    assert not any(key in content for content in octets(store.parent))


def test_a_slot_that_was_overwritten_in_the_copy_comes_back_as_taken(
    store: Path, tmp_path: Path
) -> None:
    SqliteCaseKeys(store).overwrite(10)
    copy = archive_keys(store, tmp_path / "other", NOON)
    lose(store)
    found = restore_keys(copy.path, store, erased=[], claimed=10, now=NOON)
    assert found == KeysRestored(restored=9, overwritten=1, missing=0)
    live = SqliteCaseKeys(store)
    live.make(11)
    assert sorted(keys(store)) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]


def test_an_erasure_on_record_is_applied_to_the_live_store_too(
    store: Path, archive: KeyArchive
) -> None:
    restore_keys(archive.path, store, erased=[7], claimed=10, now=NOON)
    assert 7 not in keys(store)


def test_an_erasure_applied_while_someone_reads_the_store_is_finished_by_the_next_start(
    store: Path, archive: KeyArchive
) -> None:
    key = keys(store)[7]
    with closing(sqlite3.connect(store, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM slot").fetchone()
        restore_keys(archive.path, store, erased=[7], claimed=10, now=NOON)
        assert list(SqliteCaseKeys(store, wait_ms=0).finish_overwriting()) == [7]
        assert any(key in found for found in octets(store.parent))
    SqliteCaseKeys(store)
    assert not any(key in found for found in octets(store.parent))


def test_a_live_key_stays_whatever_the_copy_says(store: Path, archive: KeyArchive) -> None:
    lose(store)
    SqliteCaseKeys(store).make(3)
    newer = keys(store)
    found = restore_keys(archive.path, store, erased=[], claimed=10, now=NOON)
    assert found == KeysRestored(restored=7, overwritten=0, missing=0)
    assert {slot: key for slot, key in keys(store).items() if slot <= 3} == newer


def test_an_older_copy_leaves_room_for_a_newer_one(
    store: Path, archive: KeyArchive, tmp_path: Path
) -> None:
    SqliteCaseKeys(store).make(14)
    newer, before = archive_keys(store, tmp_path / "other", NOON + DAY), keys(store)
    lose(store)
    found = restore_keys(archive.path, store, erased=[], claimed=14, now=NOON)
    assert found == KeysRestored(restored=10, overwritten=0, missing=4)
    found = restore_keys(newer.path, store, erased=[], claimed=14, now=NOON)
    assert found == KeysRestored(restored=4, overwritten=0, missing=0)
    assert keys(store) == before


def test_without_a_copy_missing_keys_are_counted_and_nothing_is_given_up(
    store: Path, archive: KeyArchive
) -> None:
    before = keys(store)
    lose(store)
    found = restore_keys(None, store, erased=[2], claimed=10, now=NOON)
    assert found == KeysRestored(restored=0, overwritten=1, missing=9)
    restore_keys(archive.path, store, erased=[], claimed=10, now=NOON)
    assert keys(store) == {slot: key for slot, key in before.items() if slot != 2}


def test_keys_given_up_leave_their_slots_taken(store: Path) -> None:
    before = keys(store)
    assert give_up_keys(store, claimed=14) == 4
    assert give_up_keys(store, claimed=14) == 0
    SqliteCaseKeys(store).make(16)
    found = keys(store)
    assert sorted(found) == [*range(1, 11), 15, 16]
    assert {slot: key for slot, key in found.items() if slot <= 10} == before


def test_nothing_is_appended_while_claimed_keys_are_missing(tmp_path: Path) -> None:
    folder = tmp_path / "mechanism"
    ledger = on_sqlite(folder)
    ledger.found()
    ledger.lodge(3)
    place = folder / "keys" / "case-keys.sqlite3"
    copy = archive_keys(place, tmp_path / "other", NOON)
    lose(place)
    with pytest.raises(StorageFailed) as refused:
        opened(folder).lodge()
    assert refused.value.facts == {"reason": "case-keys"}
    restore_keys(copy.path, place, erased=[], claimed=4, now=NOON)
    again = opened(folder)
    again.lodge()
    assert again.checked().findings == ()
    lose(place)
    give_up_keys(place, claimed=5)
    opened(folder).lodge()


def test_restoring_twice_changes_nothing(store: Path, archive: KeyArchive) -> None:
    lose(store)
    restore_keys(archive.path, store, erased=[4], claimed=12, now=NOON)
    before = keys(store)
    found = restore_keys(archive.path, store, erased=[4], claimed=12, now=NOON)
    assert found == KeysRestored(restored=0, overwritten=1, missing=2)
    assert keys(store) == before


def test_a_copy_whose_time_is_over_is_refused(store: Path, archive: KeyArchive) -> None:
    SqliteCaseKeys(store).overwrite(4)
    before = keys(store)
    restore_keys(archive.path, store, erased=[], claimed=10, now=NOON + 30 * DAY)
    with pytest.raises(KeysExpired):
        restore_keys(archive.path, store, erased=[], claimed=10, now=NOON + 31 * DAY)
    assert keys(store) == before


def test_what_is_no_copy_of_keys_is_refused(store: Path, tmp_path: Path) -> None:
    before = keys(store)
    other = tmp_path / "ledger.sqlite3"
    other.write_bytes(b"no database")
    named = tmp_path / "case-keys-2026-06-12T11-33-20.000Z-until-2026-07-12.sqlite3"
    named.write_bytes(b"no database" * 1000)
    for path in (other, named, tmp_path / "case-keys-2026-until-2026-02-30.sqlite3"):
        with pytest.raises(NotAKeyArchive):
            restore_keys(path, store, erased=[], claimed=10, now=NOON)
    assert keys(store) == before
    assert not list(store.parent.glob("*.arriving*"))


def test_erasures_are_read_from_the_ledger() -> None:
    ledger = in_memory()
    ledger.found()
    ledger.lodge(3)
    ledger.on(DocketId(3), "erased")
    with ledger.backend.reading() as reads:
        assert erased_dockets(reads) == [3]


def test_half_a_copy_that_was_left_is_removed_by_the_next(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    name = "case-keys-2026-06-01T11-33-20.000Z-until-2026-07-01.sqlite3.arriving"
    (other / name).write_bytes(store.read_bytes())
    (other / f"{name}-journal").touch()
    made = archive_keys(store, other, NOON)
    assert [path.name for path in other.iterdir()] == [made.path.name]


def test_a_disk_that_refuses_is_not_said_to_be_no_copy_of_keys(
    store: Path, archive: KeyArchive
) -> None:
    lose(store)
    store.mkdir()
    with pytest.raises(StorageFailed):
        restore_keys(archive.path, store, erased=[], claimed=10, now=NOON)
