"""Whether what one seat does pays what another owes, and which act had paid a debt already."""

from collections.abc import Collection, Sequence

from answerable.core.acts import ActCode, Seat
from answerable.core.case.act_codes import DOERS
from answerable.core.case.acts.windows import CONTESTED, is_window
from answerable.core.case.dated import CITING, Dated, is_of_one_act, line_of
from answerable.core.owed import Owed
from answerable.core.procedure import Clock, Procedure
from answerable.core.seats import HANDLER, MEMBER, SECRETARIAT

REOPENED = ActCode("reopened")
"""What also puts an allegation back under examination bears this code too (casework/ruling.py)."""

ARRIVED = ActCode("delivered")
"""What has arrived has arrived, whoever proves it: no seat can leave that owed."""


def pays(procedure: Procedure, clock: Clock, act: Dated, owes: Seat) -> bool:
    """Return whether an act does what a clock says that a seat owes."""
    return any(_pays(procedure, code, act.seat, owes) for code in act.codes if code in clock.met_by)


def paid_before(
    procedure: Procedure, clock: Clock, run: Sequence[Dated], spent: Collection[int | None]
) -> int | None:
    """Return the act that had paid a debt before it was recorded what began it, the last of a run.

    ``spent`` are the acts that paid another debt of the same clock: none pays twice.
    """
    if is_of_one_act(clock):
        return None
    paying = (
        act
        for act in run[:-1]
        if act.sequence not in spent and pays(procedure, clock, act, clock.owes)
    )
    first = min(paying, key=lambda act: (act.day, act.sequence), default=None)
    return None if first is None else first.sequence


def ends_window(clock: Clock, act: Dated) -> bool:
    """Return whether an act ends a window without a contest: the answer stands no more.

    The next answer has a window of its own.
    """
    return REOPENED in act.codes and is_window(clock)


def is_overtaken(clock: Clock, acts: Sequence[Dated], item: Owed, allegation: int) -> bool:
    """Return whether a window is that of an earlier answer, and keeps none of a later one away."""
    if CONTESTED not in clock.met_by:
        return False
    since = (act for act in line_of(acts, allegation) if act.sequence > item.started_by)
    return any(REOPENED in act.codes for act in since)


def _pays(procedure: Procedure, code: ActCode, seat: Seat, owes: Seat) -> bool:
    if code in CITING or code == ARRIVED or seat == owes:
        return True
    if owes == HANDLER and seat in {SECRETARIAT, MEMBER}:
        return True
    # Where who owes could do it, another one pays no debt. Where only another one ever does it,
    # it ends what is owed: an answer by the chair, a withdrawal that is taken back.
    rule, event = procedure.acts.get(code), procedure.events.get(code)
    doers = DOERS.get(code, ()) if event is None else event.by
    return owes not in ((rule.by if rule else ()) or doers)
