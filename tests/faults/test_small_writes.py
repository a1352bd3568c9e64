"""What is written for a person, or by one act: keys, receipts and openings, opened cases, rebuilds.

Each command is struck at the points that striking.py names: killed, left without power, refused
one write, and on a disk that is full from there on. Then it is done again.
"""

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.bootstrap.database import unapplied
from answerable.bootstrap.folder import folder_at
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from answerable.core.opening import parse_opening
from answerable.keys.ed25519 import verify
from answerable.keys.party_key import read_party_key
from tests.support.faults import Ended, Machine, World, Worlds
from tests.support.striking import Way, left_over, misspoken, opened, struck, wrong_in

pytestmark = pytest.mark.faults

WAYS = pytest.mark.parametrize("way", list(Way), ids=str)
CASE = "XA-2026-0001-1"
KEPT = f"d/delivery.yaml.receipts/{CASE}"
HERE = ("--mechanism", "m")
DOCKETS = 3
"""Those of two cases, and the mechanism's own."""


@pytest.fixture
def cases(worlds: Worlds, lodged: Path) -> Worlds:
    return replace(worlds, template=lodged)


@pytest.fixture
def opened_cases(failing: Machine, worlds: Worlds, lodged: Path, tmp_path: Path) -> Worlds:
    """Worlds in which the first case was opened."""
    path = tmp_path / "opened"
    shutil.copytree(lodged, path)
    assert failing.cli("case", "open", CASE, "--as", "Body", *HERE, cwd=path).exit == 0
    return replace(worlds, template=path)


def is_key(path: Path) -> bool:
    return len(read_party_key(path)) == 32


def is_receipt_of_case(path: Path) -> bool:
    beside = path.parent / f"{KEPT}.tlog-proof"
    return path.read_bytes() == beside.read_bytes()


def is_opening(path: Path) -> bool:
    return parse_opening(path.read_bytes()).opened().undisclosed >= 0


def is_photo(path: Path) -> bool:
    return path.read_bytes() == (path.parent / "d" / "photo.jpg").read_bytes()


FILES: Sequence[tuple[tuple[str, ...], str, dict[str, Callable[[Path], bool]]]] = [
    (("key", "new", "k"), "key-made", {"k": is_key}),
    (
        ("receipt", "reissue", CASE, "-o", "r", "--with-opening", "o", *HERE),
        "reissued",
        {"r": is_receipt_of_case, "o": is_opening},
    ),
    (
        ("opening", "disclose", f"{KEPT}.opening.json", "--reader", "public", "-o", "n"),
        "opening-disclosed",
        {"n": is_opening},
    ),
    (
        ("case", "exhibit", CASE, "photo.jpg", "-o", "p", *HERE),
        "exhibit-given-back",
        {"p": is_photo},
    ),
]
NAMES = ("key", "reissue", "disclose", "exhibit")


@WAYS
@pytest.mark.parametrize(("words", "wanted", "files"), FILES, ids=NAMES)
def test_a_file_for_a_person_is_whole_or_not_there(
    failing: Machine,
    cases: Worlds,
    words: tuple[str, ...],
    wanted: str,
    files: dict[str, Callable[[Path], bool]],
    way: Way,
) -> None:
    found: list[str] = []
    for strike in struck(failing, cases, (*words, "--json"), way):
        at = strike.world.path
        wrong = misspoken(way, strike.ended, wanted)
        there = [name for name in files if (at / name).exists()]
        wrong += [f"half a file {name}" for name in there if not _is_whole(files[name], at / name)]
        if strike.ended.exit == 0 and len(there) != len(files):
            wrong.append(f"said and not kept: {there}")
        # Whoever finds a file in the way takes it for what it is, or moves it, and tries again.
        for name in there:
            (at / name).unlink()
        again = failing.cli(*words, "--json", cwd=at)
        wrong += [] if again.code == wanted else [f"again: {again.out}"]
        wrong += [f"again, {name}" for name in files if not _is_whole(files[name], at / name)]
        # Killed, or refused the removal itself, it can leave a hidden file behind.
        wrong += [] if strike.ended.killed or " unlink " in strike.where else left_over(strike)
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


def _is_whole(check: Callable[[Path], bool], path: Path) -> bool:
    try:
        return check(path)
    except Exception:  # noqa: BLE001 - whatever a reader says of it, it is not whole
        return False


def acts_of(world: World, act: str) -> list[str]:
    """Return the receipts' numbers of acts of one kind, each with its receipt checked."""
    application = opened(world)
    policy, numbers = application.upkeep.policy(), []
    docket = application.reading.docket(CASE)
    for found in application.dockets.acts(docket.id):
        receipt = application.ledger.receipt(found)
        verify_receipt(Receipt.parse(receipt.encode()), policy, verify)
        if found.kept.envelope.act == act:
            numbers.append(found.number)
    application.close()
    return numbers


@WAYS
def test_a_case_is_opened_once_or_not_at_all(failing: Machine, cases: Worlds, way: Way) -> None:
    assert_once(failing, cases, ("open", "opened"), way)


@WAYS
def test_a_case_is_acknowledged_once_or_not_at_all(
    failing: Machine, opened_cases: Worlds, way: Way
) -> None:
    assert_once(failing, opened_cases, ("acknowledge", "acknowledged"), way)


def assert_once(machine: Machine, worlds: Worlds, named: tuple[str, str], way: Way) -> None:
    verb, act = named
    words = ("case", verb, CASE, "--as", "Body", *HERE, "--json")
    found: list[str] = []
    for strike in struck(machine, worlds, words, way):
        wrong = misspoken(way, strike.ended, "act")
        wrong += [f"at the next start: {code}" for code in wrong_in(strike.world)]
        before = acts_of(strike.world, act)
        if len(before) > 1 or (strike.ended.exit == 0 and not before):
            wrong.append(f"acts: {before}")
        again = machine.cli(*words, cwd=strike.world.path)
        # What was done is refused the second time, by a rule.
        if (again.exit, again.code == "act") != ((1, False) if before else (0, True)):
            wrong.append(f"again, after {before}: {again.out}")
        wrong += [f"again: {code}" for code in wrong_in(strike.world)]
        if len(acts_of(strike.world, act)) != 1:
            wrong.append(f"again: {acts_of(strike.world, act)}")
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


@pytest.fixture
def older(worlds: Worlds, lodged: Path, tmp_path: Path) -> Worlds:
    """Worlds with a database that lacks the last migrations, and whose projections are wrong."""
    path = tmp_path / "older"
    shutil.copytree(lodged, path)
    with closing(sqlite3.connect(path / "m" / "ledger.sqlite3")) as database:
        database.execute("DELETE FROM django_migrations WHERE name >= '0003' AND app = 'storage'")
        database.execute("DROP TABLE figures")
        database.execute("DROP TABLE figures_sum")
        database.execute("DROP TABLE mark")
        database.execute("DROP TABLE keyed")
        database.execute("ALTER TABLE docket DROP COLUMN state")
        database.execute("DROP TABLE owed")
        database.execute(
            "CREATE TABLE owed (docket bigint, started_by integer, code text, seat text,"
            " since bigint, due_on text, met_by integer, PRIMARY KEY (docket, started_by, code))"
        )
        database.execute("UPDATE docket SET standing = 'closed' WHERE id > 1")
        database.commit()
    return replace(worlds, template=path)


@WAYS
def test_projections_are_rebuilt_whole_or_stay_as_they_were(
    failing: Machine, older: Worlds, way: Way
) -> None:
    """Also where the same command first brings the database to the schema of this version."""
    words, found = ("rebuild", *HERE, "--json"), list[str]()
    before = projections(older.template)
    with older.one() as world:
        failing.cli(*words, cwd=world.path)
        after = projections(world.path)
    assert before != after
    for strike in struck(failing, older, words, way):
        wrong = misspoken(way, strike.ended, "rebuilt")
        stored = projections(strike.world.path)
        # In between there is none: a case is not found, rather than shown wrongly.
        if stored not in ((after,) if strike.ended.exit == 0 else (before, [], after)):
            wrong.append("half a projection")
        if stored == after:
            wrong += wrong_in(strike.world)
        again = failing.cli(*words, cwd=strike.world.path)
        wrong += [] if again.exit == 0 else [f"again: {again.out}"]
        wrong += [f"again: {code}" for code in wrong_in(strike.world)]
        wrong += unapplied(folder_at(strike.world.mechanism))
        wrong += [] if kept_in(strike.world) == DOCKETS else ["again: no figures"]
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


@WAYS
def test_figures_are_told_whole_whatever_of_them_could_be_kept(
    failing: Machine, cases: Worlds, way: Way
) -> None:
    """Where nothing can be kept they are told all the same; what was kept is never half of it."""
    words, found = ("figures", *HERE, "--json"), list[str]()
    for strike in struck(failing, cases, words, way):
        wrong = misspoken(way, strike.ended, "figures")
        wrong += [] if strike.ended.exit else counted_wrong(strike.ended)
        wrong += wrong_in(strike.world)
        again = failing.cli(*words, cwd=strike.world.path)
        wrong += counted_wrong(again)
        wrong += [f"again: {code}" for code in wrong_in(strike.world)]
        wrong += [] if kept_in(strike.world) == DOCKETS else ["again: nothing kept"]
        found += [f"{strike.where}: {item}" for item in wrong]
    assert not found, "\n".join(found)


def counted_wrong(ended: Ended) -> list[str]:
    """Return what is wrong with figures of two cases with one allegation each."""
    told = {one["code"]: one["value"] for one in ended.told["facts"]["figures"]}
    found = [told[code] for code in ("submissions", "allegations", "outcome/no-answer")]
    return [] if found == [2, 2, 2] else [f"figures: {found}"]


def kept_in(world: World) -> int:
    with closing(sqlite3.connect(world.mechanism / "ledger.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM figures").fetchone()[0])


def projections(path: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path / "m" / "ledger.sqlite3")) as database:
        dockets = database.execute("SELECT * FROM docket ORDER BY id").fetchall()
        return [*dockets, *database.execute("SELECT * FROM owed ORDER BY 1, 2").fetchall()]
