"""Hostile files, names and options, handed to the program in processes of their own.

Each is answered by sentences that name what is wrong and what to do, and leaves behind nothing but
what was there: the mechanism, the file handed in, and the names in its folder.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.support.adapters import ROOT

LIMIT_SECONDS = 30
FOUND = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    assert answerable(folder, "init", "m", *FOUND).returncode == 0
    assert answerable(folder, "party", "add", "Union").returncode == 0
    return folder / "m"


def answerable(
    folder: Path, *words: "str | bytes", plain: bool = False
) -> "subprocess.CompletedProcess[bytes]":
    before = PLAIN if plain and os.geteuid() == 0 else []
    return subprocess.run(
        [*before, sys.executable, "-m", "answerable", *words],
        cwd=folder,
        env={
            "PYTHONPATH": str(ROOT / "src"),
            "PATH": os.environ["PATH"],
            "ANSWERABLE_MECHANISM": str(folder / "m"),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=LIMIT_SECONDS,
    )


def everything(mechanism: Path) -> dict[str, bytes]:
    """Return every durable file, so that two moments can be compared."""
    return {
        str(path.relative_to(mechanism)): path.read_bytes()
        for path in mechanism.rglob("*")
        # What SQLite makes beside a file for as long as it is open says nothing.
        if path.is_file() and not path.name.endswith(("-shm", "-wal", ".lock"))
    }


@pytest.fixture
def untouched(founded: Path) -> Iterator[Path]:
    """The mechanism's folder, in which nothing may change."""
    before = everything(founded)
    yield founded
    assert everything(founded) == before


@pytest.fixture
def handed_in(founded: Path) -> Iterator[Path]:
    """A folder for what is handed in."""
    folder = founded.parent / "d"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def with_exhibit(name: str) -> bytes:
    return f"allegations:\n- what: A gate was closed.\nexhibits:\n- file: {name}\n".encode()


BOMB = b"a: &a [x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\nallegations: [*b,*b,*b,*b]\n"
FILES: Mapping[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty-file"),
    "binary": (bytes(range(256)) * 12, "not-utf-8"),
    "50,000 allegations": (b"allegations:\n" + b"- what: a\n" * 50_000, "submission-not-ready"),
    "a bomb": (BOMB, "alias-refused"),
    "a way up": (with_exhibit("../../m/mechanism.toml"), "submission-not-ready"),
    "an absolute path": (with_exhibit("/etc/hostname"), "submission-not-ready"),
    "writing turned around": (
        "allegations:\n- what: a\u202eb\n".encode(),
        "bidirectional-control",
    ),
    "a bell": (b'allegations:\n- what: "a \\x07 b"\n', "submission-not-ready"),
    "no such exhibit": (with_exhibit("none.jpg"), "exhibit-missing"),
    "an exhibit that is a link": (with_exhibit("link.jpg"), "exhibit-is-a-link"),
    "an exhibit in a linked folder": (with_exhibit("away/mechanism.toml"), "exhibit-is-a-link"),
    "an exhibit that is a folder": (with_exhibit("folder"), "exhibit-is-no-file"),
    "an exhibit that is a pipe": (with_exhibit("pipe"), "exhibit-is-no-file"),
    "an exhibit that is empty": (with_exhibit("empty.jpg"), "exhibit-empty"),
    "an exhibit that is too long": (with_exhibit("long.jpg"), "exhibit-too-large"),
}


@pytest.mark.parametrize(("content", "code"), FILES.values(), ids=FILES.keys())
def test_a_file_that_cannot_be_taken_leaves_everything_as_it_was(
    untouched: Path, handed_in: Path, content: bytes, code: str
) -> None:
    file = handed_in / "report.yaml"
    file.write_bytes(content)
    (handed_in / "link.jpg").symlink_to(untouched / "mechanism.toml")
    (handed_in / "away").symlink_to(untouched)
    (handed_in / "folder").mkdir()
    (handed_in / "empty.jpg").touch()
    os.mkfifo(handed_in / "pipe")
    with (handed_in / "long.jpg").open("wb") as long:
        long.truncate(101 * 1024 * 1024)
    names = sorted(path.name for path in handed_in.iterdir())
    ended = answerable(untouched.parent, "submission", "lodge", "d/report.yaml", "--json")
    assert (ended.returncode, json.loads(ended.stdout)["code"]) == (2, code)
    said = answerable(untouched.parent, "submission", "lodge", "d/report.yaml")
    assert said.returncode == 2
    sentences = said.stderr.decode()
    assert "The program is at fault" not in sentences
    assert "as you left it" in sentences
    assert file.read_bytes() == content
    after = {path.name for path in handed_in.iterdir()}
    assert sorted(after - {"report.yaml.delivery-key"}) == names


def test_a_file_that_was_refused_can_be_mended_and_handed_in(
    founded: Path, handed_in: Path
) -> None:
    file = handed_in / "report.yaml"
    file.write_bytes(with_exhibit("none.jpg"))
    assert answerable(founded.parent, "submission", "lodge", "d/report.yaml").returncode == 2
    file.write_bytes(b"allegations:\n- what: A gate was closed.\n")
    ended = answerable(founded.parent, "submission", "lodge", "d/report.yaml", "--json")
    assert (ended.returncode, json.loads(ended.stdout)["code"]) == (0, "lodged")


def test_what_is_no_file_is_said_to_be_none(untouched: Path, handed_in: Path) -> None:
    os.mkfifo(handed_in / "pipe.yaml")
    (handed_in / "folder.yaml").mkdir()
    with (handed_in / "huge.yaml").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    for name, said in {
        "pipe.yaml": b"is a pipe, not a file",
        "folder.yaml": b"is a folder, not a file",
        "huge.yaml": b"The file is too large: ",
        "none.yaml": b"There is no file d/none.yaml",
    }.items():
        ended = answerable(untouched.parent, "submission", "lodge", f"d/{name}")
        assert ended.returncode == 2, ended.stderr
        assert said in ended.stderr
    assert {path.name for path in handed_in.iterdir()} == {"pipe.yaml", "folder.yaml", "huge.yaml"}


OCTETS = b"\xff\xfe"
TURNED = "a\u202eb"
WORDS: tuple[tuple["str | bytes", ...], ...] = (
    ("party", "add", OCTETS),
    ("party", "add", TURNED),
    ("party", "add", "a\nb"),
    ("party", "add", "\u200b"),
    ("party", "add", "x" * 100_000),
    ("seat", "grant", OCTETS, "monitor"),
    ("seat", "grant", "Union", OCTETS),
    ("case", "show", OCTETS),
    ("case", "show", TURNED),
    ("submission", "lodge", OCTETS),
    ("submission", "lodge", "none.yaml", "--to", OCTETS),
    ("ledger", "verify", OCTETS),
    (OCTETS,),
    ("--lang", OCTETS),
    ("init", b"n" + OCTETS, "--name", OCTETS, *FOUND[2:]),
    ("init", "n", "--name", TURNED, *FOUND[2:]),
    ("init", "n", *FOUND[:2], "--origin", OCTETS, "--prefix", "XA"),
    ("init", "n", *FOUND, "--zone", OCTETS),
    ("init", "n", *FOUND, "--keys", OCTETS),
    ("init", "n", *FOUND, "--zone", "../../etc/passwd"),
)


@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_words_that_are_no_words_are_refused_in_sentences(
    untouched: Path, words: tuple["str | bytes", ...]
) -> None:
    names = sorted(path.name for path in untouched.parent.iterdir())
    ended = answerable(untouched.parent, *words)
    assert ended.returncode in {1, 2}, ended.stderr
    assert len(ended.stderr.decode().strip()) > 0
    assert b"\xe2\x80\xae" not in ended.stderr
    assert sorted(path.name for path in untouched.parent.iterdir()) == names


# Root may read everything, unless it gives that up.
GIVEN_UP = "-dac_override,-dac_read_search"
PLAIN = ["setpriv", f"--inh-caps={GIVEN_UP}", f"--bounding-set={GIVEN_UP}"]


@pytest.mark.skipif(
    os.geteuid() == 0 and shutil.which("setpriv") is None, reason="root may read everything here"
)
def test_without_permission_it_says_of_what(untouched: Path, handed_in: Path) -> None:
    report, photo = handed_in / "report.yaml", handed_in / "photo.jpg"
    photo.write_bytes(b"x")
    report.write_bytes(with_exhibit("photo.jpg"))
    photo.chmod(0)
    ended = answerable(untouched.parent, "submission", "lodge", "d/report.yaml", plain=True)
    assert ended.returncode == 2
    assert b"exhibits[1].file: " in ended.stderr
    report.chmod(0)
    ended = answerable(untouched.parent, "submission", "lodge", "d/report.yaml", plain=True)
    assert (ended.returncode, b"You may not read" in ended.stderr) == (2, True)
    report.chmod(0o600)
    photo.chmod(0o600)
    (handed_in / "report.yaml.delivery-key").unlink(missing_ok=True)
    handed_in.chmod(0o500)
    ended = answerable(untouched.parent, "submission", "lodge", "d/report.yaml", plain=True)
    assert ended.returncode == 2
    assert b"You may not write d/report.yaml.delivery-key" in ended.stderr
    handed_in.chmod(0o700)
