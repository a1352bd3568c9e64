"""The offline commands, as a person meets them: each transcript is played and must not change."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.bootstrap.offline import offline
from answerable.cli.surface import Doors, run
from tests.support.transcripts import play, transcripts

HERE = Path(__file__).parent
SEPTEMBER = 1_790_000_000
"""The reader's clock, so that no transcript depends on the day on which it is played."""


def on_that_day(words: list[str], environ: Mapping[str, str]) -> int:
    doors = Doors(offline=lambda: replace(offline(), now_seconds=SEPTEMBER))
    return run(words, doors, environ)


@pytest.mark.parametrize("transcript", transcripts(HERE / "offline"), ids=lambda path: path.stem)
def test_what_is_answered_is_what_is_written(transcript: Path, tmp_path: Path) -> None:
    written, now = play(transcript, tmp_path, on_that_day)
    assert now == written
