"""A command struck at its writes: which of them are tried, in which ways, and what is looked at."""

import errno
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from answerable.bootstrap.application import application_of
from answerable.bootstrap.folder import folder_at
from answerable.casework.application import Application
from tests.support.faults import Ended, Fault, Machine, Manner, World, Worlds, cut_power

EVERY_CALL = "ANSWERABLE_FAULTS_AT_EVERY_CALL"
"""With this set, no call is left out: for the nights."""

MOST = 40
"""How many points of a command are tried in one way."""

_KEPT = ("rename", "link", "fsync")

_REFUSED_WHEN_FULL = "write pwrite fsync fdatasync rename link mkdir"
"""A disk that is full lets go of names and cuts files short."""


class Way(Enum):
    """In what way a command is struck, and with which error of the system."""

    KILLED = "killed"
    WITHOUT_POWER = "without-power"
    REFUSED = "refused"
    FULL = "full"

    def __str__(self) -> str:
        return self.value


STOPPED = (Way.KILLED, Way.WITHOUT_POWER)
"""The ways in which a command has no time to say anything."""


SAID = {"cannot-write", "storage-failed", "ledger-poisoned", "unfinished"}
"""What may be said of a write that the system refused."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A command that was struck at one call: where, and the world as it left it."""

    where: str
    world: World
    ended: Ended


def struck(
    machine: Machine, worlds: Worlds, words: Sequence[str], way: Way, *, program: str = "cli"
) -> Iterator[Strike]:
    """Yield a world for each point at which a command was struck in one way.

    Without power that is also when the command has said what it did. Another ``program`` is one of
    forker.py.
    """
    calls = _REFUSED_WHEN_FULL if way is Way.FULL else ""
    with worlds.one() as world:
        ended = machine.run(program, words, cwd=world.path, fault=Fault(Manner.COUNT, calls=calls))
        assert ended.exit == 0, ended.out + ended.err
    for at, manner in _points(ended.calls, way):
        error = errno.ENOSPC if way is Way.FULL else errno.EIO
        with worlds.one() as world:
            fault = Fault(manner, at, calls=calls, error=error)
            found = machine.run(program, words, cwd=world.path, fault=fault)
            assert len(found.calls) >= at, f"call {at} was not met: {found.out}"
            assert found.killed == (way in STOPPED and manner is not Manner.COUNT)
            if way is Way.WITHOUT_POWER:
                cut_power(world, machine.kept)
            yield Strike(f"{manner.name} {at} {' '.join(found.calls[at - 1])}", world, found)


def _points(calls: Sequence[tuple[str, str]], way: Way) -> list[tuple[int, Manner]]:
    """Return the calls to try, and how: of a run of like calls the first and the last.

    Of more than MOST the first, the last and those around renames and syncs of whole files stay;
    of the others as many as there is room for, evenly. What SQLite's processes share in memory is
    no write: it is made anew by whoever opens a database.
    """
    refusing = {Way.REFUSED: Manner.FAIL_ONCE, Way.FULL: Manner.FAIL_ON}
    numbered = [(at, call) for at, call in enumerate(calls, 1) if not call[1].endswith("-shm")]
    if os.environ.get(EVERY_CALL):
        chosen = [at for at, _ in numbered]
    else:
        chosen = _sampled([list(run) for _, run in groupby(numbered, key=lambda item: item[1])])
    if way not in STOPPED:
        return [(at, refusing[way]) for at in chosen]
    # A file that was opened and not yet written is there and empty: that is before its first write.
    torn = [at for at in chosen if _is_of_ours(*calls[at - 1])]
    ways = [(at, Manner.KILL_AFTER) for at in chosen]
    ways += [(at, manner) for at in torn for manner in (Manner.KILL_BEFORE, Manner.KILL_TORN)]
    said = [(chosen[-1], Manner.COUNT)] if way is Way.WITHOUT_POWER else []
    return sorted({(chosen[0], Manner.KILL_BEFORE), *ways, *said})


def _is_of_ours(call: str, path: str) -> bool:
    # SQLite's own files it mends itself, whatever page was torn.
    return call in {"write", "pwrite"} and "sqlite3-" not in path and not path.endswith("sqlite3")


def _sampled(runs: Sequence[Sequence[tuple[int, tuple[str, str]]]]) -> list[int]:
    ends = [end for run in runs for end in {run[0], run[-1]}]
    numbers = sorted(at for at, _ in ends)
    if len(numbers) <= MOST:
        return numbers
    kept = {numbers[0], numbers[-1], *(at for at, (call, _) in ends if call in _KEPT)}
    others = [at for at in numbers if at not in kept]
    step = max(1, -(-len(others) // max(1, MOST - len(kept))))
    return sorted(kept | set(others[::step]))


def misspoken(way: Way, ended: Ended, wanted: str) -> list[str]:
    """Return what a command that was refused a write should not have said."""
    if way in STOPPED or (ended.exit == 0 and ended.code == wanted):
        return []
    return [] if ended.exit != 0 and ended.code in SAID else [f"{ended.exit} {ended.out}"]


def opened(world: World) -> Application:
    return application_of(folder_at(world.mechanism))


def wrong_in(world: World) -> list[str]:
    """Return what the next start finds wrong with the mechanism, with every act looked at."""
    application = opened(world)
    found, _ = application.upkeep.check(acts=True, progress=lambda *_: None)
    application.close()
    return [item.code for item in found]


def left_over(strike: Strike) -> list[str]:
    """Return what half-made files and folders there are."""
    there = strike.world.path.rglob("*.arriving*")
    return [f"left over: {path.relative_to(strike.world.path)}" for path in there]
