"""Signing by the command line: with whose key, in a file of acts, asked again, and no key left."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.cli.surface import run
from answerable.keys.party_key import read_party_key

Captured = pytest.CaptureFixture[str]
ORIGIN = "training.example/xa"
Told = Callable[..., Mapping[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "mechanism"


@pytest.fixture
def told(folder: Path, tmp_path: Path, capsys: Captured) -> Told:
    """Return what does a command on a mechanism with one report, and what was told of it."""

    def tell(*words: str, ends: int = 0) -> Mapping[str, Any]:
        code = run([*words, "--json", "--mechanism", str(folder)], DOORS)
        out = capsys.readouterr()
        assert code == ends, out
        answer: Mapping[str, Any] = json.loads(out.out)
        return answer

    settings = ("--name", "Training", "--origin", ORIGIN, "--prefix", "XA")
    assert run(["init", str(folder), *settings], DOORS) == 0
    capsys.readouterr()
    tell("party", "add", "Lantern")
    tell("party", "add", "Bureau")
    tell("seat", "grant", "Bureau", "secretariat")
    report = tmp_path / "report.yaml"
    report.write_text("allegations:\n- what: The office was closed.\n")
    tell("submission", "lodge", str(report), "--as", "Lantern")
    return tell


@pytest.fixture
def number(told: Told) -> str:
    return str(told("case", "list")["facts"]["cases"][0]["number"])


@pytest.fixture
def key(told: Told, tmp_path: Path) -> Path:
    """Return the file of the Bureau's key, whose public half is registered."""
    file = tmp_path / "bureau.key"
    public = told("key", "new", str(file))["facts"]["public"]
    told("party", "register-key", "Bureau", "--key", public)
    return file


def signed(told: Told, number: str) -> list[tuple[str, bool]]:
    """Return each act of a case, with whether it is signed."""
    acts = told("case", "record", number)["facts"]["acts"]
    return [(one["act"], one["signed"] is not None) for one in acts]


def test_an_act_is_signed_and_asked_again_it_is_given_again(
    told: Told, number: str, key: Path
) -> None:
    words = ("case", "open", number, "--as", "Bureau", "--sign-with", str(key))
    first = told(*words)["facts"]
    assert signed(told, number) == [("submitted", False), ("opened", True)]
    again = told(*words, "--request-key", first["request_key"])["facts"]
    assert (again["number"], again["again"]) == (first["number"], True)
    unsigned = ("--request-key", first["request_key"])
    assert told("case", "open", number, "--as", "Bureau", *unsigned)["facts"]["again"]


def test_asked_again_with_a_signature_an_unsigned_act_is_another(
    told: Told, number: str, key: Path
) -> None:
    first = told("case", "open", number, "--as", "Bureau")["facts"]["request_key"]
    words = ("--request-key", first, "--sign-with", str(key))
    refused = told("case", "open", number, "--as", "Bureau", *words, ends=1)
    assert (refused["code"], refused["facts"]["field"]) == ("act-differs-from-done", "sign-with")


def test_acts_of_a_file_are_signed_each_with_the_key_that_it_names(
    told: Told, number: str, key: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.key"
    told("key", "new", str(other))
    acts = tmp_path / "acts.yaml"
    first = f"case: {number}\nact: opened\nas: Bureau\nsign-with: {key.name}\n"
    second = f"---\ncase: {number}\nact: acknowledged\nas: Bureau\nsign-with: other.key\n"
    acts.write_text(first + second)
    tried = told("case", "do", str(acts), "--dry-run", ends=1)["facts"]
    assert tried["acts"][1]["refusal"]["code"] == "another-party-key"
    assert signed(told, number) == [("submitted", False)]
    done = told("case", "do", str(acts), ends=1)["facts"]
    assert (done["done"], done["left"]) == (1, 1)
    acts.write_text(first + second.replace("sign-with: other.key\n", ""))
    assert told("case", "do", str(acts))["facts"]["acts"][0]["again"]
    assert signed(told, number) == [
        *(("submitted", False), ("opened", True), ("acknowledged", False)),
    ]


def test_a_key_of_a_file_of_acts_that_is_none_is_named_with_its_line(
    told: Told, number: str, tmp_path: Path, folder: Path, capsys: Captured
) -> None:
    acts = tmp_path / "acts.yaml"
    acts.write_text(f"case: {number}\nact: opened\nas: Bureau\nsign-with: nowhere.key\n")
    assert run(["case", "do", str(acts), "--mechanism", str(folder)], DOORS) == 2
    assert "Line 4. sign-with: nowhere.key" in capsys.readouterr().err
    assert signed(told, number) == [("submitted", False)]


def test_the_private_key_is_in_no_file_of_the_mechanism_and_in_no_answer(
    told: Told, number: str, key: Path, folder: Path
) -> None:
    seed = read_party_key(key)
    answer = told("case", "open", number, "--as", "Bureau", "--sign-with", str(key))
    record = told("case", "record", number)
    assert seed.hex() not in json.dumps([answer, record])
    for file in folder.rglob("*"):
        if file.is_file():
            octets = file.read_bytes()
            assert seed not in octets, file
            assert seed.hex().encode() not in octets, file
    assert key.stat().st_mode & 0o077 == 0


def test_a_public_key_is_sixty_four_digits(told: Told, number: str) -> None:
    assert number
    refused = told("party", "register-key", "Bureau", "--key", "ab", ends=2)
    assert refused["code"] == "public-key-unreadable"


def test_what_was_signed_for_a_lost_ledger_stays_signed_and_its_successor_is_signed_for_anew(
    told: Told, number: str, key: Path, folder: Path, tmp_path: Path
) -> None:
    told("case", "open", number, "--as", "Bureau", "--sign-with", str(key))
    parts = ("ledger.sqlite3", "ledger.sqlite3-wal", "ledger.sqlite3-shm")
    old = {name: (folder / name).read_bytes() for name in parts[:2] if (folder / name).exists()}
    told("party", "add", "Union")
    # An old copy of the database is put in the place of the one that went on.
    for name in parts:
        (folder / name).unlink(missing_ok=True)
    for name, octets in old.items():
        (folder / name).write_bytes(octets)
    signing = ("case", "acknowledge", number, "--as", "Bureau", "--sign-with", str(key))
    assert told(*signing, ends=1)["code"] == "ledger-read-only"
    told("restore", "--successor", "training.example/xa/2")
    act = told(*signing)["facts"]["number"]
    assert signed(told, number)[1:] == [("opened", True), ("acknowledged", True)]
    assert told("ledger", "verify", "--acts")["facts"]["findings"] == []
    told("ledger", "publish")
    receipt, opening = str(tmp_path / "r"), str(tmp_path / "o")
    for one, origin in ((f"{number}/2", ORIGIN), (act, f"{ORIGIN}/2")):
        told("receipt", "reissue", one, "--output", receipt, "--with-opening", opening)
        words = ("--policy", str(folder / "public" / "policy"), "--opening", opening)
        (verdict,) = told("receipt", "verify", receipt, *words)["facts"]["receipts"]
        assert verdict["facts"]["origin"] == origin
        assert verdict["facts"]["signed_as"] == "act"
        Path(receipt).unlink()
        Path(opening).unlink()
