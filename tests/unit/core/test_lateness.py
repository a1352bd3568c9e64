"""What is left until a date, by the days and hours of the procedure's time zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from answerable.core.acts import Seat
from answerable.core.lateness import Left, day_of, late_actions, left_of
from answerable.core.owed import Owed
from answerable.core.procedure import Bound
from tests.support.cases import BODY, CHAIR, Told, found, with_clock

PHNOM_PENH = ZoneInfo("Asia/Phnom_Penh")
NOON = datetime(2026, 6, 12, 12, tzinfo=PHNOM_PENH)


def owed(due_on: str | None, seat: str = "chair") -> Owed:
    return Owed("finding", Seat(seat), since=0, started_by=1, due_on=due_on)


def left(due_on: str, now: datetime = NOON, bound: Bound = Bound.AT_LATEST) -> Left:
    told = left_of(owed(due_on), now, bound)
    assert told is not None
    return told


def test_an_act_without_a_date_is_never_late() -> None:
    assert left_of(owed(None), NOON) is None


@pytest.mark.parametrize(
    ("due_on", "days", "late"),
    [
        ("2026-06-13", 1, False),
        # The last day is whole: it is late when the day is over.
        ("2026-06-12", 0, False),
        ("2026-06-11", -1, True),
        ("2026-05-12", -31, True),
    ],
)
def test_a_day_is_late_once_it_is_over(due_on: str, days: int, late: bool) -> None:  # noqa: FBT001 - rows of the table
    assert left(due_on) == Left(days, None, passed=late, late=late)


def test_the_day_is_that_of_the_procedure_and_not_of_the_server() -> None:
    evening = datetime(2026, 6, 11, 18, tzinfo=UTC)
    assert not left("2026-06-11", evening).late
    # In Phnom Penh it is the twelfth already.
    assert left("2026-06-11", evening.astimezone(PHNOM_PENH)).late


def test_hours_are_late_at_their_hour() -> None:
    # 12:00 in Phnom Penh is 05:00 UTC.
    assert left("2026-06-12T05:00:00Z") == Left(0, 0, passed=False, late=False)
    assert left("2026-06-12T04:59:59Z") == Left(0, -1, passed=True, late=True)
    assert left("2026-06-13T05:00:00Z") == Left(1, 24, passed=False, late=False)


def test_an_hour_in_utc_has_the_day_of_the_time_zone() -> None:
    assert day_of("2026-06-11T18:00:00Z", NOON) == date(2026, 6, 12)


def test_what_must_be_done_before_a_day_is_late_on_that_day() -> None:
    assert left("2026-06-12", bound=Bound.BEFORE).late
    assert not left("2026-06-13", bound=Bound.BEFORE).late


def test_nobody_is_late_with_what_must_wait() -> None:
    assert left("2026-05-12", bound=Bound.NOT_BEFORE) == Left(-31, None, passed=True, late=False)


def test_silence_of_the_complainant_is_not_lateness() -> None:
    told = left_of(owed("2026-06-11", "complainant"), NOON)
    assert told == Left(-1, None, passed=True, late=False)


# --- Actions: the act that promised, and its day ---


def promised() -> Told:
    return found().did("action-promised", BODY, facts={"party": "p5", "until": "2026-06-11"})


def late(told: Told, *running: Owed, now: datetime = NOON) -> frozenset[int]:
    return late_actions(told.acts, running, told.procedure, now)


def test_an_action_is_late_after_the_day_that_its_promise_names() -> None:
    assert late(promised()) == {7}
    assert late(promised(), now=NOON.replace(day=11)) == set()


def test_the_clock_of_an_action_counts_before_the_day_that_was_named() -> None:
    told = with_clock(promised(), "action", starts="action-promised", meets="action-done")
    running = Owed("action", Seat("member"), since=0, started_by=7, due_on="2026-07-01")
    assert late(told, running) == set()
    assert late(told, running._replace(due_on="2026-06-10")) == {7}
    # Met, it runs no more: whether the action is still owed is told by the case.
    assert late(told, running._replace(met_by=8)) == {7}


def test_an_agreement_is_held_to_the_day_of_its_proposal() -> None:
    told = found().did("agreement-proposed", BODY, facts={"party": "p5", "until": "2026-06-01"})
    accepted = told.did("agreement-accepted", CHAIR)
    assert late(accepted) == {8}
