"""The contract of the port CaseKeys, kept by memory, SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Barrier, Event, Thread
from time import sleep

import psycopg
import pytest

from answerable.casework.ports import CaseKeys, OverwritePending
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


@pytest.mark.postgres
@pytest.mark.parametrize("new_store", ["postgres"], indirect=True)
def test_a_row_that_an_older_transaction_holds_back_is_not_said_to_be_destroyed(
    new_store: NewStore,
) -> None:
    store = new_store()
    keys, place = store.case_keys, store.place
    assert isinstance(place, PostgresPlace)
    keys.make(500)
    found = dict(keys.keys(range(1, 501)))
    with psycopg.connect(place.keys) as older:
        older.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        older.execute("SELECT count(*) FROM slot")
        with pytest.raises(OverwritePending) as told:
            keys.overwrite(113)
        assert told.value.facts["slots"] == "113"
        assert 113 not in keys.keys([113])
        assert found[113] in octets_of_postgres(place)
        # A start waits for nobody, and forgets nothing.
        assert list(store.another().case_keys.finish_overwriting()) == [113]
    store.another()
    octets = octets_of_postgres(place)
    assert not any(found[113][at : at + 16] in octets for at in range(17))
    assert list(keys.finish_overwriting()) == []
    assert sorted(keys.keys(range(1, 501))) == [n for n in range(1, 501) if n != 113]


# --- What is read by someone else meanwhile, on SQLite ---


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.sqlite3"


def remains(path: Path, key: bytes) -> list[str]:
    """Return the files of the store that hold a part of a key."""
    return [
        file.name
        for file in sorted(path.parent.glob(f"{path.name}*"))
        if any(key[at : at + 16] in file.read_bytes() for at in range(17))
    ]


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Read the store as a backup does, which goes on for as long as this is held."""
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM slot").fetchone()
        yield reader


def test_a_key_that_someone_still_reads_is_not_said_to_be_destroyed(path: Path) -> None:
    keys = SqliteCaseKeys(path, wait_ms=10)
    keys.make(500)
    found = dict(keys.keys(range(1, 501)))
    with reading(path):
        with pytest.raises(OverwritePending) as told:
            keys.overwrite(113)
        assert told.value.facts["slots"] == "113"
        # Nobody is given it any more, in whichever process, though its octets are there.
        for current in (keys, SqliteCaseKeys(path)):
            assert 113 not in current.keys([112, 113])
        assert remains(path, found[113])
        assert list(keys.finish_overwriting()) == [113]
        with pytest.raises(OverwritePending):
            keys.overwrite(113)
    assert list(keys.finish_overwriting()) == []
    assert remains(path, found[113]) == []
    assert remains(path, found[114])
    assert dict(keys.keys(range(1, 501))) == {n: key for n, key in found.items() if n != 113}


def test_the_next_start_finishes_what_was_pending(path: Path) -> None:
    keys = SqliteCaseKeys(path, wait_ms=10)
    keys.make(500)
    found = dict(keys.keys([7, 250]))
    with reading(path):
        for slot in (7, 250):
            with pytest.raises(OverwritePending):
                keys.overwrite(slot)
        # A start waits for nobody, and forgets nothing.
        SqliteCaseKeys(path)
        assert all(remains(path, key) for key in found.values())
    again = SqliteCaseKeys(path)
    assert [remains(path, key) for key in found.values()] == [[], []]
    assert list(again.finish_overwriting()) == []


def test_a_reader_that_ends_in_time_is_waited_for(path: Path) -> None:
    keys = SqliteCaseKeys(path, wait_ms=60_000)
    keys.make(10)
    key = keys.keys([3])[3]
    began, overwriting = Event(), Event()

    def read() -> None:
        with reading(path):
            began.set()
            overwriting.wait()
            sleep(0.1)

    reader = Thread(target=read)
    reader.start()
    began.wait()
    overwriting.set()
    keys.overwrite(3)
    reader.join()
    assert remains(path, key) == []


def test_another_who_finishes_in_between_forgets_nothing_of_this_one(path: Path) -> None:
    one, other = SqliteCaseKeys(path, wait_ms=10), SqliteCaseKeys(path, wait_ms=10)
    one.make(10)
    found = dict(one.keys([3, 4]))
    with reading(path), pytest.raises(OverwritePending):
        one.overwrite(3)
    other.overwrite(4)
    assert [remains(path, key) for key in found.values()] == [[], []]
    assert list(one.finish_overwriting()) == []


@SHARED
def test_what_another_process_overwrites_is_gone_here_at_once(new_store: NewStore) -> None:
    store = new_store()
    here, elsewhere = store.case_keys, store.another().case_keys
    here.make(20)
    # Everything that could be remembered has been asked for.
    assert (len(here.keys(range(1, 21))), here.made()) == (20, 20)
    elsewhere.overwrite(5)
    assert 5 not in here.keys([4, 5, 6])
    assert sorted(here.keys(range(1, 21))) == [n for n in range(1, 21) if n != 5]


def test_the_slots_of_a_store_that_was_made_by_an_older_version_can_be_overwritten(
    path: Path,
) -> None:
    SqliteCaseKeys(path).make(5)
    with closing(sqlite3.connect(path, isolation_level=None)) as older:
        older.execute("DROP TABLE overwriting")
    keys = SqliteCaseKeys(path)
    key = keys.keys([2])[2]
    keys.overwrite(2)
    assert remains(path, key) == []
