"""What is left until a date is told in the days in which its clock is counted."""

from datetime import date, datetime

import pytest

from answerable.core.acts import Seat
from answerable.core.calendars import Calendar
from answerable.core.lateness import left_of
from answerable.core.owed import Owed
from answerable.core.procedure import Bound
from answerable.locale.catalogue import Catalogue
from answerable.locale.due_words import left_in_words

EN = Catalogue("en")
THURSDAY = datetime(2026, 6, 11, 12)  # noqa: DTZ001 - the zone of a procedure is a day's
CALENDAR = Calendar(
    "xa", "1", holidays={date(2026, 6, 15): "Lantern Feast"}, last=date(2026, 12, 31)
)


def told(due_on: str, calendar: Calendar | None = CALENDAR, seat: str = "chair") -> str:
    item = Owed("finding", Seat(seat), since=0, started_by=1, due_on=due_on)
    left = left_of(item, THURSDAY, Bound.AT_LATEST, calendar)
    return left_in_words(EN, left, Bound.AT_LATEST)


@pytest.mark.parametrize(
    ("due_on", "said"),
    [
        pytest.param("2026-06-12", "1 working day left.", id="tomorrow"),
        pytest.param("2026-06-16", "2 working days left.", id="over a weekend and a holiday"),
        pytest.param("2026-06-11", "Today is the last day.", id="today"),
        pytest.param("2026-06-10", "late by 1 working day", id="since yesterday"),
        pytest.param("2026-06-05", "late by 4 working days", id="since Friday"),
        pytest.param("2027-06-05", "359 days left.", id="beyond what the calendar says"),
    ],
)
def test_days_of_a_clock_in_working_days_are_these(due_on: str, said: str) -> None:
    assert told(due_on) == said


def test_days_of_another_clock_are_those_of_everyone() -> None:
    assert told("2026-06-16", None) == "5 days left."
    assert told("2026-06-05", None) == "late by 6 days"


def test_on_the_weekend_after_a_friday_it_is_late_though_no_working_day_has_passed() -> None:
    item = Owed("finding", Seat("chair"), since=0, started_by=1, due_on="2026-06-05")
    sunday = THURSDAY.replace(day=7)
    left = left_of(item, sunday, Bound.AT_LATEST, CALENDAR)
    assert left_in_words(EN, left, Bound.AT_LATEST) == "late by 2 days"


def test_what_a_complainant_let_pass_is_late_in_no_days() -> None:
    assert told("2026-06-05", seat="complainant") == EN.say("page.lapsed")


def test_the_holidays_between_are_named_where_that_is_asked_for() -> None:
    item = Owed("finding", Seat("chair"), since=0, started_by=1, due_on="2026-06-16")
    left = left_of(item, THURSDAY, Bound.AT_LATEST, CALENDAR)
    assert left_in_words(EN, left, Bound.AT_LATEST, names_off=True) == (
        "2 working days left (Monday 15 June 2026 is a holiday)."
    )
