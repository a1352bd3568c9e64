"""Decides on a docket as it stands, and again where another act came first."""

from collections.abc import Callable

from answerable.casework.ports import Appended, Ledger
from answerable.core.docket import DocketMoved, Unit, UnitKey
from answerable.core.errors import Refusal

TRIES = 3


def decide(ledger: Ledger, key: UnitKey, decision: Callable[[], Unit]) -> Appended:
    """Append the unit that decision makes; ask it anew, at most three times, if a docket moved.

    A request made before is answered with its first result: its own act might refuse it now.

    Raises:
        Refusal: the decision's own, or DocketMoved when others were faster three times.
    """
    known = ledger.known([key]).get(key)
    if known is not None:
        return known
    moved: Refusal | None = None
    for _ in range(TRIES):
        outcome = ledger.append([decision()])[0]
        if isinstance(outcome, Appended):
            return outcome
        if not isinstance(outcome, DocketMoved):
            raise outcome
        moved = outcome
    raise moved or AssertionError("at least one try was made")
