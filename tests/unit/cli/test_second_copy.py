"""A lost second copy is made anew only where every head known elsewhere is in the database."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.cli.surface import run
from answerable.storage.head import FileHeads

RENEW = ("restore", "--new-second-copy")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Mapping[str, Any]]:
    code = run([*words, "--json"], DOORS)
    return code, json.loads(capsys.readouterr().out)


def lodge(name: str) -> str:
    """Lodge a report, and return the file of its receipt."""
    Path(name).write_text(f"allegations:\n- what: The office {name} was closed.\n")
    assert run(["submission", "lodge", name], DOORS) == 0
    (receipt,) = Path(f"{name}.receipts").glob("*.tlog-proof")
    return str(receipt)


@pytest.fixture
def m(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """A mechanism with three entries, all published, whose second copy is lost."""
    monkeypatch.chdir(tmp_path)
    settings = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", "m", *settings, "--padding-per-day", "0"], DOORS) == 0
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    lodge("one")
    lodge("two")
    assert run(["ledger", "publish"], DOORS) == 0
    capsys.readouterr()
    return Path("m")


def lose(m: Path) -> None:
    (m / "head" / "head").unlink()


def rolled_back(m: Path, old: Path) -> None:
    """Put the database back as it was, and lose the second copy with what it says."""
    for name in ("ledger.sqlite3", "ledger.sqlite3-wal"):
        (m / name).unlink(missing_ok=True)
        if (old / name).exists():
            shutil.copy(old / name, m / name)
    lose(m)


def is_unchanged(capsys: pytest.CaptureFixture[str], m: Path) -> bool:
    read_only = told(capsys, "party", "add", "Union")
    return not (m / "head" / "head").exists() and read_only[1]["code"] == "ledger-read-only"


def test_a_ledger_whose_second_copy_is_lost_goes_on_and_says_so(
    m: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lose(m)
    assert is_unchanged(capsys, m)
    code, said = told(capsys, *RENEW)
    assert (code, said["code"]) == (0, "second-copy-renewed")
    assert {key: said["facts"][key] for key in ("size", "known_size", "compared")} == {
        "size": 3,
        "known_size": 3,
        "compared": 1,
    }
    assert "cannot rule out" in said["message"]
    head = FileHeads(m / "head" / "head").read()
    assert head is not None
    assert head.size == 4
    lodge("three")
    assert run(["ledger", "verify", "--acts"], DOORS) == 0
    capsys.readouterr()
    # The act is in the ledger, with what was compared, and published.
    from answerable.bootstrap.application import application  # noqa: PLC0415 - for this one test
    from answerable.casework.reading import MECHANISM_DOCKET  # noqa: PLC0415 - as above

    made = application("m")
    (act,) = [
        act
        for act in made.dockets.acts(MECHANISM_DOCKET)
        if act.kept.envelope.act == "second-copy-renewed"
    ]
    made.close()
    assert act.kept.envelope.facts == {"compared": 1, "known_size": 3, "stored_size": 3}
    assert "\n4\n" in (m / "public" / "checkpoint").read_text()


def test_a_database_that_is_behind_what_was_published_is_refused(
    m: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copytree(m, tmp_path / "old")
    lodge("three")
    assert run(["ledger", "publish"], DOORS) == 0
    capsys.readouterr()
    rolled_back(m, tmp_path / "old")
    code, said = told(capsys, *RENEW)
    assert (code, said["code"], said["facts"]["reason"]) == (1, "head-not-reached", "size")
    assert (said["facts"]["known"], said["facts"]["size"]) == (4, 3)
    assert is_unchanged(capsys, m)


def test_a_receipt_that_someone_holds_shows_what_the_publication_does_not(
    m: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copytree(m, tmp_path / "old")
    before, newest = "two.receipts", lodge("three")
    rolled_back(m, tmp_path / "old")
    (held,) = map(str, Path(before).glob("*.tlog-proof"))
    capsys.readouterr()
    code, said = told(capsys, *RENEW, "--receipt", held, "--receipt", newest)
    assert (code, said["code"], said["facts"]["known"]) == (1, "head-not-reached", 4)
    assert is_unchanged(capsys, m)
    # Without it nothing tells: the words that are printed say just this.
    assert told(capsys, *RENEW, "--receipt", held)[0] == 0


def test_another_history_of_the_same_length_is_refused(
    m: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shutil.copytree(m, tmp_path / "old")
    held = lodge("three")
    rolled_back(m, tmp_path / "old")
    assert run([*RENEW], DOORS) == 0
    lodge("another-three")
    lose(m)
    shutil.rmtree(m / "public")
    shutil.copytree(tmp_path / "old" / "public", m / "public")
    capsys.readouterr()
    code, said = told(capsys, *RENEW, "--receipt", held)
    assert (code, said["code"], said["facts"]["reason"]) == (1, "head-not-reached", "tree")
    assert is_unchanged(capsys, m)


def test_where_nothing_is_known_elsewhere_any_age_would_pass_and_none_does(
    m: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lose(m)
    (m / "public" / "checkpoint").unlink()
    assert told(capsys, *RENEW)[1]["code"] == "no-head-known"
    (receipt,) = map(str, Path("two.receipts").glob("*.tlog-proof"))
    assert is_unchanged(capsys, m)
    assert told(capsys, *RENEW, "--receipt", receipt)[0] == 0


def test_a_successor_that_was_published_and_is_not_stored_is_a_head_not_reached(
    m: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lose(m)
    beyond = m / "public" / "2"
    beyond.mkdir()
    note = (m / "public" / "checkpoint").read_text()
    (beyond / "checkpoint").write_text(
        note.replace("training.example/xa\n", "training.example/xa/2\n", 1)
    )
    code, said = told(capsys, *RENEW)
    assert (code, said["code"], said["facts"]["reason"]) == (1, "head-not-reached", "ledger")
    (beyond / "checkpoint").write_text("nothing")
    assert told(capsys, *RENEW)[1]["code"] == "published-otherwise"
    assert is_unchanged(capsys, m)


def test_what_is_not_lost_is_not_made_anew(m: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (m / "head" / "head").read_bytes()
    assert told(capsys, *RENEW)[1]["code"] == "second-copy-there"
    (m / "head" / "head").write_bytes(b"\xff" * 8192)
    assert told(capsys, *RENEW)[1]["code"] == "head-unreadable"
    (m / "head" / "head").write_bytes(before)
    assert run(["ledger", "verify"], DOORS) == 0


def test_a_disk_that_is_not_there_is_not_taken_for_an_empty_one(
    m: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(m / "head")
    assert told(capsys, *RENEW)[1]["code"] == "part-missing"
    assert told(capsys, "ledger", "verify")[0] != 0


def test_a_forged_receipt_is_no_head(m: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lose(m)
    (receipt,) = Path("two.receipts").glob("*.tlog-proof")
    text = receipt.read_text()
    Path("forged").write_text(text.replace("\n3\n", "\n9\n", 1))
    code, said = told(capsys, *RENEW, "--receipt", "forged")
    assert (code, said["code"]) == (1, "signature-does-not-fit")
    assert is_unchanged(capsys, m)
    assert run([*RENEW, "away"], DOORS) == 2
