"""The other writes of a mechanism: it is founded, gets parties, changes its keys, and is published.

Each is killed before and after every call, and left without power; then it is done again.
"""

import json
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pytest

from answerable.bootstrap.application import application_of
from answerable.bootstrap.folder import folder_at
from answerable.casework.application import Application
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import parse_note
from answerable.core.ledger.tiles import published_between
from answerable.storage.head import FileHeads
from answerable.storage.sqlite import SqliteBackend
from tests.support.faults import Fault, Machine, Manner, World, Worlds, cut_power

pytestmark = pytest.mark.faults

FOUND = ("init", "m", "--name", "N", "--origin", "training.example/xa", "--prefix", "XA")
POWER = pytest.mark.parametrize("power", [True, False], ids=["killed", "without-power"])


def points(machine: Machine, worlds: Worlds, words: Sequence[str]) -> list[int]:
    """Return the first and the last call of each run of like calls.

    Of those to databases in a folder that is not there yet for anyone, one in sixteen.
    """
    with worlds.one() as world:
        ended = machine.cli(*words, cwd=world.path, fault=Fault(Manner.COUNT))
        assert ended.exit == 0, ended.out + ended.err
    seen, unseen = set[int](), set[int]()
    for (_, path), run in groupby(enumerate(ended.calls, 1), key=lambda item: _like(*item[1])):
        numbers = [number for number, _ in run]
        hidden = ".arriving/" in path and "sqlite3" in path
        (unseen if hidden else seen).update((numbers[0], numbers[-1]))
    return sorted(seen | set(sorted(unseen)[::16]))


def _like(call: str, path: str) -> tuple[str, str]:
    return call, path.removesuffix("-wal").removesuffix("-journal").removesuffix("-shm")


def struck(
    machine: Machine, worlds: Worlds, words: Sequence[str], *, power: bool
) -> Iterator[tuple[str, World]]:
    """Yield a world after each way in which a command can be cut off, and where it was.

    Cut off before a call, it leaves what it leaves after the one before: see test_lodging.py.
    """
    ways = [(Manner.KILL_AFTER, at) for at in points(machine, worlds, words)]
    for manner, at in [(Manner.KILL_BEFORE, 1), *ways]:
        with worlds.one() as world:
            ended = machine.cli(*words, cwd=world.path, fault=Fault(manner, at))
            assert ended.killed
            if not power:
                cut_power(world, machine.kept)
            yield f"{manner.name} call {at} {' '.join(ended.calls[at - 1])}", world


def opened(world: World) -> Application:
    return application_of(folder_at(world.mechanism))


def wrong_in(world: World) -> list[str]:
    application = opened(world)
    found, _ = application.upkeep.check(acts=True, progress=lambda *_: None)
    application.close()
    return [item.code for item in found]


@pytest.fixture
def empty(worlds: Worlds, tmp_path: Path) -> Worlds:
    """Worlds with nothing in them."""
    return replace(worlds, template=tmp_path)


@POWER
def test_a_mechanism_is_founded_whole_or_not_at_all(
    failing: Machine, empty: Worlds, *, power: bool
) -> None:
    found: list[str] = []
    for where, world in struck(failing, empty, FOUND, power=power):
        if world.mechanism.exists():
            found += [f"{where}: {code}" for code in wrong_in(world)]
            continue
        again = failing.cli(*FOUND, cwd=world.path)
        if again.exit != 0:
            # What is left of the first try is named, and stays until a person removes it.
            assert "m.arriving" in again.err, where
            shutil.rmtree(world.path / "m.arriving")
            again = failing.cli(*FOUND, cwd=world.path)
        found += [f"{where}: {again.err}"] if again.exit else []
        found += [f"{where}: {code}" for code in wrong_in(world)]
    assert not found, "\n".join(found)


@POWER
def test_a_party_is_added_once_or_not_at_all(
    failing: Machine, worlds: Worlds, *, power: bool
) -> None:
    add = ("party", "add", "Union", "--mechanism", "m")
    found: list[str] = []
    for where, world in struck(failing, worlds, add, power=power):
        found += [f"{where}: {code}" for code in wrong_in(world)]
        again = failing.cli(*add, "--json", cwd=world.path)
        if again.code not in {"party-added", "name-taken"}:
            found.append(f"{where}: {again.out}")
        found += [f"{where}, again: {code}" for code in wrong_in(world)]
        parties = list(opened(world).reading.mechanism().parties.values())
        found += [] if [party.name for party in parties] == ["Union"] else [f"{where}: {parties}"]
    assert not found, "\n".join(found)


@POWER
def test_a_key_is_registered_once_or_not_at_all(
    failing: Machine, worlds: Worlds, tmp_path: Path, *, power: bool
) -> None:
    with_party = tmp_path / "with-party"
    shutil.copytree(worlds.template, with_party)
    assert failing.cli("party", "add", "Union", "--mechanism", "m", cwd=with_party).exit == 0
    register = ("party", "register-key", "Union", "--key", "ab" * 32, "--mechanism", "m")
    found: list[str] = []
    for where, world in struck(
        failing, replace(worlds, template=with_party), register, power=power
    ):
        found += [f"{where}: {code}" for code in wrong_in(world)]
        again = failing.cli(*register, "--json", cwd=world.path)
        if again.code not in {"party-key", "key-in-force"}:
            found.append(f"{where}: {again.out}")
        found += [f"{where}, again: {code}" for code in wrong_in(world)]
        (party,) = opened(world).reading.mechanism().parties.values()
        keys = [one.public.hex() for one in party.keys]
        found += [] if keys == ["ab" * 32] else [f"{where}: {keys}"]
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def with_case(failing: Machine, template: Path, disk: Path) -> Path:
    """A mechanism with a case that the Union handed in."""
    path = disk / "with-case"
    shutil.copytree(template, path)
    (path / "d" / "one.yaml").write_text("allegations:\n- what: They closed it.\n")
    for words in (
        ("party", "add", "Union"),
        ("submission", "lodge", "d/one.yaml", "--as", "Union"),
    ):
        assert failing.cli(*words, "--mechanism", "m", cwd=path).exit == 0
    return path


@POWER
def test_an_act_with_a_key_is_done_once_wherever_it_was_cut_off(
    failing: Machine, worlds: Worlds, with_case: Path, *, power: bool
) -> None:
    (receipt,) = (with_case / "d" / "one.yaml.receipts").glob("*.tlog-proof")
    number = receipt.name.removesuffix(".tlog-proof")
    said = ("--as", "Union", "--origin", "saw", "--words", "At seven.", "--mechanism", "m")
    key = ("--request-key", "5f0c1f1e-3a55-4f0e-9a57-6d0f2f6a0c11")
    there, add = replace(worlds, template=with_case), ("case", "add-fact", number, *said, *key)
    found: list[str] = []
    for where, world in struck(failing, there, add, power=power):
        found += [f"{where}: {code}" for code in wrong_in(world)]
        again = failing.cli(*add, "--json", cwd=world.path)
        found += [f"{where}: {again.err}"] if again.exit else []
        found += [f"{where}, again: {code}" for code in wrong_in(world)]
        application = opened(world)
        acts = application.dockets.acts(application.reading.docket(number).id)
        application.close()
        found += [] if len(acts) == 2 else [f"{where}: {len(acts)} acts"]
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def declined(failing: Machine, template: Path, disk: Path) -> Path:
    """A mechanism under the training rules, with a case of the Union that was declined."""
    path = disk / "declined"
    shutil.copytree(template, path)
    (path / "d" / "one.yaml").write_text("allegations:\n- what: They closed it.\n")
    for words in (
        ("procedure", "install", "training-mechanism"),
        ("party", "add", "Union"),
        ("party", "add", "Body"),
        ("seat", "grant", "Body", "secretariat"),
        ("submission", "lodge", "d/one.yaml", "--as", "Union"),
    ):
        assert failing.cli(*words, "--mechanism", "m", cwd=path).exit == 0
    said = ("--reason", "r", "--door", "d", "--door-how", "h", "--by-day", "2099-01-01")
    more = ("--as", "Body", "--outcome", "outside", "--contest-how", "c", "--mechanism", "m")
    assert failing.cli("case", "decline", _number_in(path), *said, *more, cwd=path).exit == 0
    return path


def _number_in(path: Path) -> str:
    (receipt,) = (path / "d" / "one.yaml.receipts").glob("*.tlog-proof")
    return receipt.name.removesuffix(".tlog-proof")


@POWER
def test_an_answer_is_read_once_wherever_it_was_cut_off_and_begins_one_window(
    failing: Machine, worlds: Worlds, declined: Path, *, power: bool
) -> None:
    number, there = _number_in(declined), replace(worlds, template=declined)
    read = ("case", "read-answer", number, "--as", "Union", "--acts", "2", "--mechanism", "m")
    # A day that is not the rule's begins nothing, and the rule's is told.
    told = failing.cli(*read, "--window-ends", "2026-01-01", "--json", cwd=declined)
    assert told.code == "window-differs"
    due = json.loads(told.out)["facts"]["due"]
    key = ("--request-key", "5f0c1f1e-3a55-4f0e-9a57-6d0f2f6a0c12")
    read = (*read, *(("--window-ends", due) if due else ()), *key)
    found: list[str] = []
    for where, world in struck(failing, there, read, power=power):
        found += [f"{where}: {code}" for code in wrong_in(world)]
        again = failing.cli(*read, "--json", cwd=world.path)
        found += [f"{where}: {again.err}"] if again.exit else []
        found += [f"{where}, again: {code}" for code in wrong_in(world)]
        application = opened(world)
        docket = application.reading.docket(number)
        acts, owed = application.dockets.acts(docket.id), application.dockets.owed(docket.id)
        application.close()
        windows = [item.due_on for item in owed if item.code == "contest-window"]
        found += [] if (len(acts), windows) == (3, [due]) else [f"{where}: {windows}"]
    assert not found, "\n".join(found)


@POWER
def test_keys_that_are_changed_sign_what_the_policy_vouches_for(
    failing: Machine, worlds: Worlds, *, power: bool
) -> None:
    found: list[str] = []
    for where, world in struck(failing, worlds, ("key", "rotate", "--mechanism", "m"), power=power):
        found += [f"{where}: {code}" for code in wrong_in(world)]
        ended = failing.cli("party", "add", "Union", "--mechanism", "m", cwd=world.path)
        found += [f"{where}: {ended.err}"] if ended.exit else []
        found += [f"{where}, then: {code}" for code in wrong_in(world)]
    assert not found, "\n".join(found)


@pytest.fixture(scope="session")
def unpublished(failing: Machine, template: Path, disk: Path) -> Path:
    """A mechanism with more entries than it has published, and a tile that was completed."""
    path = disk / "unpublished"
    shutil.copytree(template, path)
    reports = "---\n".join(f"allegations:\n- what: Report {at}.\n" for at in range(260))
    (path / "d" / "many.yaml").write_text(reports)
    lodge = ("submission", "lodge", "d/many.yaml", "--mechanism", "m")
    assert failing.cli(*lodge, cwd=path).exit == 0
    return path


def torn(public: Path) -> list[str]:
    """Return what a reader of the published checkpoint misses."""
    checkpoint = public / "checkpoint"
    if not checkpoint.exists():
        return ["no checkpoint"]
    size = Checkpoint.parse(parse_note(checkpoint.read_bytes()).text).size
    tiles = [public / tile.path for tile in published_between(0, size)]
    return [str(tile) for tile in tiles if not tile.exists() or not tile.stat().st_size]


@POWER
def test_a_published_checkpoint_always_has_its_tiles(
    failing: Machine, worlds: Worlds, unpublished: Path, *, power: bool
) -> None:
    publish = ("ledger", "publish", "--mechanism", "m")
    there = replace(worlds, template=unpublished)
    found: list[str] = []
    whole: dict[str, bytes] = {}
    with there.one() as world:
        assert failing.cli(*publish, cwd=world.path).exit == 0
        whole = shown(world)
    for where, world in struck(failing, there, publish, power=power):
        found += [f"{where}: {name}" for name in torn(world.mechanism / "public")]
        again = failing.cli(*publish, cwd=world.path)
        found += [f"{where}: {again.err}"] if again.exit else []
        if shown(world) != whole:
            found.append(f"{where}: another publication")
    assert not found, "\n".join(found)


def shown(world: World) -> dict[str, bytes]:
    public = world.mechanism / "public"
    return {
        str(path.relative_to(public)): path.read_bytes()
        for path in public.rglob("*")
        if path.is_file() and not path.name.endswith(".arriving")
    }


def size_of(world: World) -> int:
    backend = SqliteBackend(folder_at(world.mechanism).ledger)
    with backend.reading() as reads:
        size = reads.tail().size
    backend.close()
    return size


LODGE = ("submission", "lodge", "d/delivery.yaml", "--mechanism", "m")


@pytest.mark.parametrize(
    ("words", "after"),
    [
        (FOUND, ("party", "list", "--mechanism", "m")),
        (("party", "add", "Union", "--mechanism", "m"), ("seat", "grant", "Union", "monitor")),
        (("key", "rotate", "--mechanism", "m"), ("key", "list")),
        (LODGE, ("case", "show", "XA-2026-0002-7")),
        (LODGE, ("receipt", "verify", "d/delivery.yaml.receipts/XA-2026-0002-7.tlog-proof")),
    ],
    ids=["founded", "added", "changed", "lodged", "kept"],
)
def test_what_a_command_has_said_is_on_disk_when_it_says_so(
    failing: Machine, worlds: Worlds, empty: Worlds, words: Sequence[str], after: Sequence[str]
) -> None:
    with (empty if words is FOUND else worlds).one() as world:
        ended = failing.cli(*words, cwd=world.path, fault=Fault(Manner.COUNT))
        assert ended.exit == 0
        cut_power(world, failing.kept)
        assert wrong_in(world) == []
        # Nor is the second copy behind: it would not notice that just this was lost.
        head, stored = FileHeads(folder_at(world.mechanism).head).read(), size_of(world)
        assert head is not None
        assert head.size == stored
        policy = "d/delivery.yaml.receipts/policy"
        also = ("--policy", policy) if after[0] == "receipt" else ("--mechanism", "m")
        then = failing.cli(*after, *also, cwd=world.path)
        assert then.exit == 0, then.err
