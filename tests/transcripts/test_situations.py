"""Situations of cases, and every shipped procedure: each is played, and must not change."""

import json
import os
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from answerable.core.procedure import ProcedureKind
from answerable.forms.shipped import ShippedProcedures
from tests.support.situations import Player
from tests.support.transcripts import NUMBERS, UPDATE, WORDS, transcripts

HERE = Path(__file__).parent
SITUATIONS = HERE / "situations"
PROCEDURES = HERE / "procedures"
PROCEEDINGS = HERE / "proceedings"
# Keys and the secrets of records are drawn anew each time, and so is what fixes them.
DRAWN = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "{fingerprint}"),
    (re.compile(r"\bkey [0-9a-f]{8}\b"), "key {key}"),
    (re.compile(WORDS), "{words}"),
    (re.compile(NUMBERS), "{numbers}"),
)


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the folder in which a situation ended; each is played once for all that go on."""
    folders: dict[str, Path] = {}

    def folder_of(name: str) -> Path:
        if name not in folders:
            folders[name] = tmp_path_factory.mktemp(name)
            with pytest.MonkeyPatch.context() as patch:
                folders_of = (folder / f"{name}.txt" for folder in (SITUATIONS, PROCEEDINGS))
                written = next(path for path in folders_of if path.exists()).read_text()
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


@pytest.mark.parametrize(
    "transcript",
    [*transcripts(SITUATIONS), *transcripts(PROCEEDINGS)],
    ids=lambda path: path.stem,
)
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
    for transcript in (*transcripts(SITUATIONS), *transcripts(PROCEEDINGS)):
        title, blank, *why = transcript.read_text().splitlines()
        assert title, transcript.stem
        assert blank == "", transcript.stem
        assert why[0].startswith("Why it matters: "), transcript.stem


UNPLAYED: Mapping[str, str] = {
    f"training-mechanism@{version}/{clock}": "recurs, and is of the mechanism: no case starts it"
    for version in ("1", "2")
    for clock in ("sitting", "forum")
}
"""Clocks that no matter plays, each with the reason. It only ever becomes shorter."""


def _cases() -> list[Path]:
    return [path for path in transcripts(PROCEDURES) if "@" in path.stem]


@pytest.mark.parametrize("transcript", _cases(), ids=lambda path: path.stem)
def test_every_clock_of_a_procedure_begins_in_its_matter_and_is_met_or_shown_late(
    transcript: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begun: Callable[[str], Path],
) -> None:
    written = transcript.read_text()
    number = re.findall(r"answerable case conclude (\S+)", written)[-1]
    asked = f"{written}$ answerable case clocks {number} --json\n"
    played = Player(monkeypatch, tmp_path, begun).play(asked)
    told = json.loads(_last_answer(played))["facts"]["clocks"]
    done = {one["code"] for one in told if one["met_by"] is not None or one["late"]}
    procedure = ShippedProcedures().procedure(transcript.stem, date.max)
    every = {*procedure.clocks, *procedure.recurring}
    unplayed = {f"{procedure.name}/{code}" for code in every - done}
    assert unplayed == {name for name in UNPLAYED if name.startswith(f"{procedure.name}/")}


def test_every_procedure_for_cases_has_its_matter_and_every_proceeding_its_calendar() -> None:
    shipped = ShippedProcedures().shipped()
    cases = {one.name for one in shipped if one.kind is ProcedureKind.CASE}
    proceedings = {one.id for one in shipped if one.kind is ProcedureKind.PROCEEDING}
    assert {path.stem for path in transcripts(PROCEDURES)} == cases | proceedings


def _last_answer(played: str) -> str:
    lines = played.splitlines()
    at = max(n for n, line in enumerate(lines) if line.startswith("$ "))
    return "\n".join(line[2:] for line in lines[at + 1 :] if line.startswith("| "))
