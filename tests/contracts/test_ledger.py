"""The contract of the port Ledger, kept by memory, SQLite and PostgreSQL: keys, units, refusals."""

from dataclasses import replace
from threading import Thread
from threading import enumerate as enumerate_threads

import pytest

from answerable.casework.ports import Appended, LedgerReadOnly
from answerable.core.acts import Field
from answerable.core.commitment import LONGEST_FIELD
from answerable.core.docket import DocketMoved, Kind, OnDocket, Unit, UnknownDocket
from answerable.core.errors import Malformed, Refusal
from answerable.storage.head import Head
from tests.support import builders
from tests.support.adapters import Store
from tests.support.appending import append, proven, refused, stored, wrong


@pytest.fixture(params=(0, 24), ids=("bare", "padded"))
def padding_per_day(request: pytest.FixtureRequest) -> int:
    """Whatever the writer promises, it promises with padding too."""
    return int(request.param)


def test_a_known_key_gives_its_first_receipts_byte_for_byte(store: Store) -> None:
    unit = builders.lodged(3)
    first = append(store, unit)
    assert append(store, unit) == first
    for _ in range(300):
        append(store, builders.lodged())
    again = append(store, unit)
    assert again == first
    assert [act.receipt.encode() for act in again.acts] == [
        act.receipt.encode() for act in first.acts
    ]
    assert append(store.reopen(), unit) == first


def test_a_known_key_changes_nothing(store: Store) -> None:
    unit = builders.lodged(2)
    append(store, unit)
    before = stored(store)
    append(store, unit)
    assert stored(store) == before


def test_a_key_twice_in_one_call_is_one_unit(store: Store) -> None:
    unit = builders.lodged()
    answers = store.ledger.append([unit, builders.lodged(), unit])
    assert answers[0] == answers[2] != answers[1]
    assert len(list(store.dockets.dockets(Kind.CASE))) == 2


def test_items_of_one_request_are_units_of_their_own(store: Store) -> None:
    key = builders.new_key()
    units = [builders.lodged(key=type(key)(key.request, item)) for item in range(3)]
    numbers = [append(store, unit).acts[0].number for unit in units]
    assert len(set(numbers)) == 3
    assert [append(store, unit).acts[0].number for unit in units] == numbers


def test_a_stale_sequence_is_refused_and_changes_nothing(store: Store) -> None:
    number = append(store, builders.lodged()).acts[0].number
    docket = store.dockets.docket(number)
    append(store, builders.opened(docket))
    before = stored(store)
    late = builders.acknowledged(docket)
    assert refused(store, late, DocketMoved).facts["number"] == number
    assert stored(store) == before
    # The key of a refused unit stays free: decided anew, the same request is taken.
    now = builders.acknowledged(store.dockets.docket(number))
    assert append(store, Unit(late.key, now.changes)).acts[0].number == f"{number}/3"


def test_two_decisions_on_one_sequence_in_one_call_are_one_act(store: Store) -> None:
    docket = store.dockets.docket(append(store, builders.lodged()).acts[0].number)
    answers = store.ledger.append([builders.opened(docket), builders.acknowledged(docket)])
    assert isinstance(answers[0], Appended)
    assert isinstance(answers[1], DocketMoved)
    assert store.dockets.docket(docket.number).sequence == 2


def test_an_act_on_a_docket_that_is_not_there_is_refused(store: Store) -> None:
    docket = store.dockets.docket(append(store, builders.lodged()).acts[0].number)
    before = stored(store)
    elsewhere = builders.opened(docket).changes[0].drafts
    nowhere = OnDocket(type(docket.id)(docket.id + 1), 1)
    other_kind = OnDocket(docket.id, 1, Kind.MECHANISM)
    for target in (nowhere, other_kind):
        change = type(builders.opened(docket).changes[0])(target, elsewhere)
        refused(store, Unit(builders.new_key(), (change,)), UnknownDocket)
    with pytest.raises(UnknownDocket):
        store.dockets.docket("XA-2026-9999-0")
    assert stored(store) == before


def test_one_refused_unit_fails_none_of_its_neighbours(store: Store) -> None:
    docket = store.dockets.docket(append(store, builders.lodged()).acts[0].number)
    stale = builders.acted(docket, "opened", sequence=7)
    answers = store.ledger.append([builders.lodged(), stale, builders.lodged(2)])
    assert [isinstance(answer, Refusal) for answer in answers] == [False, True, False]
    assert len(list(store.dockets.dockets(Kind.CASE))) == 4
    assert wrong(store) == []


@pytest.mark.parametrize(
    "wrong_field",
    [
        pytest.param(Field("allegations/1/kind", "again", ("public",)), id="a path twice"),
        pytest.param(Field("narrative", "x" * LONGEST_FIELD, ("public",)), id="too long"),
        pytest.param(Field("narrative", "\ud800", ("public",)), id="no text"),
        pytest.param(Field("narrative", "x", ("nobody",)), id="no reader"),
    ],
)
def test_a_unit_that_no_record_can_hold_fails_none_of_its_neighbours(
    store: Store, wrong_field: Field
) -> None:
    good = builders.submission()
    bad = replace(good, fields=(*good.fields, wrong_field))
    unit = builders.lodged()
    bad_unit = replace(unit, changes=(replace(unit.changes[0], drafts=(good, bad)),))
    answers = store.ledger.append([builders.lodged(), bad_unit, builders.lodged()])
    assert [isinstance(answer, Appended) for answer in answers] == [True, False, True]
    assert isinstance(answers[1], Malformed)
    assert len(list(store.dockets.dockets(Kind.CASE))) == 2
    assert wrong(store) == []


def test_a_unit_on_two_dockets_is_whole_or_nothing(store: Store) -> None:
    one, two = (store.dockets.docket(act.number) for act in append(store, builders.lodged(2)).acts)
    before = stored(store)
    half = builders.together(builders.opened(one), builders.acted(two, "opened", sequence=9))
    refused(store, half, DocketMoved)
    assert stored(store) == before
    whole = builders.together(builders.opened(one), builders.acted(two, "opened", "acknowledged"))
    numbers = [act.number for act in append(store, whole).acts]
    assert numbers == [f"{one.number}/2", f"{two.number}/2", f"{two.number}/3"]


def test_a_second_mechanism_docket_is_refused(store: Store) -> None:
    append(store, builders.founded())
    before = stored(store)
    assert refused(store, builders.founded(), Refusal).code == "already-founded"
    assert stored(store) == before


def test_a_case_comes_before_no_founding(store: Store) -> None:
    append(store, builders.lodged())
    assert refused(store, builders.founded(), Refusal).code == "already-founded"


def test_the_end_lies_behind_every_act_so_far_and_before_the_next(store: Store) -> None:
    for _ in range(3):
        act = append(store, builders.lodged()).acts[0]
        end = store.dockets.end()
        assert act.receipt.index < end
        later = append(store, builders.lodged()).acts[0]
        assert later.receipt.index >= end


def test_nothing_to_append_is_no_entry(store: Store) -> None:
    before = stored(store)
    assert list(store.ledger.append([])) == []
    assert stored(store) == before
    assert store.heads.read() is None


def test_the_second_copy_of_the_head_is_written_before_the_answer(store: Store) -> None:
    for cases, lodged in ((1, 1), (5, 6)):
        answer = append(store, builders.lodged(cases))
        head = store.heads.read()
        checkpoint = answer.acts[-1].receipt.checkpoint
        assert head is not None
        assert (head.origin, head.size, head.root) == (
            checkpoint.origin,
            checkpoint.size,
            checkpoint.root,
        )
        assert head.years == ((2026, lodged),)


def test_a_ledger_behind_its_second_copy_reads_and_does_not_append(store: Store) -> None:
    first = append(store, builders.lodged())
    head = store.heads.read()
    assert head is not None
    store.heads.replace(head, Head(1, head.origin, head.size + 1, bytes(32), head.years))
    late = store.reopen()
    before = stored(late)
    for _ in range(2):
        with pytest.raises(LedgerReadOnly):
            late.ledger.append([builders.lodged()])
    assert stored(late) == before
    (act,) = late.dockets.acts(first.acts[0].docket)
    assert late.ledger.receipt(act) == first.acts[0].receipt


def test_another_writer_is_caught_up_with(store: Store) -> None:
    other = store.another()
    unit = builders.lodged()
    first = append(store, unit)
    assert append(other, unit) == first
    for _ in range(3):
        one, two = append(store, builders.lodged(200)), append(other, builders.lodged(100))
        assert one.acts[-1].receipt.index < two.acts[0].receipt.index
        assert proven(one)[-1].size <= two.acts[0].receipt.index
    assert wrong(store) == []


def test_a_ledger_that_was_closed_holds_no_thread_and_goes_on_when_asked(store: Store) -> None:
    def writers() -> list[Thread]:
        return [thread for thread in enumerate_threads() if thread.name == "answerable-writer"]

    store.ledger.close()  # before any append there is nothing to end
    before = writers()
    first = append(store, builders.lodged())
    (mine,) = set(writers()) - set(before)
    store.ledger.close()
    mine.join(10)
    assert not mine.is_alive()
    second = append(store, builders.lodged())
    assert 0 == first.acts[0].receipt.index < second.acts[0].receipt.index
