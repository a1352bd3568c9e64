"""An act of a case as clocks see it; which clocks are of the case, or of one act."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from answerable.core.acts import ActCode, Seat
from answerable.core.case.act_codes import BY_ACTS, SUBMITTED
from answerable.core.case.acts.table import ACTS
from answerable.core.happened import Happened
from answerable.core.mechanism import HOST_IS_BODY
from answerable.core.procedure import Clock

OVER_ALL = frozenset({"danger-answered", "reprisal-looked-into"})
"""What answers something that lies over the whole case, whichever allegations it names."""

CITING = frozenset(
    {
        *("entry-confirmed", "entry-disputed", "action-done", "contest-decided"),
        "mechanism-complaint-answered",
    }
)
"""Acts that answer the act which they cite, and no other one of its kind. Who may do so, their own
rules say: the principal of an entry, who owes an action, or who promised it for another."""

ENTERED = ActCode("entered-for-another")
"""What an act is too that is entered for another."""

DELIVERED, DOUBTED = ActCode("delivered"), ActCode("action-doubted")

_OF_ENTRIES = frozenset({"entry-confirmed", "entry-disputed"})


def is_of_docket(clock: Clock) -> bool:
    """Return whether a clock's act is owed once for the case: what meets it is about all of it."""
    return bool(clock.met_by) and all(
        code in OVER_ALL or (code in ACTS and ACTS[code].whole) for code in clock.met_by
    )


def is_of_one_act(clock: Clock) -> bool:
    """Return whether a clock is met only by an act that cites the one which began it."""
    return bool(clock.met_by) and all(code in CITING for code in clock.met_by)


def answers(act: "Dated", began: "Dated") -> bool:
    """Return whether an act answers the one that began a debt of one act: it cites that.

    Of a doubt it cites the promise: better proof of what was promised answers who doubted it.
    """
    doubted = began.cites if DOUBTED in began.codes else ()
    return not {began.sequence, *doubted}.isdisjoint(act.cites)


def owes_for(clock: Clock, act: "Dated") -> Seat:
    """Return the seat that owes what an act begins.

    Whether an entry is theirs, only its principal can say, in the seat in which the entry has them
    act: a ministry for what was entered for it, whatever seat the procedure names.
    """
    entry = ENTERED in act.codes and bool(clock.met_by) and _OF_ENTRIES.issuperset(clock.met_by)
    return act.seat if entry else clock.owes


def events_of_lodging(host: object) -> tuple[ActCode, ...]:
    """Return what handing in is: where the body runs the server, delivery to it too."""
    return (SUBMITTED, DELIVERED) if host == HOST_IS_BODY else (SUBMITTED,)


class Dated(NamedTuple):
    """An act as clocks see it: what, when, which allegations, which day it names, in which seat.

    It may be several events at once: where the body runs the server, lodging is delivery. One that
    names a ``clock`` holds or extends that one only. ``made`` are the allegations that a split
    makes out of the one that it concerns; ``cites`` are the acts that it answers. ``on`` is the day
    on which it happened, where it was recorded later or elsewhere.
    """

    codes: tuple[ActCode, ...]
    sequence: int
    at: datetime
    allegations: tuple[int, ...]
    until: date | None
    seat: Seat
    clock: str = ""
    made: tuple[int, ...] = ()
    cites: tuple[int, ...] = ()
    on: date | None = None

    @property
    def day(self) -> date:
        return self.on or self.at.date()

    @property
    def happened(self) -> tuple[Happened, ...]:
        return tuple(map(self._happened, self.codes))

    def _happened(self, code: ActCode) -> Happened:
        # That it was entered for another happened here and now, whenever the event did.
        if self.on is None or code in BY_ACTS:
            return Happened(code, self.at.date(), self.at, self.until)
        return Happened(code, self.on, None, self.until)

    def concerns(self, allegation: int) -> bool:
        named = (*self.allegations, *self.made)
        return not allegation or not self.allegations or allegation in named


def line_of(acts: Sequence[Dated], allegation: int) -> list[Dated]:
    """Return the acts on an allegation; on a part of one that was split, those before that too."""
    split = next((act for act in acts if allegation in act.made), None)
    if split is None:
        return [act for act in acts if act.concerns(allegation)]
    before = [act for act in acts if act.sequence < split.sequence]
    since = [act for act in acts if act.sequence >= split.sequence and act.concerns(allegation)]
    return [*line_of(before, split.allegations[0]), *since]


def run_of(acts: Sequence[Dated], started_by: int, clock: Clock) -> list[Dated]:
    """Return the acts that a clock counts, from the one that started it.

    What was recorded before it counts too, if the clock began on an earlier day than that of the
    record, and it happened since.
    """
    began = next((act for act in acts if act.sequence == started_by), None)
    since = [act for act in acts if act.sequence >= started_by]
    if began is None or began.on is None:
        return since
    starts, day = {start.event for start in clock.starts}, began.on
    earlier = (act for act in acts if act.sequence < started_by and act.day >= day)
    return [*(act for act in earlier if not starts & {*act.codes}), *since]
