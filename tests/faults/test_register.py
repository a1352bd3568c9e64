"""A register is published anew: whatever ends it, the last one or the new one is there, and whole.

Between two names it may lie beside its place for a moment: the next publication puts it back.
"""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.faults import Machine, Worlds
from tests.support.striking import Way, misspoken, struck, wrong_in

pytestmark = pytest.mark.faults

CASE = "XA-2026-0001-1"
HERE = ("--mechanism", "m")
PUBLISH = ("register", "publish", "r", *HERE, "--json")


@pytest.fixture
def unpublished(worlds: Worlds, lodged: Path) -> Worlds:
    return replace(worlds, template=lodged)


@pytest.fixture
def published(failing: Machine, worlds: Worlds, lodged: Path, tmp_path: Path) -> Worlds:
    """Worlds with a register that lacks the last act."""
    path = tmp_path / "published"
    shutil.copytree(lodged, path)
    assert failing.cli(*PUBLISH, cwd=path).exit == 0
    assert failing.cli("case", "open", CASE, "--as", "Body", *HERE, cwd=path).exit == 0
    return replace(worlds, template=path)


def says(machine: Machine, path: Path, name: str) -> str:
    """Return the instant of a register that holds, or what is wrong with it."""
    ended = machine.cli("register", "verify", name, "--json", cwd=path)
    return str(ended.told["facts"]["at"]) if ended.exit == 0 else f"wrong: {ended.out}"


@pytest.mark.parametrize("way", list(Way), ids=str)
def test_whatever_ends_it_the_last_register_or_the_new_one_is_whole(
    failing: Machine, published: Worlds, way: Way
) -> None:
    before = says(failing, published.template, "r")
    assert before.startswith("20")
    found: list[str] = []
    for strike in struck(failing, published, PUBLISH, way):
        at = strike.world.path
        wrong = misspoken(way, strike.ended, "register")
        name = "r" if (at / "r").exists() else "r.last"
        said = says(failing, at, name)
        if not said.startswith("20"):
            wrong.append(f"not whole: {said}")
        if strike.ended.exit == 0 and (name == "r.last" or said == before):
            wrong.append("said, and the last one is there")
        again = failing.cli(*PUBLISH, cwd=at)
        wrong += [] if again.exit == 0 else [f"again: {again.out}"]
        wrong += [] if says(failing, at, "r") > before else ["again, and not new"]
        wrong += [f"left over: {path.name}" for path in at.glob("r.*")]
        wrong += [f"at the next start: {code}" for code in wrong_in(strike.world)]
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("way", list(Way), ids=str)
def test_a_first_register_is_whole_or_not_there(
    failing: Machine, unpublished: Worlds, way: Way
) -> None:
    found: list[str] = []
    for strike in struck(failing, unpublished, PUBLISH, way):
        at = strike.world.path
        wrong = misspoken(way, strike.ended, "register")
        is_there = (at / "r").exists()
        if is_there and not says(failing, at, "r").startswith("20"):
            wrong.append("half a register")
        if strike.ended.exit == 0 and not is_there:
            wrong.append("said and not there")
        again = failing.cli(*PUBLISH, cwd=at)
        wrong += [] if again.exit == 0 else [f"again: {again.out}"]
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)
