"""A stored ledger is damaged in one place, by raw SQL; the check names the place and no other."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from answerable.core.check import INVARIANTS, Signers
from answerable.core.ledger.policy import Log, Policy, Window, Witness
from answerable.core.ledger.windows import ALWAYS
from answerable.keys import ed25519
from answerable.storage.checking import check
from answerable.storage.figure_sums import sum_up
from answerable.storage.figures import catch_up
from answerable.storage.head import FileHeads, Head
from tests.support.by_hand import MAKERS, NOON, ByHand, digest, keys_of, on_sqlite, opened, pad
from tests.support.damage import DAMAGES, SIZE, damaged, flip
from tests.support.training_ledger import ORIGIN


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    ledger = on_sqlite(folder)
    ledger.found()
    ledger.lodge(3)
    ledger.lodge(2, protected=True)
    ledger.on(2, "opened")
    ledger.on(2, "acknowledged")
    ledger.lodge(300)
    ledger.lodge(310)
    catch_up(ledger.backend)
    sum_up(ledger.backend)
    ledger.backend.close()
    return folder


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    return copytree(whole, tmp_path / "copy")


@pytest.mark.parametrize("name", DAMAGES)
def test_the_check_names_what_was_damaged_and_nothing_else(name: str, folder: Path) -> None:
    expected = DAMAGES[name]
    ledger = damaged(folder, expected.statements)
    found = ledger.checked().findings
    named = sorted(one.code for one in found)
    if name == "a block lost":
        named = named[:1]
    assert named == sorted(code for code, _ in expected.found)
    for code, facts in expected.found:
        assert any(one.code == code and facts.items() <= one.facts.items() for one in found), found


def test_each_invariant_is_broken_by_some_test() -> None:
    broken = {code for damaged in DAMAGES.values() for code, _ in damaged.found}
    beside = {"head-missing", "head-unreadable", "head-differs", "database-unreadable"}
    # tests/contracts/test_signed_acts.py breaks these two.
    by_signing = {"party-signature-differs", "party-key-not-in-force"}
    by_the_core = {"sizes-do-not-grow", "second-mechanism", "number-unreadable", "number-twice"}
    assert broken | beside | by_the_core | by_signing == set(INVARIANTS)
    assert not broken & (beside | by_the_core)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_ledger_that_nobody_touched_keeps_every_invariant(kind: str, tmp_path: Path) -> None:
    ledger = MAKERS[kind](tmp_path)
    assert ledger.checked().findings == ()
    ledger.found()
    ledger.lodge(3, protected=True)
    ledger.on(2, "acknowledged")
    checked = ledger.checked()
    assert checked.findings == ()
    assert (checked.counts.entries, checked.counts.acts, checked.counts.dockets) == (5, 5, 4)
    assert checked.counts.void == 13


@pytest.mark.parametrize("kind", MAKERS)
def test_entries_without_an_act_are_padding_and_counted(kind: str, tmp_path: Path) -> None:
    ledger = MAKERS[kind](tmp_path)
    ledger.found()
    pad(ledger, [digest("nothing"), digest("nothing else")])
    checked = ledger.checked()
    assert checked.findings == ()
    assert checked.counts.padding == 2


@pytest.mark.parametrize("kind", MAKERS)
def test_padding_that_repeats_an_entry_is_found(kind: str, tmp_path: Path) -> None:
    ledger = MAKERS[kind](tmp_path)
    ledger.found()
    with ledger.backend.reading() as reads:
        (founding,) = reads.commitments(0, 1)
    pad(ledger, [digest("nothing"), founding])
    assert [(one.code, one.facts["index"]) for one in ledger.checked().findings] == [
        ("entry-twice", 2)
    ]


def codes(ledger: ByHand) -> list[str]:
    return [one.code for one in ledger.checked().findings]


def test_a_second_copy_that_is_older_is_no_fault(folder: Path) -> None:
    older = FileHeads(folder / "head" / "head").read()
    ledger = opened(folder)
    ledger.lodge(300)
    rewrite(folder, older)
    assert codes(opened(folder)) == []


def test_a_lost_second_copy_is_found_where_it_should_be_at_hand(folder: Path) -> None:
    (folder / "head" / "head").unlink()
    ledger = opened(folder)
    assert codes(ledger) == ["head-missing"]
    assert check(ledger.backend).findings == ()


def test_a_second_copy_in_pieces_is_found(folder: Path) -> None:
    (folder / "head" / "head").write_bytes(bytes(8192))
    assert codes(opened(folder)) == ["head-unreadable"]


@pytest.mark.parametrize("size", [SIZE, 308, 512, 40])
def test_a_second_copy_of_another_tree_is_found(size: int, folder: Path) -> None:
    head = FileHeads(folder / "head" / "head").read()
    assert head is not None
    rewrite(folder, replace(head, size=size, root=digest("another tree")))
    assert codes(opened(folder)) == ["head-differs"]


def test_a_second_copy_of_another_origin_is_found(folder: Path) -> None:
    head = FileHeads(folder / "head" / "head").read()
    assert head is not None
    rewrite(folder, replace(head, origin="other.example/xb"))
    assert codes(opened(folder)) == ["head-differs"]


def test_a_second_copy_of_a_later_ledger_is_ahead(folder: Path) -> None:
    head = FileHeads(folder / "head" / "head").read()
    assert head is not None
    rewrite(folder, replace(head, ledger=2))
    assert codes(opened(folder)) == ["head-ahead"]


def rewrite(folder: Path, head: Head | None) -> None:
    assert head is not None
    (folder / "head" / "head").unlink()
    FileHeads(folder / "head" / "head").replace(None, head)


def test_a_database_that_cannot_be_read_to_its_end_is_a_finding(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "ledger.sqlite3")) as database:
        database.execute("DROP TABLE unit")
        database.commit()
    (found,) = opened(folder).checked().findings
    assert found.code == "database-unreadable"


def test_without_acts_the_tree_alone_is_checked(folder: Path) -> None:
    ledger = damaged(folder, ("DELETE FROM unit", flip("root", "tile", "number = 1")))
    assert [one.code for one in ledger.checked(acts=False).findings] == ["tile-differs"]


def test_without_keys_no_signature_is_verified(folder: Path) -> None:
    ledger = damaged(folder, ("UPDATE checkpoint SET note = without_last_line(note)",))
    assert check(ledger.backend, ledger.beside).findings == ()


@pytest.mark.parametrize(
    ("over", "reason"), [("log", "not-signed-by-ledger"), ("time", "no-timestamp")]
)
def test_a_signature_by_a_key_whose_time_is_over_is_found(
    over: str, reason: str, folder: Path
) -> None:
    log, time = keys_of(ORIGIN)
    windows = {"log": ALWAYS, "time": ALWAYS, over: Window(0, NOON // 1000)}
    policy = Policy(
        logs=(Log(log.verifier, window=windows["log"]),),
        witnesses=(Witness("own", time.verifier, window=windows["time"]),),
    )
    signers = Signers(policy, ed25519.verify)
    found = check(opened(folder).backend, signers=signers, acts=False).findings
    assert {(one.code, one.facts["reason"]) for one in found} == {("checkpoint-unsigned", reason)}


def test_two_damaged_tiles_between_two_checkpoints_are_both_named(folder: Path) -> None:
    ledger = damaged(folder, (flip("root", "tile", "number = 0"), "DELETE FROM checkpoint"))
    found = {one.code for one in ledger.checked(acts=False).findings}
    assert found == {"tile-differs", "entries-uncovered"}


def test_progress_tells_what_is_read_and_ends_at_the_whole(folder: Path) -> None:
    told: list[tuple[str, int, int]] = []
    check(opened(folder).backend, progress=lambda *step: told.append(step))
    assert ("entries", SIZE, SIZE) in told


def test_a_check_sees_one_moment_while_a_writer_goes_on(folder: Path) -> None:
    ledger = opened(folder)
    lodged: list[int] = []

    def lodge(*_: object) -> None:
        if not lodged:
            lodged.append(1)
            ledger.lodge(5)

    checked = check(ledger.backend, ledger.beside, progress=lodge)
    assert lodged
    assert checked.findings == ()
    assert checked.counts.entries == SIZE
    assert ledger.checked().counts.entries == SIZE + 5
