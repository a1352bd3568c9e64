"""Many threads and two processes on one ledger, on every database that they can share."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from threading import Barrier, Event, Thread

import pytest

from answerable.casework.ports import Appended
from answerable.core.acts import By
from answerable.core.docket import DocketMoved, Kind
from answerable.core.errors import Refused
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from answerable.core.numbers import docket_number
from answerable.keys.ed25519 import verify
from answerable.storage.rows import Batch
from tests.support import builders
from tests.support.adapters import KINDS, POLICY, ROOT, NewStore, Place, Store
from tests.support.appending import append, lodge, proven, stored, wrong

SHARED = pytest.mark.parametrize("new_store", KINDS[1:], indirect=True)


def at_once(calls: int, store: Store, parties: tuple[By, ...]) -> list[Appended]:
    """Lodge from so many threads at one instant, each for a party in turn."""
    barrier, answers = Barrier(calls), list[Appended]()

    def call(number: int) -> None:
        unit = builders.lodged(by=parties[number % len(parties)])
        barrier.wait()
        answers.append(append(store, unit))

    run([Thread(target=call, args=(number,)) for number in range(calls)])
    return answers


def run(threads: list[Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@contextmanager
def another_process(
    place: Place, threads: int, first_key: int
) -> Iterator["subprocess.Popen[str]"]:
    module = "tests.support.another_process"
    command = [sys.executable, "-m", module, str(threads), str(first_key), *place.words]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def started(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def printed(process: "subprocess.Popen[str]") -> dict[str, Receipt]:
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    lines = (line.split() for line in told.splitlines())
    return {number: Receipt.parse(bytes.fromhex(octets)) for number, octets in lines}


def test_fifty_submissions_of_two_parties_at_one_instant_are_all_numbered(store: Store) -> None:
    answers = at_once(50, store, (builders.NGO, builders.UNION))
    numbers = [act.number for answer in answers for act in answer.acts]
    assert sorted(docket_number(number).serial for number in numbers) == list(range(1, 51))
    assert sorted(proof.index for answer in answers for proof in proven(answer)) == list(range(50))
    parties = [docket.party for docket in store.dockets.dockets(Kind.CASE)]
    assert (parties.count(builders.NGO.party), parties.count(builders.UNION.party)) == (25, 25)
    assert wrong(store) == []


@SHARED
def test_fifty_submissions_in_two_processes_at_one_instant_are_all_numbered(
    new_store: NewStore,
) -> None:
    store = new_store()
    with another_process(store.place, 25, 1000) as process:
        started(process)
        ours = at_once(25, store, (builders.NGO,))
        theirs = printed(process)
    receipts = {act.number: act.receipt for answer in ours for act in answer.acts} | theirs
    assert len(theirs) == 25
    assert sorted(docket_number(number).serial for number in receipts) == list(range(1, 51))
    proofs = [verify_receipt(receipt, POLICY, verify) for receipt in receipts.values()]
    assert sorted(proof.index for proof in proofs) == list(range(50))
    assert wrong(store) == []


@SHARED
def test_a_known_key_gives_its_first_receipt_in_another_process(new_store: NewStore) -> None:
    store = new_store()
    units = [builders.lodged(key=builders.keyed(2000 + at)) for at in range(3)]
    first = {act.number: act.receipt for unit in units for act in append(store, unit).acts}
    append(store, builders.lodged(300))
    with another_process(store.place, 3, 2000) as process:
        started(process)
        assert printed(process) == first


@SHARED
def test_one_key_in_two_processes_at_one_instant_is_one_case(new_store: NewStore) -> None:
    store = new_store()
    keys = [builders.keyed(3000 + at) for at in range(20)]
    with another_process(store.place, 20, 3000) as process:
        started(process)
        ours = [append(store, builders.lodged(key=key)).acts[0] for key in keys]
        theirs = printed(process)
    assert {act.number: act.receipt for act in ours} == theirs
    assert len(list(store.dockets.dockets(Kind.CASE))) == 20
    assert wrong(store) == []


def test_of_fifty_who_decided_on_one_sequence_one_acts(store: Store) -> None:
    (docket,) = lodge(store, builders.lodged())
    barrier, answers = Barrier(50), list[Appended | Refused]()

    def call() -> None:
        unit = builders.opened(docket)
        barrier.wait()
        answers.extend(store.ledger.append([unit]))

    run([Thread(target=call) for _ in range(50)])
    moved = [answer for answer in answers if isinstance(answer, DocketMoved)]
    assert (len(answers), len(moved)) == (50, 49)
    assert store.dockets.docket(docket.number).sequence == 2
    assert wrong(store) == []


def test_readers_see_whole_commits_while_others_write(store: Store) -> None:
    done, seen = Event(), list[int]()
    problems: list[BaseException] = []

    def read() -> None:
        try:
            while not done.is_set():
                with store.backend.reading() as reads:
                    # Units of ten: what is seen is always a multiple, and all tables agree.
                    tail = reads.tail()
                    assert tail.size % 10 == 0
                    assert len(reads.commitments(0, 10_000)) == tail.size
                    assert len(list(reads.all_acts())) == tail.size
                    checkpoint = reads.last_checkpoint(1)
                    assert (checkpoint.size if checkpoint else 0) == tail.size
                seen.append(tail.size)
        except BaseException as problem:  # noqa: BLE001 - shown by the test's own thread
            problems.append(problem)
        finally:
            store.backend.close()

    reader = Thread(target=read)
    reader.start()
    for _ in range(30):
        append(store, builders.lodged(10))
    done.set()
    reader.join()
    assert not problems
    assert all(before <= after for before, after in pairwise(seen))
    assert len(set(seen)) > 2


@SHARED
def test_a_read_that_has_begun_stays_at_its_moment(new_store: NewStore) -> None:
    store = new_store()
    append(store, builders.lodged(10))
    with store.backend.reading() as reads:
        assert reads.tail().size == 10
        append(store, builders.lodged(10))
        assert reads.tail().size == 10
        assert len(list(reads.all_dockets())) == 10
    with store.backend.reading() as reads:
        assert reads.tail().size == 20


def test_what_is_stored_and_not_committed_is_forgotten(store: Store) -> None:
    append(store, builders.lodged())
    before = stored(store)
    with store.backend.writing() as transaction:
        transaction.store(Batch(years=[(1999, 5)], jobs=[("never", "{}", 0)]))
    assert stored(store) == before
    append(store, builders.lodged())
    assert stored(store)["years"] == {2026: 2}


@SHARED
def test_what_is_not_committed_is_seen_by_nobody_and_leaves_nothing(new_store: NewStore) -> None:
    store = new_store()
    append(store, builders.lodged())
    other = store.another()
    with store.backend.writing() as transaction:
        with other.backend.reading() as reads:
            dockets = list(reads.all_dockets())
        transaction.replace_projections([], {})
        assert list(transaction.all_dockets()) == []
        with other.backend.reading() as reads:
            assert list(reads.all_dockets()) == dockets
    assert wrong(store) == []
    append(store, builders.lodged())
    assert wrong(store) == []


@SHARED
def test_a_process_that_forks_after_appending_goes_on_and_so_does_its_child(
    new_store: NewStore,
) -> None:
    store = new_store()
    (docket,) = lodge(store, builders.lodged())
    child = os.fork()
    if child == 0:
        # Whatever happens here, the child must not go on as a second run of the tests.
        try:
            append(store, builders.opened(docket))
            os._exit(0 if store.dockets.docket(docket.number).sequence == 2 else 2)
        finally:
            os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert store.dockets.docket(docket.number).sequence == 2
    append(store, builders.acknowledged(store.dockets.docket(docket.number)))
    assert wrong(store) == []
