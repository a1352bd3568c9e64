"""Every act of a proceeding by its code, and the proceeding that an act leaves."""

from collections.abc import Mapping

from answerable.core.acts import ActCode, Envelope
from answerable.core.proceeding.acts.assignment import ASSIGNMENT
from answerable.core.proceeding.acts.contribution import CONTRIBUTION
from answerable.core.proceeding.acts.edits import EDITS
from answerable.core.proceeding.acts.events import EVENTS
from answerable.core.proceeding.acts.kind import StepKind
from answerable.core.proceeding.acts.outcome import OUTCOME
from answerable.core.proceeding.acts.request import REQUEST
from answerable.core.proceeding.acts.sending import SENDING
from answerable.core.proceeding.now import ProceedingNow

STEPS: Mapping[ActCode, StepKind] = {
    kind.code: kind
    for kinds in (REQUEST, EVENTS, ASSIGNMENT, CONTRIBUTION, EDITS, SENDING, OUTCOME)
    for kind in kinds
}
"""Every kind of act, in the order in which a proceeding goes."""


def proceeding_after(now: ProceedingNow | None, act: Envelope) -> ProceedingNow:
    """Return the proceeding after one more act; None is before the first.

    An act of a later version changes nothing: it stays on the record, and is shown as it is.
    """
    before = ProceedingNow() if now is None else now
    kind = STEPS.get(act.act)
    return before if kind is None else kind.after(before, act)
