"""Projections can be dropped: the acts alone make them again, with or without their keys."""

from pathlib import Path

import pytest

from answerable.core.docket import Docket
from answerable.core.owed import Owed
from answerable.storage.projections import EntryLost, Rebuilt, folded, rebuild
from tests.support.by_hand import MAKERS, ByHand


@pytest.fixture(params=MAKERS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> ByHand:
    made = MAKERS[request.param](tmp_path)
    made.found()
    made.lodge(3)
    made.lodge(1, protected=True)
    made.on(2, "opened")
    made.on(4, "acknowledged")
    return made


def stored(ledger: ByHand) -> list[tuple[Docket, tuple[Owed, ...]]]:
    with ledger.backend.reading() as reads:
        dockets = list(reads.all_dockets())
        owed = reads.owed([docket.id for docket in dockets])
    return [(docket, owed[docket.id]) for docket in dockets]


def drop(ledger: ByHand) -> None:
    with ledger.backend.writing() as transaction:
        transaction.replace_projections([], {})
        transaction.commit()


def test_the_fold_of_all_acts_is_what_the_writer_stored(ledger: ByHand) -> None:
    with ledger.backend.reading() as reads:
        assert list(folded(reads)) == stored(ledger)
    standings = [docket.standing for docket, _ in stored(ledger)]
    assert standings == [
        "",
        "being-read",
        "delivered-not-opened",
        "delivered-not-opened",
        "delivered-not-opened",
    ]


def test_dropped_projections_come_back_equal(ledger: ByHand) -> None:
    before = stored(ledger)
    drop(ledger)
    assert stored(ledger) == []
    assert {one.code for one in ledger.checked().findings} >= {"docket-differs", "owed-differ"}
    assert rebuild(ledger.backend) == Rebuilt(dockets=5, acts=7)
    assert stored(ledger) == before
    assert ledger.checked().findings == ()


def test_projections_are_the_same_after_a_key_slot_was_overwritten(ledger: ByHand) -> None:
    before = stored(ledger)
    for docket, _ in before:
        ledger.case_keys.overwrite(docket.id)
    drop(ledger)
    rebuild(ledger.backend)
    assert stored(ledger) == before
    assert ledger.checked().findings == ()


def test_a_wrong_projection_is_put_right(ledger: ByHand) -> None:
    before = stored(ledger)
    with ledger.backend.writing() as transaction:
        docket = before[0][0]
        owed = before[1][1]
        transaction.replace_projections([docket], {docket.id: owed})
        transaction.commit()
    assert stored(ledger) == [(before[0][0], before[1][1])]
    rebuild(ledger.backend)
    assert stored(ledger) == before


def test_dockets_go_on_after_a_rebuild(ledger: ByHand) -> None:
    drop(ledger)
    rebuild(ledger.backend)
    ledger.on(2, "acknowledged")
    ledger.lodge()
    assert ledger.checked().findings == ()


def test_an_act_without_its_entry_stops_the_rebuild_and_changes_nothing(tmp_path: Path) -> None:
    ledger = MAKERS["sqlite"](tmp_path)
    ledger.found()
    before = stored(ledger)
    with ledger.backend.writing() as transaction:
        transaction._run("DELETE FROM entry")  # type: ignore[attr-defined] # noqa: SLF001 - damage
        transaction.commit()
    with pytest.raises(EntryLost):
        rebuild(ledger.backend)
    assert stored(ledger) == before


def test_progress_counts_acts(tmp_path: Path) -> None:
    ledger = MAKERS["memory"](tmp_path)
    ledger.lodge(5000)
    told: list[int] = []
    rebuild(ledger.backend, told.append)
    assert told == [4096]
