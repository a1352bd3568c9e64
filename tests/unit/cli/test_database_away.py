"""A PostgreSQL that does not answer: every command says so in a sentence, and changes nothing."""

import json
from pathlib import Path

import pytest

from answerable.__main__ import DOORS
from answerable.cli.surface import run

pytest.importorskip("psycopg")

AWAY = "host=/nowhere/at/all dbname=ledger"
Captured = pytest.CaptureFixture[str]
NAMED = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")


@pytest.fixture
def mechanism(tmp_path: Path, capsys: Captured) -> Path:
    folder = tmp_path / "m"
    assert run(["init", str(folder), *NAMED], DOORS) == 0
    with (folder / "mechanism.toml").open("a") as settings:
        settings.write(f'database = "{AWAY}"\nkey_database = "{AWAY}keys"\n')
    (tmp_path / "report.yaml").write_text("allegations:\n  - what: The office was closed.\n")
    capsys.readouterr()
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("case", "list"),
        ("case", "show", "XA-2026-0001-1"),
        ("receipt", "reissue", "XA-2026-0001-1", "--output", "receipt"),
        ("party", "list"),
        ("ledger", "verify"),
        ("ledger", "publish"),
        ("doctor",),
        ("rebuild",),
        ("submission", "lodge", "report.yaml"),
    ],
    ids=" ".join,
)
def test_a_command_says_that_the_database_does_not_answer(
    mechanism: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(mechanism.parent)
    before = sorted(mechanism.parent.rglob("*"))
    assert run([*words, "--mechanism", "m"], DOORS) == 4
    said = capsys.readouterr().err
    assert said.startswith("The database does not answer.\nNothing was")
    assert "nowhere" not in said
    assert run([*words, "--mechanism", "m", "--json"], DOORS) == 4
    assert json.loads(capsys.readouterr().out)["code"] == "database-unreachable"
    assert sorted(mechanism.parent.rglob("*")) == before


def test_a_mechanism_is_not_founded_on_a_database_that_does_not_answer(
    tmp_path: Path, capsys: Captured
) -> None:
    addresses = ("--database", AWAY, "--key-database", AWAY)
    assert run(["init", str(tmp_path / "n"), *NAMED, *addresses], DOORS) == 4
    assert capsys.readouterr().err.startswith("The database does not answer.")
    assert list(tmp_path.iterdir()) == []
