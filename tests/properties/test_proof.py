"""The laws of receipts and policies: one flipped bit is refused, or changes nothing proven."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.core.errors import AnswerableError
from answerable.core.ledger.policy import Policy, parse_policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import Proven, verify_receipt
from answerable.core.ledger.windows import LATEST_SECONDS, Window, seconds_of, seconds_text
from tests.support.policy_vectors import PLAIN, ROTATED, WITNESSED
from tests.support.receipt_vectors import NOW
from tests.support.receipt_vectors import WITNESSED as RECEIPT
from tests.support.training_ledger import LOG, MAY, TIME, commitment, receipt, verify

CONTENT = RECEIPT.encode()
GREASE = CONTENT.index("— grease.example".encode())
"""Where the line of a key begins that no policy names; it is the last one."""


def _judged(content: bytes, policy: Policy) -> Proven:
    return verify_receipt(Receipt.parse(content), policy, verify, now_seconds=NOW)


@pytest.mark.parametrize("bit", range(8))
def test_one_flipped_bit_is_refused_everywhere_but_in_a_line_of_an_unknown_key(bit: int) -> None:
    for at in range(GREASE):
        altered = bytearray(CONTENT)
        altered[at] ^= 1 << bit
        with pytest.raises(AnswerableError):
            _judged(bytes(altered), WITNESSED_BY_ALL)


@given(st.integers(GREASE, len(CONTENT) - 1), st.integers(1, 255))
def test_a_flipped_byte_in_a_line_of_an_unknown_key_changes_nothing_proven(
    at: int, change: int
) -> None:
    altered = bytearray(CONTENT)
    altered[at] ^= change
    try:
        proven = _judged(bytes(altered), WITNESSED)
    except AnswerableError:
        return
    assert proven == _judged(CONTENT, WITNESSED)


WITNESSED_BY_ALL = replace(
    WITNESSED, groups=tuple(replace(group, threshold=2) for group in WITNESSED.groups)
)
"""A quorum of every witness, so that none of the named lines may be lost."""


@given(st.integers(0, 40), st.integers(1, 41))
def test_every_entry_is_proven_at_its_own_index_only(index: int, size: int) -> None:
    if index >= size:
        index %= size
    issued = receipt(index, size, (LOG.signer(), TIME.at(MAY)))
    proven = _judged(issued.encode(), PLAIN)
    assert (proven.index, proven.commitment, proven.size) == (index, commitment(index), size)
    for other in range(size):
        if other != index:
            with pytest.raises(AnswerableError):
                _judged(replace(issued, index=other).encode(), PLAIN)
            with pytest.raises(AnswerableError):
                _judged(replace(issued, commitment=commitment(other)).encode(), PLAIN)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_as_a_receipt_or_are_its_form(tail: bytes) -> None:
    content = b"c2sp.org/tlog-proof@v1\n" + tail
    try:
        read = Receipt.parse(content)
    except AnswerableError:
        return
    assert read.encode() == content


@given(
    st.lists(st.integers(0, LATEST_SECONDS), min_size=2, max_size=2, unique=True),
    st.booleans(),
    st.text(st.characters(categories=["L", "N"]), min_size=1),
)
def test_a_policy_is_written_and_read(instants: list[int], ends: bool, title: str) -> None:  # noqa: FBT001 - drawn
    start, end = sorted(instants)
    window = Window(start, end if ends else None)
    for policy in (PLAIN, ROTATED, WITNESSED):
        dated = replace(
            policy, logs=(replace(policy.logs[0], window=window), *policy.logs[1:]), title=title
        )
        assert parse_policy(dated.encode()) == dated


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_refused_as_a_policy_or_read_the_same_again(tail: bytes) -> None:
    try:
        policy = parse_policy(PLAIN.encode() + tail)
    except AnswerableError:
        return
    assert parse_policy(policy.encode()) == policy


@given(st.integers(0, LATEST_SECONDS))
def test_an_instant_is_written_and_read(at_seconds: int) -> None:
    assert seconds_of(seconds_text(at_seconds)) == at_seconds
