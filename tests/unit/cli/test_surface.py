"""The command line as a whole: endings, languages, help, and what is loaded when."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from answerable.bootstrap.offline import offline
from answerable.cli.acts import FormVerb
from answerable.cli.group import EVERYWHERE, NOUNS, Root, key_of
from answerable.cli.output import EXITS, FAULT, exit_of, worst
from answerable.cli.surface import Doors, Offline, manner_of, run
from answerable.core import errors
from answerable.core.errors import AnswerableError
from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.support.transcripts import VECTORS

PLAIN = str(VECTORS / "policy" / "plain.tlog-policy")
VALID = str(VECTORS / "receipt" / "proven-issued.tlog-proof")


def test_every_kind_of_error_has_its_exit_code() -> None:
    kinds = {kind for kind in vars(errors).values() if isinstance(kind, type)}
    kinds = {kind for kind in kinds if issubclass(kind, AnswerableError)} - {AnswerableError}
    assert set(EXITS) == kinds
    assert [EXITS[kind] for kind in EXITS] == [1, 2, 3, 4, 5, FAULT]
    assert {exit_of(kind("")) for kind in kinds} == set(EXITS.values())


def test_the_worst_of_several_verdicts_is_the_exit_code() -> None:
    assert worst([0, 0]) == 0
    assert worst([0, 3]) == 3
    assert worst([3, 2]) == 2
    assert worst([2, 1, 3, 0]) == 1


def commands(group: click.Group, path: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{path} {name}")


TREE = [("answerable", Root(name="answerable")), *commands(Root(name="answerable"), "answerable")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "command"), TREE, ids=[path for path, _ in TREE])
def test_every_command_has_help_in_every_language(
    path: str, command: click.Command, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue = Catalogue(language)
    options = [one.name for one in command.params if isinstance(one, click.Option)]
    if isinstance(command, FormVerb):
        words = [f"act.{command.form.code}", *(f"part.{part.name}" for part in command.form.parts)]
        options = [name for name in options if name and not name.startswith("part_")]
    else:
        words = [key_of(path)]
    words += [f"option.{name}" for name in (*options, *EVERYWHERE)]
    assert [word for word in words if not catalogue.has(word)] == []
    assert run([*path.split()[1:], "--help", "--lang", language], Doors(offline=offline), {}) == 0
    assert catalogue.say("help.options") in capsys.readouterr().out


def test_every_help_is_of_a_command() -> None:
    there = {key_of(path) for path, one in TREE if not isinstance(one, FormVerb)} | {
        "help.usage",
        "help.commands",
        "help.options",
    }
    text = (Path(__file__).parents[3] / "src/answerable/locale/en.toml").read_text()
    tables = {part.split("]")[0] for part in text.split("\n[help.")[1:]}
    assert (
        tables
        <= {key.split(".")[1] for key in there}
        <= {*NOUNS, *tables, "group"}
        | {
            "usage",
            "commands",
            "options",
        }
    )


@pytest.mark.parametrize("place", range(4))
def test_the_options_of_every_command_may_stand_anywhere(place: int) -> None:
    words = ["receipt", "show", "x"]
    words[place:place] = ["--lang=km", "--json"]
    manner, rest = manner_of(words, {})
    assert (manner.language, manner.json, rest) == ("km", True, ["receipt", "show", "x"])


def test_what_stands_after_two_dashes_is_no_option() -> None:
    manner, rest = manner_of(["receipt", "show", "--", "--json"], {})
    assert (manner.json, rest) == (False, ["receipt", "show", "--", "--json"])


def test_the_language_is_that_asked_for_or_that_of_the_environment() -> None:
    assert manner_of([], {"ANSWERABLE_LANG": "fr"})[0].language == "fr"
    assert manner_of(["--lang", "km"], {"ANSWERABLE_LANG": "fr"})[0].language == "km"
    assert manner_of([], {"ANSWERABLE_LANG": ""})[0].language == "en"


def test_a_draft_is_called_a_draft_once_and_not_in_the_result(
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["receipt", "verify", VALID, "--policy", PLAIN, "--lang"]
    for language, times in (("en", 0), ("km", 1), ("fr", 1)):
        assert run([*words, language], Doors(offline=offline), {}) == 0
        said = capsys.readouterr()
        notice = Catalogue(language).say("catalogue.notice")
        assert said.err.count(notice) == times
        assert notice == "-" or notice not in said.out


def broken() -> Offline:
    raise RuntimeError("nobody thought of this")


def test_a_bug_is_no_verdict_and_shows_no_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["receipt", "verify", VALID, "--policy", PLAIN]
    assert run(words, Doors(offline=broken), {}) == FAULT
    said = capsys.readouterr()
    assert "at fault (RuntimeError)" in said.err
    assert "Traceback" not in said.err
    assert run([*words, "--debug"], Doors(offline=broken), {}) == FAULT
    assert "nobody thought of this" in capsys.readouterr().err


def test_without_a_mechanism_a_command_says_where_it_looked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    doors = Doors(offline=offline, application=lambda _: pytest.fail("there is none"))
    assert run(["case", "list"], doors, {"ANSWERABLE_MECHANISM": str(tmp_path)}) == 2
    assert str(tmp_path) in capsys.readouterr().err


# --- In processes of their own: what counts there is how they start and end. ---


def started(*words: str, code: str = "") -> subprocess.CompletedProcess[str]:
    program = ["-c", code] if code else ["-m", "answerable"]
    environ = {**os.environ, "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [sys.executable, *program, *words], capture_output=True, text=True, env=environ, check=False
    )


def test_verifying_loads_neither_django_nor_anything_else_it_does_not_need() -> None:
    code = (
        "import sys; from answerable.__main__ import main\n"
        "try: main()\n"
        "finally: print(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
    )
    ended = started("receipt", "verify", VALID, "--policy", PLAIN, code=code)
    assert ended.returncode == 0, ended.stderr
    heavy = {"django", "rich", "yaml", "psycopg", "zoneinfo", "pathlib", "sqlite3", "asyncio"}
    ours = {"answerable.storage", "answerable.forms", "answerable.core.opening"}
    loaded = set(ended.stderr.split())
    assert "answerable.keys.ed25519" in loaded
    assert (heavy | ours) & loaded == set()


def test_a_reader_that_has_read_enough_changes_no_verdict() -> None:
    read, write = os.pipe()
    os.close(read)
    ended = subprocess.run(
        [sys.executable, "-m", "answerable", "receipt", "verify", VALID, "--policy", PLAIN],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert ended.returncode == 0
    assert ended.stderr == ""


def test_a_terminal_without_khmer_ends_in_no_traceback() -> None:
    environ = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONWARNINGS": "ignore"}
    ended = subprocess.run(
        [sys.executable, "-m", "answerable", "--lang", "km", "receipt", "show", VALID],
        capture_output=True,
        text=True,
        env=environ,
        check=False,
    )
    assert ended.returncode == 0
    assert "\\u178" in ended.stdout
    assert "Traceback" not in ended.stderr
