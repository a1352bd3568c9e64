"""The contract of the head's second copy: one head, changed by compare-and-swap, never half."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import Barrier, Thread

import psycopg
import pytest

from answerable.storage.head import SLOT, FileHeads, Head, HeadConflict, Heads, HeadUnreadable
from tests.support.adapters import NewStore, PostgresPlace, Store
from tests.support.training_ledger import ORIGIN


def head(size: int) -> Head:
    return Head(1, ORIGIN, size, sha256(b"%d" % size).digest(), ((2026, size), (2027, 1)))


def test_there_is_no_head_at_first(store: Store) -> None:
    assert store.heads.read() is None


def test_a_head_that_was_put_is_read_after_a_new_start(store: Store) -> None:
    heads, before = store.heads, None
    for size in range(1, 6):
        heads.replace(before, head(size))
        before = head(size)
        assert heads.read() == store.another().heads.read() == before


@pytest.mark.parametrize("found", [None, head(3), replace(head(2), root=bytes(32))])
def test_a_head_is_replaced_by_whoever_knows_it_and_by_nobody_else(
    store: Store, found: Head | None
) -> None:
    heads = store.heads
    heads.replace(None, head(1))
    heads.replace(head(1), head(2))
    with pytest.raises(HeadConflict):
        heads.replace(found, head(4))
    assert heads.read() == store.another().heads.read() == head(2)


def test_a_head_cannot_be_replaced_where_there_is_none(store: Store) -> None:
    with pytest.raises(HeadConflict):
        store.heads.replace(head(1), head(2))
    assert store.heads.read() is None


@pytest.mark.parametrize("new_store", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_of_writers_without_a_common_lock_one_wins_each_time(new_store: NewStore) -> None:
    store = new_store()
    several = [store.another().heads for _ in range(5)]
    for old, size in ((None, 10), (10, 20), (20, 30)):
        known = None if old is None else replace(head(old), root=bytes(32), years=())
        barrier, outcomes = Barrier(len(several)), list[bool]()

        def put(heads: Heads, known: Head | None = known, size: int = size) -> None:
            new = replace(head(size), root=bytes(32), years=())
            barrier.wait()  # noqa: B023 - the threads end within this turn
            try:
                heads.replace(known, new)
            except HeadConflict:
                outcomes.append(False)  # noqa: B023 - as above
            else:
                outcomes.append(True)  # noqa: B023 - as above

        threads = [Thread(target=put, args=(heads,)) for heads in several]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == [False] * 4 + [True]


@pytest.mark.parametrize("new_store", ["postgres"], indirect=True)
@pytest.mark.postgres
def test_a_row_that_is_no_head_is_not_taken_for_one(new_store: NewStore) -> None:
    store = new_store()
    assert isinstance(store.place, PostgresPlace)
    heads = store.heads
    heads.replace(None, head(1))
    with psycopg.connect(store.place.keys) as database:
        database.execute("UPDATE head SET body = '{}'")
    with pytest.raises(HeadUnreadable):
        heads.read()


# --- A file of two slots. ---


@pytest.mark.parametrize("torn", range(0, SLOT, 97))
def test_a_torn_write_of_one_slot_leaves_the_other_readable(tmp_path: Path, torn: int) -> None:
    path = tmp_path / "head"
    heads = FileHeads(path)
    heads.replace(None, head(1))
    heads.replace(head(1), head(2))
    before = path.read_bytes()
    heads.replace(head(2), head(3))
    after = path.read_bytes()
    slots = [at for at in (0, SLOT) if before[at : at + SLOT] != after[at : at + SLOT]]
    (at,) = slots
    # Of the page being written, the disk has kept the first octets only.
    path.write_bytes(after[: at + torn] + before[at + torn :])
    written = after[at + torn : at + SLOT] == before[at + torn : at + SLOT]
    assert FileHeads(path).read() == (head(3) if written else head(2))
    assert written == (torn > len(head(3).encoded()))


@pytest.mark.parametrize("length", [0, 1, 35, SLOT - 1])
def test_a_file_cut_short_in_its_first_slot_is_unreadable(tmp_path: Path, length: int) -> None:
    path = tmp_path / "head"
    FileHeads(path).replace(None, head(1))
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(HeadUnreadable):
        FileHeads(path).read()


def test_a_head_after_a_torn_one_goes_to_the_torn_slot(tmp_path: Path) -> None:
    path = tmp_path / "head"
    heads = FileHeads(path)
    for size in (1, 2, 3):
        heads.replace(None if size == 1 else head(size - 1), head(size))
    octets = bytearray(path.read_bytes())
    octets[3 % 2 * SLOT + 50] ^= 1
    path.write_bytes(octets)
    assert heads.read() == head(2)
    heads.replace(head(2), head(4))
    assert FileHeads(path).read() == head(4)
    octets = bytearray(path.read_bytes())
    octets[3 % 2 * SLOT + 50] ^= 1
    path.write_bytes(octets)
    assert FileHeads(path).read() == head(2)
