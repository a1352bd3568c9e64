"""The pages of a case as people read them: each is played, and must not change.

The end of a transcript's name is the width of its window.
"""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from answerable.cli.demonstration.layout import width_of
from tests.support.situations import Player
from tests.support.transcripts import UPDATE, transcripts

HERE = Path(__file__).parent / "case_pages"
_FINGERPRINT = re.compile(r"\b[0-9a-f]{64}\b")


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder in which a case was played that pages are shown of."""
    folders: dict[str, Path] = {}

    def folder_of(name: str) -> Path:
        if name not in folders:
            folders[name] = tmp_path_factory.mktemp(name)
            with pytest.MonkeyPatch.context() as patch:
                written = (HERE / f"{name}.setup").read_text()
                played = Player(patch, folders[name], folder_of).play(written)
            # Every act was done.
            refused = [line for line in played.splitlines() if line.startswith("= ")]
            assert refused == [], played
        return folders[name]

    return folder_of


@pytest.mark.parametrize("transcript", transcripts(HERE), ids=lambda path: path.stem)
def test_a_page_reads_as_it_is_written(
    transcript: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: Callable[[str], Path],
) -> None:
    width = transcript.stem.rpartition("-")[2]
    monkeypatch.setenv("COLUMNS", width)
    written = transcript.read_text()
    played = Player(monkeypatch, tmp_path, begun).play(written)
    # The secrets of a record are random, and so is what fixes it.
    now = _FINGERPRINT.sub("{fingerprint}", played)
    if os.environ.get(UPDATE):
        transcript.write_text(now)
        written = now
    assert now == written
    shown = [line.removeprefix("| ") for line in played.splitlines() if line.startswith("| ")]
    assert [line for line in shown if width_of(line) > int(width)] == []


@pytest.fixture
def told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, begun: Callable[[str], Path]
) -> Callable[..., Any]:
    """Return what a command tells a program of the case that was played."""

    def ask(command: str, at: str = "Tuesday 9 June 2026, 09:00") -> Any:
        asked = f"% the-case\n@ {at}\n$ answerable {command} --json\n"
        played = Player(monkeypatch, tmp_path, begun).play(asked)
        answer = [line[2:] for line in played.splitlines() if line.startswith("| ")]
        return json.loads("\n".join(answer))["facts"]

    return ask


NUMBER = "XA-2026-0001-1"


def test_a_program_is_told_all_that_the_page_shows(told: Callable[..., Any]) -> None:
    case = told(f"case show {NUMBER}")
    assert case["over"] == ["danger-claimed", "reprisal-open"]
    assert case["moments"]["delivered"] == case["moments"]["lodged"]
    assert case["moments"]["acknowledged"] > case["moments"]["lodged"]
    assert (case["procedure"], case["undertaking"]) == ("training-mechanism@2", True)
    assert case["late"] == 11
    one, two, three = case["allegations"]
    assert (one["standing"], one["outcome"]) == ("answered-contested", "not-established")
    assert (two["standing"], two["turn"]) == ("question-to-complainant", "complainant")
    assert {item["code"]: item["days"] for item in three["owed"]} == {"account": -11, "finding": 52}
    assert one["claim"]["title"] == "The office was closed"


def test_late_turns_with_the_day_where_the_procedure_is(told: Callable[..., Any]) -> None:
    def late(at: str) -> dict[str, bool]:
        return {
            item["code"]: item["late"] for item in told("today --seat duty-officer", at)["owed"]
        }

    # 24 hours from Saturday 21:30.
    assert late("Sunday 7 June 2026, 21:29") == {"danger": False}
    assert late("Sunday 7 June 2026, 21:31") == {"danger": True}


@pytest.mark.parametrize("reader", ["member", "public"])
def test_a_reprisal_and_a_danger_are_kept_from_whoever_may_be_accused(
    told: Callable[..., Any], reader: str
) -> None:
    case = told(f"case show {NUMBER} --reader {reader}")
    assert case["over"] == []
    assert not {item["code"] for item in case["owed"]} & {"danger", "reprisal"}
    shown = json.dumps(case, ensure_ascii=False) + json.dumps(
        told(f"case record {NUMBER} --reader {reader}"), ensure_ascii=False
    )
    for word in ("reprisal", "danger-claimed", "landlord", "caretaker"):
        assert word not in shown


def test_what_was_met_keeps_its_working_and_the_day_of_then(told: Callable[..., Any]) -> None:
    clocks = told(f"case clocks {NUMBER}")["clocks"]
    opening = next(item for item in clocks if item["code"] == "opening")
    assert (opening["due_on"], opening["met_by"], opening["late"]) == ("2026-05-07", 2, False)
    assert opening["working"][-1]["step"] == "calendar"
    # Asked once on two allegations, answered on one: late on the other.
    accounts = {
        item["allegations"][0]: item["late"] for item in clocks if item["code"] == "account"
    }
    assert accounts == {1: False, 3: True}


def test_what_is_counted_for_today_is_what_is_listed(told: Callable[..., Any]) -> None:
    today = told("today")
    assert today["count"] == len(today["owed"])
    assert today["late"] == sum(item["late"] for item in today["owed"])
    parts = (today[name] for name in ("late", "dated", "undated", "lapsed"))
    assert sum(parts) == today["count"]
    late = [item["late"] for item in today["owed"]]
    assert late == sorted(late, reverse=True)
