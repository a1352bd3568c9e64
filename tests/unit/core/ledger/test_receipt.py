"""Whose word a receipt's time is: the ledger's own clock, which no witness stands in for."""

import pytest

from answerable.core.ledger.note import Signer
from answerable.core.ledger.policy import parse_policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import NoTimestamp, UnknownKey, verify_receipt
from tests.support.training_ledger import LOG, MAY, NEW_TIME, NORTH, SOUTH, TIME, receipt, verify
from tests.support.vectors import FOLDER

WITNESSED = parse_policy((FOLDER / "policy" / "witnessed.tlog-policy").read_bytes())


def signed(*cosigners: Signer) -> Receipt:
    return receipt(5, 300, [LOG.signer(), *cosigners])


def test_an_outside_witness_does_not_stand_in_for_the_ledgers_clock() -> None:
    with pytest.raises(NoTimestamp):
        verify_receipt(signed(SOUTH.at(MAY)), WITNESSED, verify)
    with pytest.raises(NoTimestamp):
        verify_receipt(signed(NORTH.at(MAY), SOUTH.at(MAY)), WITNESSED, verify)


def test_nor_for_a_clock_whose_key_the_policy_lacks() -> None:
    with pytest.raises(UnknownKey):
        verify_receipt(signed(NEW_TIME.at(MAY), SOUTH.at(MAY)), WITNESSED, verify)


def test_the_time_of_a_receipt_is_the_ledgers_though_a_witness_says_an_earlier_one() -> None:
    proven = verify_receipt(signed(SOUTH.at(MAY - 60), TIME.at(MAY)), WITNESSED, verify)
    assert proven.at_seconds == MAY
    assert {by.key: by.own for by in proven.cosigners} == {
        TIME.verifier: True,
        SOUTH.verifier: False,
    }
