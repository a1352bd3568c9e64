"""Links in a register, on every database: shown where both cases are, and never to a silhouette."""

import os
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest

from answerable.casework.found_mechanism import FoundMechanism
from answerable.core.disclosure import field_of
from answerable.core.docket import Docket
from answerable.core.figures.told import figures_of
from answerable.core.register import verifying
from tests.support.adapters import Store
from tests.support.appending import append, lodge
from tests.support.builders import linked, lodged
from tests.support.registers import Register, live, publish


def again(store: Store, docket: Docket) -> Docket:
    return store.dockets.docket(docket.number)


def link(store: Store, one: Docket, other: Docket, act: str = "linked") -> None:
    append(store, linked(again(store, one), again(store, other), act))


@pytest.fixture
def cases(store: Store) -> list[Docket]:
    """Return three cases, of which the third is protected; each is linked with the others."""
    FoundMechanism(store.ledger, os.urandom)("Panel", host="body", request=uuid4())
    (one,), (other,) = lodge(store, lodged()), lodge(store, lodged())
    (hidden,) = lodge(store, lodged(protected=True))
    for pair in ((one, other), (one, hidden), (hidden, other)):
        link(store, *pair)
    return [one, other, hidden]


@pytest.fixture
def register(store: Store, cases: list[Docket], tmp_path: Path) -> Register:
    assert len(cases) == 3
    publish(store, tmp_path / "register")
    return Register.at(tmp_path / "register")


def acts_in(register: Register, docket: Docket) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", register.value(f"cases/{docket.number}.json")["acts"])


@pytest.mark.parametrize("together", [1, 2])
def test_cases_summed_up_in_the_middle_make_the_same_figures(
    register: Register, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    whole = figures_of(register.checked().tally)
    monkeypatch.setattr(verifying, "TOGETHER", together)
    checked = register.checked()
    assert checked.differences == []
    assert len(checked.tally.sums) == 2 // together
    assert figures_of(checked.tally) == whole
    incidents = {one.code: (one.value, one.cases) for one in whole}["incidents"]
    assert incidents[0] == 1
    assert len(incidents[1]) == 2


def test_a_link_is_shown_in_both_cases_that_are_shown(
    register: Register, cases: list[Docket]
) -> None:
    one, other, hidden = cases
    assert register.checked().differences == []
    assert [len(acts_in(register, case)) for case in (one, other)] == [2, 2]
    whole = b"".join(data for name, data in register.files.items() if "tile" not in name)
    assert hidden.number.encode() not in whole


def test_nobody_is_told_who_linked(register: Register, cases: list[Docket]) -> None:
    for case in cases[:2]:
        lodged_as, linked_as = acts_in(register, case)
        paths = [field_of(shown.encode()).path for shown in linked_as["disclosures"]]
        assert not {"by", "entered_by"} & set(paths)
        assert {"act", "facts"} <= set(paths)
        assert lodged_as["disclosures"]


def test_a_link_that_is_not_shown_is_counted_as_protected(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    store.clock.set("2026-11-24T09:00:00+07:00")
    publish(store, tmp_path / "register")
    accounts = Register.at(tmp_path / "register").value("accounts.json")
    (week, *_) = cast("list[dict[str, Any]]", accounts["weeks"])
    # The protected case, and two links of two acts each.
    assert (week["explained"], week["protected"], week["padding"]) == (5, 5, 0)
    assert cases


def test_live_figures_are_those_of_the_register(store: Store, register: Register) -> None:
    assert register.value("figures.json")["figures"] == live(store)


def test_a_link_to_a_case_that_the_register_lacks_is_named(
    register: Register, cases: list[Docket]
) -> None:
    one, other, _ = cases
    lacking = register.without(f"cases/{other.number}.json").reindexed()
    found = [(d.code, d.facts.get("number")) for d in lacking.checked().differences]
    assert ("register-link-leads-out", one.number) in found


def test_a_link_that_only_one_case_shows_is_named(register: Register, cases: list[Docket]) -> None:
    one, other, _ = cases
    name = f"cases/{other.number}.json"
    value = register.value(name)
    cast("list[Any]", value["acts"]).pop()
    found = [
        (d.code, d.facts.get("number")) for d in register.written(name, value).checked().differences
    ]
    assert ("register-link-one-sided", one.number) in found


def test_the_end_of_a_link_is_shown_too(store: Store, cases: list[Docket], tmp_path: Path) -> None:
    one, other, _ = cases
    link(store, one, other, "unlinked")
    publish(store, tmp_path / "register")
    register = Register.at(tmp_path / "register")
    assert register.codes() == set()
    assert [len(acts_in(register, case)) for case in (one, other)] == [3, 3]
