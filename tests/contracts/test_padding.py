"""Entries without an act, on every database: the ledger holds with them, and nothing else moves."""

import os
from itertools import pairwise
from typing import Any, cast
from uuid import uuid4

import pytest

from answerable.casework.found_mechanism import FoundMechanism
from answerable.casework.ports import LedgerReadOnly
from answerable.core.docket import Kind
from answerable.storage.checking import Beside, check
from answerable.storage.head import Head
from answerable.storage.projections import rebuild
from tests.support import builders
from tests.support.adapters import HandClock, NewStore, Store
from tests.support.appending import append, lodge, proven, stored, wrong
from tests.support.registers import live

WEEK = 7 * 24 * 3_600_000


@pytest.fixture
def padding_per_day() -> int:
    return 24


def size(store: Store) -> int:
    with store.backend.reading() as reads:
        return reads.tail().size


def padding(store: Store) -> int:
    """Return how many entries no act explains, in a ledger of which every invariant holds."""
    checked = check(store.backend, Beside(store.heads, store.case_keys))
    assert checked.findings == ()
    return checked.counts.padding


def test_before_and_after_what_is_appended_stand_random_numbers_of_entries(store: Store) -> None:
    append(store, builders.lodged())
    before, after = set(), set()
    for _ in range(60):
        end = size(store)
        (receipt,) = (act.receipt for act in append(store, builders.lodged()).acts)
        before.add(receipt.index - end)
        after.add(size(store) - receipt.index - 1)
    for drawn in (before, after):
        assert {0, 1} < drawn <= set(range(9))
    assert padding(store) == size(store) - 61


def test_padding_alone_looks_like_an_act_that_is_appended(store: Store) -> None:
    append(store, builders.lodged())
    grown = []
    for _ in range(60):
        end = size(store)
        store.ledger.pad()
        grown.append(size(store) - end)
    assert {1, 2, 3} <= set(grown) <= set(range(1, 18))
    with store.backend.reading() as reads:
        sizes = [row.size for row in reads.checkpoints(1)]
        entries = reads.commitments(0, size(store))
    # Each has one checkpoint of its own, as an act has, and no entry is there twice.
    assert [two - one for one, two in pairwise(sizes)] == grown
    assert {len(entry) for entry in entries} == {32}
    assert len(set(entries)) == len(entries)
    assert wrong(store) == []


def test_receipts_hold_and_are_issued_again_byte_for_byte_between_padding(store: Store) -> None:
    units = [builders.lodged(2) for _ in range(60)]
    answers = []
    for unit in units:
        answers.append(append(store, unit))
        store.ledger.pad()
    assert size(store) > 256
    assert all(len(proven(answer)) == 2 for answer in answers)
    again = store.reopen()
    for unit, answer in zip(units, answers, strict=True):
        assert append(again, unit) == answer
    assert wrong(again) == []


def test_a_ledger_begins_with_an_act_and_an_empty_one_stays_empty(store: Store) -> None:
    store.ledger.pad()
    assert (size(store), store.heads.read()) == (0, None)
    assert append(store, builders.founded()).acts[0].receipt.index == 0


def test_what_changes_nothing_is_not_padded(store: Store) -> None:
    unit = builders.lodged()
    docket = store.dockets.docket(append(store, unit).acts[0].number)
    before = stored(store)
    stale = builders.acted(docket, "opened", sequence=7)
    for _ in range(30):
        store.ledger.append([unit, stale])
    assert stored(store) == before


def test_padding_moves_no_docket_no_number_no_time_and_no_figure(store: Store) -> None:
    FoundMechanism(store.ledger, os.urandom)("Panel", host="body", request=uuid4())
    (shown,) = lodge(store, builders.lodged())
    append(store, builders.opened(shown))
    lodge(store, builders.lodged(protected=True))
    figures, before = live(store), stored(store)
    store.clock.at -= WEEK
    for _ in range(30):
        store.ledger.pad()
    after = stored(store)
    moved = {"tail", "entries", "tiles", "checkpoints"}
    assert {**before, **{name: after[name] for name in moved}} == after
    assert cast("Any", after["tail"]).last_at == cast("Any", before["tail"]).last_at
    rebuild(store.backend)
    assert stored(store) == after
    assert live(store) == figures
    assert lodge(store, builders.lodged())[0].number.startswith("XA-2026-0018")


def test_the_second_copy_promises_padding_too(store: Store) -> None:
    append(store, builders.lodged())
    store.ledger.pad()
    head = store.heads.read()
    assert head is not None
    assert head.size == size(store)
    store.heads.replace(head, Head(1, head.origin, head.size + 1, bytes(32), head.years))
    late = store.reopen()
    before = stored(late)
    with pytest.raises(LedgerReadOnly):
        late.ledger.pad()
    assert stored(late) == before


def test_two_servers_pad_one_ledger(new_store: NewStore) -> None:
    store = new_store()
    other = store.another()
    for one in (store, other, store, other):
        append(one, builders.lodged())
        one.ledger.pad()
    assert wrong(store) == []
    assert len(list(store.dockets.dockets(Kind.CASE))) == 4


def test_without_padding_nothing_is_drawn(new_store: NewStore) -> None:
    place = new_store().place
    bare = Store(place, HandClock())
    append(bare, builders.lodged())
    append(bare, builders.lodged())
    assert (size(bare), padding(bare)) == (2, 0)
    bare.close()
