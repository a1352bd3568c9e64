"""A case's key is destroyed: whenever that is cut off, the next start finds what is left to do."""

from collections.abc import Iterator

import pytest

from answerable.casework.ports import OverwritePending
from answerable.storage.case_keys import SqliteCaseKeys
from tests.support.faults import Fault, Machine, Manner, World, Worlds, cut_power

pytestmark = pytest.mark.faults

KEYS = "m/keys/case-keys.sqlite3"
SLOT = 7


def remains(world: World, key: bytes) -> list[str]:
    """Return the files that hold a part of a key."""
    files = sorted((world.mechanism / "keys").iterdir())
    return [
        file.name
        for file in files
        if any(key[at : at + 16] in file.read_bytes() for at in range(17))
    ]


def overwritten(machine: Machine, world: World, fault: Fault) -> int:
    return machine.run("overwriting", (KEYS, str(SLOT)), cwd=world.path, fault=fault).exit


def points(machine: Machine, worlds: Worlds) -> range:
    with worlds.one() as world:
        fault = Fault(Manner.COUNT)
        ended = machine.run("overwriting", (KEYS, str(SLOT)), cwd=world.path, fault=fault)
        assert ended.exit == 0, ended.err
    # The log is written and synced, then the file, then the log is emptied.
    assert len(ended.calls) > 5
    return range(1, len(ended.calls) + 1)


def keys_before(worlds: Worlds) -> dict[int, bytes]:
    with worlds.one() as world:
        return dict(SqliteCaseKeys(world.path / KEYS).keys(range(1, 1025)))


@pytest.mark.parametrize("power", [True, False], ids=["killed", "without-power"])
def test_a_key_is_whole_or_destroyed_at_the_next_start(
    failing: Machine, worlds: Worlds, *, power: bool
) -> None:
    before = keys_before(worlds)
    others = {slot: key for slot, key in before.items() if slot != SLOT}
    outcomes = set[bool]()
    for at in points(failing, worlds):
        with worlds.one() as world:
            overwritten(failing, world, Fault(Manner.KILL_AFTER, at))
            if not power:
                cut_power(world, failing.kept)
            started = SqliteCaseKeys(world.path / KEYS)
            found = dict(started.keys(range(1, 1025)))
            outcomes.add(SLOT in found)
            if SLOT not in found:
                assert remains(world, before[SLOT]) == [], at
            assert {slot: key for slot, key in found.items() if slot != SLOT} == others
            started.overwrite(SLOT)
            assert remains(world, before[SLOT]) == [], at
    assert outcomes == {True, False}


def erroneous(machine: Machine, worlds: Worlds, error: int) -> Iterator[tuple[int, World]]:
    for at in points(machine, worlds):
        with worlds.one() as world:
            ended = overwritten(machine, world, Fault(Manner.FAIL_ONCE, at, error=error))
            yield ended, world


@pytest.mark.parametrize("error", [5, 28], ids=["io", "full"])
def test_what_the_disk_refused_is_never_said_to_be_done(
    failing: Machine, worlds: Worlds, error: int
) -> None:
    key = keys_before(worlds)[SLOT]
    for ended, world in erroneous(failing, worlds, error):
        if ended == 0:
            assert remains(world, key) == []
        store = SqliteCaseKeys(world.path / KEYS)
        try:
            store.overwrite(SLOT)
        except OverwritePending:
            pytest.fail("nobody reads the store")
        assert remains(world, key) == []
