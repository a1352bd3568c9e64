"""Files that are handed in with an act on a case, by its command and from a file of acts."""

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from answerable.__main__ import DOORS
from answerable.bootstrap import application as applications
from answerable.cli.surface import run
from answerable.forms.exhibit_files import open_exhibit

Captured = pytest.CaptureFixture[str]
Said = Callable[..., tuple[int, Mapping[str, Any]]]

PHOTO = bytes(range(256)) * 300
ADDED = """\
case: {0}
act: exhibit-added
as: Lantern
caption: The lock, a week later.
origin: Taken by the sender.
exhibits:
- file: photos/lock.jpg
  title: The lock
- file: letter.pdf
  readers: [complainant, monitor]
"""
SAYS = ("--caption", "The lock, a week later.", "--origin", "Taken by the sender.")


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> Said:
    """Return what runs a command in a folder with a mechanism and one case, and what it answers."""
    monkeypatch.chdir(tmp_path)

    def does(*words: str) -> tuple[int, Mapping[str, Any]]:
        capsys.readouterr()
        code = run([*words, "--json"], DOORS)
        out = capsys.readouterr()
        return code, {**json.loads(out.out), "stderr": out.err}

    settings = ("--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", "m", *settings], DOORS) == 0
    monkeypatch.setenv("ANSWERABLE_MECHANISM", "m")
    for party, seat in (("Lantern", ""), ("Bureau", "secretariat")):
        assert run(["party", "add", party], DOORS) == 0
        assert not seat or run(["seat", "grant", party, seat], DOORS) == 0
    (tmp_path / "d" / "photos").mkdir(parents=True)
    (tmp_path / "d" / "photos" / "lock.jpg").write_bytes(PHOTO)
    (tmp_path / "d" / "letter.pdf").write_bytes(b"a letter")
    (tmp_path / "d" / "report.yaml").write_text("allegations:\n- what: The office was closed.\n")
    assert run(["submission", "lodge", "d/report.yaml", "--as", "Lantern"], DOORS) == 0
    return does


@pytest.fixture
def number(said: Said) -> str:
    return str(said("case", "list")[1]["facts"]["cases"][0]["number"])


def stored() -> list[str]:
    return sorted(path.name for path in Path("m/exhibits").glob("??/*"))


def adds(said: Said, number: str, *words: str) -> tuple[int, Mapping[str, Any]]:
    return said("case", "add-exhibit", number, "--as", "Lantern", *SAYS, *words)


# --- By its command. ---


def test_a_photo_is_added_later_read_back_and_proven(said: Said, number: str) -> None:
    code, told = adds(said, number, "--exhibit", "d/photos/lock.jpg", "--exhibit", "d/letter.pdf")
    assert (code, told["facts"]["number"]) == (0, f"{number}/2")
    listed = said("case", "exhibit", f"{number}/2")[1]["facts"]["exhibits"]
    # Of the way to a file nothing is recorded.
    assert [one["name"] for one in listed] == ["lock.jpg", "letter.pdf"]
    assert {tuple(one["readers"]) for one in listed} == {("complainant", "secretariat")}
    assert said("case", "exhibit", f"{number}/2", "lock.jpg", "-o", "back.jpg")[0] == 0
    assert Path("back.jpg").read_bytes() == PHOTO
    proof = ("-o", "p", "--with-opening", "o")
    assert said("receipt", "reissue", f"{number}/2", *proof)[0] == 0
    verify = (
        "opening",
        "verify",
        "o",
        "--receipt",
        "p",
        "--policy",
        "d/report.yaml.receipts/policy",
    )
    code, told = said(*verify, "--exhibit", "back.jpg")
    assert code == 0
    assert told["facts"]["exhibits"] == {"back.jpg": "exhibits/1/digest"}
    Path("back.jpg").write_bytes(PHOTO[1:])
    code, told = said(*verify, "--exhibit", "back.jpg")
    assert (code, told["code"]) == (1, "exhibit-differs")


def test_readers_are_those_that_are_named(said: Said, number: str) -> None:
    words = ("--exhibit", "d/letter.pdf", "--exhibit-reader", "monitor")
    assert adds(said, number, *words)[0] == 0
    assert (
        said("case", "exhibit", f"{number}/2", "--reader", "secretariat")[1]["facts"]["exhibits"]
        == []
    )
    (one,) = said("case", "exhibit", f"{number}/2", "--reader", "monitor")[1]["facts"]["exhibits"]
    assert one["readers"] == ["monitor"]


def test_the_page_and_the_record_tell_of_the_files(
    said: Said, number: str, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")  # one under the other
    adds(said, number, "--exhibit", "d/letter.pdf")
    for page in ("show", "record"):
        capsys.readouterr()
        assert run(["case", page, number], DOORS) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert "The lock, a week later." in out, page
        assert f"answerable case exhibit {number}/2" in out, page
        assert "AGE-SECRET" not in out


def test_with_what_is_entered_for_another_the_letter_comes_along(said: Said, number: str) -> None:
    words = ("--entered-by", "Bureau", "--evidence", "a letter of 3 December, scanned")
    fact = ("--words", "They came back.", "--origin", "saw", "--exhibit", "d/letter.pdf")
    alone = said("case", "add-fact", number, "--as", "Lantern", *fact)
    assert (alone[0], alone[1]["code"]) == (1, "no-exhibits-here")
    assert said("case", "add-fact", number, "--as", "Lantern", *fact, *words)[0] == 0
    assert len(said("case", "exhibit", f"{number}/2")[1]["facts"]["exhibits"]) == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("d/none.jpg", "exhibit-missing"),
        ("d/link.jpg", "exhibit-is-a-link"),
        ("d/photos", "exhibit-is-no-file"),
        ("d/pipe", "exhibit-is-no-file"),
        ("d/empty.jpg", "exhibit-empty"),
        ("d/long.jpg", "exhibit-too-large"),
        ("d/..", "unsafe-file-name"),
        ("d/.hidden", "unsafe-file-name"),
        ("d/a\u202egpj.exe", "bidirectional-control"),
        ("d/two\nlines.jpg", "more-than-one-line"),
        ("", "unsafe-file-name"),
        ("/", "unsafe-file-name"),
    ],
)
def test_a_file_that_cannot_be_taken_leaves_everything_as_it_was(
    said: Said, number: str, path: str, code: str
) -> None:
    folder = Path("d")
    (folder / "link.jpg").symlink_to("photos/lock.jpg")
    (folder / "empty.jpg").touch()
    (folder / ".hidden").write_bytes(b"a")
    (folder / "a\u202egpj.exe").write_bytes(b"a")
    (folder / "two\nlines.jpg").write_bytes(b"a")
    os.mkfifo(folder / "pipe")
    os.truncate(os.open(folder / "long.jpg", os.O_CREAT | os.O_WRONLY), 101 * 1024 * 1024)
    ended, told = adds(said, number, "--exhibit", "d/letter.pdf", "--exhibit", path)
    assert (ended, told["code"], told["facts"]["field"]) == (2, code, "exhibits[2].file")
    assert len(said("case", "show", number)[1]["facts"]["acts"]) == 1
    assert stored() == []


def test_a_file_that_changes_while_it_is_read_is_not_recorded(
    said: Said, number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Changing(applications._Forms):  # noqa: SLF001 - the door through which files come
        def exhibit(self, folder: str, name: str) -> Any:
            opened = open_exhibit(Path(folder), name)
            with (Path(folder) / name).open("ab") as target:
                target.write(b"!")
            return opened

    monkeypatch.setattr(applications, "_Forms", Changing)
    ended, told = adds(said, number, "--exhibit", "d/letter.pdf")
    assert (ended, told["code"]) == (2, "exhibit-changed")
    assert told["facts"]["field"] == "exhibits[1].file"
    assert len(said("case", "show", number)[1]["facts"]["acts"]) == 1
    # Half of it was never kept under a name.
    assert stored() == []


def test_readers_of_nothing_are_not_guessed(said: Said, number: str) -> None:
    ended, told = adds(said, number, "--exhibit-reader", "monitor")
    assert (ended, told["code"], told["facts"]["reason"]) == (2, "wrong-usage", "exhibit-reader")
    ended, told = adds(said, number)
    assert (ended, told["code"]) == (1, "exhibit-wanted")
    ended, told = adds(said, number, "--exhibit", "d/letter.pdf", "--exhibit-reader", "all")
    assert (ended, told["code"]) == (2, "unknown-reader")


# --- From a file of acts. ---


@pytest.fixture
def file(number: str) -> Path:
    place = Path("d/acts.yaml")
    place.write_text(ADDED.format(number))
    return place


def test_the_files_beside_a_file_of_acts_come_with_them(
    said: Said, number: str, file: Path
) -> None:
    code, told = said("case", "do", str(file))
    assert (code, told["facts"]["done"]) == (0, 1)
    listed = said("case", "exhibit", f"{number}/2")[1]["facts"]["exhibits"]
    assert [one["name"] for one in listed] == ["photos/lock.jpg", "letter.pdf"]
    assert [one["readers"] for one in listed] == [
        ["complainant", "secretariat"],
        ["complainant", "monitor"],
    ]
    before = stored()
    again = said("case", "do", str(file))[1]["facts"]["acts"]
    assert [one["again"] for one in again] == [True]
    assert stored() == before
    assert len(before) == 2


def test_who_lost_a_file_that_was_handed_in_has_the_receipt_of_it(said: Said, file: Path) -> None:
    said("case", "do", str(file))
    Path("d/letter.pdf").unlink()
    code, told = said("case", "do", str(file))
    assert (code, told["facts"]["acts"][0]["again"]) == (0, True)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("- file: letter.pdf", "- file: letter-2.pdf", "exhibits[2].file"),
        ("  title: The lock\n", "", "exhibits[1].title"),
        ("  title: The lock", "  title: The lock\n  caption: Rust.", "exhibits[1].caption"),
        ("[complainant, monitor]", "[complainant]", "exhibits[2].file"),
        ("- file: letter.pdf\n  readers: [complainant, monitor]\n", "", "exhibits"),
    ],
)
def test_what_was_handed_in_is_never_told_as_something_else(
    said: Said, file: Path, old: str, new: str, field: str
) -> None:
    said("case", "do", str(file))
    Path("d/letter-2.pdf").write_bytes(b"a letter")
    file.write_text(file.read_text().replace(old, new))
    code, told = said("case", "do", str(file))
    assert (code, told["code"]) == (1, "act-differs-from-done")
    assert told["facts"]["acts"][0]["refusal"]["field"] == field


def test_another_photo_under_the_same_name_is_another_act(said: Said, file: Path) -> None:
    said("case", "do", str(file))
    Path("d/photos/lock.jpg").write_bytes(PHOTO[::-1])
    code, told = said("case", "do", str(file))
    assert (code, told["code"]) == (1, "act-differs-from-done")
    assert told["facts"]["acts"][0]["refusal"]["field"] == "exhibits[1].file"


def test_a_file_that_is_not_there_is_told_with_its_line_before_anything_is_done(
    said: Said, number: str, file: Path
) -> None:
    opened = f"case: {number}\nact: opened\nas: Bureau\n---\n"
    file.write_text(opened + file.read_text())
    Path("d/letter.pdf").unlink()
    for words in ((), ("--dry-run",)):
        code, told = said("case", "do", str(file), *words)
        assert (code, told["code"]) == (2, "acts-not-ready")
        assert "Line 13. acts[2].exhibits[2].file" in told["stderr"]
    assert len(said("case", "show", number)[1]["facts"]["acts"]) == 1
    assert stored() == []


def test_a_dry_run_keeps_no_file(said: Said, number: str, file: Path) -> None:
    code, told = said("case", "do", str(file), "--dry-run")
    assert (code, told["facts"]["done"]) == (0, 1)
    assert stored() == []
    assert len(said("case", "show", number)[1]["facts"]["acts"]) == 1
