"""``answerable case do``: acts of a file are done in their order, once, up to the first refused."""

import io
import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from answerable.__main__ import DOORS
from answerable.cli.surface import run

Captured = pytest.CaptureFixture[str]
Case = Callable[..., Mapping[str, Any]]

OPENED = "case: {0}\nact: opened\nas: Bureau\n"
ACCEPTED = "---\ncase: {0}\nact: accepted\nas: Bureau\nreason: Within the mandate.\n"
ASSIGNED = "---\ncase: {0}\nact: assigned\nas: Chair\nparty: Bureau\nreason: Free this week.\n"
ASKED = (
    "---\ncase: {0}\nact: clarification-asked\nas: Bureau\nallegations: [2]\n"
    "missing: The day.\nwhy: Records are kept by day.\nanswer-by: 2096-12-10\n"
)


@pytest.fixture
def mechanism(tmp_path: Path, capsys: Captured) -> Path:
    folder = tmp_path / "mechanism"
    settings = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", str(folder), *settings], DOORS) == 0
    for party, seat in (("Lantern", ""), ("Bureau", "secretariat"), ("Chair", "chair")):
        assert run(["party", "add", party, "--mechanism", str(folder)], DOORS) == 0
        if seat:
            assert run(["seat", "grant", party, seat, "--mechanism", str(folder)], DOORS) == 0
    report = tmp_path / "report.yaml"
    report.write_text("allegations:\n- what: The office was closed.\n- what: They came back.\n")
    words = ["submission", "lodge", str(report), "--as", "Lantern", "--mechanism", str(folder)]
    assert run(words, DOORS) == 0
    capsys.readouterr()
    return folder


@pytest.fixture
def case(mechanism: Path, capsys: Captured) -> Case:
    """Return what does an action on cases, and what was told of it."""

    def told(*words: str, ends: int = 0) -> Mapping[str, Any]:
        code = run(["case", *words, "--json", "--mechanism", str(mechanism)], DOORS)
        out = capsys.readouterr()
        assert code == ends, out
        answer: Mapping[str, Any] = json.loads(out.out)
        return {**answer, "stderr": out.err}

    return told


@pytest.fixture
def number(case: Case) -> str:
    return str(case("list")["facts"]["cases"][0]["number"])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "acts.yaml"


def acts_of(case: Case, number: str) -> list[str]:
    return [one["act"] for one in case("show", number)["facts"]["acts"]]


def test_the_acts_of_a_file_are_done_in_their_order(case: Case, number: str, file: Path) -> None:
    file.write_text((OPENED + ACCEPTED + ASSIGNED + ASKED).format(number))
    told = case("do", str(file))
    assert told["code"] == "acts-done"
    assert (told["facts"]["done"], told["facts"]["left"]) == (4, 0)
    assert [one["number"] for one in told["facts"]["acts"]] == [
        f"{number}/{n}" for n in (2, 3, 4, 5)
    ]
    codes = ["submitted", "opened", "accepted", "assigned", "clarification-asked"]
    assert acts_of(case, number) == codes
    assert case("show", number)["facts"]["acts"][4]["fields"]["missing"] == "The day."


def test_the_first_that_is_refused_stops_and_says_which_were_done(
    case: Case, number: str, file: Path
) -> None:
    file.write_text((OPENED + ACCEPTED + ASKED + ASSIGNED).format(number))
    told = case("do", str(file), ends=1)
    assert told["code"] == "not-handler"
    assert (told["facts"]["done"], told["facts"]["left"]) == (2, 2)
    assert [one.get("number") for one in told["facts"]["acts"]] == [
        f"{number}/2",
        f"{number}/3",
        None,
    ]
    assert told["facts"]["acts"][2]["line"] == 10
    assert acts_of(case, number) == ["submitted", "opened", "accepted"]


def test_a_file_mended_behind_what_was_done_goes_on_from_there_and_does_nothing_twice(
    case: Case, number: str, file: Path
) -> None:
    file.write_text((OPENED + ACCEPTED + ASKED).format(number))
    case("do", str(file), ends=1)
    file.write_text((OPENED + ACCEPTED + ASSIGNED + ASKED).format(number))
    told = case("do", str(file))
    assert [one["again"] for one in told["facts"]["acts"]] == [True, True, False, False]
    again = case("do", str(file))
    assert [one["again"] for one in again["facts"]["acts"]] == [True] * 4
    assert [one["number"] for one in again["facts"]["acts"]] == [
        one["number"] for one in told["facts"]["acts"]
    ]
    assert len(acts_of(case, number)) == 5


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("Within the mandate.", "Within our mandate.", "reason"),
        (
            "act: accepted",
            "act: not-accepted",
            "act",
        ),
        ("reason:", "allegations: [1]\nreason:", "allegations"),
    ],
)
def test_what_was_done_is_never_told_as_something_else(
    case: Case, number: str, file: Path, old: str, new: str, field: str
) -> None:
    text = (OPENED + ACCEPTED).format(number)
    file.write_text(text)
    case("do", str(file))
    file.write_text(text.replace(old, new))
    told = case("do", str(file), ends=1)
    assert told["code"] == "act-differs-from-done"
    assert told["facts"]["acts"][1]["refusal"]["field"] == field
    assert len(acts_of(case, number)) == 3


def test_a_dry_run_decides_each_act_as_if_those_before_were_done_and_does_nothing(
    case: Case, number: str, file: Path
) -> None:
    file.write_text((OPENED + ACCEPTED + ASSIGNED + ASKED).format(number))
    told = case("do", str(file), "--dry-run")
    assert (told["code"], told["facts"]["done"]) == ("acts-done", 4)
    assert not any("number" in one for one in told["facts"]["acts"])
    twice = (OPENED + ACCEPTED + ACCEPTED).format(number)
    file.write_text(twice)
    assert case("do", str(file), "--dry-run", ends=1)["code"] == "not-now"
    assert acts_of(case, number) == ["submitted"]


def test_a_dry_run_takes_what_was_done_as_done(case: Case, number: str, file: Path) -> None:
    file.write_text(OPENED.format(number))
    case("do", str(file))
    file.write_text((OPENED + ACCEPTED).format(number))
    told = case("do", str(file), "--dry-run")
    assert [one["again"] for one in told["facts"]["acts"]] == [True, False]
    assert acts_of(case, number) == ["submitted", "opened"]


def test_a_file_with_faults_does_nothing_and_tells_each_with_line_and_field(
    case: Case, number: str, file: Path
) -> None:
    wrong = ASKED.replace("2096-12-10", "soon").replace("as: Bureau", "as: Nobody")
    file.write_text((OPENED + wrong + ASKED.replace("2096-12-10", "soon")).format(number))
    told = case("do", str(file), ends=2)
    assert told["code"] == "acts-not-ready"
    assert told["facts"]["faults"] == 2
    assert "Line 7. acts[2].as: There is no party Nobody." in told["stderr"]
    assert "Line 19. acts[3].answer-by: " in told["stderr"]
    assert acts_of(case, number) == ["submitted"]
    assert not file.with_name("acts.yaml.request-key").exists()


def test_a_case_that_there_is_not_is_told_with_its_line(
    case: Case, number: str, file: Path
) -> None:
    file.write_text(OPENED.format("XA-2026-0061-8") + "---\n" + OPENED.format("XA-2026-0061-7"))
    told = case("do", str(file), ends=2)
    assert "Line 1. acts[1].case: " in told["stderr"]
    assert "Line 5. acts[2].case: " in told["stderr"]
    assert number


def test_an_act_refused_for_a_part_names_its_key_and_line(
    case: Case, number: str, file: Path
) -> None:
    file.write_text(ASSIGNED.format(number).removeprefix("---\n").replace("reason:", "reason: #"))
    told = case("do", str(file), ends=1)
    assert told["code"] == "act-incomplete"
    assert (told["facts"]["acts"][0]["field"], told["facts"]["acts"][0]["line"]) == ("reason", 5)


def test_a_stream_is_asked_again_with_the_key_that_was_said(
    case: Case, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stream() -> None:
        octets = io.BytesIO(OPENED.format(number).encode())
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(octets))

    stream()
    first = case("do", "-")
    key = first["facts"]["request_key"]
    assert key in first["stderr"]
    stream()
    assert case("do", "-", "--request-key", key)["facts"]["acts"][0]["again"]
    stream()
    other = case("do", "-", "--request-key", str(uuid4()), ends=1)
    assert other["code"] == "opened-before"


def test_people_are_told_each_act_with_its_receipt(
    mechanism: Path, number: str, file: Path, capsys: Captured
) -> None:
    file.write_text((OPENED + ACCEPTED + ASKED).format(number))
    words = ["case", "do", str(file), "--mechanism", str(mechanism)]
    assert run(words, DOORS) == 1
    said = capsys.readouterr().out
    assert f"1. Recorded: opened for reading. Receipt number: {number}/2" in said
    assert "3. Refused (line 10): " in said
    assert "On record: 2. Not done: 1." in said
