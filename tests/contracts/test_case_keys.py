"""The contract of the port CaseKeys, kept by memory, SQLite and PostgreSQL."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread

import psycopg
import pytest

from answerable.casework.ports import CaseKeys
from answerable.storage.case_keys import SqliteCaseKeys
from tests.support.adapters import KINDS, NewStore, Place, PostgresPlace, SqlitePlace, Store

SHARED = pytest.mark.parametrize("new_store", KINDS[1:], indirect=True)


def test_no_slot_exists_before_it_is_made(store: Store) -> None:
    keys = store.case_keys
    assert keys.made() == 0
    assert dict(keys.keys([1, 2])) == {}
    assert dict(keys.keys([])) == {}


def test_slots_are_made_up_to_a_number_each_with_a_key_of_its_own(store: Store) -> None:
    keys = store.case_keys
    keys.make(300)
    found = keys.keys(range(400))
    assert (keys.made(), sorted(found)) == (300, list(range(1, 301)))
    assert {len(key) for key in found.values()} == {32}
    assert len(set(found.values())) == 300
    assert {type(key) for key in found.values()} == {bytes}


def test_making_slots_again_changes_none(store: Store) -> None:
    keys = store.case_keys
    keys.make(10)
    before = dict(keys.keys(range(1, 11)))
    for last in (10, 3, 0):
        keys.make(last)
    assert (keys.made(), dict(keys.keys(range(1, 11)))) == (10, before)
    keys.make(12)
    assert dict(keys.keys(range(1, 11))) == before
    again = store.another().case_keys
    assert (again.made(), len(again.keys(range(1, 13)))) == (12, 12)
    assert dict(again.keys(range(1, 11))) == before


def test_an_overwritten_slot_is_gone_and_never_made_again(store: Store) -> None:
    keys = store.case_keys
    keys.make(5)
    others = dict(keys.keys([1, 2, 4]))
    for slot in (3, 5, 3):
        keys.overwrite(slot)
    for current in (keys, store.another().case_keys):
        assert dict(current.keys(range(1, 6))) == others
        assert current.made() == 5
        current.make(5)
        assert dict(current.keys(range(1, 6))) == others
    keys.make(6)
    assert sorted(keys.keys(range(1, 9))) == [1, 2, 4, 6]


@SHARED
def test_two_processes_that_make_slots_at_once_agree_on_every_key(new_store: NewStore) -> None:
    store = new_store()
    several = [store.another().case_keys for _ in range(4)]
    barrier = Barrier(len(several))
    seen: list[tuple[int, bytes]] = []

    def make(keys: CaseKeys, last: int) -> None:
        barrier.wait()
        for more in range(0, 600, 100):
            keys.make(last + more)
            # A case may claim a slot as soon as it is made: its key must never change again.
            seen.extend(keys.keys(range(1, last + more + 1)).items())

    threads = [Thread(target=make, args=(keys, 100 + at)) for at, keys in enumerate(several)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {len(keys.keys(range(1, 604))) for keys in several} == {603}
    first, *others = (dict(keys.keys(range(1, 604))) for keys in several)
    assert all(found == first for found in others)
    assert {first[slot] == key for slot, key in seen} == {True}


def octets_of_sqlite(place: Place) -> bytes:
    assert isinstance(place, SqlitePlace)
    return b"".join(path.read_bytes() for path in place.folder.glob("keys.sqlite3*"))


def octets_of_postgres(place: Place) -> bytes:
    """Return the table's file as it lies on the disk of the server."""
    assert isinstance(place, PostgresPlace)
    with psycopg.connect(place.keys, autocommit=True) as database:
        database.execute("CHECKPOINT")
        query = "SELECT pg_read_binary_file(pg_relation_filepath('slot'))"
        return bytes(database.execute(query).fetchall()[0][0])


@pytest.mark.parametrize(
    ("new_store", "octets_of"),
    [
        ("sqlite", octets_of_sqlite),
        pytest.param("postgres", octets_of_postgres, marks=pytest.mark.postgres),
    ],
    indirect=["new_store"],
)
def test_an_overwritten_key_is_in_no_file_of_the_store(
    new_store: NewStore, octets_of: Callable[[Place], bytes]
) -> None:
    store = new_store()
    keys, place = store.case_keys, store.place
    keys.make(500)
    found = dict(keys.keys(range(1, 501)))
    assert found[113] in octets_of(place)
    # The first and the last of a page, and neighbours: what is moved over them differs.
    for slot in (1, 2, 112, 113, 114, 499, 500):
        keys.overwrite(slot)
        octets = octets_of(place)
        # A part of a key is a find too.
        assert not any(found[slot][at : at + 16] in octets for at in range(17))
    assert found[250] in octets


def test_the_file_of_case_keys_is_read_by_its_owner_alone(tmp_path: Path) -> None:
    SqliteCaseKeys(tmp_path / "keys.sqlite3").make(1)
    assert (tmp_path / "keys.sqlite3").stat().st_mode & 0o777 == 0o600
