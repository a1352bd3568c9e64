"""The extract of a register, made by a process that is stopped: whole or not there, and made again.

Whoever opens the register after a fault shows what it says, and nothing is left of what was begun.
"""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.bootstrap.registers import extracts_of, key_of, make_extract, now_seconds, opened
from tests.support.faults import Machine, World, Worlds
from tests.support.striking import STOPPED, Way, struck

pytestmark = pytest.mark.faults

WORDS: Sequence[str] = ("r", "e")
CASES = ["XA-2026-0001-1", "XA-2026-0002-7"]


@pytest.fixture
def published(failing: Machine, worlds: Worlds, lodged: Path, tmp_path: Path) -> Worlds:
    """Worlds with a mechanism of two cases and its register."""
    path = tmp_path / "published"
    shutil.copytree(lodged, path)
    made = failing.cli("register", "publish", "r", "--mechanism", "m", cwd=path)
    assert made.exit == 0, made.err
    return replace(worlds, template=path)


def make(folder: Path, extracts: Path) -> None:
    make_extract(folder, extracts, now_seconds)


def wrong_in(world: World) -> list[str]:
    """Return what whoever opens the register finds wrong, and what is left of what was begun."""
    folder, extracts = world.path / "r", world.path / "e"
    kept = extracts_of(folder, extracts).found(key_of(folder))
    register, extract = opened(
        folder, extracts, lambda of, into: make_extract(of, into, now_seconds)
    )
    cases = register.cases
    numbers = [one.number for one in cases.at(range(len(cases)))]
    wrong = [] if numbers == CASES else [f"other cases: {numbers}"]
    wrong += [one.code for one in register.checked.differences]
    wrong += [one.name for one in extracts.rglob("arriving-*")]
    if kept is not None and kept.told != extract.told:
        wrong.append("one that was kept says something else")
    return wrong


@pytest.mark.parametrize("way", list(Way), ids=str)
def test_whatever_stops_it_the_register_is_shown_as_it_is(
    failing: Machine, published: Worlds, way: Way
) -> None:
    wrong: list[str] = []
    for strike in struck(failing, published, WORDS, way, program="extract"):
        if way not in STOPPED and strike.ended.exit not in {0, 1}:
            wrong.append(f"{strike.where}: {strike.ended.err}")
        wrong += [f"{strike.where}: {one}" for one in wrong_in(strike.world)]
    assert wrong == []
