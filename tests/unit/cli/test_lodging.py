"""Lodging at the command line: what a sender may do twice, mend, and lose."""

from pathlib import Path

import pytest

from answerable.__main__ import DOORS
from answerable.cli.surface import run
from answerable.storage.case_keys import SqliteCaseKeys

REPORT = "allegations:\n  - what: The office was closed.\n"


@pytest.fixture
def mechanism(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = tmp_path / "mechanism"
    settings = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", str(folder), *settings], DOORS) == 0
    capsys.readouterr()
    return folder


def lodge(mechanism: Path, report: Path) -> int:
    return run(["submission", "lodge", str(report), "--mechanism", str(mechanism)], DOORS)


def receipts(report: Path) -> dict[str, bytes]:
    folder = Path(f"{report}.receipts")
    return {path.name: path.read_bytes() for path in folder.glob("XA-*")}


def test_a_report_that_was_refused_can_be_mended_and_lodged(
    mechanism: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.yaml"
    report.write_text(REPORT + "exhibits:\n  - file: missing.png\n")
    assert lodge(mechanism, report) == 2
    assert "exhibits[1].file" in capsys.readouterr().err
    # The same again is refused again, and nobody says that it was handed in.
    assert lodge(mechanism, report) == 2
    assert "handed in before" not in capsys.readouterr().err
    report.write_text(REPORT)
    assert lodge(mechanism, report) == 0
    assert len(receipts(report)) == 2


def test_a_file_that_was_changed_after_it_was_lodged_is_not_lodged_again(
    mechanism: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.yaml"
    report.write_text(REPORT)
    assert lodge(mechanism, report) == 0
    report.write_text(REPORT + "  - what: And then it was searched.\n")
    assert lodge(mechanism, report) == 1


def test_the_senders_own_opening_outlives_the_key(mechanism: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.yaml"
    report.write_text(REPORT)
    assert lodge(mechanism, report) == 0
    before = receipts(report)
    SqliteCaseKeys(mechanism / "keys" / "case-keys.sqlite3").overwrite(2)
    assert lodge(mechanism, report) == 0
    assert receipts(report) == before


def test_a_check_looks_whether_the_exhibits_are_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.yaml"
    report.write_text(REPORT + "exhibits:\n  - file: missing.png\n")
    assert run(["submission", "check", str(report)], DOORS) == 2
    assert "exhibits[1].file" in capsys.readouterr().out
    (tmp_path / "missing.png").write_bytes(b"a photo")
    assert run(["submission", "check", str(report)], DOORS) == 0
