"""What a register makes of an act whose receipt somebody holds."""

from enum import StrEnum

from answerable.core.ledger.proof import Receipt
from answerable.core.register.sums import Checked


class Held(StrEnum):
    """Whether the register shows the act, counts it as protected, or has no entry of it."""

    SHOWN = "shown"
    NOT_SHOWN = "not-shown"
    NOT_IN_LEDGER = "not-in-ledger"
    LATER = "later"


def held_in(checked: Checked, receipt: Receipt) -> Held:
    """Return what a register makes of an act, by its receipt.

    A mechanism that leaves a case out can make every sum close; it cannot make this one be shown.
    """
    position = checked.entries.get(receipt.commitment)
    if position is None:
        return Held.LATER if receipt.index >= checked.size else Held.NOT_IN_LEDGER
    return Held.SHOWN if position in checked.shown else Held.NOT_SHOWN
