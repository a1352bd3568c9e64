"""A database that lost what it had promised goes on under a new origin, and says so."""

from pathlib import Path

import pytest

from answerable.casework.ports import Issued, LedgerReadOnly
from answerable.core.docket import UnknownDocket
from answerable.core.ledger.receipt import verify_receipt
from answerable.keys import ed25519
from answerable.storage.head import Head
from answerable.storage.ledger import StoredDockets
from answerable.storage.successor import (
    NothingLost,
    NothingToGoOnWith,
    SecondCopyMissing,
    UsedOrigin,
    succeed,
)
from tests.support.by_hand import MAKERS, NEXT, ByHand, remember
from tests.support.training_ledger import ORIGIN


@pytest.fixture(params=MAKERS)
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> ByHand:
    made = MAKERS[request.param](tmp_path)
    made.found()
    made.lodge(2)
    made.lodge(2, protected=True)
    return made


def numbers(ledger: ByHand) -> list[str]:
    with ledger.backend.reading() as reads:
        return [docket.number for docket in reads.all_dockets()]


def verify(ledger: ByHand, issued: Issued) -> None:
    verify_receipt(issued.receipt, ledger.policy, ed25519.verify)


def test_a_restored_ledger_is_read_only_until_it_has_a_successor(ledger: ByHand) -> None:
    restored = remember(ledger)
    ledger.lodge(3)
    behind = restored()
    with pytest.raises(LedgerReadOnly):
        behind.lodge()
    found = {one.code for one in behind.checked().findings}
    assert found == {"head-ahead", "numbers-behind-head"}
    succeed(behind.backend, behind.tools, origin=NEXT)
    behind.lodge()
    assert behind.checked().findings == ()


def test_the_first_act_names_the_lost_head(ledger: ByHand) -> None:
    restored = remember(ledger)
    ledger.lodge(3)
    lost = ledger.heads.read()
    behind = restored()
    done = succeed(behind.backend, behind.tools, origin=NEXT)
    assert lost is not None
    assert (done.lost, done.restored_size, done.ledger) == (lost, 5, 2)
    dockets = StoredDockets(behind.backend, behind.case_keys, behind.cipher)
    act = dockets.acts(done.issued.docket)[-1]
    assert act.kept.envelope.facts == {
        "lost_origin": ORIGIN,
        "lost_root": lost.root.hex(),
        "lost_size": 8,
        "restored_size": 5,
    }
    assert (act.position, act.number, act.kept.envelope.sequence) == (5, "XA/2", 2)
    signed = done.issued.receipt.checkpoint
    assert (signed.origin, signed.size, done.issued.receipt.index) == (NEXT, 1, 0)
    head = behind.heads.read()
    assert head == Head(2, NEXT, 1, signed.root, lost.years)


def test_no_number_that_was_given_is_given_again(ledger: ByHand) -> None:
    restored = remember(ledger)
    ledger.lodge(3)
    ledger.lodge(3, protected=True)
    ledger.lodge(14, protected=True)
    given = numbers(ledger)
    behind = restored()
    before = len(numbers(behind))
    succeed(behind.backend, behind.tools, origin=NEXT)
    behind.lodge(3)
    behind.lodge(20, protected=True)
    assert not set(given) & set(numbers(behind)[before:])
    checked = behind.checked()
    assert checked.findings == ()
    # 14 left of the first block, 3 cases, 16 of the second block.
    assert checked.counts.lost == 14 + 3 + 16


def test_an_older_week_keeps_the_numbers_it_did_not_draw_as_void(ledger: ByHand) -> None:
    ledger.week = (2026, 25)
    ledger.lodge(1)
    restored = remember(ledger)
    ledger.lodge(1)
    behind = restored()
    behind.week = (2026, 25)
    succeed(behind.backend, behind.tools, origin=NEXT)
    counts = behind.checked().counts
    assert (counts.void, counts.lost) == (14, 1)


def test_key_slots_that_the_lost_part_may_have_used_are_skipped(ledger: ByHand) -> None:
    restored = remember(ledger)
    ledger.lodge(3)
    made = ledger.case_keys.made()
    behind = restored()
    succeed(behind.backend, behind.tools, origin=NEXT)
    assert behind.lodge().acts[0].docket == made + 1
    assert behind.lodge().acts[0].docket == made + 2
    assert behind.checked().findings == ()


def test_old_receipts_verify_and_are_issued_again_from_the_old_ledger(ledger: ByHand) -> None:
    kept = ledger.lodge(2).acts
    restored = remember(ledger)
    lost = ledger.lodge(1).acts[0]
    behind = restored()
    succeed(behind.backend, behind.tools, origin=NEXT)
    new = behind.lodge(1).acts[0]
    for issued in (*kept, lost, new):
        verify(behind, issued)
    dockets = StoredDockets(behind.backend, behind.case_keys, behind.cipher)
    for issued in (*kept, new):
        (act,) = dockets.acts(issued.docket)
        assert behind.ledger.receipt(act) == issued.receipt
    with pytest.raises(UnknownDocket):
        dockets.docket(lost.number)


def test_dockets_go_on_where_the_restored_acts_end(ledger: ByHand) -> None:
    ledger.on(2, "opened")
    restored = remember(ledger)
    ledger.on(2, "acknowledged")
    behind = restored()
    succeed(behind.backend, behind.tools, origin=NEXT)
    assert behind.on(2, "acknowledged").acts[0].sequence == 3
    assert behind.checked().findings == ()


@pytest.mark.parametrize("origin", [ORIGIN, "training.example/xa 2", "", "training.example/x+"])
def test_a_used_origin_is_refused_and_nothing_is_written(origin: str, ledger: ByHand) -> None:
    restored = remember(ledger)
    ledger.lodge(3)
    behind = restored()
    with pytest.raises(UsedOrigin):
        succeed(behind.backend, behind.tools, origin=origin)
    with behind.backend.reading() as reads:
        assert len(reads.ledgers()) == 1
        assert reads.tail().size == 5


def test_a_ledger_that_lost_nothing_gets_no_successor(ledger: ByHand) -> None:
    with pytest.raises(NothingLost):
        succeed(ledger.backend, ledger.tools, origin=NEXT)


def test_without_the_second_copy_nobody_knows_what_was_lost(ledger: ByHand) -> None:
    behind = remember(ledger)()
    other = MAKERS["memory"](Path())
    nothing = ByHand(behind.backend, other.heads, behind.case_keys)
    with pytest.raises(SecondCopyMissing):
        succeed(nothing.backend, nothing.tools, origin=NEXT)


def test_a_database_without_the_mechanism_has_nothing_to_go_on_with(tmp_path: Path) -> None:
    ledger = MAKERS["sqlite"](tmp_path)
    restored = remember(ledger)
    ledger.found()
    behind = restored()
    with pytest.raises(NothingToGoOnWith):
        succeed(behind.backend, behind.tools, origin=NEXT)


def test_a_successor_that_was_lost_too_has_a_successor_with_the_next_number(
    ledger: ByHand,
) -> None:
    restored = remember(ledger)
    ledger.lodge(3)
    first = restored()
    succeed(first.backend, first.tools, origin=NEXT)
    first.lodge(2)
    given = numbers(first)
    again = restored()
    with pytest.raises(UsedOrigin):
        succeed(again.backend, again.tools, origin=NEXT)
    third = "training.example/xa/3"
    again.origins.append(third)
    assert succeed(again.backend, again.tools, origin=third).ledger == 3
    again.lodge(2)
    assert not set(given[5:]) & set(numbers(again)[5:])
    assert again.checked().findings == ()


class PowerCut(Exception):
    """The process ends here."""


def test_a_power_cut_before_the_second_copy_leaves_a_successor_that_goes_on(
    ledger: ByHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = remember(ledger)
    ledger.lodge(3)
    behind = restored()

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr(behind.heads, "replace", cut)
        with pytest.raises(PowerCut):
            succeed(behind.backend, behind.tools, origin=NEXT)
    with pytest.raises(NothingLost):
        succeed(behind.backend, behind.tools, origin="training.example/xa/3")
    behind.lodge()
    checked = behind.checked()
    assert (checked.findings, checked.counts.ledgers) == ((), 2)
