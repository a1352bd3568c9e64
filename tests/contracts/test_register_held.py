"""A mechanism can leave a case out and make every sum close: who holds its receipt finds it out."""

import os
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest

from answerable.casework.found_mechanism import FoundMechanism
from answerable.casework.ports import ActOnFile
from answerable.core.acts import Json
from answerable.core.docket import Docket
from answerable.core.figures.told import csv_of, figures_of
from answerable.core.ledger.proof import Receipt
from answerable.core.register.held import Held, held_in
from tests.support.adapters import Store
from tests.support.appending import append, lodge
from tests.support.builders import acknowledged, lodged, opened
from tests.support.registers import Register, publish


@pytest.fixture
def cases(store: Store) -> list[Docket]:
    """Return two cases and a protected one, of a week that is over."""
    FoundMechanism(store.ledger, os.urandom)("Panel", host="body", request=uuid4())
    cases = [
        *lodge(store, lodged()),
        *lodge(store, lodged()),
        *lodge(store, lodged(protected=True)),
    ]
    append(store, opened(cases[1]))
    store.clock.set("2026-11-24T09:00:00+07:00")
    return cases


@pytest.fixture
def register(store: Store, cases: list[Docket], tmp_path: Path) -> Register:
    assert len(cases) == 3
    publish(store, tmp_path / "register")
    return Register.at(tmp_path / "register")


def receipt_of(store: Store, act: ActOnFile) -> Receipt:
    return Receipt.parse(store.ledger.receipt(act).encode())


def lodging(store: Store, docket: Docket) -> Receipt:
    return receipt_of(store, store.dockets.acts(docket.id)[0])


def without(register: Register, number: str) -> Register:
    """Return the register that a mechanism makes which hides a case well."""
    name = f"cases/{number}.json"
    acts = len(cast("list[Json]", register.value(name)["acts"]))
    accounts = register.value("accounts.json")
    (week, *_) = cast("list[dict[str, int]]", accounts["weeks"])
    week["explained"] -= acts
    week["protected"] += acts
    (year,) = cast("list[dict[str, int]]", accounts["numbers"])
    year["listed"] -= 1
    year["not_listed"] += 1
    hidden = register.without(name).written("accounts.json", accounts)
    figures = figures_of(hidden.checked().tally)
    told: list[Json] = [one.json() for one in figures]
    value = {**register.value("figures.json"), "figures": told}
    hidden = hidden.written("figures.json", value)
    return Register({**hidden.files, "figures.csv": csv_of(figures).encode()}).reindexed()


def test_a_case_that_was_hidden_well_is_found_by_who_holds_its_receipt(
    store: Store, register: Register, cases: list[Docket]
) -> None:
    hidden = without(register, cases[1].number).checked()
    assert hidden.differences == []
    assert held_in(hidden, lodging(store, cases[1])) is Held.NOT_SHOWN
    assert held_in(hidden, lodging(store, cases[0])) is Held.SHOWN


def test_a_protected_act_is_in_the_ledger_and_not_shown(
    store: Store, register: Register, cases: list[Docket]
) -> None:
    assert held_in(register.checked(), lodging(store, cases[2])) is Held.NOT_SHOWN


def test_what_came_after_the_register_is_told_as_later(
    store: Store, register: Register, cases: list[Docket]
) -> None:
    append(store, acknowledged(store.dockets.docket(cases[0].number)))
    (*_, last) = store.dockets.acts(cases[0].id)
    assert held_in(register.checked(), receipt_of(store, last)) is Held.LATER


def test_another_entry_in_its_place_is_told(
    store: Store, register: Register, cases: list[Docket]
) -> None:
    receipt = lodging(store, cases[0])
    other = Receipt(bytes(32), receipt.index, receipt.path, receipt.checkpoint_note_bytes)
    assert held_in(register.checked(), other) is Held.NOT_IN_LEDGER
