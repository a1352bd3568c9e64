"""A case is erased: cut off anywhere, it is whole or the next start finishes it.

No key is ever overwritten without the act that says so, on a disk that keeps what it said.
"""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from answerable.core.act_form import Asked
from answerable.core.acts import By, PartyId, Seat
from answerable.core.case.acts.erasure import ERASED
from answerable.core.case.acts.table import ACTS
from answerable.storage.case_keys import SqliteCaseKeys
from tests.support.faults import Machine, World, Worlds
from tests.support.striking import Strike, Way, misspoken, opened, struck, wrong_in

pytestmark = pytest.mark.faults

WAYS = pytest.mark.parametrize("way", list(Way), ids=str)
HERE = ("--mechanism", "m", "--json")
CASE, DOCKET = "XA-2026-0001-1", 2
LAW = {"ground": "ordered", "provision": "law-12"}
ERASE = (
    *("case", "erase", CASE, "--as", "Chair", "--yes"),
    *("--ground", "ordered", "--provision", "law-12", *HERE),
)
START = ("case", "list", *HERE)


@pytest.fixture
def cases(failing: Machine, worlds: Worlds, lodged: Path, tmp_path: Path) -> Worlds:
    """Worlds with two cases, of which the first has an exhibit, and a chair."""
    path = tmp_path / "chaired"
    shutil.copytree(lodged, path)
    for words in (("party", "add", "Chair"), ("seat", "grant", "Chair", "chair")):
        assert failing.cli(*words, *HERE, cwd=path).exit == 0
    return replace(worlds, template=path)


@pytest.fixture
def waiting(cases: Worlds, tmp_path: Path) -> Worlds:
    """Worlds in which the act is on record, and nothing of what it says is done."""
    path = tmp_path / "waiting"
    shutil.copytree(cases.template, path)
    application = opened(World(path, path, {}))
    chair = application.reading.mechanism().party("Chair")
    asked = Asked(by=By(PartyId(chair.id), Seat("chair")), values=LAW)
    do_act = replace(application.do_act, erasures=None)
    do_act(CASE, ACTS[ERASED], asked, request=uuid4())
    application.close()
    return replace(cases, template=path)


def keys(path: Path) -> Path:
    return path / "m" / "keys" / "case-keys.sqlite3"


def key_of(path: Path) -> bytes | None:
    return SqliteCaseKeys(keys(path)).keys([DOCKET]).get(DOCKET)


def acts(path: Path) -> int:
    """Return how many acts of erasure are on record, without a start."""
    with closing(sqlite3.connect(path / "m" / "ledger.sqlite3")) as database:
        found = database.execute("SELECT count(*) FROM act WHERE act = 'erased'").fetchone()
    return int(found[0])


def jobs(path: Path) -> int:
    with closing(sqlite3.connect(path / "m" / "ledger.sqlite3")) as database:
        statement = "SELECT count(*) FROM job WHERE name = 'erase-case'"
        return int(database.execute(statement).fetchone()[0])


def exhibits(path: Path) -> int:
    return len(list((path / "m" / "exhibits").glob("??/*")))


def remains(path: Path, key: bytes) -> Sequence[str]:
    parts = [key[at : at + 16] for at in range(17)]
    files = [file for file in (path / "m").rglob("*") if file.is_file()]
    return [f.name for f in files if any(part in f.read_bytes() for part in parts)]


def wrong_before_a_start(strike: Strike) -> list[str]:
    """Return what must not be, whatever was cut off: a key gone, and nobody said so."""
    at = strike.world.path
    wrong = []
    if not acts(at) and key_of(at) is None:
        wrong.append("a key is overwritten without its act")
    if not acts(at) and not exhibits(at):
        wrong.append("exhibits are removed without their act")
    if exhibits(at) == 0 and key_of(at) is not None:
        wrong.append("exhibits are removed before the key")
    if strike.ended.exit == 0 and (key_of(at) is not None or exhibits(at) or jobs(at)):
        wrong.append("said and not done")
    return wrong


def wrong_after_a_start(at: Path, key: bytes) -> list[str]:
    wrong = []
    if acts(at):
        wrong += ["the key is there"] if key_of(at) is not None else []
        wrong += [f"octets of the key: {name}" for name in remains(at, key)]
        wrong += ["exhibits are there"] if exhibits(at) else []
        wrong += ["a job waits"] if jobs(at) else []
    elif key_of(at) != key or exhibits(at) != 1 or jobs(at):
        wrong.append("half erased")
    return wrong


@WAYS
def test_a_case_is_erased_whole_or_at_the_next_start(
    failing: Machine, cases: Worlds, way: Way
) -> None:
    found, outcomes = list[str](), set[int]()
    key = key_of(cases.template)
    assert key is not None
    for strike in struck(failing, cases, ERASE, way):
        at = strike.world.path
        wrong = misspoken(way, strike.ended, "erased") + wrong_before_a_start(strike)
        wrong += [f"at the next start: {code}" for code in wrong_in(strike.world)]
        wrong += wrong_after_a_start(at, key)
        outcomes.add(acts(at))
        again = failing.cli(*ERASE, cwd=at)
        if again.code != ("erased-before" if acts(at) and again.exit else "erased"):
            wrong.append(f"again: {again.out}")
        wrong += [f"again: {item}" for item in wrong_after_a_start(at, key)]
        wrong += [f"again: {code}" for code in wrong_in(strike.world)]
        wrong += [f"acts: {acts(at)}"] if acts(at) != 1 else []
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)
    assert outcomes == {0, 1}


@WAYS
def test_a_start_that_is_cut_off_while_it_erases_is_finished_by_the_next(
    failing: Machine, waiting: Worlds, way: Way
) -> None:
    found = list[str]()
    key = key_of(waiting.template)
    assert key is not None
    assert jobs(waiting.template) == 1
    for strike in struck(failing, waiting, START, way):
        wrong = [
            item
            for item in wrong_before_a_start(strike)
            # A start that could not erase says nothing of it: doctor does.
            if item != "said and not done"
        ]
        wrong += [f"at the next start: {code}" for code in wrong_in(strike.world)]
        wrong += wrong_after_a_start(strike.world.path, key)
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)
