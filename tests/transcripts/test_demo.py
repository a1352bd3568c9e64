"""The demo says what its transcript says, and leaves a folder that a reader can explore."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from answerable.cli.demonstration.layout import width_of
from answerable.cli.demonstration.stage import WIDEST
from answerable.core.register.again import case_again
from answerable.core.register.shown import shown_case
from tests.support.demo_transcript import (
    TRANSCRIPT,
    normalised,
    readme_excerpt,
    readme_shows,
    squeezed,
)
from tests.support.registers import Register
from tests.support.transcripts import UPDATE


def demo(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run the demo in a folder's answerable-demo, as a person would who has the program."""
    environ = {k: v for k, v in os.environ.items() if not k.startswith("ANSWERABLE_")}
    programs = str(Path(sys.executable).parent)
    return subprocess.run(
        [sys.executable, "-m", "answerable", "demo", *options],
        cwd=folder,
        env=environ | {"COLUMNS": str(WIDEST), "PATH": f"{programs}:{environ['PATH']}"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_the_demo_says_what_its_transcript_says(tmp_path: Path) -> None:
    played = demo(tmp_path)
    assert played.stderr == ""
    assert played.returncode == 0
    if os.environ.get(UPDATE):
        TRANSCRIPT.write_text(normalised(played.stdout))
    assert squeezed(normalised(played.stdout)) == squeezed(TRANSCRIPT.read_text())
    # Nothing a pager or a file would show as signs, and nothing that a window would cut.
    assert "\x1b" not in played.stdout
    assert [line for line in played.stdout.splitlines() if width_of(line) > WIDEST] == []
    # The folder is left for the reader, who needs no more than it to check every receipt again.
    left = tmp_path / "answerable-demo"
    receipts = sorted((left / "elsewhere").glob("*.tlog-proof"))
    assert len(receipts) == 13
    assert {path.suffix for path in (left / "elsewhere").iterdir()} == {".tlog-proof", ""}
    papers = sorted((left / "foreign-affairs").glob("*.pdf"))
    assert [paper.name for paper in papers] == ["response-en.pdf", "response-km.pdf", "slip.pdf"]
    assert {paper.read_bytes()[:5] for paper in papers} == {b"%PDF-"}
    # What the check opened is read again without proof, and alike.
    cases = Register.at(left / "register").cases()
    assert cases
    for name, data in cases.items():
        assert case_again(data, name) == shown_case(data, name)
    # A second run does not touch it.
    again = demo(tmp_path)
    assert again.returncode == 1
    assert again.stdout == ""
    assert sorted((left / "elsewhere").glob("*.tlog-proof")) == receipts


@pytest.mark.slow
@pytest.mark.parametrize("language", ["km", "fr"])
def test_the_demo_is_played_to_its_end_in_every_language(tmp_path: Path, language: str) -> None:
    played = demo(tmp_path, "--lang", language)
    assert played.returncode == 0, played.stdout[-4000:]


def test_the_readme_shows_lines_of_the_demo() -> None:
    assert readme_shows() == readme_excerpt()


def test_a_folder_with_anything_in_it_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "letter.txt"
    kept.parent.mkdir()
    kept.write_text("mine")
    refused = demo(tmp_path, "kept")
    assert refused.returncode == 1
    assert "kept" in refused.stderr
    assert [path.name for path in kept.parent.iterdir()] == ["letter.txt"]
