"""A delivery asked for again: its key stands for what was handed in with it, and nothing else."""

import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from answerable.__main__ import DOORS
from answerable.casework.ports import (
    Appended,
    Ledger,
    LedgerPoisoned,
    LedgerReadOnly,
    StorageFailed,
)
from answerable.cli.surface import Doors, run
from answerable.core.docket import Unit, UnitKey
from answerable.core.errors import AnswerableError, Refused

REPORT = "allegations:\n  - what: The office was closed.\n"
OTHER = "allegations:\n  - what: The workshop was stopped.\n"
PHOTO = "exhibits:\n  - file: photo.jpg\n"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def mechanism(tmp_path: Path, capsys: Captured) -> Path:
    folder = tmp_path / "mechanism"
    settings = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", str(folder), *settings], DOORS) == 0
    for party, seat in (("Lantern", "complainant"), ("Bureau", "secretariat")):
        assert run(["party", "add", party, "--mechanism", str(folder)], DOORS) == 0
        assert run(["seat", "grant", party, seat, "--mechanism", str(folder)], DOORS) == 0
    capsys.readouterr()
    return folder


def lodge(mechanism: Path, report: Path | str, *more: str, doors: Doors = DOORS) -> int:
    words = ["submission", "lodge", str(report), "--mechanism", str(mechanism), *more]
    return run(words, doors)


def written(path: Path, *reports: str) -> Path:
    path.write_text("---\n".join(reports))
    return path


def proofs(report: Path) -> list[str]:
    return sorted(path.name for path in Path(f"{report}.receipts").glob("*.tlog-proof"))


def refused(mechanism: Path, report: Path, capsys: Captured, *more: str) -> Mapping[str, Any]:
    """Return the facts with which a delivery is refused that is not the one it says it is."""
    capsys.readouterr()
    assert lodge(mechanism, report, *more, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["code"] == "delivery-differs"
    assert not Path(f"{report}.receipts").exists()
    facts: Mapping[str, Any] = told["facts"]
    return facts


def test_a_key_given_with_another_file_is_refused_and_never_answered_with_the_first(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    key = str(uuid4())
    assert lodge(mechanism, written(tmp_path / "a.yaml", REPORT), "--delivery-key", key) == 0
    other = written(tmp_path / "b.yaml", OTHER)
    facts = refused(mechanism, other, capsys, "--delivery-key", key)
    assert facts["reports"] == "1"
    assert facts["field"] == "allegations[1].what"
    assert lodge(mechanism, other, "--delivery-key", key) == 1
    said = capsys.readouterr().err
    assert "The key is that of another delivery" in said
    assert "Nothing new was handed in" in said
    assert "same receipts follow" not in said
    # The same words in another file are the same delivery.
    copy = written(tmp_path / "c.yaml", "# a copy\n" + REPORT)
    assert lodge(mechanism, copy, "--delivery-key", key) == 0
    assert proofs(copy) == proofs(tmp_path / "a.yaml")


def test_of_a_delivery_the_reports_that_differ_are_named(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    key = str(uuid4())
    first = written(tmp_path / "a.yaml", REPORT, REPORT, REPORT, REPORT)
    assert lodge(mechanism, first, "--delivery-key", key) == 0
    changed = written(tmp_path / "b.yaml", REPORT, OTHER, OTHER, REPORT)
    assert refused(mechanism, changed, capsys, "--delivery-key", key)["reports"] == "2-3"
    fewer = written(tmp_path / "c.yaml", REPORT, REPORT)
    assert refused(mechanism, fewer, capsys, "--delivery-key", key)["reports"] == "3-4"


def test_who_may_read_a_report_is_part_of_it(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    key = str(uuid4())
    assert lodge(mechanism, written(tmp_path / "a.yaml", REPORT), "--delivery-key", key) == 0
    wider = written(tmp_path / "b.yaml", REPORT + "readers: [secretariat, monitor]\n")
    refused(mechanism, wider, capsys, "--delivery-key", key)


def test_a_photo_that_changed_beside_an_unchanged_report_is_named(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    report, photo = written(tmp_path / "a.yaml", REPORT + PHOTO), tmp_path / "photo.jpg"
    photo.write_bytes(b"the door, closed")
    assert lodge(mechanism, report) == 0
    assert lodge(mechanism, report) == 0
    kept = proofs(report)
    photo.write_bytes(b"the door, opened")
    capsys.readouterr()
    assert lodge(mechanism, report, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["code"] == "delivery-differs"
    assert told["facts"]["field"] == "exhibits[1].file"
    assert "An exhibit is another file than the one that was handed in" in told["message"]
    # Who has lost the photo may still have the receipt.
    photo.unlink()
    assert lodge(mechanism, report) == 0
    assert proofs(report) == kept


def test_a_delivery_is_of_one_sender(mechanism: Path, tmp_path: Path, capsys: Captured) -> None:
    key, report = str(uuid4()), written(tmp_path / "a.yaml", REPORT)
    entered = ("--entered-by", "Bureau", "--evidence", "a letter")
    assert lodge(mechanism, report, "--delivery-key", key, "--as", "Lantern", *entered) == 0
    again = written(tmp_path / "b.yaml", REPORT)
    alone = refused(mechanism, again, capsys, "--delivery-key", key)
    assert alone["field"] == "by"
    own = refused(mechanism, again, capsys, "--delivery-key", key, "--as", "Lantern")
    assert own["field"] == "entered_by"
    entered = (*entered[:-1], "a form")
    forms = refused(mechanism, again, capsys, "--delivery-key", key, "--as", "Lantern", *entered)
    assert forms["field"] == "entered.evidence"


def test_a_report_is_not_signed_afterwards(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    key, own = str(uuid4()), str(tmp_path / "own.key")
    assert run(["key", "new", own], DOORS) == 0
    assert lodge(mechanism, written(tmp_path / "a.yaml", REPORT), "--delivery-key", key) == 0
    again = written(tmp_path / "b.yaml", REPORT)
    facts = refused(mechanism, again, capsys, "--delivery-key", key, "--key", own)
    assert facts["field"] == "signature"


def test_evidence_without_who_typed_it_in_is_refused(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    report = written(tmp_path / "a.yaml", REPORT)
    assert lodge(mechanism, report, "--as", "Lantern", "--evidence", "a letter") == 1
    assert "--entered-by" in capsys.readouterr().err
    assert proofs(report) == []


def test_a_delivery_from_a_stream_says_its_key_before_anything_is_lodged(
    mechanism: Path, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    folder = ("--to", str(tmp_path / "receipts"))
    cut_off = broken_after(0, KeyboardInterrupt())
    assert lodge(mechanism, "-", *folder, doors=cut_off) == 130
    said = capsys.readouterr().err
    (key,) = [word for word in said.split() if word.count("-") == 4]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode())))
    assert lodge(mechanism, "-", *folder, "--delivery-key", key, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["facts"]["delivery_key"] == key


@dataclass
class BreaksAfter:
    """A ledger that takes some parts of a delivery, and then raises."""

    ledger: Ledger
    parts: int
    problem: BaseException

    def __getattr__(self, name: str) -> Any:
        return getattr(self.ledger, name)

    def append(self, units: Sequence[Unit]) -> Sequence[Appended | Refused]:
        if self.parts == 0:
            raise self.problem
        self.parts -= 1
        return self.ledger.append(units)


def with_ledger(changed: Callable[[Ledger], Any]) -> Doors:
    def application(folder: str) -> Any:
        assert DOORS.application is not None
        whole = DOORS.application(folder)
        lodging = replace(whole.lodge_submission, ledger=changed(whole.ledger))
        return replace(whole, lodge_submission=lodging)

    return replace(DOORS, application=application)


def broken_after(parts: int, problem: BaseException) -> Doors:
    return with_ledger(lambda ledger: BreaksAfter(ledger, parts, problem))


@pytest.mark.parametrize(
    ("problem", "exit_code"),
    [
        (LedgerPoisoned("in doubt", cause="head-conflict"), 70),
        (LedgerReadOnly("behind", size=3), 1),
        (StorageFailed("full", reason="disk-full"), 70),
    ],
)
def test_what_was_received_before_it_broke_has_its_receipts_and_the_rest_is_counted(
    mechanism: Path, tmp_path: Path, capsys: Captured, problem: AnswerableError, exit_code: int
) -> None:
    report = written(tmp_path / "a.yaml", *[REPORT] * 60)
    assert lodge(mechanism, report, doors=broken_after(1, problem)) == exit_code
    assert len(proofs(report)) == 50
    said = capsys.readouterr().out
    assert said.count("Received: XA-") == 50
    assert "Report 51-60:" in said
    assert "Received, with a receipt: 50 of 60. Without: 10." in said
    assert "nothing is recorded twice" in said.replace("\n", " ")
    # What is wrong is said once, not for each report that it concerns.
    what = {"ledger-poisoned": "in doubt.", "storage-failed": "The disk is full."}
    assert said.count(what.get(problem.code, "The ledger can be read")) == 1
    assert lodge(mechanism, report, "--json") == 0
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert (facts["received"], facts["not_received"]) == (60, 0)
    assert len(proofs(report)) == 60


def test_receipts_are_written_where_nothing_more_can_be_read(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    gone = StorageFailed("gone", reason="database")

    class Unreadable(BreaksAfter):
        def append(self, units: Sequence[Unit]) -> Sequence[Appended | Refused]:
            if self.parts == 0:
                broken.append(gone)
            return super().append(units)

    broken: list[AnswerableError] = []

    def application(folder: str) -> Any:
        assert DOORS.application is not None
        whole = DOORS.application(folder)

        class Dockets:
            def __getattr__(self, name: str) -> Any:
                if broken:
                    raise gone
                return getattr(whole.dockets, name)

        reading = replace(whole.reading, dockets=Dockets())
        ledger = Unreadable(whole.ledger, 1, gone)
        lodging = replace(whole.lodge_submission, ledger=ledger, reading=reading)
        return replace(whole, lodge_submission=lodging, reading=reading)

    report = written(tmp_path / "a.yaml", *[REPORT] * 60)
    assert lodge(mechanism, report, doors=replace(DOORS, application=application)) == 70
    assert len(proofs(report)) == 50
    assert not list(Path(f"{report}.receipts").glob("*.opening.json"))
    assert "The openings of what was received could not be read" in capsys.readouterr().out
    assert lodge(mechanism, report) == 0
    assert len(list(Path(f"{report}.receipts").glob("*.opening.json"))) == 60


def test_what_has_no_receipt_is_counted_where_the_receipts_cannot_be_written_either(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    report = written(tmp_path / "a.yaml", *[REPORT] * 60)
    full = broken_after(1, StorageFailed("full", reason="disk-full"))
    nowhere = ("--to", str(report / "receipts"))
    assert lodge(mechanism, report, *nowhere, doors=full) == 70
    said = capsys.readouterr().out
    assert "Received, with a receipt: 50 of 60. Without: 10." in said
    assert "its receipts could not be written" in said
    assert "Kept in" not in said
    still = broken_after(0, StorageFailed("full", reason="disk-full"))
    assert lodge(mechanism, report, *nowhere, "--json", doors=still) == 70
    facts = json.loads(capsys.readouterr().out)["facts"]
    assert facts["problems"] == ["storage-failed", "receipts-not-kept"]


def test_two_who_use_one_key_at_one_moment_do_not_get_each_others_receipts(
    mechanism: Path, tmp_path: Path, capsys: Captured
) -> None:
    key = str(uuid4())

    @dataclass
    class Late:
        """A ledger that knows nothing yet when it is asked, since another is just being quicker."""

        ledger: Ledger

        def __getattr__(self, name: str) -> Any:
            return getattr(self.ledger, name)

        def known(self, keys: Sequence[UnitKey]) -> Mapping[UnitKey, Appended]:
            del keys
            return {}

    assert lodge(mechanism, written(tmp_path / "a.yaml", REPORT), "--delivery-key", key) == 0
    other = written(tmp_path / "b.yaml", OTHER)
    capsys.readouterr()
    assert lodge(mechanism, other, "--delivery-key", key, doors=with_ledger(Late)) == 1
    assert proofs(other) == []
