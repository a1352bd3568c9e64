"""What an act of erasure says is destroyed: on every adapter, by this process or by the next."""

from dataclasses import replace
from pathlib import Path

import pytest

from answerable.casework.erasures import ERASE_CASE
from answerable.casework.ports import ContentErased
from answerable.core.docket import Change, Docket, Job, NewDocket
from answerable.storage.erasing import StoredErasures
from answerable.storage.exhibits import FileExhibits
from tests.support import builders
from tests.support.adapters import Store
from tests.support.appending import append, lodge, stored, wrong


def erasures(store: Store, folder: Path) -> StoredErasures:
    return StoredErasures(store.backend, store.case_keys, FileExhibits(folder), folder)


def erase(store: Store, docket: Docket, *acts: str) -> None:
    """Append an act of erasure with its job, or other acts with it."""
    unit = builders.acted(docket, *(acts or ("erased",)))
    append(store, replace(unit, jobs=(Job(ERASE_CASE, {"docket": docket.id}),)))


def kept(folder: Path, name: str) -> Path:
    place = folder / name[:2] / name
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(b"sealed")
    return place


def with_exhibit(store: Store, name: str) -> Docket:
    unit = builders.lodged()
    change = Change(NewDocket(), (builders.submission(exhibits=(name,)),))
    (docket,) = lodge(store, replace(unit, changes=(change,)))
    return docket


def is_open(store: Store, docket: Docket) -> bool:
    try:
        store.dockets.content(store.dockets.acts(docket.id)[0])
    except ContentErased:
        return False
    return True


def test_what_was_erased_is_destroyed_in_every_process_and_everything_else_stands(
    store: Store, tmp_path: Path
) -> None:
    one, two = with_exhibit(store, "ab" * 32), with_exhibit(store, "cd" * 32)
    gone, other = kept(tmp_path, "ab" * 32), kept(tmp_path, "cd" * 32)
    beside = store.another()
    erase(store, one)
    before = stored(store)
    assert is_open(beside, one)
    erasures(store, tmp_path).finish()
    for current in (store, beside):
        assert not is_open(current, one)
        assert is_open(current, two)
        assert wrong(current) == []
    after = stored(store)
    assert {**before, "jobs": 0} == {**after, "jobs": 0}
    assert before["jobs"] == 3
    assert after["jobs"] == 2
    assert not gone.exists()
    assert other.exists()


def test_the_next_start_finishes_what_waits_and_nothing_waits_after_it(
    store: Store, tmp_path: Path
) -> None:
    (docket,) = lodge(store, builders.lodged())
    erase(store, docket)
    next_start = erasures(store.another(), tmp_path)
    assert next_start.waiting() == 1
    next_start.finish()
    assert next_start.waiting() == 0
    assert not is_open(store, docket)
    next_start.finish()
    assert erasures(store, tmp_path).waiting() == 0


def test_no_key_is_overwritten_without_an_act_of_erasure(store: Store, tmp_path: Path) -> None:
    (docket,) = lodge(store, builders.lodged())
    erase(store, docket, "opened")
    erasures(store, tmp_path).finish()
    assert is_open(store, docket)
    assert erasures(store, tmp_path).waiting() == 0


def test_an_exhibit_that_another_case_names_too_is_kept(store: Store, tmp_path: Path) -> None:
    name = "ab" * 32
    one, _ = with_exhibit(store, name), with_exhibit(store, name)
    place = kept(tmp_path, name)
    erase(store, one)
    erasures(store, tmp_path).finish()
    assert place.exists()
    assert not is_open(store, one)


def test_a_job_that_is_done_takes_no_other_with_it(store: Store, tmp_path: Path) -> None:
    one, two = lodge(store, builders.lodged(2))
    with store.backend.reading() as reads:
        waiting = reads.waiting_jobs()
    erase(store, one)
    erasures(store, tmp_path).finish()
    erase(store, two)
    with store.backend.reading() as reads:
        assert reads.waiting_jobs() == waiting + 1
        assert [facts for _, facts in reads.jobs(ERASE_CASE)] == [f'{{"docket":{two.id}}}']


@pytest.mark.parametrize("times", [1, 2])
def test_who_made_a_copy_of_the_keys_is_asked_for_it(store: Store, times: int) -> None:
    # Nothing was copied here; of PostgreSQL nobody here knows.
    for _ in range(times):
        assert not store.case_keys.copies()
