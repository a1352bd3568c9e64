"""A single act: cut off, it is asked for again with its key; refused, it is told in words."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.casework.ports import LedgerPoisoned
from answerable.cli.surface import Doors, run

Captured = pytest.CaptureFixture[str]
KEY = "5f0c1f1e-3a55-4f0e-9a57-6d0f2f6a0c11"


@pytest.fixture
def mechanism(tmp_path: Path, capsys: Captured) -> Path:
    folder, report = tmp_path / "mechanism", tmp_path / "report.yaml"
    report.write_text("allegations:\n  - what: The office was closed.\n")
    settings = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")
    within = ("--mechanism", str(folder))
    assert run(["init", str(folder), *settings], DOORS) == 0
    assert run(["party", "add", "Bureau", *within], DOORS) == 0
    assert run(["seat", "grant", "Bureau", "secretariat", *within], DOORS) == 0
    assert run(["submission", "lodge", str(report), *within], DOORS) == 0
    capsys.readouterr()
    return folder


def opened(mechanism: Path, *more: str, verb: str = "open", doors: Doors = DOORS) -> int:
    words = ["case", verb, number(mechanism), "--as", "Bureau", *more]
    return run([*words, "--mechanism", str(mechanism)], doors)


def number(mechanism: Path) -> str:
    (receipt,) = (mechanism.parent / "report.yaml.receipts").glob("*.tlog-proof")
    return receipt.name.removesuffix(".tlog-proof")


def acts(mechanism: Path, capsys: Captured) -> list[str]:
    capsys.readouterr()
    asked = ["case", "record", number(mechanism), "--json", "--mechanism", str(mechanism)]
    assert run(asked, DOORS) == 0
    return [act["act"] for act in json.loads(capsys.readouterr().out)["facts"]["acts"]]


def with_act(changed: Callable[[Any], Any]) -> Doors:
    def application(folder: str) -> Any:
        assert DOORS.application is not None
        whole = DOORS.application(folder)
        return replace(whole, do_act=changed(whole.do_act))

    return replace(DOORS, application=application)


def cut_off(problem: BaseException, *, is_done: bool) -> Doors:
    def changed(do_act: Any) -> Any:
        def act(*asked: Any, **more: Any) -> Any:
            if is_done:
                do_act(*asked, **more)
            raise problem

        return act

    return with_act(changed)


@pytest.mark.parametrize("is_done", [True, False])
@pytest.mark.parametrize(
    ("problem", "exit_code"),
    [
        (KeyboardInterrupt(), 130),
        (LedgerPoisoned("in doubt", cause="head-conflict"), 70),
        (ConnectionResetError("away"), 2),
        (RuntimeError("a fault"), 70),
    ],
)
def test_who_is_cut_off_is_told_the_key_with_which_it_is_done_once(
    mechanism: Path, capsys: Captured, problem: BaseException, exit_code: int, *, is_done: bool
) -> None:
    assert opened(mechanism, doors=cut_off(problem, is_done=is_done)) == exit_code
    said = capsys.readouterr().err
    assert "Whether it was recorded is not known" in said
    (key,) = re.findall(r"--request-key ([0-9a-f-]{36})", said)
    assert opened(mechanism, "--request-key", key) == 0
    told = capsys.readouterr().out
    assert told.startswith("Done before with this key" if is_done else "Recorded:")
    assert acts(mechanism, capsys) == ["submitted", "opened"]


def test_a_key_of_ones_own_is_good_for_one_act_and_no_other(
    mechanism: Path, capsys: Captured
) -> None:
    own = ("--request-key", KEY)
    assert opened(mechanism, *own, "--json") == 0
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert (facts["request_key"], facts["again"]) == (KEY, False)
    assert opened(mechanism, *own, "--json") == 0
    again = json.loads(capsys.readouterr().out)["facts"]
    assert (again["number"], again["again"]) == (facts["number"], True)
    assert opened(mechanism, *own, verb="acknowledge") == 1
    assert "another act" in capsys.readouterr().err
    assert acts(mechanism, capsys) == ["submitted", "opened"]


def test_a_refusal_wrote_nothing_and_speaks_of_no_key(mechanism: Path, capsys: Captured) -> None:
    assert opened(mechanism, "--seat", "monitor") == 1
    assert "--request-key" not in capsys.readouterr().err
    assert opened(mechanism, "--request-key", "one") == 2
    assert acts(mechanism, capsys) == ["submitted"]


def test_a_refusal_names_a_body_by_its_name_and_a_person_by_a_number(
    mechanism: Path, capsys: Captured
) -> None:
    for party in ("Bureau", "Sok"):
        if party == "Sok":
            assert run(["party", "add", party, "--mechanism", str(mechanism)], DOORS) == 0
        words = ["case", "acknowledge", number(mechanism), "--as", party, "--seat", "member"]
        capsys.readouterr()
        assert run([*words, "--json", "--mechanism", str(mechanism)], DOORS) == 1
        told = json.loads(capsys.readouterr().out)
        shown = {"Bureau": "The party Bureau does", "Sok": "The party p2 does"}[party]
        assert shown in told["message"]
        assert told["facts"]["party"] == {"Bureau": "p1", "Sok": "p2"}[party]


def test_a_seat_is_called_what_pages_call_it_whatever_title_the_rules_give_it(
    mechanism: Path, capsys: Captured
) -> None:
    assert opened(mechanism, verb="accept") == 0
    assert "Now owed: Finding or disposition (allegation 1), by handler." in capsys.readouterr().out
