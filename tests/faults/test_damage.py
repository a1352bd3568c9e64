"""Stored bytes that change by themselves, and data put back from yesterday.

The files are changed as a failing disk or a person would change them: behind the program's back.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest

from tests.support.adapters import ROOT

Cli = Callable[..., "subprocess.CompletedProcess[str]"]

SLOT = 4096


@pytest.fixture
def cli(tmp_path: Path) -> Cli:
    """Run a command on the mechanism in ``m``, each in a process of its own."""

    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "answerable", *words],
            cwd=tmp_path,
            env={
                "PYTHONPATH": str(ROOT / "src"),
                "PATH": os.environ["PATH"],
                "ANSWERABLE_MECHANISM": "m",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return run


@pytest.fixture
def mechanism(cli: Cli, tmp_path: Path) -> Path:
    """A mechanism with a party and 300 cases: one complete tile, and one that is growing."""
    named = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")
    exact = ("--padding-per-day", "0")
    assert cli("init", "m", *named, *exact).returncode == 0
    assert cli("party", "add", "Union").returncode == 0
    lodge(cli, tmp_path, 300)
    assert cli("ledger", "publish").returncode == 0
    return tmp_path / "m"


_FILES = count(1)


def lodge(cli: Cli, folder: Path, cases: int) -> "subprocess.CompletedProcess[str]":
    """Hand in a new file of so many reports."""
    file = folder / f"report-{next(_FILES)}.yaml"
    file.write_text("---\n".join(f"allegations:\n- what: Report {at}.\n" for at in range(cases)))
    return cli("submission", "lodge", file.name, "--json")


def findings(cli: Cli) -> list[str]:
    ended = cli("ledger", "verify", "--acts", "--json")
    told = json.loads(ended.stdout)
    codes = [item["code"] for item in told["facts"]["findings"]]
    assert ended.returncode == (1 if codes else 0)
    return codes


def size(mechanism: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(mechanism / "ledger.sqlite3")) as database:
        (entries,) = database.execute("SELECT count(*) FROM entry").fetchone()
        (checkpoints,) = database.execute("SELECT count(*) FROM checkpoint").fetchone()
    return entries, checkpoints


def flip(mechanism: Path, table: str, column: str, where: str) -> None:
    """Change one bit of one stored value."""
    with closing(sqlite3.connect(mechanism / "ledger.sqlite3")) as database:
        (value,) = database.execute(f'SELECT {column} FROM "{table}" WHERE {where}').fetchone()  # noqa: S608 - names from this file
        octets = value.encode() if isinstance(value, str) else value
        changed = octets[:-3] + bytes([octets[-3] ^ 1]) + octets[-2:]
        new = changed.decode() if isinstance(value, str) else changed
        database.execute(f'UPDATE "{table}" SET {column} = ? WHERE {where}', (new,))  # noqa: S608 - as above
        database.commit()


def test_a_flipped_bit_in_the_growing_tile_is_found_before_anything_is_signed(
    cli: Cli, mechanism: Path, tmp_path: Path
) -> None:
    before = size(mechanism)
    flip(mechanism, "entry", "commitment", "position = 290")
    ended = lodge(cli, tmp_path, 1)
    assert ended.returncode == 70
    assert json.loads(ended.stdout)["code"] == "tree-mismatch"
    assert size(mechanism) == before
    assert "root-differs" in findings(cli)
    assert "act-differs" in findings(cli)


@pytest.mark.parametrize(
    ("table", "column", "where", "found"),
    [
        ("entry", "commitment", "position = 100", {"entries-differ", "tile-differs"}),
        ("act", "settled", "position = 100", {"act-differs", "act-unreadable"}),
        ("act", "digests", "position = 100", {"act-differs"}),
        ("act", "envelope_secret", "position = 290", {"act-differs"}),
        ("tile", "root", "number = 0", {"tile-differs"}),
        ("checkpoint", "root", "size = 302", {"root-differs", "checkpoint-altered"}),
        ("checkpoint", "note", "size = 302", {"checkpoint-unsigned", "checkpoint-unreadable"}),
        ("docket", "standing", "id = 5", {"docket-differs"}),
    ],
)
def test_a_flipped_bit_is_found_and_named(
    cli: Cli, mechanism: Path, table: str, column: str, where: str, found: set[str]
) -> None:
    assert findings(cli) == []
    flip(mechanism, table, column, where)
    codes = findings(cli)
    assert found & set(codes), codes


def test_a_flipped_bit_in_a_published_tile_is_mended_from_the_database(
    cli: Cli, mechanism: Path
) -> None:
    tile = mechanism / "public" / "tile" / "0" / "000"
    whole = tile.read_bytes()
    tile.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
    assert cli("ledger", "publish").returncode == 0
    assert tile.read_bytes() == whole


@pytest.mark.parametrize("torn", [0, 1])
def test_a_second_copy_torn_in_one_slot_does_no_harm(
    cli: Cli, mechanism: Path, tmp_path: Path, torn: int
) -> None:
    tear(mechanism / "head" / "head", [torn])
    assert findings(cli) == []
    assert lodge(cli, tmp_path, 1).returncode == 0
    assert findings(cli) == []


def test_a_second_copy_torn_in_both_slots_stops_the_ledger(
    cli: Cli, mechanism: Path, tmp_path: Path
) -> None:
    before = size(mechanism)
    tear(mechanism / "head" / "head", [0, 1])
    ended = lodge(cli, tmp_path, 1)
    assert (ended.returncode, json.loads(ended.stdout)["code"]) == (70, "head-unreadable")
    assert size(mechanism) == before
    assert findings(cli) == ["head-unreadable"]
    assert cli("case", "list").returncode == 0


def tear(head: Path, slots: list[int]) -> None:
    octets = bytearray(head.read_bytes())
    for slot in slots:
        octets[slot * SLOT + 100 : (slot + 1) * SLOT] = bytes(SLOT - 100)
    head.write_bytes(octets)


@pytest.fixture
def restored(cli: Cli, mechanism: Path, tmp_path: Path) -> Path:
    """Yesterday's database put back, after five more cases were lodged."""
    with closing(sqlite3.connect(mechanism / "ledger.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(mechanism / "ledger.sqlite3", tmp_path / "yesterday")
    assert lodge(cli, tmp_path, 5).returncode == 0
    assert cli("ledger", "publish").returncode == 0
    for beside in ("-wal", "-shm"):
        (mechanism / f"ledger.sqlite3{beside}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "yesterday", mechanism / "ledger.sqlite3")
    return mechanism


def test_yesterdays_database_can_be_read_and_not_added_to(
    cli: Cli, restored: Path, tmp_path: Path
) -> None:
    before = size(restored)
    ended = lodge(cli, tmp_path, 1)
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["code"]) == (1, "ledger-read-only")
    assert "answerable restore --successor" in told["message"]
    assert cli("party", "add", "Another").returncode == 1
    assert size(restored) == before
    assert "head-ahead" in findings(cli)
    listed = json.loads(cli("case", "list", "--json").stdout)
    assert len(listed["facts"]["cases"]) == 300
    assert cli("case", "show", listed["facts"]["cases"][299]["number"]).returncode == 0
    # Nor is the folder that the public reads taken back.
    shown = (restored / "public" / "checkpoint").read_bytes()
    published = cli("ledger", "publish", "--json")
    assert (published.returncode, json.loads(published.stdout)["code"]) == (70, "published-ahead")
    assert (restored / "public" / "checkpoint").read_bytes() == shown


@pytest.mark.usefixtures("restored")
def test_a_restored_ledger_goes_on_in_a_successor_that_names_the_loss(
    cli: Cli, tmp_path: Path
) -> None:
    ended = cli("restore", "--successor", "training.example/xa-2", "--json")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    facts = json.loads(ended.stdout)["facts"]
    assert (facts["lost_size"], facts["restored_size"]) == (307, 302)
    assert findings(cli) == []
    lodged = json.loads(lodge(cli, tmp_path, 1).stdout)
    (case,) = lodged["facts"]["submissions"]
    # The five that were lost had 301 to 305: no number is given twice.
    assert "-0306-" in case["number"]
    assert findings(cli) == []
