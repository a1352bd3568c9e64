"""What the writer assigns, on every database: numbers, sequences, times and predecessors."""

from itertools import pairwise

import pytest

from answerable.core.docket import Kind
from answerable.core.numbers import BLOCK_LENGTH, docket_number
from tests.support import builders
from tests.support.adapters import Store, instant
from tests.support.appending import append, lodge, wrong


def serials(store: Store, cases: int, *, protected: bool = False) -> list[int]:
    answer = append(store, builders.lodged(cases, protected=protected))
    return [docket_number(act.number).serial for act in answer.acts]


def test_cases_are_numbered_one_after_the_other(store: Store) -> None:
    assert serials(store, 3) + serials(store, 1) == [1, 2, 3, 4]
    assert serials(store.reopen(), 2) == [5, 6]


def test_a_refused_unit_takes_no_number(store: Store) -> None:
    (docket,) = lodge(store, builders.lodged())
    stale = builders.acted(docket, "opened", sequence=5)
    half = builders.together(builders.lodged(2), stale)
    answers = store.ledger.append([half, builders.lodged(), half])
    assert [hasattr(answer, "acts") for answer in answers] == [False, True, False]
    assert serials(store, 1) == [3]
    assert wrong(store) == []


def test_the_number_of_an_act_is_its_place_on_the_docket(store: Store) -> None:
    (docket,) = lodge(store, builders.lodged())
    acts = append(store, builders.acted(docket, "opened", "acknowledged")).acts
    assert [(act.number, act.sequence) for act in acts] == [
        (f"{docket.number}/2", 2),
        (f"{docket.number}/3", 3),
    ]


def test_each_act_names_the_one_before_it_on_its_docket(store: Store) -> None:
    one, two = lodge(store, builders.lodged(2))
    append(store, builders.acted(one, "opened", "acknowledged"))
    append(store, builders.opened(two))
    for docket, length in ((one, 3), (two, 2)):
        acts = store.dockets.acts(docket.id)
        assert [act.kept.envelope.sequence for act in acts] == list(range(1, length + 1))
        assert acts[0].kept.envelope.previous is None
        for before, after in pairwise(acts):
            assert after.kept.envelope.previous == before.commitment


def test_a_protected_case_draws_from_a_shuffled_block_and_after_it_from_another(
    store: Store,
) -> None:
    assert serials(store, 1) == [1]
    drawn = serials(store, BLOCK_LENGTH - 1, protected=True)
    assert serials(store, 1) == [BLOCK_LENGTH + 2]
    store = store.reopen()
    drawn += serials(store, 1, protected=True)
    assert sorted(drawn) == list(range(2, BLOCK_LENGTH + 2))
    assert drawn != sorted(drawn)
    beyond = serials(store, 2, protected=True)
    assert min(beyond) > BLOCK_LENGTH + 2
    assert wrong(store) == []


def test_the_week_ends_a_block_at_midnight_of_the_mechanism(store: Store) -> None:
    # Monday in Phnom Penh begins while it is Sunday in UTC.
    store.clock.set("2026-11-22T23:59:59+07:00")
    before = serials(store, 2, protected=True)
    store.clock.set("2026-11-23T00:00:00+07:00")
    after = serials(store, 2, protected=True)
    assert max(before) <= BLOCK_LENGTH < min(after) <= max(after) <= 2 * BLOCK_LENGTH
    with store.backend.reading() as reads:
        assert [(row.week, row.drawn) for row in reads.blocks()] == [(47, 2), (48, 2)]


def test_numbers_begin_anew_with_the_year_of_the_mechanism(store: Store) -> None:
    store.clock.set("2026-12-31T23:59:59+07:00")
    last = append(store, builders.lodged(2)).acts[1]
    store.clock.set("2027-01-01T00:00:00+07:00")
    first = append(store, builders.lodged()).acts[0]
    assert (last.number[:12], first.number[:12]) == ("XA-2026-0002", "XA-2027-0001")
    head = store.heads.read()
    assert head is not None
    assert head.years == ((2026, 2), (2027, 1))
    assert wrong(store) == []


def test_time_never_runs_back_though_the_clock_does(store: Store) -> None:
    store.clock.set("2027-01-01T00:00:01+07:00")
    (docket,) = lodge(store, builders.lodged())
    store.clock.set("2026-12-31T23:00:00+07:00")
    for again in (store, store.reopen()):
        (act,) = append(again, builders.lodged()).acts
        assert act.at == instant("2027-01-01T00:00:01+07:00")
        assert act.number.startswith("XA-2027-")
        store = again
    (act,) = append(store, builders.opened(docket)).acts
    assert act.at == docket.last_at
    assert wrong(store) == []


def test_time_moves_when_the_clock_does(store: Store) -> None:
    (before,) = append(store, builders.lodged()).acts
    store.clock.at += 1
    (after,) = append(store, builders.lodged()).acts
    assert (before.at, after.at) == (store.clock.at - 1, store.clock.at)


def test_the_mechanisms_docket_bears_its_prefix(store: Store) -> None:
    (act,) = append(store, builders.founded()).acts
    assert act.number == "XA"
    assert store.dockets.docket("XA").kind is Kind.MECHANISM
    assert serials(store, 1) == [1]
    assert wrong(store) == []


@pytest.mark.parametrize("cases", [255, 256, 257])
def test_many_cases_of_one_unit_are_numbered_in_their_order(store: Store, cases: int) -> None:
    assert serials(store, cases) == list(range(1, cases + 1))
