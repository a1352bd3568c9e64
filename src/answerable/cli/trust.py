"""Whose keys count: the policy a receipt is judged by, and who vouches for it."""

import os

from answerable.casework.judging import Trust, trust_in
from answerable.cli.errors import NoPolicy
from answerable.cli.files import STREAM, read
from answerable.core.ledger.policy import MAX_POLICY_BYTES

BESIDE = "policy"
"""The name under which a policy may lie beside a receipt."""


def trust_for(receipt: str, given: str | None) -> Trust:
    """Return what a receipt is judged by: the policy given, or the one that lies beside it.

    Raises:
        NoPolicy: there is neither.
        CannotRead, UnreadablePolicy: with the file.
    """
    file = given if given is not None else _beside(receipt)
    return trust_in(read(file, MAX_POLICY_BYTES), file, is_vouched_for=given is not None)


def _beside(receipt: str) -> str:
    file = os.path.join(os.path.dirname(receipt), BESIDE)  # noqa: PTH118, PTH120 - pathlib is slow to start
    if receipt == STREAM or not os.path.isfile(file):  # noqa: PTH113 - as above
        raise NoPolicy("no policy given, and none beside the receipt", file=receipt)
    return file
