"""A register on every database: what it shows, what it never shows, and what is found in it."""

import os
from pathlib import Path
from typing import Any, cast
from uuid import uuid4

import pytest

from answerable.casework.found_mechanism import FoundMechanism
from answerable.casework.register_ports import NotARegister
from answerable.core.acts import By, Json, PartyId, Seat
from answerable.core.canonical import decode, encode
from answerable.core.commitment import base64url, disclosure_of
from answerable.core.disclosure import base64url_octets, field_of
from answerable.core.docket import Docket
from answerable.core.ledger.policy import Log, Policy
from answerable.core.ledger.receipt import UnknownLedger
from answerable.core.register.pages import RegisterUnreadable
from tests.support.adapters import Store, instant
from tests.support.appending import append, lodge
from tests.support.builders import KHMER, NGO, acknowledged, acted, lodged, opened
from tests.support.registers import INDEX, Register, live, publish
from tests.support.training_ledger import OTHER_LOG

OTHER = By(PartyId("p77"), Seat("complainant"))


def held(store: Store) -> list[Docket]:
    """Fill a store with two weeks of cases; the second and fourth of them are protected."""
    FoundMechanism(store.ledger, os.urandom)("Panel", host="body", request=uuid4())
    first, second = lodge(store, lodged()), lodge(store, lodged(protected=True, words="sealed"))
    append(store, opened(first[0]))
    store.clock.set("2026-11-24T09:00:00+07:00")
    third, fourth = lodge(store, lodged(by=OTHER)), lodge(store, lodged(protected=True))
    append(store, acknowledged(third[0]))
    append(store, acted(store.dockets.docket(first[0].number), "reprisal-reported"))
    return [*first, *second, *third, *fourth]


@pytest.fixture
def cases(store: Store) -> list[Docket]:
    return held(store)


@pytest.fixture
def register(store: Store, cases: list[Docket], tmp_path: Path) -> Register:
    assert len(cases) == 4
    publish(store, tmp_path / "register")
    return Register.at(tmp_path / "register")


def test_a_register_says_what_its_records_say(register: Register) -> None:
    checked = register.checked()
    assert checked.differences == []
    # The mechanism, two cases that are shown, and their opening and acknowledgement.
    assert (checked.size, checked.cases, checked.acts) == (8, 2, 5)
    assert checked.unexplained == 3


def test_figures_of_the_register_are_the_live_ones(store: Store, register: Register) -> None:
    assert register.value("figures.json")["figures"] == live(store)
    values = {one["code"]: one["value"] for one in cast("list[Any]", live(store))}
    assert values["submissions"] == 2
    assert values["outcome/no-answer"] == 2
    assert values["steps/acknowledgement/met-without-date"] == 1


def test_nothing_private_is_in_any_file(register: Register, cases: list[Docket]) -> None:
    whole = b"".join(data for name, data in register.files.items() if "tile" not in name)
    shown = b"".join(
        field.encode()
        for name in register.files
        if name.startswith("cases/")
        for field in fields_in(register, name)
    )
    for said in (KHMER, "sealed", NGO.party, OTHER.party, "reprisal"):
        assert said.encode() not in shown
    for hidden in (cases[1], cases[3]):
        assert hidden.number.encode() not in whole


def fields_in(register: Register, name: str) -> list[str]:
    """Return every disclosure of a case as plain text."""
    acts = cast("list[dict[str, list[str]]]", register.value(name)["acts"])
    return [
        repr(field_of(disclosure.encode())) for act in acts for disclosure in act["disclosures"]
    ]


def test_only_what_the_public_reads_is_shown_of_content(register: Register) -> None:
    paths = [
        field
        for name in register.files
        if name.startswith("cases/")
        for field in fields_in(register, name)
    ]
    assert any("office-closed" in path for path in paths)
    assert not any("allegations/1/what" in path for path in paths)


def test_a_protected_case_is_a_silhouette_once_its_week_is_over(register: Register) -> None:
    accounts = register.value("accounts.json")
    assert accounts["silhouettes"] == [
        {"allegations": 1, "class": "allegations", "turn": "secretariat", "week": "2026-W47"}
    ]
    weeks = cast("list[dict[str, Json]]", accounts["weeks"])
    assert [one["week"] for one in weeks] == ["2026-W47", "2026-W48"]
    assert (weeks[0]["explained"], weeks[0]["protected"], weeks[0]["padding"]) == (3, 1, 0)
    assert (weeks[1]["explained"], weeks[1]["protected"], weeks[1]["padding"]) == (2, None, None)


def test_numbers_that_a_week_left_are_void(register: Register) -> None:
    (year,) = cast("list[dict[str, Any]]", register.value("accounts.json")["numbers"])
    # Two blocks of sixteen; one number of the first week's was drawn, and the second still runs.
    assert (year["last"], year["listed"], len(year["void"])) == (34, 2, 15)
    assert year["not_listed"] == 34 - 2 - 15


def test_no_figure_shrinks_when_a_key_is_overwritten(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    before = live(store)
    store.case_keys.overwrite(cases[0].id)
    assert live(store) == before
    publish(store, tmp_path / "after")
    register = Register.at(tmp_path / "after")
    assert register.codes() == set()
    assert register.value("figures.json")["figures"] == before
    # What was published of the case leaves the register: only its envelope is there still.
    name = f"cases/{cases[0].number}.json"
    assert not any("office-closed" in field for field in fields_in(register, name))


def test_a_new_register_takes_the_place_of_the_old(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    publish(store, tmp_path / "register")
    append(store, acknowledged(store.dockets.docket(cases[0].number)))
    publish(store, tmp_path / "register")
    assert Register.at(tmp_path / "register").checked().size == 9
    assert [path.name for path in tmp_path.glob("register*")] == ["register"]


def test_a_register_that_fails_leaves_the_old_one_whole(
    store: Store, cases: list[Docket], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cases
    publish(store, tmp_path / "register")
    before = Register.at(tmp_path / "register")

    def fail(*_: object) -> bytes:
        raise OSError("no space left")

    with monkeypatch.context() as broken:
        broken.setattr("answerable.casework.publish_register.acts_page", fail)
        with pytest.raises(OSError, match="no space"):
            publish(store, tmp_path / "register")
    assert Register.at(tmp_path / "register") == before
    publish(store, tmp_path / "register")
    assert [path.name for path in tmp_path.glob("register*")] == ["register"]


def name_of(register: Register) -> str:
    return min(name for name in register.files if name.startswith("cases/"))


def test_a_changed_fact_is_named(register: Register) -> None:
    name = name_of(register)
    value = register.value(name)
    acts = cast("list[dict[str, Any]]", value["acts"])
    salt, path, shown = cast("list[Any]", decode(base64url_octets(acts[0]["disclosures"][0])))
    changed = base64url(encode([salt, path, {**shown, "value": "opened"}]))
    acts[0]["disclosures"][0] = changed
    assert "register-page-wrong" in register.written(name, value).codes()


def test_a_body_that_no_entry_commits_to_is_named(register: Register) -> None:
    name = name_of(register)
    value = register.value(name)
    acts = cast("list[dict[str, Any]]", value["acts"])
    acts[0]["blinding"], acts[1]["blinding"] = acts[1]["blinding"], acts[0]["blinding"]
    assert "register-act-not-in-ledger" in register.written(name, value).codes()


def test_content_that_is_not_public_is_named(
    store: Store, cases: list[Docket], register: Register
) -> None:
    name = f"cases/{cases[0].number}.json"
    value = register.value(name)
    (lodged, *_) = store.dockets.acts(cases[0].id)
    listed = cast("list[Any]", decode(store.dockets.content(lodged)))
    private = next(item for item in listed if item[1] == "allegations/1/what")
    shown = cast("list[dict[str, Any]]", value["acts"])[0]
    shown["disclosures"].append(disclosure_of(encode(private)).decode())
    differences = register.written(name, value).checked().differences
    assert [(d.code, d.facts["number"]) for d in differences] == [
        ("register-shows-too-much", cases[0].number)
    ]


def test_a_removed_case_is_named(register: Register) -> None:
    codes = register.without(name_of(register)).reindexed().codes()
    assert {"register-numbers-differ", "register-week-differs", "register-figure-differs"} <= codes


def test_an_act_left_out_is_named(register: Register) -> None:
    name = name_of(register)
    value = register.value(name)
    cast("list[Json]", value["acts"]).pop()
    codes = register.written(name, value).codes()
    assert {"register-case-differs", "register-week-differs"} <= codes


def test_what_an_earlier_version_published_still_holds(register: Register) -> None:
    earlier = register
    for name in [name for name in register.files if name.startswith("cases/")]:
        value = dict(earlier.value(name))
        told = {value.pop(of) is not None for of in ("allegations", "matters")}
        assert told == {True}
        earlier = earlier.written(name, value)
    assert earlier.codes() == set()
    value = dict(register.value(name_of(register)))
    del value["matters"]
    assert register.written(name_of(register), value).codes() == {"register-case-differs"}


def test_a_figure_off_by_one_is_named(register: Register) -> None:
    value = register.value("figures.json")
    figure = cast("list[dict[str, Any]]", value["figures"])[0]
    figure["value"] += 1
    differences = register.written("figures.json", value).checked().differences
    assert [(one.code, one.facts["figure"]) for one in differences] == [
        ("register-figure-differs", "submissions")
    ]


def test_a_stated_figure_is_that_of_the_accounts(register: Register) -> None:
    value = register.value("figures.json")
    cast("list[dict[str, Any]]", value["stated"])[0]["value"] += 1
    assert register.written("figures.json", value).codes() == {"register-figure-differs"}


@pytest.mark.parametrize("name", ["figures.json", "accounts.json", "ledger/tile/0/000.p/8"])
def test_a_missing_file_is_named(register: Register, name: str) -> None:
    differences = register.without(name).checked().differences
    assert ("register-file-missing", name) in [(d.code, d.facts.get("file")) for d in differences]


def test_a_file_that_the_index_does_not_name_is_named(register: Register) -> None:
    assert Register({**register.files, "more.txt": b""}).codes() == {"register-file-extra"}


def test_a_file_changed_without_its_index_is_named(register: Register) -> None:
    changed = Register({**register.files, "figures.csv": b"code\r\n"})
    assert changed.codes() == {"register-file-differs", "register-page-wrong"}


def test_a_changed_entry_breaks_the_ledger(register: Register) -> None:
    name = "ledger/tile/entries/000.p/8"
    data = register.files[name]
    changed = Register({**register.files, name: data[:-1] + bytes([data[-1] ^ 1])}).reindexed()
    assert "register-ledger-wrong" in changed.codes()


def test_a_week_whose_sum_is_another_is_named(register: Register) -> None:
    value = register.value("accounts.json")
    cast("list[dict[str, Any]]", value["weeks"])[0]["protected"] += 1
    assert register.written("accounts.json", value).codes() == {"register-week-open"}


def test_the_index_names_every_other_file(register: Register) -> None:
    files = register.value(INDEX)["files"]
    assert isinstance(files, dict)
    assert {*files, INDEX} == set(register.files)


def test_the_day_of_the_register_is_the_clocks(register: Register) -> None:
    assert register.checked().index.at == instant("2026-11-24T09:00:00+07:00")


def test_a_folder_that_holds_something_else_is_not_written_over(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    assert cases
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "one.txt").write_text("dear")
    with pytest.raises(NotARegister):
        publish(store, tmp_path / "letters")
    assert (tmp_path / "letters" / "one.txt").read_text() == "dear"


def test_nothing_is_told_by_a_policy_that_knows_no_key_of_the_ledger(register: Register) -> None:
    stranger = Policy(logs=(Log(OTHER_LOG.verifier),), witnesses=(), origin=OTHER_LOG.verifier.name)
    with pytest.raises(UnknownLedger):
        register.checked(stranger)


def test_nothing_is_told_of_a_register_without_its_index(register: Register) -> None:
    with pytest.raises(RegisterUnreadable):
        register.without(INDEX).checked()
