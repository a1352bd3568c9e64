"""Every write of one lodging: killed before, after and in the middle of it, refused, power cut.

What must hold whatever happens: the next start finds nothing wrong, no receipt is without its
entry, the same delivery is two cases and never more, with the same receipts, byte for byte.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from pathlib import Path

import pytest

from answerable.bootstrap.application import application_of
from answerable.bootstrap.folder import folder_at
from answerable.casework.application import Application
from answerable.core.docket import Kind
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from answerable.keys.ed25519 import verify
from tests.support.faults import Ended, Fault, Machine, Manner, World, Worlds, cut_power

pytestmark = pytest.mark.faults

EVERY_CALL = "ANSWERABLE_FAULTS_AT_EVERY_CALL"
"""With this set, no call is left out: for the nights."""

LODGE = ("submission", "lodge", "d/delivery.yaml", "--mechanism", "m", "--json")

WRITES = (
    "m/keys/case-keys.sqlite3",
    "m/keys/case-keys.sqlite3-wal",
    "d/delivery.yaml.delivery-key",
    "m/exhibits/arriving/*",
    "m/exhibits/??/*",
    "m/ledger.sqlite3-wal",
    "m/head/head",
    "d/delivery.yaml.receipts/policy",
    "d/delivery.yaml.receipts/*.tlog-proof",
    "d/delivery.yaml.receipts/*.opening.json",
    "m/ledger.sqlite3",
)
"""The files that a lodging writes, each of which must have its rows in the sweeps below."""


MANY = 50
"""Points that a sweep has at least: with fewer, it did not meet the writes."""


@dataclass(frozen=True, slots=True)
class Point:
    """One call of a lodging, and how the process ended that met its fault there."""

    at: int
    world: World
    ended: Ended

    def __str__(self) -> str:
        call = " ".join(self.ended.calls[self.at - 1]) if self.at <= len(self.ended.calls) else "-"
        return f"call {self.at} ({call})"


def sweep(machine: Machine, worlds: Worlds, manner: Manner, error: int = 0) -> Iterator[Point]:
    """Yield a world for each call of a lodging at which a fault is tried."""
    with worlds.one() as world:
        calls = machine.cli(*LODGE, cwd=world.path, fault=Fault(Manner.COUNT)).calls
    for at in points_of(calls):
        with worlds.one() as world:
            ended = machine.cli(*LODGE, cwd=world.path, fault=Fault(manner, at, error=error))
            assert len(ended.calls) >= at
            yield Point(at, world, ended)


def points_of(calls: Sequence[tuple[str, str]]) -> list[int]:
    """Return the calls to try: of a run of writes to one file the first, second, middle and last.

    What is between is the same as these: pages of one transaction, or of one checkpoint of SQLite.
    """
    if os.environ.get(EVERY_CALL):
        return list(range(1, len(calls) + 1))
    chosen: list[int] = []
    for _, run in groupby(enumerate(calls, 1), key=lambda numbered: numbered[1]):
        numbers = [number for number, _ in run]
        chosen += {*numbers[:2], numbers[len(numbers) // 2], numbers[-1]}
    return sorted(chosen)


def opened(world: World) -> Application:
    return application_of(folder_at(world.mechanism))


def wrong_in(application: Application) -> list[str]:
    found, _ = application.upkeep.check(acts=True, progress=lambda *_: None)
    return [item.code for item in found]


def receipts(world: World) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in world.path.glob("d/*.receipts/*.tlog-proof")}


def unproven(application: Application, found: dict[str, bytes]) -> list[str]:
    """Return the receipts that are not those of the stored acts."""
    policy = application.upkeep.policy()
    listed = []
    for name, octets in found.items():
        receipt = Receipt.parse(octets)
        verify_receipt(receipt, policy, verify)
        act = application.reading.act(name.removesuffix(".tlog-proof"))
        if application.ledger.receipt(act).encode() != octets:
            listed.append(name)
    return listed


def lost_exhibits(world: World) -> list[str]:
    """Return the exhibits that acts name and that are not whole."""
    with closing(sqlite3.connect(world.mechanism / "ledger.sqlite3")) as database:
        named = [name for (name,) in database.execute("SELECT DISTINCT sealed FROM exhibit")]
    places = {name: world.mechanism / "exhibits" / name[:2] / name for name in named}
    return [
        name
        for name, place in places.items()
        if not place.exists() or sha256(place.read_bytes()).hexdigest() != name
    ]


def faults_after(machine: Machine, world: World) -> list[str]:
    """Return what does not hold after a new start, and after handing the same in again."""
    found = []
    before = receipts(world)
    application = opened(world)
    found += [f"at the next start: {code}" for code in wrong_in(application)]
    found += [f"without its entry: {name}" for name in unproven(application, before)]
    found += [f"lost exhibit: {name}" for name in lost_exhibits(world)]
    application.close()
    again = machine.cli(*LODGE, cwd=world.path)
    if again.exit != 0:
        return [*found, f"handed in again: {again.out or again.err}"]
    application = opened(world)
    found += [f"after handing in again: {code}" for code in wrong_in(application)]
    cases = [docket.number for docket in application.dockets.dockets(Kind.CASE)]
    if cases != [item["number"] for item in again.told["facts"]["submissions"]] or len(cases) != 2:
        found.append(f"cases: {cases}")
    after = receipts(world)
    found += [f"another receipt: {name}" for name in before if after.get(name) != before[name]]
    found += [f"without its entry: {name}" for name in unproven(application, after)]
    application.close()
    return found


def test_the_sweeps_meet_every_file_that_a_lodging_writes(failing: Machine, worlds: Worlds) -> None:
    with worlds.one() as world:
        calls = failing.cli(*LODGE, cwd=world.path, fault=Fault(Manner.COUNT)).calls
    for pattern in WRITES:
        assert any(Path(path).match(pattern) for _, path in calls), pattern
    assert {call for call, _ in calls} >= {"write", "pwrite", "fsync", "fdatasync", "rename"}


@pytest.mark.parametrize("manner", [Manner.KILL_BEFORE, Manner.KILL_AFTER, Manner.KILL_TORN])
def test_killed_at_any_write_nothing_is_lost_or_doubled(
    failing: Machine, worlds: Worlds, manner: Manner
) -> None:
    found, points = [], 0
    for point in sweep(failing, worlds, manner):
        assert point.ended.killed
        points += 1
        found += [f"{point}: {fault}" for fault in faults_after(failing, point.world)]
    assert not found, "\n".join(found)
    assert points > MANY


@pytest.mark.parametrize("manner", [Manner.KILL_BEFORE, Manner.KILL_AFTER])
def test_without_power_at_any_write_nothing_is_lost_or_doubled(
    failing: Machine, worlds: Worlds, manner: Manner
) -> None:
    found, points = [], 0
    for point in sweep(failing, worlds, manner):
        assert point.ended.killed
        cut_power(point.world, failing.kept)
        points += 1
        found += [f"{point}: {fault}" for fault in faults_after(failing, point.world)]
    assert not found, "\n".join(found)
    assert points > MANY


SAID = {
    "lodged": (2,),
    "storage-failed": (0,),
    "cannot-write": (0,),
    "ledger-poisoned": (0, 2),
    "receipts-not-kept": (2,),
}
"""What may be said of a call that the system refused, and how many cases there may be then."""


@pytest.mark.parametrize(
    ("manner", "error"),
    [
        (Manner.FAIL_ONCE, errno.EIO),
        (Manner.FAIL_ONCE, errno.ENOSPC),
        (Manner.FAIL_ON, errno.ENOSPC),
    ],
)
def test_refused_any_write_it_says_so_and_nothing_is_lost_or_doubled(
    failing: Machine, worlds: Worlds, manner: Manner, error: int
) -> None:
    found, points = [], 0
    for point in sweep(failing, worlds, manner, error):
        points += 1
        ended = point.ended
        application = opened(point.world)
        cases = len(list(application.dockets.dockets(Kind.CASE)))
        application.close()
        if cases not in SAID.get(ended.code, ()) or (ended.exit == 0) != (ended.code == "lodged"):
            found.append(f"{point}: {cases} cases, {ended.exit} {ended.out}")
        found += [f"{point}: {fault}" for fault in faults_after(failing, point.world)]
    assert not found, "\n".join(found)
    assert points > MANY
