"""Every send of one lodging to PostgreSQL: the process is killed, or the connection is cut there.

In each way every commit is tried with the send after it, and of the others one in sixteen, from
another on in each way, and the last. A lodging speaks with two databases: the ledger's, and that of
the keys and of the head's second copy.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

from answerable.core.docket import Kind
from tests.faults.test_lodging import LODGE, receipts, unproven
from tests.support.faults import Ended, Fault, Machine, Manner, World, Worlds
from tests.support.postgres import Server
from tests.support.striking import EVERY_CALL, opened, wrong_in

pytestmark = [pytest.mark.faults, pytest.mark.postgres]

MANY = 20
"""Sends that a lodging has at least: with fewer, the sweeps did not meet them."""

WAYS = (Manner.KILL_BEFORE, Manner.KILL_AFTER, Manner.CUT_BEFORE, Manner.CUT_AFTER)

SAID = {
    "lodged": (2,),
    "database-unreachable": (0,),
    "storage-failed": (0,),
    "ledger-poisoned": (0, 2),
}
"""What may be said where the connection was cut, and how many cases there may be then."""

FEWER = 2
"""By how many sends one run may do with less than the one that was counted."""


@dataclass(frozen=True)
class Shared:
    """A mechanism whose databases are those of a server: each world has copies of them."""

    worlds: Worlds
    server: Server
    databases: tuple[str, str]

    @contextmanager
    def one(self) -> Iterator[World]:
        made = [self.server.create(template) for template in self.databases]
        with self.worlds.one() as world:
            settings = world.mechanism / "mechanism.toml"
            text = settings.read_text()
            for template, name in zip(self.databases, made, strict=True):
                text = re.sub(rf"\bdbname={template}\b", f"dbname={name}", text)
            settings.write_text(text)
            yield world
        for name in made:
            self.server.drop(name)


@pytest.fixture
def shared(
    failing: Machine, worlds: Worlds, postgres_server: Server, tmp_path: Path
) -> Iterator[Shared]:
    """Worlds with a mechanism on PostgreSQL, and two submissions to be lodged."""
    ledger, keys = postgres_server.create(), postgres_server.create()
    addresses = map(postgres_server.dsn, (ledger, keys))
    databases = chain(*zip(("--database", "--key-database"), addresses, strict=True))
    path = tmp_path / "shared"
    (path / "d").mkdir(parents=True)
    for item in (worlds.template / "d").iterdir():
        (path / "d" / item.name).write_bytes(item.read_bytes())
    named = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")
    exact = ("--padding-per-day", "0")
    founded = failing.cli("init", "m", *named, *exact, *databases, cwd=path)
    assert founded.exit == 0, founded.err
    yield Shared(Worlds(path, worlds.folder, worlds.numbers), postgres_server, (ledger, keys))
    for name in (ledger, keys):
        postgres_server.drop(name)


def sends(
    machine: Machine, shared: Shared, manner: Manner, at: int = 1
) -> Iterator[tuple[World, Ended]]:
    with shared.one() as world:
        socket = str(shared.server.folder / ".s.PGSQL.*")
        fault = Fault(manner, at, files=socket, calls="send commit")
        yield world, machine.cli(*LODGE, cwd=world.path, fault=fault)


def sampled(calls: Sequence[tuple[str, str]], manner: Manner) -> Sequence[int]:
    count = len(calls)
    if os.environ.get(EVERY_CALL):
        return range(1, count + 1)
    commits = [at for at, (call, _) in enumerate(calls, 1) if call == "commit"]
    assert commits, "nothing was committed"
    around = {at for commit in commits for at in (commit, commit + 1)}
    others = range(1 + 4 * WAYS.index(manner), count + 1, 16)
    return sorted({*around, *others, count})


@pytest.mark.parametrize("manner", WAYS, ids=lambda manner: manner.name)
def test_cut_off_at_any_send_nothing_is_lost_or_doubled(
    failing: Machine, shared: Shared, manner: Manner
) -> None:
    (whole,) = (ended for _, ended in sends(failing, shared, Manner.COUNT))
    assert whole.exit == 0, whole.out
    assert len(whole.calls) > MANY
    found: list[str] = []
    for at in sampled(whole.calls, manner):
        for world, ended in sends(failing, shared, manner, at):
            assert len(ended.calls) >= at - FEWER
            if len(ended.calls) < at:
                continue
            assert ended.killed == (manner in {Manner.KILL_BEFORE, Manner.KILL_AFTER})
            found += [f"send {at}: {fault}" for fault in faults_after(failing, world, ended)]
    assert not found, "\n".join(found)


def faults_after(machine: Machine, world: World, ended: Ended) -> Iterator[str]:
    """Yield what does not hold after a new start, and after handing the same in again."""
    before = receipts(world)
    cases = cases_of(world)
    if not ended.killed and len(cases) not in SAID.get(ended.code, ()):
        yield f"{len(cases)} cases, {ended.exit} {ended.out}"
    yield from (f"at the next start: {code}" for code in wrong_in(world))
    again = machine.cli(*LODGE, cwd=world.path)
    if again.exit != 0:
        yield f"handed in again: {again.out}"
        return
    yield from (f"after handing in again: {code}" for code in wrong_in(world))
    numbers = [item["number"] for item in again.told["facts"]["submissions"]]
    if cases_of(world) != numbers or len(numbers) != 2 or (cases and cases != numbers):
        yield f"cases: {cases}, then {cases_of(world)}"
    after = receipts(world)
    yield from (f"another receipt: {name}" for name in before if after[name] != before[name])
    application = opened(world)
    yield from (f"without its entry: {name}" for name in unproven(application, after))
    application.close()


def cases_of(world: World) -> list[str]:
    application = opened(world)
    numbers = [docket.number for docket in application.dockets.dockets(Kind.CASE)]
    application.close()
    return numbers
