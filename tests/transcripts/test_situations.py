"""Situations of cases, and every shipped procedure: each is played, and must not change."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.situations import Player
from tests.support.transcripts import UPDATE, transcripts

HERE = Path(__file__).parent
SITUATIONS = HERE / "situations"
PROCEDURES = HERE / "procedures"
# Keys and the secrets of records are drawn anew each time, and so is what fixes them.
DRAWN = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "{fingerprint}"),
    (re.compile(r"\bkey [0-9a-f]{8}\b"), "key {key}"),
)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder in which a situation ended; each is played once for all that go on."""
    folders: dict[str, Path] = {}

    def folder_of(name: str) -> Path:
        if name not in folders:
            folders[name] = tmp_path_factory.mktemp(name)
            with pytest.MonkeyPatch.context() as patch:
                written = (SITUATIONS / f"{name}.txt").read_text()
                Player(patch, folders[name], folder_of).play(written)
        return folders[name]

    return folder_of


def _played(
    transcript: Path, folder: Path, patch: pytest.MonkeyPatch, begun: Callable[[str], Path]
) -> tuple[str, str]:
    """Return a transcript as it is written, and as it would be written now."""
    written = transcript.read_text()
    now = Player(patch, folder, begun).play(written)
    for drawn, name in DRAWN:
        now = drawn.sub(name, now)
    if os.environ.get(UPDATE):
        transcript.write_text(now)
        return now, now
    return written, now


@pytest.mark.parametrize("transcript", transcripts(SITUATIONS), ids=lambda path: path.stem)
def test_a_situation_ends_as_it_is_written(
    transcript: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: Callable[[str], Path],
) -> None:
    written, now = _played(transcript, tmp_path, monkeypatch, begun)
    assert now == written


@pytest.mark.parametrize("transcript", transcripts(PROCEDURES), ids=lambda path: path.stem)
def test_a_procedure_gives_the_dates_that_are_written(
    transcript: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: Callable[[str], Path],
) -> None:
    written, now = _played(transcript, tmp_path, monkeypatch, begun)
    assert now == written


def test_every_situation_says_why_it_matters() -> None:
    for transcript in transcripts(SITUATIONS):
        title, blank, *why = transcript.read_text().splitlines()
        assert title, transcript.stem
        assert blank == "", transcript.stem
        assert why[0].startswith("Why it matters: "), transcript.stem
