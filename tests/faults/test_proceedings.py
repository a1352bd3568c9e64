"""A monitor's request, a contribution and a sending are recorded once, wherever they are cut off.

The contribution cites a case, so one unit writes on two dockets: both show it, or neither does.
"""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.core.docket import Kind
from tests.faults.test_other_writes import POWER, opened, struck, wrong_in
from tests.support.faults import Machine, World, Worlds

pytestmark = pytest.mark.faults

KEY = ("--request-key", "5f0c1f1e-3a55-4f0e-9a57-6d0f2f6a0c11", "--mechanism", "m")
OPEN = (
    *("proceeding", "open", "d/letter.txt", "--as", "Affairs", "--monitor", "Holders"),
    *("--procedure", "un-special-procedures", "--received-on", "2026-11-02"),
)


@pytest.fixture(scope="session")
def with_bodies(failing: Machine, template: Path, disk: Path) -> Path:
    """A mechanism with a body that collects, a monitor, a case, and a letter to record."""
    path = disk / "with-bodies"
    shutil.copytree(template, path)
    (path / "d" / "one.yaml").write_text("allegations:\n- what: They closed it.\n")
    (path / "d" / "letter.txt").write_text("Subject: Training\n\n1. Who closed the office?\n")
    for words in (
        *(("party", "add", name) for name in ("Affairs", "Holders", "Union")),
        ("seat", "grant", "Affairs", "secretariat"),
        ("seat", "grant", "Holders", "monitor"),
        ("submission", "lodge", "d/one.yaml", "--as", "Union"),
    ):
        ended = failing.cli(*words, "--mechanism", "m", cwd=path)
        assert ended.exit == 0, ended.err
    return path


@pytest.fixture(scope="session")
def with_request(failing: Machine, with_bodies: Path, disk: Path) -> Path:
    """The same, with the request recorded and its one point assigned to the collecting body."""
    path = disk / "with-request"
    shutil.copytree(with_bodies, path)
    assert failing.cli(*OPEN, "--mechanism", "m", cwd=path).exit == 0
    (number,) = numbers(World(path, path, {}), Kind.PROCEEDING)
    assign = ("proceeding", "assign", number, "--as", "Affairs", "--party", "Affairs")
    assert failing.cli(*assign, "--role", "lead", "--mechanism", "m", cwd=path).exit == 0
    return path


def numbers(world: World, kind: Kind) -> list[str]:
    application = opened(world)
    found = [docket.number for docket in application.dockets.dockets(kind)]
    application.close()
    return found


def codes(world: World, kind: Kind) -> list[str]:
    """Return the codes of the acts on the one docket of a kind."""
    application = opened(world)
    (docket,) = application.dockets.dockets(kind)
    found = [str(act.act) for act in application.reading.envelopes(docket)]
    application.close()
    return found


def wrong_after(
    failing: Machine, worlds: Worlds, words: tuple[str, ...], *, power: bool
) -> Iterator[tuple[str, World, list[str]]]:
    """Yield each world in which the command was cut off and given again, with what is wrong."""
    for where, world in struck(failing, worlds, words, power=power):
        found = [f"{where}: {code}" for code in wrong_in(world)]
        again = failing.cli(*words, "--json", cwd=world.path)
        found += [f"{where}: {again.err}"] if again.exit else []
        found += [f"{where}, again: {code}" for code in wrong_in(world)]
        yield where, world, found


@POWER
def test_a_request_opens_one_proceeding(
    failing: Machine, worlds: Worlds, with_bodies: Path, *, power: bool
) -> None:
    found: list[str] = []
    there = replace(worlds, template=with_bodies)
    for where, world, wrong in wrong_after(failing, there, (*OPEN, *KEY), power=power):
        count = len(numbers(world, Kind.PROCEEDING))
        found += [*wrong, *([] if count == 1 else [f"{where}: {count} proceedings"])]
    assert not found, "\n".join(found)


@POWER
def test_a_contribution_and_what_it_cites_are_recorded_together_and_once(
    failing: Machine, worlds: Worlds, with_request: Path, *, power: bool
) -> None:
    (case,) = numbers(World(with_request, with_request, {}), Kind.CASE)
    (number,) = numbers(World(with_request, with_request, {}), Kind.PROCEEDING)
    said = ("--as", "Affairs", "--text", "It is being read.", "--cases", case, *KEY)
    found: list[str] = []
    there = replace(worlds, template=with_request)
    words = ("proceeding", "contribute", number, *said)
    for where, world, wrong in wrong_after(failing, there, words, power=power):
        on_case, on_proceeding = codes(world, Kind.CASE), codes(world, Kind.PROCEEDING)
        acts = (on_case.count("cited-in-proceeding"), on_proceeding.count("contribution-given"))
        found += [*wrong, *([] if acts == (1, 1) else [f"{where}: {acts}"])]
    assert not found, "\n".join(found)
