"""Backups and their way back: a copy is made, put back, gone on from, or found to lack keys.

Each command is struck at the points that striking.py names, of which it takes a sample. Whatever
happens, no copy reads as whole that is not, what was there before is somewhere still, and the same
command does it when it is given again.
"""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.core.docket import DocketId, Kind
from answerable.core.mechanism import SUCCEEDED
from answerable.storage.backup import Places
from answerable.storage.backup import restore as put_back
from tests.support.backups import backups
from tests.support.faults import Machine, World, Worlds
from tests.support.striking import Way, left_over, misspoken, opened, struck, wrong_in

pytestmark = pytest.mark.faults

WAYS = pytest.mark.parametrize("way", list(Way), ids=str)
HERE = ("--mechanism", "m")
KEYS = "m/keys/case-keys.sqlite3"
BEHIND = ["head-ahead", "numbers-behind-head"]
"""What the next start finds where the ledger was restored and had gone on before."""

GONE = 500
"""A slot that is overwritten after the backup was made."""

MORE = (
    *("submission", "lodge", "d/delivery.yaml", "--to", "more"),
    *("--delivery-key", "8f14e45f-ceea-4672-b9a9-0c5c3d4e8f11"),
)


@pytest.fixture(scope="session")
def backed_up(failing: Machine, lodged: Path, disk: Path) -> Path:
    """A mechanism with two cases and a backup, which then has two cases more."""
    path = disk / "backed-up"
    shutil.copytree(lodged, path)
    for words in (("backup", "b"), MORE):
        assert failing.cli(*words, *HERE, cwd=path).exit == 0
    return path


def stored(database: Path) -> int:
    """Return how many entries a database holds."""
    with closing(sqlite3.connect(database)) as opened_:
        (size,) = opened_.execute("SELECT count(*) FROM entry").fetchone()
    return int(size)


def slots(path: Path) -> dict[int, bytes | None]:
    with closing(sqlite3.connect(path)) as database:
        return dict(database.execute("SELECT number, key FROM slot"))


def unsound(world: World, tmp_path: Path) -> Iterator[str]:
    """Yield what is wrong with the copies that read as whole."""
    live = slots(world.path / KEYS)
    for copy in sorted((world.path / "b" / "case-keys").glob("*.sqlite3")):
        if slots(copy) != live:
            yield f"other keys: {copy.name}"
    for folder in backups(world.path / "b" / "ledger"):
        empty = tmp_path / "empty"
        places = Places(database=empty / "ledger.sqlite3", exhibits=empty / "exhibits")
        put_back(folder, places, 0)
        with closing(sqlite3.connect(empty / "ledger.sqlite3")) as database:
            named = [name for (name,) in database.execute("SELECT DISTINCT sealed FROM exhibit")]
        if not all((empty / "exhibits" / name[:2] / name).is_file() for name in named):
            yield "an exhibit is missing"
        shutil.rmtree(empty)


@WAYS
def test_a_backup_is_whole_or_does_not_read_as_one(
    failing: Machine, worlds: Worlds, lodged: Path, tmp_path: Path, way: Way
) -> None:
    words, found = ("backup", "b", *HERE, "--json"), list[str]()
    for strike in struck(failing, replace(worlds, template=lodged), words, way):
        wrong = misspoken(way, strike.ended, "backed-up")
        wrong += unsound(strike.world, tmp_path)
        wrong += wrong_in(strike.world)
        copies = len(backups(strike.world.path / "b" / "ledger"))
        if strike.ended.exit == 0 and copies != 1:
            wrong.append("said and not there")
        wrong += [] if strike.ended.killed or " unlink " in strike.where else left_over(strike)
        again = failing.cli(*words, cwd=strike.world.path)
        wrong += [] if again.exit == 0 else [f"again: {again.out}"]
        wrong += [f"again: {item}" for item in unsound(strike.world, tmp_path)]
        # Half a copy of the keys would outlive the time for which copies count.
        wrong += [f"again: {item}" for item in left_over(strike)]
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


@pytest.fixture
def damaged(worlds: Worlds, backed_up: Path, tmp_path: Path) -> tuple[Worlds, tuple[str, ...]]:
    """Worlds that went on since their backup, lost a key, and overwrote one; and the way back."""
    path = tmp_path / "damaged"
    shutil.copytree(backed_up, path)
    with closing(sqlite3.connect(path / KEYS)) as database:
        database.execute("PRAGMA secure_delete = ON")
        database.execute("UPDATE slot SET key = NULL WHERE number = ?", (GONE,))
        database.execute("DELETE FROM slot WHERE number = 2")
        database.commit()
    (made,) = backups(path / "b" / "ledger")
    (keys,) = (path / "b" / "case-keys").glob("*.sqlite3")
    back = ("restore", str(made.relative_to(path)), "--case-keys", str(keys.relative_to(path)))
    return replace(worlds, template=path), (*back, *HERE, "--json")


@WAYS
def test_a_restore_loses_nothing_and_brings_no_overwritten_key_back(
    failing: Machine, damaged: tuple[Worlds, tuple[str, ...]], way: Way
) -> None:
    there, words = damaged
    (archive,) = (there.template / "b" / "case-keys").glob("*.sqlite3")
    copied = slots(archive)
    before, found = stored(there.template / "m" / "ledger.sqlite3"), list[str]()
    for strike in struck(failing, there, words, way):
        wrong = misspoken(way, strike.ended, "restored")
        wrong += not_restored(strike.world) if strike.ended.exit == 0 else []
        # Not even for a moment: what is left of a run that was killed holds no such key.
        wrong += holding(strike.world.path / "m", copied[GONE] or b"")
        start = failing.cli("case", "list", *HERE, "--json", cwd=strike.world.path)
        if start.exit != 0 and start.code != "part-missing":
            wrong.append(f"the next start: {start.out}")
        again = failing.cli(*words, cwd=strike.world.path)
        wrong += [] if again.exit == 0 else [f"again: {again.out}"]
        wrong += [f"again: {item}" for item in not_restored(strike.world)]
        wrong += [f"again: {item}" for item in left_over(strike)]
        if slots(strike.world.path / KEYS) != {**copied, GONE: None}:
            wrong.append("again: other keys")
        aside = strike.world.mechanism.glob("ledger.sqlite3.before-*Z")
        if before not in map(stored, aside):
            wrong.append("what was there before is lost")
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


def not_restored(world: World) -> list[str]:
    """Return what is not as after a restore: the ledger is sound, and behind its second copy."""
    codes = sorted(wrong_in(world))
    return [] if codes == BEHIND else [f"findings: {codes}"]


def holding(folder: Path, key: bytes) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [f"an overwritten key in {path.name}" for path in files if key in path.read_bytes()]


SUCCEED = ("restore", "--successor", "training.example/xb", *HERE, "--json")


@pytest.fixture
def behind(failing: Machine, damaged: tuple[Worlds, tuple[str, ...]], tmp_path: Path) -> Worlds:
    """Worlds with a ledger that was restored, and is behind its second copy."""
    there, words = damaged
    path = tmp_path / "behind"
    shutil.copytree(there.template, path)
    assert failing.cli(*words, cwd=path).exit == 0
    return replace(there, template=path)


@WAYS
def test_a_successor_begins_once_or_not_at_all(failing: Machine, behind: Worlds, way: Way) -> None:
    found: list[str] = []
    for strike in struck(failing, behind, SUCCEED, way):
        wrong = misspoken(way, strike.ended, "succeeded")
        codes, begun = sorted(wrong_in(strike.world)), succeeded(strike.world)
        if codes != ([] if begun else BEHIND) or (strike.ended.exit == 0 and not begun):
            wrong.append(f"at the next start: {begun} {codes}")
        again = failing.cli(*SUCCEED, cwd=strike.world.path)
        # What was begun already only has to be shown.
        if again.code != ("nothing-lost" if begun else "succeeded"):
            wrong.append(f"again: {again.out}")
        then = failing.cli("ledger", "publish", *HERE, cwd=strike.world.path)
        lodging = failing.cli(*MORE, *HERE, "--json", cwd=strike.world.path)
        wrong += [ended.out for ended in (then, lodging) if ended.exit]
        wrong += [f"then: {code}" for code in wrong_in(strike.world)]
        wrong += [] if succeeded(strike.world) == 1 else ["then: not once"]
        wrong += given_twice(strike.world)
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


def succeeded(world: World) -> int:
    """Return how many acts say that a ledger was succeeded."""
    application = opened(world)
    acts = list(application.dockets.acts(DocketId(1)))
    application.close()
    return [act.kept.envelope.act for act in acts].count(SUCCEEDED)


def given_twice(world: World) -> list[str]:
    """Return the numbers of lost receipts that were given to other cases."""
    application = opened(world)
    numbers = {docket.number for docket in application.dockets.dockets(Kind.CASE)}
    application.close()
    # Those of the template: after the loss, the same delivery was lodged anew.
    lost = {path.name.removesuffix(".tlog-proof") for path in world.template.glob("more/*-proof")}
    return [f"given twice: {number}" for number in sorted(numbers & lost)]


GIVE_UP = ("restore", "--give-up-keys", *HERE, "--json")


@pytest.fixture
def keyless(worlds: Worlds, backed_up: Path, tmp_path: Path) -> Worlds:
    """Worlds whose keys are lost, but for the first."""
    path = tmp_path / "keyless"
    shutil.copytree(backed_up, path)
    with closing(sqlite3.connect(path / KEYS)) as database:
        database.execute("DELETE FROM slot WHERE number > 1")
        database.commit()
    return replace(worlds, template=path)


@WAYS
def test_keys_are_given_up_together_and_none_that_is_there(
    failing: Machine, keyless: Worlds, way: Way
) -> None:
    first = slots(keyless.template / KEYS)
    given_up, found = {**first, **dict.fromkeys(range(2, 6))}, list[str]()
    for strike in struck(failing, keyless, GIVE_UP, way):
        wrong = misspoken(way, strike.ended, "keys-given-up")
        now = slots(strike.world.path / KEYS)
        if now not in ((given_up,) if strike.ended.exit == 0 else (first, given_up)):
            wrong.append(f"slots: {sorted(now)}")
        again = failing.cli(*GIVE_UP, cwd=strike.world.path)
        wrong += [] if again.exit == 0 else [f"again: {again.out}"]
        if slots(strike.world.path / KEYS) != given_up:
            wrong.append("again: other slots")
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


RENEW = ("restore", "--new-second-copy", *HERE, "--json")


@pytest.fixture
def uncopied(worlds: Worlds, lodged: Path, tmp_path: Path) -> Worlds:
    """Worlds whose head has lost its second copy."""
    path = tmp_path / "uncopied"
    shutil.copytree(lodged, path)
    (path / "m" / "head" / "head").unlink()
    return replace(worlds, template=path)


@WAYS
def test_a_new_second_copy_is_of_the_whole_ledger_or_not_there(
    failing: Machine, uncopied: Worlds, way: Way
) -> None:
    found: list[str] = []
    for strike in struck(failing, uncopied, RENEW, way):
        wrong = misspoken(way, strike.ended, "second-copy-renewed")
        renewed = (strike.world.mechanism / "head" / "head").exists() and not wrong_in(strike.world)
        if strike.ended.exit == 0 and not renewed:
            wrong.append("said and not there")
        again = failing.cli(*RENEW, cwd=strike.world.path)
        if again.code != ("second-copy-there" if renewed else "second-copy-renewed"):
            wrong.append(f"again: {again.out}")
        lodging = failing.cli(*MORE, *HERE, cwd=strike.world.path)
        wrong += [] if lodging.exit == 0 else [f"then: {lodging.err}"]
        wrong += [f"then: {code}" for code in wrong_in(strike.world)]
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)
