"""What files hide is told before they are handed in, and left out where that is asked for."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.cli.surface import run
from answerable.hidden.looking import looked_into
from tests.support import hidden_files as made

Said = Callable[..., tuple[int, Mapping[str, Any]]]
REPORT = "allegations:\n- what: The office was closed.\nexhibits:\n"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")


@pytest.fixture
def said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Said:
    """Return what runs a command in a folder with a mechanism, and what it answers."""
    monkeypatch.chdir(tmp_path)

    def does(*words: str) -> tuple[int, Mapping[str, Any]]:
        capsys.readouterr()
        code = run([*words, "--json"], DOORS)
        out = capsys.readouterr()
        answer = json.loads(out.out)
        return code, {**answer, **answer.get("facts", {}), "stderr": out.err}

    settings = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", "m", *settings], DOORS) == 0
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    Path("door.jpg").write_bytes(made.jpeg())
    Path("old.doc").write_bytes(OLD)
    return does


def report(exhibits: str) -> None:
    Path("report.yaml").write_text(REPORT + exhibits)


def notes(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [
        (one["code"], one.get("value") or one.get("kind") or one.get("reason") or "")
        for one in told["submissions"][0]["notes"]
        if one["path"] == "exhibits/1"
    ]


def test_what_a_file_hides_is_told_before_it_is_handed_in(said: Said) -> None:
    report("- file: door.jpg\n")
    code, told = said("submission", "check", "report.yaml")
    assert code == 0
    assert ("hidden-data-found", made.POSITION) in notes(told)
    assert notes(told)[-1] == ("hidden-data-removable", "")


def test_it_is_told_in_words(said: Said, capsys: pytest.CaptureFixture[str]) -> None:
    report("- file: door.jpg\n")
    said("submission", "check", "report.yaml")
    run(["submission", "check", "report.yaml"], DOORS)
    assert f"the position where it was made (GPS): {made.POSITION}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("exhibit", "last"),
    [
        ("- file: door.jpg\n  hidden-data: removed\n", ("hidden-data-removed", "")),
        ("- file: old.doc\n", ("hidden-data-unremovable", "application/msword")),
        ("- file: bomb.svg\n", ("file-harmful", "script-in-svg")),
    ],
)
def test_what_becomes_of_it_is_told_last(said: Said, exhibit: str, last: tuple[str, str]) -> None:
    Path("bomb.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>')
    report(exhibit)
    code, told = said("submission", "check", "report.yaml")
    assert code == 0
    assert notes(told)[-1] == last


def test_what_is_kept_on_purpose_is_not_asked_about(said: Said) -> None:
    report("- file: door.jpg\n  hidden-data: kept\n")
    assert notes(said("submission", "check", "report.yaml")[1]) == []


@pytest.mark.parametrize("exhibit", ["", "  hidden-data: kept\n"])
def test_a_file_is_handed_in_as_it_is_where_nothing_else_is_said(said: Said, exhibit: str) -> None:
    report("- file: door.jpg\n" + exhibit)
    _, told = said("submission", "lodge", "report.yaml")
    number = told["submissions"][0]["number"]
    assert said("case", "exhibit", number, "1", "--out", "back")[0] == 0
    assert Path("back").read_bytes() == made.jpeg()
    # Who said nothing is told that it is so.
    assert ("submission check" in told["stderr"]) is (exhibit == "")


def test_a_copy_without_it_is_handed_in_and_the_record_says_so(said: Said) -> None:
    report("- file: door.jpg\n  hidden-data: removed\n")
    code, told = said("submission", "lodge", "report.yaml")
    assert code == 0
    number = told["submissions"][0]["number"]
    assert said("case", "exhibit", number)[1]["exhibits"][0]["hidden_data"] == "removed"
    assert said("case", "exhibit", number, "1", "--out", "back")[0] == 0
    assert Path("back").read_bytes() == looked_into(made.jpeg()).cleaned
    # Asked again it is the same delivery, and not another file.
    again = said("submission", "lodge", "report.yaml")
    assert (again[0], again[1]["submissions"]) == (0, told["submissions"])


def test_what_cannot_be_cleaned_is_refused_before_anything_is_written(said: Said) -> None:
    report("- file: door.jpg\n  hidden-data: removed\n- file: old.doc\n  hidden-data: removed\n")
    code, told = said("submission", "check", "report.yaml")
    assert code == 2
    assert [one["code"] for one in told["submissions"][0]["problems"]] == ["hidden-data-stays"]
    code, told = said("submission", "lodge", "report.yaml")
    assert (code, told["code"], told["field"]) == (2, "hidden-data-stays", "exhibits[2].file")
    assert not Path("report.yaml.receipts").exists()


def test_an_act_on_a_case_carries_a_copy_too(said: Said) -> None:
    Path("report.yaml").write_text("allegations:\n- what: The office was closed.\n")
    assert said("party", "add", "Lantern")[0] == 0
    _, told = said("submission", "lodge", "report.yaml", "--as", "Lantern")
    number = told["submissions"][0]["number"]
    words = ("--as", "Lantern", "--caption", "A door.", "--origin", "Taken by the sender.")
    file = ("--exhibit", "door.jpg", "--remove-hidden-data")
    assert said("case", "add-exhibit", number, *words, *file)[0] == 0
    assert said("case", "exhibit", f"{number}/2", "1", "--out", "back")[0] == 0
    assert made.WORD not in Path("back").read_bytes()
