"""What a register tells of a padded ledger by the week, and what does not move within one."""

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from answerable.casework.found_mechanism import FoundMechanism
from answerable.core.docket import Docket, Kind
from answerable.storage.checking import Beside, check
from tests.support import builders
from tests.support.adapters import Store
from tests.support.appending import append, lodge
from tests.support.proceedings_at_work import ProceedingsAtWork
from tests.support.registers import published

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


def weeks_of(accounts: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {week["week"]: week for week in accounts["weeks"]}


def two_weeks(store: Store) -> list[Docket]:
    """Fill a store with a week of cases, shown and protected, and padding until its Sunday."""
    FoundMechanism(store.ledger, os.urandom)("Panel", host="body", request=uuid4())
    cases = [*lodge(store, builders.lodged()), *lodge(store, builders.lodged(protected=True))]
    append(store, builders.opened(cases[0]))
    store.clock.set("2026-11-22T23:00:00+07:00")
    store.ledger.pad()
    store.clock.set("2026-11-24T09:00:00+07:00")
    return cases


def test_explained_protected_and_padding_are_the_entries_of_each_week(store: Store) -> None:
    two_weeks(store)
    end = size(store)
    store.ledger.pad()
    append(store, builders.lodged())
    register = published(store)
    assert register.codes() == set()
    weeks = weeks_of(register.value("accounts.json"))
    assert weeks["2026-W47"] == {
        "week": "2026-W47",
        "entries": end,
        "explained": 3,
        "protected": 1,
        "padding": end - 4,
    }
    running = weeks["2026-W48"]
    assert (running["entries"], running["explained"]) == (size(store) - end, 1)
    assert (running["protected"], running["padding"]) == (None, None)


def test_a_week_that_is_over_is_told_the_same_ever_after(store: Store) -> None:
    # What was padded after a week's last act stays in that week when the next act comes.
    two_weeks(store)
    first = weeks_of(published(store).value("accounts.json"))["2026-W47"]
    store.ledger.pad()
    append(store, builders.lodged())
    assert weeks_of(published(store).value("accounts.json"))["2026-W47"] == first


def test_what_is_entered_of_a_proceeding_is_no_padding(store: Store, tmp_path: Path) -> None:
    work = ProceedingsAtWork(store, tmp_path)
    work.ask(3)
    store.clock.at += WEEK
    register = published(store)
    assert register.codes() == set()
    (week,) = weeks_of(register.value("accounts.json")).values()
    assert (week["entries"], week["padding"]) == (size(store), padding(store))
    kinds = [Kind.MECHANISM, Kind.PROCEEDING]
    acts = sum(docket.sequence for kind in kinds for docket in store.dockets.dockets(kind))
    assert week["explained"] + week["protected"] == acts


def test_the_same_is_told_of_protected_cases_all_week_whatever_happens_in_them(
    store: Store,
) -> None:
    (_, protected) = two_weeks(store)
    lodge(store, builders.lodged(protected=True))
    monday = published(store)
    for text in ("2026-11-24T12:00:00+07:00", "2026-11-29T23:59:59+07:00"):
        store.clock.set(text)
        lodge(store, builders.lodged(protected=True))
        append(store, builders.opened(store.dockets.docket(protected.number)))
        append(store, builders.acted(store.dockets.docket(protected.number), "danger-claimed"))
        store.ledger.pad()
        assert weekly(published(store)) == weekly(monday)
    store.clock.set("2026-11-30T00:00:00+07:00")
    after = weekly(published(store))
    assert after["stated"]["stated/submissions"] == 4
    assert after["claims"]["danger-claims"] == 2
    assert len(after["numbers"][0]["void"]) == 15 + 16 - 3
    assert weekly(monday)["stated"]["stated/submissions"] == 1


def weekly(register: Any) -> dict[str, Any]:
    """Return all that a register says of cases that it does not show."""
    accounts, figures = register.value("accounts.json"), register.value("figures.json")
    assert register.codes() == set()
    return {
        "claims": accounts["claims"],
        "numbers": accounts["numbers"],
        "silhouettes": accounts["silhouettes"],
        "split": [(week["protected"], week["padding"]) for week in accounts["weeks"]],
        "stated": {one["code"]: one["value"] for one in figures["stated"]},
    }
