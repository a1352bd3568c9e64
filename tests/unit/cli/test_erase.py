"""A case is erased by command: asked for once more, told before and after, gone for good."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.bootstrap.application import application
from answerable.cli.surface import run
from answerable.core.opening import parse_opening
from answerable.storage.case_keys import SqliteCaseKeys
from tests.support.adapters import ROOT

Captured = pytest.CaptureFixture[str]
WORDS = "They closed our office in Kampong Thom."
PHOTO = b"a photo of the door " * 40
REPORT = f"allegations:\n- what: {WORDS}\nexhibits:\n- file: door.png\n"
LAW = ("--ground", "consent-withdrawn", "--provision", "gdpr-17-1-b")


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> str:
    """Return the number of a case with an exhibit, whose mechanism has a chair."""
    monkeypatch.chdir(tmp_path)
    settings = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", "m", *settings], DOORS) == 0
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    for party, seat in (("Chair", "chair"), ("Office", "secretariat")):
        assert run(["party", "add", party], DOORS) == 0
        assert run(["seat", "grant", party, seat], DOORS) == 0
    Path("report.yaml").write_text(REPORT)
    Path("door.png").write_bytes(PHOTO)
    assert run(["submission", "lodge", "report.yaml"], DOORS) == 0
    (receipt,) = Path("report.yaml.receipts").glob("*.tlog-proof")
    capsys.readouterr()
    return receipt.name.removesuffix(".tlog-proof")


def told(capsys: Captured, *words: str) -> tuple[int, Mapping[str, Any]]:
    capsys.readouterr()
    code = run([*words, "--json"], DOORS)
    return code, json.loads(capsys.readouterr().out)


def erase(capsys: Captured, case: str, *more: str) -> tuple[int, Mapping[str, Any]]:
    return told(capsys, "case", "erase", case, "--as", "Chair", *LAW, *more)


class Terminal(StringIO):
    """A person at a terminal, who types a line."""

    def isatty(self) -> bool:
        return True


def acts(case: str) -> list[str]:
    found = application("m")
    docket = found.reading.docket(case)
    codes = [str(act.kept.envelope.act) for act in found.dockets.acts(docket.id)]
    found.close()
    return codes


def exhibits() -> list[Path]:
    return sorted(Path("m/exhibits").glob("??/*"))


def test_an_erased_case_says_so_its_ground_its_day_and_what_remains_elsewhere(
    case: str, capsys: Captured
) -> None:
    code, said = erase(capsys, case, "--yes")
    assert (code, said["code"]) == (0, "erased")
    assert said["facts"]["exhibits"] == said["facts"]["acts"] == 1
    assert (said["facts"]["pending"], said["facts"]["copies"]) == (False, [])
    assert acts(case) == ["submitted", "erased"]
    assert exhibits() == []
    assert run(["case", "show", case], DOORS) == 0
    text = capsys.readouterr().out
    assert WORDS not in text
    assert text.startswith(f"ERASED by {case}/2, ")
    assert "the consent was withdrawn (gdpr-17-1-b)" in " ".join(text.split())
    assert "What others hold cannot be called back" in text
    assert told(capsys, "case", "show", case)[1]["facts"]["erased"]["act"] == f"{case}/2"


def test_what_will_be_lost_and_what_stays_is_told_before(case: str, capsys: Captured) -> None:
    assert run(["case", "erase", case, "--as", "Chair", *LAW, "--yes"], DOORS) == 0
    said = capsys.readouterr()
    assert said.err.startswith(f"Lost for ever, of {case}: ")
    assert "Acts: 1. Exhibits: 1." in said.err
    assert "What stays: " in said.err
    assert "The key is destroyed" in said.out


@pytest.mark.parametrize("typed", ["", "yes\n", "XA-2026-0002-7\n", "{case}1\n"])
def test_who_does_not_type_the_number_erases_nothing(
    case: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(typed.format(case=case)))
    assert run(["case", "erase", case, "--as", "Chair", *LAW], DOORS) == 1
    assert "What was typed is not" in capsys.readouterr().err
    assert acts(case) == ["submitted"]


def test_the_number_may_be_typed_as_people_type_it(
    case: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    khmer = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
    monkeypatch.setattr(sys, "stdin", Terminal(f" {case.lower().translate(khmer)} \n"))
    assert run(["case", "erase", case, "--as", "Chair", *LAW], DOORS) == 0
    assert f"type the number of the case ({case})" in capsys.readouterr().err


@pytest.mark.parametrize("how", ["--json", "--plain", ""])
def test_a_script_is_never_asked_and_erases_nothing_without_yes(
    case: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(case) if how else StringIO(case))
    words = ["case", "erase", case, "--as", "Chair", *LAW, *([how] if how else [])]
    assert run(words, DOORS) == 2
    said = capsys.readouterr()
    assert "--yes" in said.out + said.err or how == "--plain"
    assert acts(case) == ["submitted"]


def test_what_a_rule_refuses_is_refused_before_anybody_is_asked(
    case: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(case))
    assert run(["case", "erase", case, "--as", "Office", *LAW], DOORS) == 1
    said = capsys.readouterr().err
    assert "chair" in said
    assert "Lost for ever" not in said
    assert acts(case) == ["submitted"]


def test_asking_again_says_that_it_was_done_before(case: str, capsys: Captured) -> None:
    assert erase(capsys, case, "--yes")[0] == 0
    code, said = erase(capsys, case, "--yes")
    assert (code, said["code"], said["facts"]["number"]) == (1, "erased-before", f"{case}/2")
    assert acts(case) == ["submitted", "erased"]


def test_an_open_server_opens_nothing_more_from_that_moment(case: str, capsys: Captured) -> None:
    server = application("m")
    act = server.reading.act(case)
    assert WORDS in str(server.reading.content(act))
    words = ("case", "erase", case, "--as", "Chair", *LAW, "--yes")
    ended = subprocess.run(
        [sys.executable, "-m", "answerable", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        check=False,
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    assert server.reading.content(act) == ()
    assert server.reading.is_erased(act)
    server.close()
    assert told(capsys, "case", "exhibit", case)[1]["code"] == "content-erased"


def test_neither_key_nor_exhibit_is_left_in_any_file_of_the_mechanism(
    case: str, capsys: Captured
) -> None:
    key = SqliteCaseKeys(Path("m/keys/case-keys.sqlite3")).keys([2])[2]
    (exhibit,) = exhibits()
    sealed = exhibit.read_bytes()
    marks = [key[:16], key[16:], sealed[:64], sealed[-64:]]
    assert erase(capsys, case, "--yes")[0] == 0
    files = [path for path in Path("m").rglob("*") if path.is_file()]
    assert [path for path in files if any(mark in path.read_bytes() for mark in marks)] == []


def test_receipts_openings_standings_and_totals_stand_and_nothing_is_owed_any_more(
    case: str, capsys: Captured
) -> None:
    shown = ("standing", "number")
    before = {name: told(capsys, "case", "show", case)[1]["facts"][name] for name in shown}
    held = Path("report.yaml.receipts")
    erase(capsys, case, "--yes")
    after = told(capsys, "case", "show", case)[1]["facts"]
    assert {name: after[name] for name in shown} == before
    assert (after["owed"], after["turn"]) == ([], None)
    assert len(told(capsys, "case", "list")[1]["facts"]["cases"]) == 1
    receipt, opening = held / f"{case}.tlog-proof", held / f"{case}.opening.json"
    verify = ("receipt", "verify", str(receipt), "--policy", str(held / "policy"))
    assert told(capsys, *verify, "--opening", str(opening))[0] == 0
    assert WORDS in str(parse_opening(opening.read_bytes()).opened())
    assert told(capsys, "receipt", "reissue", case, "-o", "again")[0] == 0
    assert Path("again").read_bytes() == receipt.read_bytes()
    assert told(capsys, "ledger", "verify", "--acts")[0] == 0


def test_nothing_with_words_is_added_to_an_erased_case(case: str, capsys: Captured) -> None:
    erase(capsys, case, "--yes")
    words = ("case", "redact", case, "--as", "Office", "--acts", "1", "--ground", "law")
    more = ("--redacted-part", "a name", "--reason", "because")
    assert told(capsys, *words, *more)[1]["code"] == "case-erased"
    assert told(capsys, "case", "open", case, "--as", "Office")[0] == 0
    assert acts(case) == ["submitted", "erased", "opened"]


def backed_up(capsys: Captured) -> Mapping[str, Any]:
    code, said = told(capsys, "backup", "away")
    assert code == 0
    facts: Mapping[str, Any] = said["facts"]
    return facts


def moved(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the mechanism's folder, at a place where nobody has its database open."""
    shutil.copytree("m", "n")
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "n")
    return Path("n")


@pytest.mark.parametrize("are_lost", [False, True], ids=["keys-there", "keys-lost"])
def test_no_copy_brings_back_what_the_ledger_says_is_erased(
    case: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch, *, are_lost: bool
) -> None:
    older = backed_up(capsys)
    assert erase(capsys, case, "--yes")[1]["facts"]["copies"] == [older["expires_on"]]
    newer = backed_up(capsys)
    there = moved(monkeypatch)
    for path in there.glob("keys/case-keys*") if are_lost else ():
        path.unlink()
    # The ledger of after, with the keys of before: the erasure is applied before any key comes.
    restore = ("restore", newer["ledger"], "--case-keys", older["case_keys"])
    assert told(capsys, *restore)[1]["facts"]["erasures"] == 1
    assert_gone(case, capsys)
    erased = told(capsys, "case", "show", case)[1]["facts"]["erased"]
    assert erased["copies"] == [older["expires_on"]]


def test_restoring_ledger_and_keys_of_before_leaves_what_the_live_store_erased(
    case: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = backed_up(capsys)
    assert erase(capsys, case, "--yes")[0] == 0
    moved(monkeypatch)
    said = told(capsys, "restore", older["ledger"], "--case-keys", older["case_keys"])[1]
    assert said["facts"]["is_behind"]
    # The act is lost with the ledger that was not put back. The key is not brought back.
    assert told(capsys, "case", "show", case)[1]["facts"]["erased"] is None
    assert_gone(case, capsys)


def assert_gone(case: str, capsys: Captured) -> None:
    for words in (("case", "show", case), ("case", "record", case)):
        assert run(words, DOORS) == 0
        assert WORDS not in capsys.readouterr().out
    assert told(capsys, "case", "exhibit", case)[1]["code"] == "content-erased"
    assert SqliteCaseKeys(Path("n/keys/case-keys.sqlite3")).keys([2]) == {}


def test_a_restore_removes_the_exhibits_of_what_the_ledger_says_is_erased(
    case: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (exhibit,) = exhibits()
    backed_up(capsys)
    assert erase(capsys, case, "--yes")[0] == 0
    newer = backed_up(capsys)
    # A backup shares its exhibits with the older ones, which still hold it.
    assert list(Path("away/ledger/exhibits").rglob(exhibit.name))
    moved(monkeypatch)
    assert told(capsys, "restore", newer["ledger"])[0] == 0
    assert list(Path("n/exhibits").glob("??/*")) == []


def test_the_doctor_says_how_many_erasures_wait(
    case: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert erase(capsys, case, "--yes")[0] == 0
    well = {one["code"]: one for one in told(capsys, "doctor")[1]["facts"]["looked_at"]}
    assert (well["erasures"]["well"], well["erasures"]["waiting"]) == (True, 0)
    monkeypatch.setattr("answerable.storage.erasing.StoredErasures.waiting", lambda _: 2)
    assert run(["doctor"], DOORS) == 1
    assert "not done yet: 2" in capsys.readouterr().out
