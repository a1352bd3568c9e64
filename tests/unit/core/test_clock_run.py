"""What stops a clock, lengthens it and begins it anew."""

from datetime import date
from typing import Any

import pytest

from answerable.core.acts import ActCode
from answerable.core.period import Counting, Period, Unit
from answerable.core.procedure import (
    Clock,
    Ends,
    Extension,
    Pause,
)
from tests.support.clocks import a_calendar, a_clock, asked_of, steps_of

QUESTION = Pause((ActCode("question"),), (ActCode("answer"),))
WORKING = Counting(calendar="training")


def paused(**rest: Any) -> tuple[Pause, ...]:
    return (Pause(QUESTION.starts, QUESTION.ends, **rest),)


def on(text: str) -> date:
    return date.fromisoformat(text)


# --- Pauses ---


def test_a_question_stops_the_clock_until_its_answer() -> None:
    clock = a_clock("10 day", pauses=paused())
    answer = asked_of(clock, "asked 2026-05-01", "question 2026-05-04", "answer 2026-05-07")
    assert answer.on == on("2026-05-14")


@pytest.mark.parametrize(
    ("ends", "end"),
    [
        (Ends.BOTH, "2026-05-15"),
        (Ends.FIRST, "2026-05-14"),
        (Ends.LAST, "2026-05-14"),
        (Ends.NEITHER, "2026-05-13"),
    ],
)
def test_a_procedure_says_which_end_days_of_a_pause_count(ends: Ends, end: str) -> None:
    clock = a_clock("10 day", pauses=paused(leaves_out=ends))
    answer = asked_of(clock, "asked 2026-05-01", "question 2026-05-04", "answer 2026-05-07")
    assert answer.on == on(end)


def test_a_weekend_within_a_pause_is_left_out_once() -> None:
    # Others count it twice: what is off anyway is also paused.
    clock = a_clock("5 working-day", counting=WORKING, pauses=paused())
    answer = asked_of(
        clock,
        "asked 2026-05-04",
        "question 2026-05-07",
        "answer 2026-05-12",
        calendar=a_calendar(),
    )
    # Counted: Tue 5, Wed 6, Thu 7, Wed 13, Thu 14.
    assert answer.on == on("2026-05-14")


def test_two_pauses_at_once_stop_the_clock_once() -> None:
    fees = Pause((ActCode("fees-asked"),), (ActCode("fees-paid"),))
    clock = a_clock("10 day", pauses=(QUESTION, fees))
    answer = asked_of(
        clock,
        "asked 2026-05-01",
        "question 2026-05-04",
        "fees-asked 2026-05-04",
        "answer 2026-05-07",
        "fees-paid 2026-05-07",
    )
    assert answer.on == on("2026-05-14")


def test_an_open_question_leaves_no_date_and_says_since_when() -> None:
    answer = asked_of(a_clock("10 day", pauses=paused()), "asked 2026-05-01", "question 2026-05-04")
    assert answer.on is None
    assert answer.working[-1].code == "paused-since"


def test_a_question_after_the_end_changes_nothing() -> None:
    clock = a_clock("10 day", pauses=paused())
    assert asked_of(clock, "asked 2026-05-01", "question 2026-05-12").on == on("2026-05-11")


def test_an_open_question_with_a_cap_gives_the_last_possible_date() -> None:
    clock = a_clock("10 day", pauses=paused(at_most=4))
    answer = asked_of(clock, "asked 2026-05-01", "question 2026-05-04")
    assert answer.on == on("2026-05-15")
    assert "pause-cap" in steps_of(answer)


def test_questions_together_stop_the_clock_no_longer_than_the_cap() -> None:
    clock = a_clock("10 day", pauses=paused(at_most=4))
    answer = asked_of(
        clock,
        "asked 2026-05-01",
        *("question 2026-05-04", "answer 2026-05-07"),
        *("question 2026-05-08", "answer 2026-05-20"),
    )
    assert answer.on == on("2026-05-15")


def test_a_cap_on_working_days_is_not_used_up_by_a_weekend() -> None:
    clock = a_clock("5 working-day", counting=WORKING, pauses=paused(at_most=2))
    answer = asked_of(
        clock, "asked 2026-05-04", "question 2026-05-07", "answer 2026-05-29", calendar=a_calendar()
    )
    # Left out: Fri 8 and Mon 11. Counted: Tue 5, Wed 6, Thu 7, Tue 12, Wed 13.
    assert answer.on == on("2026-05-13")


def test_asking_again_prolongs_no_pause() -> None:
    clock = a_clock("10 day", pauses=paused())
    asked_again = asked_of(
        clock,
        "asked 2026-05-01",
        "question 2026-05-04 until 2026-05-07",
        "question 2026-05-06 until 2026-05-30",
    )
    unnamed = asked_of(clock, "asked 2026-05-01", "question 2026-05-04", "question 2026-05-07")
    assert asked_again.on == unnamed.on == on("2026-05-14")


def test_a_question_ends_its_pause_on_the_day_it_named_when_nobody_answers() -> None:
    clock = a_clock("10 day", pauses=paused())
    answer = asked_of(clock, "asked 2026-05-01", "question 2026-05-04 until 2026-05-07")
    assert answer.on == on("2026-05-14")


def test_a_pause_of_a_period_in_months_adds_its_days_to_the_end() -> None:
    clock = a_clock("1 month", pauses=paused())
    answer = asked_of(clock, "asked 2026-05-04", "question 2026-05-10", "answer 2026-05-15")
    assert answer.on == on("2026-06-09")


# --- Extensions and resets ---

LONGER = Extension(ActCode("extended"), Period(30, Unit.WORKING_DAY))
TO_A_DAY = Extension(ActCode("extended"), None)


def test_an_extension_adds_its_working_days_to_the_same_count() -> None:
    clock = a_clock("10 working-day", counting=WORKING, extensions=(LONGER,))
    plain = a_clock("40 working-day", counting=WORKING)

    extended = asked_of(
        clock, "asked 2026-05-04", "extended 2026-05-06", calendar=a_calendar("2026-05-14")
    )
    assert extended.on == asked_of(plain, "asked 2026-05-04", calendar=a_calendar("2026-05-14")).on


def test_an_extension_counts_once_unless_the_procedure_says_more() -> None:
    clock = a_clock("10 working-day", counting=WORKING, extensions=(LONGER,))
    events = ("asked 2026-05-04", "extended 2026-05-06", "extended 2026-05-07")
    once = asked_of(clock, *events[:2], calendar=a_calendar())
    assert asked_of(clock, *events, calendar=a_calendar()).on == once.on


def test_an_extension_to_a_day_ends_there() -> None:
    clock = a_clock("10 day", extensions=(TO_A_DAY,))
    events = ("asked 2026-05-01", "extended 2026-05-06 until 2026-06-30")
    assert asked_of(clock, *events).on == on("2026-06-30")


def test_an_extension_after_the_end_hides_no_lateness() -> None:
    clock = a_clock("10 day", extensions=(TO_A_DAY,))
    answer = asked_of(clock, "asked 2026-05-01", "extended 2026-05-12 until 2026-06-30")
    assert answer.on == on("2026-05-11")
    assert "extension-too-late" in steps_of(answer)


def test_an_extension_to_an_earlier_day_or_to_none_changes_nothing() -> None:
    clock = a_clock("10 day", extensions=(TO_A_DAY,))
    for named, code in [
        (" until 2026-05-09", "extension-not-later"),
        ("", "extension-without-date"),
    ]:
        answer = asked_of(clock, "asked 2026-05-01", f"extended 2026-05-06{named}")
        assert answer.on == on("2026-05-11")
        assert code in steps_of(answer)


def test_a_length_after_a_day_is_added_to_that_day() -> None:
    week = Extension(ActCode("prolonged"), Period(7, Unit.DAY))
    clock = a_clock("10 day", extensions=(TO_A_DAY, week))
    answer = asked_of(
        clock, "asked 2026-05-01", "extended 2026-05-06 until 2026-06-30", "prolonged 2026-06-01"
    )
    assert answer.on == on("2026-07-07")


RESET: Clock = a_clock("20 day", resets=(ActCode("clarified"),))


def test_a_clarification_begins_the_count_anew() -> None:
    assert asked_of(RESET, "asked 2026-05-01", "clarified 2026-05-11").on == on("2026-05-31")


def test_a_clarification_after_the_end_hides_no_lateness() -> None:
    answer = asked_of(RESET, "asked 2026-05-01", "clarified 2026-05-22")
    assert answer.on == on("2026-05-21")
    assert "reset-too-late" in steps_of(answer)
