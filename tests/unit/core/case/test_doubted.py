"""A doubt of an action moves no date of it; a procedure may give a date for better proof."""

from datetime import UTC, datetime
from typing import Any

from answerable.core.acts import ActCode, Seat
from answerable.core.calendars import Calendar
from answerable.core.case.clocking import Clocks
from answerable.core.case.dated import Dated
from answerable.core.owed import Owed
from answerable.core.period import Counting, Period, Unit
from answerable.core.procedure import (
    Clock,
    Start,
)
from tests.support.clocks import a_procedure

PROOF = Clock(
    code="better-proof",
    titles={"en": "Better proof"},
    owes=Seat("member"),
    starts=(Start(ActCode("action-doubted")),),
    period=Period(10, Unit.WORKING_DAY),
    counting=Counting(calendar="training"),
    met_by=(ActCode("action-done"),),
)
CLOCKS = Clocks(a_procedure(PROOF), {"training": Calendar("training", "1")})
OWED = Owed("better-proof", Seat("member"), 0, 3, due_on="2026-06-16", allegations=(1,))


def act(code: str, sequence: int, day: str, *cites: int) -> Dated:
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Dated((ActCode(code),), sequence, at, (1,), None, Seat("member"), cites=cites)


BEFORE = [act("action-promised", 1, "2026-05-04"), act("action-done", 2, "2026-06-01", 1)]
DOUBTED = act("action-doubted", 3, "2026-06-02", 1)


def test_a_doubt_begins_a_clock_where_the_procedure_has_one() -> None:
    facts: Any = CLOCKS.facts(BEFORE, DOUBTED, [])
    (entry,) = facts["starts"]
    assert (entry["clock"], entry["due"]) == ("better-proof", "2026-06-16")


def test_better_proof_of_a_promise_pays_what_a_doubt_of_it_began() -> None:
    facts: Any = CLOCKS.facts([*BEFORE, DOUBTED], act("action-done", 4, "2026-06-03", 1), [OWED])
    assert facts == {"meets": [{"clock": "better-proof", "started-by": 3, "allegations": [1]}]}


def test_proof_of_another_promise_leaves_a_doubt_unanswered() -> None:
    before = [*BEFORE, DOUBTED, act("action-promised", 4, "2026-06-02")]
    assert CLOCKS.facts(before, act("action-done", 5, "2026-06-03", 4), [OWED]) is None
