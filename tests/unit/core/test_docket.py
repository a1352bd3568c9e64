"""A docket folded from envelopes: what stays from its first act, and what each act moves."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest

from answerable.core.acts import ActCode, Commitment, Json
from answerable.core.docket import (
    Change,
    Docket,
    DocketId,
    EmptyUnit,
    NewDocket,
    OnDocket,
    Unit,
    UnitKey,
    docket_after,
)
from tests.support.training_records import AT, OFFICE, UNSIGNED, draft

ID = DocketId(7)
KEY = UnitKey(UUID(int=1))


def folded(*facts: Mapping[str, Json]) -> Docket:
    """Return the docket after one submission and acts of the secretariat, with these facts."""
    docket: Docket | None = None
    for sequence, told in enumerate(facts, 1):
        envelope = replace(UNSIGNED.envelope, facts=told, sequence=sequence, at=AT + sequence)
        if docket is not None:
            envelope = replace(envelope, act=ActCode("opened"), by=OFFICE)
        docket = docket_after(docket, envelope, Commitment(bytes((sequence,)) * 32), ID)
    assert docket is not None
    return docket


def test_counts_stay_until_an_act_gives_them_anew() -> None:
    first: Mapping[str, Json] = {"allegations": 3, "exhibits": 2, "host": "body"}
    assert folded(first).facts == {"allegations": 3, "exhibits": 2}
    assert folded(first, {}).facts == {"allegations": 3, "exhibits": 2}
    assert folded(first, {"exhibits": 5}).facts == {"allegations": 3, "exhibits": 5}


def test_only_whole_numbers_are_counts() -> None:
    assert folded({"protected": True, "host": "body", "level": 0}).facts == {"level": 0}


def test_the_first_act_says_whose_the_docket_is_and_since_when() -> None:
    docket = folded({}, {}, {})
    assert (docket.party, docket.sequence) == (UNSIGNED.envelope.by.party, 3)
    assert (docket.first_at, docket.last_at) == (AT + 1, AT + 3)
    assert docket.last == bytes((3,)) * 32


def test_a_unit_holds_acts_and_names_each_docket_once() -> None:
    change = Change(OnDocket(ID, 1), (draft(),))
    new = Change(NewDocket(), (draft(),))
    assert Unit(KEY, (change, new, new)).changes == (change, new, new)
    for changes in ((), (Change(NewDocket(), ()),), (new, Change(OnDocket(ID, 1), ()))):
        with pytest.raises(EmptyUnit):
            Unit(KEY, changes)
    with pytest.raises(EmptyUnit):
        Unit(KEY, (change, new, Change(OnDocket(ID, 2), (draft(),))))
