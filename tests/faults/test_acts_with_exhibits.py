"""An act with a file is cut off anywhere: the file has its act, or it is an orphan that is swept.

What must hold whatever happens: no act names a file that is not whole, the same file of acts does
nothing twice, and asked again it is on record with its photo, octet for octet.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from answerable.storage.exhibits import FileExhibits
from tests.support.faults import Fault, Machine, Manner, World, Worlds
from tests.support.striking import Strike, Way, misspoken, opened, struck, wrong_in

pytestmark = pytest.mark.faults

WAYS = pytest.mark.parametrize("way", list(Way), ids=str)
LATER = 4_000_000_000.0
"""Long after every file here was written."""
CASE = "XA-2026-0001-1"
PHOTO = bytes(range(256)) * 12
DO = ("case", "do", "d/acts.yaml", "--mechanism", "m", "--json")
ACTS = f"""\
case: {CASE}
act: exhibit-added
as: Union
caption: The lock, a week later.
origin: Taken by the sender.
exhibits:
- file: lock.jpg
"""
WRITES = (
    "m/exhibits/arriving/*",
    "m/exhibits/??/*",
    "m/ledger.sqlite3-wal",
    "m/head/head",
    "d/acts.yaml.request-key",
)
"""The files that such an act writes, each of which must have its rows in the sweep below."""


@pytest.fixture
def reported(failing: Machine, worlds: Worlds, tmp_path: Path) -> Worlds:
    """Worlds with a case without exhibits, and an act on it that brings one."""
    path = tmp_path / "reported"
    shutil.copytree(worlds.template, path)
    (path / "d" / "delivery.yaml").write_text("allegations:\n- what: The office was closed.\n")
    (path / "d" / "lock.jpg").write_bytes(PHOTO)
    (path / "d" / "acts.yaml").write_text(ACTS)
    for words in (
        ("party", "add", "Union"),
        ("submission", "lodge", "d/delivery.yaml", "--as", "Union"),
    ):
        assert failing.cli(*words, "--mechanism", "m", cwd=path).exit == 0
    return replace(worlds, template=path)


def rows(world: World, statement: str) -> list[str]:
    with closing(sqlite3.connect(world.mechanism / "ledger.sqlite3")) as database:
        return [str(row[0]) for row in database.execute(statement)]


def added(world: World) -> int:
    return len(rows(world, "SELECT position FROM act WHERE act = 'exhibit-added'"))


def named(world: World) -> set[str]:
    return set(rows(world, "SELECT sealed FROM exhibit"))


def kept(world: World) -> dict[str, bytes]:
    """Return the sealed files by their names."""
    return {path.name: path.read_bytes() for path in (world.mechanism / "exhibits").glob("??/*")}


def wrong_with_files(world: World) -> Iterator[str]:
    whole = {name for name, octets in kept(world).items() if sha256(octets).hexdigest() == name}
    yield from (f"not whole: {name}" for name in named(world) - whole)
    if added(world) != len(named(world)):
        yield f"{added(world)} acts, {len(named(world))} files"


def wrong_after_a_sweep(world: World) -> Iterator[str]:
    """Yield what a sweep leaves that it should not, or takes that it should leave."""
    FileExhibits(world.mechanism / "exhibits").sweep(lambda: named(world), LATER)
    if set(kept(world)) != named(world):
        yield "a sweep leaves what no act names, or takes what one does"
    yield from (f"half-written: {path}" for path in world.mechanism.glob("exhibits/arriving/*"))


def given_back(world: World) -> bytes:
    application = opened(world)
    try:
        (exhibit,) = application.give_back_exhibit.listed(f"{CASE}/2")
        target = BytesIO()
        application.give_back_exhibit(exhibit, target)
        return target.getvalue()
    finally:
        application.close()


def wrong_after(machine: Machine, strike: Strike, way: Way) -> Iterator[str]:
    world = strike.world
    yield from misspoken(way, strike.ended, "acts-done")
    if strike.ended.exit == 0 and added(world) != 1:
        yield "said and not done"
    yield from (f"at the next start: {code}" for code in wrong_in(world))
    yield from wrong_with_files(world)
    yield from wrong_after_a_sweep(world)
    again = machine.cli(*DO, cwd=world.path)
    if again.exit != 0 or added(world) != 1:
        yield f"asked again: {added(world)} acts, {again.out or again.err}"
    elif given_back(world) != PHOTO:
        yield "another photo is given back"
    yield from (f"asked again: {code}" for code in wrong_in(world))
    yield from wrong_with_files(world)
    yield from wrong_after_a_sweep(world)


def test_the_sweep_meets_every_file_that_such_an_act_writes(
    failing: Machine, reported: Worlds
) -> None:
    with reported.one() as world:
        calls = failing.cli(*DO, cwd=world.path, fault=Fault(Manner.COUNT)).calls
    for pattern in WRITES:
        assert any(Path(path).match(pattern) for _, path in calls), pattern


@WAYS
def test_an_act_with_a_file_is_recorded_with_it_or_leaves_an_orphan_that_is_swept(
    failing: Machine, reported: Worlds, way: Way
) -> None:
    found, outcomes, orphans = list[str](), set[int](), 0
    for strike in struck(failing, reported, DO, way):
        outcomes.add(added(strike.world))
        orphans += bool(set(kept(strike.world)) - named(strike.world))
        found += [f"{strike.where}: {wrong}" for wrong in wrong_after(failing, strike, way)]
    assert not found, "\n".join(found)
    # Both were met: cut off between sealing and appending, and cut off when it was appended.
    assert outcomes == {0, 1}
    assert orphans
