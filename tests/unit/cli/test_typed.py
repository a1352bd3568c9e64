"""What people type: numbers in the digits of their own language, and settings that cannot be."""

import json
from pathlib import Path

import pytest

from answerable.__main__ import DOORS
from answerable.cli.surface import run

Captured = pytest.CaptureFixture[str]
NAMED = {"--name": "Training", "--origin": "training.example/xa", "--prefix": "XA"}


def init(folder: Path, *more: str, **changed: str) -> int:
    named = {**NAMED, **{f"--{name}": value for name, value in changed.items()}}
    words = [word for pair in named.items() for word in pair]
    return run(["init", str(folder), *words, *more], DOORS)


@pytest.mark.parametrize(
    ("setting", "value", "example"),
    [
        ("origin", "https://training.example", "ledger.example/xa"),
        ("prefix", "training", "XA"),
        ("zone", "Phnom Penh", "Asia/Phnom_Penh"),
        ("host", "us", "neutral"),
        ("name", " ", "200"),
        ("contact", "line\nline", "one line"),
        ("database", "dbname=only-one", "--key-database"),
        ("padding-per-day", "-1", "86400"),
    ],
)
@pytest.mark.parametrize("language", ["en", "km", "fr"])
def test_a_setting_that_cannot_be_is_answered_with_what_can(
    tmp_path: Path, capsys: Captured, language: str, setting: str, value: str, example: str
) -> None:
    assert init(tmp_path / "m", "--lang", language, **{setting: value}) == 2
    said = capsys.readouterr().err
    if example != "one line" or language == "en":
        assert example in said
    assert "mechanism.toml" not in said
    assert not (tmp_path / "m").exists()


def test_a_setting_that_was_spoilt_in_its_file_is_named_with_the_file(
    tmp_path: Path, capsys: Captured
) -> None:
    assert init(tmp_path / "m") == 0
    settings = tmp_path / "m" / "mechanism.toml"
    settings.write_text(settings.read_text().replace('"UTC"', '"Utopia"'))
    assert run(["case", "list", "--mechanism", str(tmp_path / "m")], DOORS) == 2
    said = capsys.readouterr().err
    assert "mechanism.toml" in said
    assert "Asia/Phnom_Penh" in said


@pytest.mark.parametrize("spoilt", ['"24"', "true", "0.5", "86401"])
def test_padding_that_is_no_whole_number_of_a_day_is_not_guessed(
    tmp_path: Path, capsys: Captured, spoilt: str
) -> None:
    assert init(tmp_path / "m") == 0
    settings = tmp_path / "m" / "mechanism.toml"
    assert "padding_per_day = 24\n" in settings.read_text()
    settings.write_text(settings.read_text().replace("_day = 24", f"_day = {spoilt}"))
    assert run(["case", "list", "--mechanism", str(tmp_path / "m")], DOORS) == 2
    assert "padding_per_day" in capsys.readouterr().err


def test_a_case_number_may_be_typed_in_khmer_digits_wherever_one_is_typed(
    tmp_path: Path, capsys: Captured
) -> None:
    folder, report = tmp_path / "m", tmp_path / "report.yaml"
    assert init(folder) == 0
    report.write_text("allegations:\n  - what: The office was closed.\n")
    at = ("--mechanism", str(folder), "--json")
    assert run(["party", "add", "Bureau", *at], DOORS) == 0
    assert run(["seat", "grant", "Bureau", "secretariat", *at], DOORS) == 0
    assert run(["submission", "lodge", str(report), *at], DOORS) == 0
    capsys.readouterr()
    assert run(["case", "list", *at], DOORS) == 0
    number = json.loads(capsys.readouterr().out)["facts"]["cases"][0]["number"]
    prefix, _, digits = number.partition("-")
    typed = f"{prefix}-{digits.translate(str.maketrans('0123456789', '០១២៣៤៥៦៧៨៩'))}"
    acting = ("--as", "Bureau", *at)
    for words in (
        ("case", "show", typed, *at),
        ("case", "open", typed, *acting),
        ("case", "acknowledge", typed, *acting),
        ("receipt", "reissue", f"{typed}/២", "--output", str(tmp_path / "second"), *at),
    ):
        assert run(list(words), DOORS) == 0, words
        said = capsys.readouterr().out
        assert number in said
        assert typed not in said


def test_a_successor_has_an_origin_that_can_be_one(tmp_path: Path, capsys: Captured) -> None:
    assert init(tmp_path / "m") == 0
    going_on = ("restore", "--successor", "https://training.example", "--mechanism")
    capsys.readouterr()
    assert run([*going_on, str(tmp_path / "m")], DOORS) == 2
    assert "ledger.example/xa" in capsys.readouterr().err
