"""Decides on a docket as it stands, and again where another act came first."""

from collections.abc import Callable

from answerable.casework.ports import Appended, Ledger
from answerable.casework.reading import MECHANISM_DOCKET
from answerable.core.acts import Draft
from answerable.core.docket import Change, Docket, DocketMoved, Kind, OnDocket, Unit, UnitKey
from answerable.core.errors import Refusal
from answerable.core.mechanism import Mechanism

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


def on_docket(docket: Docket, draft: Draft) -> Change:
    """Return the change that an act makes to a docket as it was found."""
    return Change(OnDocket(docket.id, docket.sequence, docket.kind), (draft,))


def on_mechanism(mechanism: Mechanism, draft: Draft) -> Change:
    """Return the change that an act makes to the mechanism's own docket as it was found."""
    docket = OnDocket(MECHANISM_DOCKET, mechanism.sequence, Kind.MECHANISM)
    return Change(docket, (draft,))
