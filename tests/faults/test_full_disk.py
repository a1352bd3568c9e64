"""A small real file system, filled while a delivery of forty reports with exhibits arrives."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.bootstrap.application import application_of
from answerable.bootstrap.folder import folder_at
from answerable.core.docket import Kind
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from answerable.keys.ed25519 import verify
from tests.support.adapters import ROOT

# Not marked as faults: where mounting is not allowed, CI may skip these, since the sweeps of
# test_lodging.py refuse every write with the same error.
REPORTS = 40
EXHIBIT = 10_000
MEGABYTE = 1024 * 1024


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mounting, check=False).returncode != 0:
        pytest.skip("a file system can be mounted here by nobody but root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)  # noqa: S607 - found where mount was


@pytest.fixture
def delivery(tmp_path: Path) -> Path:
    return delivery_of(REPORTS, tmp_path / "d")


def delivery_of(count: int, handed_in: Path) -> Path:
    handed_in.mkdir()
    reports = []
    for number in range(1, count + 1):
        (handed_in / f"photo-{number}.jpg").write_bytes(os.urandom(EXHIBIT))
        reports.append(
            f"allegations:\n- what: Workshop {number} was stopped.\n"
            f"exhibits:\n- file: photo-{number}.jpg\n"
        )
    (handed_in / "delivery.yaml").write_text("---\n".join(reports))
    return handed_in / "delivery.yaml"


def answerable(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "answerable", *words],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def free(folder: Path) -> int:
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def cases_in(mechanism: Path) -> list[str]:
    application = application_of(folder_at(mechanism))
    found, _ = application.upkeep.check(acts=True, progress=lambda *_: None)
    assert [item.code for item in found] == []
    cases = [docket.number for docket in application.dockets.dockets(Kind.CASE)]
    application.close()
    return cases


def founded(mechanism: Path) -> Path:
    named = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")
    exact = ("--padding-per-day", "0")
    assert answerable("init", str(mechanism), *named, *exact).returncode == 0
    return mechanism


# From no room at all to nearly enough: for exhibits, for the database's log, for what is beside it.
@pytest.mark.parametrize("room", [0, 30_000, 200_000, 450_000, 560_000, 620_000, 700_000])
def test_a_delivery_that_fills_the_disk_is_refused_and_completes_when_there_is_room(
    small: Path, delivery: Path, room: int
) -> None:
    mechanism = founded(small / "m")
    lodge = ("submission", "lodge", str(delivery), "--mechanism", str(mechanism), "--json")
    filler = small / "filler"
    filler.write_bytes(bytes(max(0, free(small) - room)))
    full = answerable(*lodge)
    told = json.loads(full.stdout)
    if full.returncode != 0:
        assert (told["code"], told["facts"]["reason"]) == ("storage-failed", "disk-full")
        assert told["message"].startswith("The disk is full.")
        assert full.returncode == 70
    # What can be read with a full disk is read, or refused in the same words.
    listed = answerable("case", "list", "--mechanism", str(mechanism))
    assert listed.returncode == 0 or "The disk is full." in listed.stderr
    before = {path.name: path.read_bytes() for path in delivery.parent.glob("*.receipts/*-proof")}
    filler.unlink()
    assert len(cases_in(mechanism)) == len(before) == (REPORTS if full.returncode == 0 else 0)
    again = answerable(*lodge)
    assert again.returncode == 0, again.stderr
    numbers = [item["number"] for item in json.loads(again.stdout)["facts"]["submissions"]]
    assert cases_in(mechanism) == numbers
    assert len(set(numbers)) == REPORTS
    after = {path.name: path.read_bytes() for path in delivery.parent.glob("*.receipts/*-proof")}
    assert sorted(after) == sorted(f"{number}.tlog-proof" for number in numbers)
    assert before.items() <= after.items()
    policy = application_of(folder_at(mechanism)).upkeep.policy()
    proofs = [verify_receipt(Receipt.parse(octets), policy, verify) for octets in after.values()]
    assert sorted(proof.index for proof in proofs) == list(range(1, REPORTS + 1))


def test_of_a_longer_delivery_what_was_accepted_is_whole_and_the_rest_is_refused(
    small: Path, tmp_path: Path
) -> None:
    mechanism, long = founded(small / "m"), delivery_of(90, tmp_path / "d")
    lodge = ("submission", "lodge", str(long), "--mechanism", str(mechanism), "--json")
    filler = small / "filler"
    # Room for fifty, which are written together, and not for all.
    filler.write_bytes(bytes(free(small) - 1_100_000))
    full = answerable(*lodge)
    assert full.returncode == 70
    told = json.loads(full.stdout)["facts"]["submissions"]
    accepted = [item["number"] for item in told if "number" in item]
    refused = [(item["code"], item["reason"]) for item in told if "code" in item]
    assert len(accepted) == 50
    assert refused == [("storage-failed", "disk-full")] * 40
    before = {path.name: path.read_bytes() for path in long.parent.glob("*.receipts/*-proof")}
    assert sorted(before) == [f"{number}.tlog-proof" for number in accepted]
    assert cases_in(mechanism) == accepted
    filler.unlink()
    again = answerable(*lodge)
    assert again.returncode == 0, again.stderr
    after = {path.name: path.read_bytes() for path in long.parent.glob("*.receipts/*-proof")}
    assert before.items() <= after.items()
    assert len(cases_in(mechanism)) == len(after) == 90


def test_an_exhibit_that_is_missing_is_found_before_anything_of_a_long_delivery_is_written(
    tmp_path: Path,
) -> None:
    mechanism, long = founded(tmp_path / "m"), delivery_of(60, tmp_path / "d")
    (long.parent / "photo-60.jpg").unlink()
    ended = answerable("submission", "lodge", str(long), "--mechanism", str(mechanism), "--json")
    assert (ended.returncode, json.loads(ended.stdout)["code"]) == (2, "exhibit-missing")
    assert cases_in(mechanism) == []
    assert [path for path in (mechanism / "exhibits").rglob("*") if path.is_file()] == []
