"""A file that was handed in is given back: whole, to whom it was meant for, over nothing."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.cli.files import arriving
from answerable.cli.surface import run
from answerable.storage.case_keys import SqliteCaseKeys

PHOTO = bytes(range(256)) * 300
REPORT = """\
allegations:
- what: The office was closed.
exhibits:
- file: photos/door.png
- file: letter.pdf
  readers: [monitor]
"""


@pytest.fixture
def case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> str:
    """Return the number of a case with two exhibits, whose mechanism is in the current folder."""
    monkeypatch.chdir(tmp_path)
    settings = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", "m", *settings], DOORS) == 0
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    handed_in = tmp_path / "d"
    (handed_in / "photos").mkdir(parents=True)
    (handed_in / "report.yaml").write_text(REPORT)
    (handed_in / "photos" / "door.png").write_bytes(PHOTO)
    (handed_in / "letter.pdf").write_bytes(b"a letter")
    assert run(["submission", "lodge", "d/report.yaml"], DOORS) == 0
    (receipt,) = (handed_in / "report.yaml.receipts").glob("*.tlog-proof")
    capsys.readouterr()
    return receipt.name.removesuffix(".tlog-proof")


def told(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Mapping[str, Any]]:
    code = run(["case", "exhibit", *words, "--json"], DOORS)
    return code, json.loads(capsys.readouterr().out)


def files() -> Sequence[str]:
    return sorted(path.name for path in Path().iterdir())


def test_an_exhibit_is_given_back_octet_for_octet(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(capsys, case, "photos/door.png", "--out", "back.png")
    assert (code, said["code"]) == (0, "exhibit-given-back")
    assert Path("back.png").read_bytes() == PHOTO
    assert Path("back.png").stat().st_mode & 0o777 == 0o600
    # The name that its sender gave it is no place here.
    assert files() == ["back.png", "d", "m"]


def test_an_exhibit_may_be_asked_for_by_its_place_and_by_the_number_of_its_act(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert told(capsys, f"{case}/1", "2", "--out", "letter")[0] == 0
    assert Path("letter").read_bytes() == b"a letter"


def test_without_a_name_the_exhibits_of_the_act_are_listed(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(capsys, case)
    photo, letter = said["facts"]["exhibits"]
    assert code == 0
    assert (photo["name"], photo["kind"], photo["size_below"]) == (
        "photos/door.png",
        "image/png",
        131072,
    )
    assert (letter["ordinal"], letter["readers"]) == (2, ["monitor"])
    of_the_record = {"ordinal", "name", "size_below", "sha256", "salt", "readers", "hidden_data"}
    assert set(photo) == of_the_record | {"kind"}
    assert run(["case", "exhibit", case], DOORS) == 0
    text = capsys.readouterr().out
    assert "photos/door.png" in text
    assert photo["sha256"] in text
    assert "AGE-SECRET" not in text


def test_a_reader_is_given_what_names_it_and_nothing_else(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said = told(capsys, case, "--reader", "monitor")
    assert (code, [found["name"] for found in said["facts"]["exhibits"]]) == (0, ["letter.pdf"])
    assert told(capsys, case, "letter.pdf", "--out", "letter", "--reader", "monitor")[0] == 0
    assert Path("letter").read_bytes() == b"a letter"
    assert told(capsys, case, "--reader", "member")[1]["facts"]["exhibits"] == []


def test_who_may_not_read_an_exhibit_does_not_learn_that_it_is_there(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = (case, "--out", "back", "--reader", "monitor")
    refused, unknown = (told(capsys, *asked, name) for name in ("photos/door.png", "no-such.png"))
    assert refused[0] == unknown[0] == 1
    assert refused[1]["code"] == unknown[1]["code"] == "unknown-exhibit"
    assert set(refused[1]["facts"]) == set(unknown[1]["facts"])
    said = [one[1]["message"] for one in (refused, unknown)]
    assert said[0].replace("photos/door.png", "-") == said[1].replace("no-such.png", "-")
    assert files() == ["d", "m"]
    assert told(capsys, case, "1", "--out", "back", "--reader", "monitor")[0] == 1


@pytest.mark.parametrize("there", ["file", "link", "folder"])
def test_what_is_there_is_never_written_over(
    case: str, capsys: pytest.CaptureFixture[str], there: str
) -> None:
    if there == "file":
        Path("back").write_bytes(b"mine")
    elif there == "link":
        Path("back").symlink_to("nowhere")
    else:
        Path("back").mkdir()
    code, said = told(capsys, case, "1", "--out", "back")
    assert (code, said["code"]) == (1, "file-exists")
    assert files() == ["back", "d", "m"]
    assert (
        Path("back").is_symlink() or Path("back").is_dir() or Path("back").read_bytes() == b"mine"
    )
    assert not Path("nowhere").exists()


def test_a_file_that_comes_while_this_one_is_written_stays_too(case: str) -> None:
    def write() -> None:
        with arriving("back") as target:
            target.write(PHOTO)
            Path("back").write_bytes(b"mine")

    with pytest.raises(Exception, match="of this name"):
        write()
    assert Path("back").read_bytes() == b"mine"
    assert files() == ["back", "d", "m"]
    assert case


@pytest.mark.parametrize("is_there", [True, False])
def test_where_there_are_no_links_nothing_is_written_over_either(
    case: str, monkeypatch: pytest.MonkeyPatch, *, is_there: bool
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    with arriving("other") as target:
        target.write(PHOTO)
    assert Path("other").read_bytes() == PHOTO
    assert case

    def write() -> None:
        with arriving("back") as target:
            target.write(PHOTO)
            Path("back").write_bytes(b"mine")

    if is_there:
        with pytest.raises(Exception, match="of this name"):
            write()
        assert Path("back").read_bytes() == b"mine"
        assert files() == ["back", "d", "m", "other"]


def stored() -> list[Path]:
    return sorted(Path("m/exhibits").glob("??/*"), key=lambda path: path.stat().st_size)


def test_a_damaged_exhibit_appears_under_no_name(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    octets = bytearray(stored()[-1].read_bytes())
    octets[-1] ^= 1
    stored()[-1].write_bytes(octets)
    code, said = told(capsys, case, "1", "--out", "back")
    assert (code, said["code"]) == (70, "stored-exhibit-damaged")
    stored()[-1].unlink()
    code, said = told(capsys, case, "1", "--out", "back")
    assert (code, said["code"]) == (70, "stored-exhibit-missing")
    assert files() == ["d", "m"]


def test_of_an_erased_case_no_exhibit_is_given_back(
    case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    SqliteCaseKeys(Path("m/keys/case-keys.sqlite3")).overwrite(2)
    for words in ((case,), (case, "1", "--out", "back")):
        assert told(capsys, *words)[1]["code"] == "content-erased"
    assert files() == ["d", "m"]


def test_an_act_without_exhibits_says_so(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["party", "add", "Office"], DOORS) == 0
    assert run(["seat", "grant", "Office", "secretariat"], DOORS) == 0
    assert run(["case", "open", case, "--as", "Office"], DOORS) == 0
    capsys.readouterr()
    assert run(["case", "exhibit", f"{case}/2"], DOORS) == 0
    assert "No exhibit." in capsys.readouterr().out
    assert told(capsys, f"{case}/9")[1]["code"] == "unknown-docket"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("1",), "exhibit-and-file"),
        (("--out", "back"), "exhibit-and-file"),
        (("1", "--out", "-"), "no-stream"),
        (("--reader", "everyone"), "reader"),
    ],
)
def test_what_is_not_meant_is_not_guessed(
    case: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], reason: str
) -> None:
    code, said = told(capsys, case, *words)
    assert (code, said["code"], said["facts"]["reason"]) == (2, "wrong-usage", reason)


def test_a_folder_that_is_not_there_is_named(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = told(capsys, case, "1", "--out", "nowhere/back")
    assert (code, said["code"], said["facts"]["reason"]) == (2, "cannot-write", "missing")
