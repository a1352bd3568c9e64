"""The demo runs the program by a copy of itself, which answers as one that is started anew."""

import os
from pathlib import Path

import pytest

from answerable.__main__ import DOORS
from answerable.cli.demonstration.running import FORKS, Runs

FOUND = ("init", "here", "--name", "Training", "--origin", "training.example/xa", "--prefix", "XA")

WAYS = (True, False) if FORKS else (False,)
each_way = pytest.mark.parametrize("forks", WAYS)


@each_way
def test_a_command_is_run_in_its_folder_with_its_variables(tmp_path: Path, *, forks: bool) -> None:
    here, before = Path.cwd(), dict(os.environ)
    environ = {"PATH": os.environ["PATH"], "ANSWERABLE_LANG": "fr", "PYTHONIOENCODING": "utf-8"}
    ended, said = Runs(DOORS, forks=forks)(("case", "list"), tmp_path, environ)
    assert ended != 0
    assert "mécanisme" in said
    assert (Path.cwd(), dict(os.environ)) == (here, before)


@each_way
def test_one_command_leaves_nothing_to_the_next_but_files(tmp_path: Path, *, forks: bool) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    runs = Runs(DOORS, forks=forks)
    assert runs(FOUND, tmp_path, environ)[0] == 0
    # A second one of the same name has keys of its own, and says where it is.
    other = tmp_path / "other"
    other.mkdir()
    assert runs(FOUND, other, environ)[0] == 0
    ended, said = runs(("party", "list", "--mechanism", "here"), other, environ)
    assert (ended, said.strip() != "") == (0, True)


def test_both_ways_answer_alike(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8"}
    for arguments in (("--help",), ("no-such-noun",), ("receipt", "verify", "missing.tlog-proof")):
        answers = {
            Runs(DOORS, forks=forks)(arguments, tmp_path, environ) for forks in (True, False)
        }
        assert len(answers) == 1, answers
