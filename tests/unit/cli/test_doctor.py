"""The doctor sweeps what no act names, and nothing else."""

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

import pytest

from answerable.__main__ import DOORS
from answerable.bootstrap.application import application
from answerable.casework.delivery import Delivery
from answerable.casework.exhibits import LodgingGoesOn
from answerable.casework.ports import OverwritePending
from answerable.cli.surface import run
from answerable.core.case.submission import read_submission
from answerable.storage.case_keys import SqliteCaseKeys
from answerable.storage.exhibits import FileExhibits

REPORT = "allegations:\n- what: The office was closed.\nexhibits:\n- file: door.png\n"


@pytest.fixture
def case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """Return the number of a case with an exhibit."""
    monkeypatch.chdir(tmp_path)
    settings = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", "m", *settings, "--contact", "security@ledger.example"], DOORS) == 0
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    Path("report.yaml").write_text(REPORT)
    Path("door.png").write_bytes(b"a photo")
    assert run(["submission", "lodge", "report.yaml"], DOORS) == 0
    (receipt,) = Path("report.yaml.receipts").glob("*.tlog-proof")
    capsys.readouterr()
    return receipt.name.removesuffix(".tlog-proof")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Mapping[str, Any]]:
    code = run([*words, "--json"], DOORS)
    return code, json.loads(capsys.readouterr().out)


def seen(said: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    return next(one for one in said["facts"]["looked_at"] if one["code"] == code)


def aged(path: Path) -> Path:
    os.utime(path, (1_000_000_000, 1_000_000_000))
    return path


def test_a_key_that_is_overwritten_and_still_there_is_reported_until_it_is_gone(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case
    store = Path("m/keys/case-keys.sqlite3")
    assert seen(told(capsys, "doctor")[1], "overwritten")["well"]
    with closing(sqlite3.connect(store, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM slot").fetchone()
        with pytest.raises(OverwritePending):
            SqliteCaseKeys(store, wait_ms=0).overwrite(2)
        code, said = told(capsys, "doctor")
        found = seen(said, "overwritten")
        assert (code, found["well"], found["slots"]) == (1, False, "2")
    assert seen(told(capsys, "doctor")[1], "overwritten")["well"]


def orphan(content: bytes) -> Path:
    sealed = FileExhibits(Path("m/exhibits")).seal(BytesIO(content), bytes(32)).sealed
    return aged(Path("m/exhibits", sealed[:2], sealed))


def test_an_orphan_is_reported_and_swept_and_named(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = [aged(path) for path in Path("m/exhibits").glob("??/*")]
    assert seen(told(capsys, "doctor")[1], "exhibits")["well"]
    left = orphan(b"cut off")
    young = FileExhibits(Path("m/exhibits")).seal(BytesIO(b"young"), bytes(32)).sealed
    found = seen(told(capsys, "doctor")[1], "exhibits")
    assert (found["well"], found["files"], found["octets"]) == (False, 1, left.stat().st_size)
    code, said = told(capsys, "doctor", "--sweep")
    assert (code, said["code"]) == (0, "swept")
    assert list(said["facts"]["files"]) == [str(left.relative_to("m/exhibits"))]
    assert not left.exists()
    assert kept[0].exists()
    assert Path("m/exhibits", young[:2], young).exists()
    assert run(["doctor", "--sweep"], DOORS) == 0
    assert "Removed: 0" in capsys.readouterr().out
    assert told(capsys, "case", "exhibit", case, "1", "--out", "back")[0] == 0


def test_no_sweep_takes_what_a_slow_lodging_sealed_long_ago(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case
    report = {
        "allegations": [{"what": "Closed."}],
        "exhibits": [{"file": "one"}, {"file": "two"}],
    }
    submission, _ = read_submission(report)
    assert submission is not None
    refused: list[str] = []

    def slow(name: str) -> BinaryIO:
        for path in Path("m/exhibits").glob("??/*"):
            aged(path)
        if name == "two":
            try:
                FileExhibits(Path("m/exhibits"), wait_seconds=0).sweep(list, before=2e9)
            except LodgingGoesOn:
                refused.append(name)
        return BytesIO(name.encode())

    made = application("m")
    delivery = Delivery(request=uuid4(), submissions=[submission], exhibit=slow)
    (outcome,) = made.lodge_submission(delivery)
    made.close()
    assert refused
    number = outcome.acts[0].number  # type: ignore[union-attr]  # it was lodged
    assert told(capsys, "doctor", "--sweep")[1]["facts"]["files"] == {}
    assert told(capsys, "case", "exhibit", number, "one", "--out", "back")[0] == 0


def test_nothing_is_swept_while_the_ledger_is_behind_what_it_promised(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case
    left = orphan(b"perhaps of a lost act")
    Path("m/head/head").unlink()
    code, said = told(capsys, "doctor", "--sweep")
    assert (code, said["code"]) == (1, "ledger-read-only")
    assert left.exists()
    assert all(one["code"] != "exhibits" for one in told(capsys, "doctor")[1]["facts"]["looked_at"])


def test_it_tells_how_many_unsent_forms_are_kept_and_clears_those_that_are_over(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert case
    assert seen(told(capsys, "doctor")[1], "forms")["kept"] == 0
    opened = application("m")
    for _ in range(2):
        opened.kept_forms.save(opened.kept_forms.begin(), b"not sent yet")
    older = replace(opened.kept_forms, now=lambda: 1_000_000_000_000)
    older.save(older.begin(), b"of long ago")
    opened.close()
    found = seen(told(capsys, "doctor")[1], "forms")
    assert (found["well"], found["kept"]) == (True, 2)
    assert len(list(Path("m/forms").iterdir())) == 2


def test_a_backup_holds_no_unsent_form(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert case
    opened = application("m")
    opened.kept_forms.save(opened.kept_forms.begin(), b"not sent yet")
    opened.close()
    (form,) = (path for path in Path("m/forms").rglob("*") if path.is_file())
    assert told(capsys, "backup", "away")[0] == 0
    kept = [path for path in Path("away").rglob("*") if path.is_file()]
    assert kept
    assert not [path for path in kept if path.read_bytes() == form.read_bytes()]


def test_figures_that_a_newer_version_keeps_are_reported(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["figures"], DOORS) == 0
    capsys.readouterr()
    _, said = told(capsys, "doctor")
    assert seen(said, "figures")["well"]
    with closing(sqlite3.connect("m/ledger.sqlite3")) as database:
        database.execute("UPDATE mark SET version = version + 1 WHERE name = 'figures'")
        database.commit()
    code, said = told(capsys, "doctor")
    assert not seen(said, "figures")["well"]
    assert run(["doctor"], DOORS) == code == 1
    assert "! A newer version of this program keeps the figures" in capsys.readouterr().out
    assert run(["figures"], DOORS) == 0
    assert case
