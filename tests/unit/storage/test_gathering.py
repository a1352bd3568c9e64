"""Callers wait in batches: each is given its own outcomes, and a failure reaches them all."""

from concurrent.futures import Future, ThreadPoolExecutor
from time import sleep
from traceback import walk_tb

import pytest

from answerable.casework.ports import Appended, LedgerPoisoned, StorageFailed
from answerable.core.docket import Change, NewDocket, Unit, UnitKey
from answerable.storage import gathering
from answerable.storage.gathering import Gathering, Outcome
from tests.support.by_hand import in_memory, submitted, unit

CALLERS = 20
WAIT = 30


def lodged() -> Unit:
    return unit(Change(NewDocket(), (submitted(),)))


def test_each_caller_is_given_the_outcomes_of_its_own_units() -> None:
    waiting, pool = Gathering(), ThreadPoolExecutor(CALLERS)
    asked = [[lodged() for _ in range(1 + number % 3)] for number in range(CALLERS)]
    answers: list[Future[list[Outcome]]] = [pool.submit(waiting.ask, units) for units in asked]
    outcome_of: dict[UnitKey, Outcome] = {}
    left = sum(map(len, asked))
    while left:
        batch = waiting.take()
        assert batch is not None
        outcomes: list[Outcome] = [Appended(()) for _ in batch.units]
        keys = [each.key for each in batch.units if isinstance(each, Unit)]
        outcome_of |= dict(zip(keys, outcomes, strict=True))
        batch.answer(outcomes)
        left -= len(batch.units)
    for units, answer in zip(asked, answers, strict=True):
        found = answer.result(WAIT)
        assert all(outcome_of[each.key] is one for each, one in zip(units, found, strict=True))


def test_a_failure_reaches_every_caller_of_its_batch() -> None:
    waiting, pool = Gathering(), ThreadPoolExecutor(CALLERS)
    answers = [pool.submit(waiting.ask, [lodged()]) for _ in range(CALLERS)]
    failed = 0
    while failed < CALLERS:
        batch = waiting.take()
        assert batch is not None
        failed += batch.callers
        batch.fail(StorageFailed("the disk is full"))
    for answer in answers:
        with pytest.raises(StorageFailed):
            answer.result(WAIT)


def test_a_batch_that_is_full_leaves_the_next_caller_for_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gathering, "BATCH_ACTS", 2)
    waiting, pool = Gathering(), ThreadPoolExecutor(2)
    first = pool.submit(waiting.ask, [lodged(), lodged()])
    while not waiting._open:  # noqa: SLF001 - the second caller shall come after the first
        sleep(0.001)
    second = pool.submit(waiting.ask, [lodged()])
    sizes = []
    for _ in range(2):
        batch = waiting.take()
        assert batch is not None
        sizes.append(batch.acts)
        batch.answer([Appended(())] * batch.acts)
    assert sizes == [2, 1]
    assert (len(first.result(WAIT)), len(second.result(WAIT))) == (2, 1)


def test_a_poisoned_writer_does_not_grow_with_every_caller_it_turns_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ledger = in_memory()

    def broken(*_: object) -> None:
        raise OSError("no space in the second place")

    monkeypatch.setattr(ledger.heads, "replace", broken)
    depths = []
    for _ in range(5):
        with pytest.raises(LedgerPoisoned) as raised:
            ledger.lodge()
        depths.append(len(list(walk_tb(raised.value.__traceback__))))
    assert depths[1:] == depths[1:2] * 4
