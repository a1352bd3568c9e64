"""What starts, stops, lengthens and restarts a clock, and what its working says."""

from datetime import date, datetime
from typing import Any

import pytest

from answerable.core.acts import ActCode
from answerable.core.calendars import Calendar, CalendarSaysNothing
from answerable.core.clocks import (
    CalendarMissing,
    ClassMissing,
    HourMissing,
    Matter,
    NothingStartsIt,
    due,
    first_counted,
)
from answerable.core.counting import PeriodTooLong
from answerable.core.period import Counting, DayOff, Period, Unit
from answerable.core.procedure import (
    Bound,
    Pause,
    Start,
    UnknownClock,
)
from tests.support.clocks import a_calendar, a_clock, a_procedure, asked_of, event, steps_of

QUESTION = Pause((ActCode("question"),), (ActCode("answer"),))
WORKING = Counting(calendar="training")


def paused(**rest: Any) -> tuple[Pause, ...]:
    return (Pause(QUESTION.starts, QUESTION.ends, **rest),)


def on(text: str) -> date:
    return date.fromisoformat(text)


# --- Starts ---


def test_a_clock_that_nothing_started_names_what_would() -> None:
    with pytest.raises(NothingStartsIt) as refused:
        asked_of(a_clock("3 day"), "answer 2026-05-04")
    assert refused.value.facts["starts"] == "asked"


def test_the_first_of_several_starts_that_happened_counts() -> None:
    either = (Start(ActCode("acknowledged")), Start(ActCode("lodged")))
    clock = a_clock("3 day", start=either)

    assert asked_of(clock, "lodged 2026-05-04", "acknowledged 2026-05-08").on == on("2026-05-11")
    assert asked_of(clock, "lodged 2026-05-04").on == on("2026-05-07")


def test_without_an_acknowledgement_the_clock_runs_from_the_day_it_was_due() -> None:
    # Directive (EU) 2019/1937, Article 9(1)(f)
    acknowledging = a_clock("7 day", "lodged", code="acknowledging")
    feedback = a_clock(
        "3 month",
        code="feedback",
        start=(Start(ActCode("acknowledged")), Start(end_of="acknowledging")),
    )
    answer = asked_of(feedback, "lodged 2026-05-04", others=(acknowledging,))

    assert answer.on == on("2026-08-11")
    assert steps_of(answer)[0] == "end-of-clock"


def test_the_end_of_a_clock_without_a_date_gives_no_date() -> None:
    first = a_clock("", "lodged", code="first")
    second = a_clock("3 day", code="second", start=(Start(end_of="first"),))

    answer = asked_of(second, "lodged 2026-05-04", others=(first,))

    assert answer.on is None
    assert steps_of(answer) == ["end-unknown"]


def test_a_doubtful_period_makes_every_date_that_follows_from_it_doubtful() -> None:
    first = a_clock("3 day", "lodged", code="first", confirmed=False, doubt="recalled")
    second = a_clock("3 day", code="second", start=(Start(end_of="first"),))

    assert not asked_of(second, "lodged 2026-05-04", others=(first,)).confirmed


def test_what_recurs_runs_from_the_last_time_and_all_else_from_the_first() -> None:
    forum = a_clock("6 month", "forum-held", code="forum")
    events = tuple(map(event, ("forum-held 2018-06-21", "forum-held 2019-01-17")))

    again = due(a_procedure(recurring=(forum,)), "forum", Matter(events, {}))
    once = due(a_procedure(forum), "forum", Matter(events, {}))

    assert (again.on, once.on) == (on("2019-07-17"), on("2018-12-21"))


def test_an_unknown_clock_lists_those_that_there_are() -> None:
    with pytest.raises(UnknownClock) as refused:
        due(a_procedure(a_clock("3 day")), "answr", Matter((), {}))
    assert refused.value.facts["known"] == "answer"


# --- Lengths ---


def test_a_step_without_a_period_is_owed_without_a_date() -> None:
    answer = asked_of(a_clock(""), "asked 2026-05-04")
    assert answer.on is None
    assert steps_of(answer) == ["event", "no-period"]


def test_a_class_of_matter_has_its_own_period() -> None:
    by_class = {"minor": Period(2, Unit.DAY), "grave": Period(60, Unit.DAY)}
    clock = a_clock("", by_class=by_class)
    events = (event("asked 2026-05-04"),)

    assert due(a_procedure(clock), "answer", Matter(events, {}, "minor")).on == on("2026-05-06")
    with pytest.raises(ClassMissing) as refused:
        due(a_procedure(clock), "answer", Matter(events, {}))
    assert refused.value.facts["known"] == "minor, grave"


def test_a_period_is_counted_back_from_its_event_and_never_rolls_forward() -> None:
    # The national report: twelve weeks before the review.
    clock = a_clock(
        "", length=Period(12, Unit.WEEK, backwards=True),
        counting=Counting(calendar="training", day_off=DayOff.NEXT),
    )  # fmt: skip
    answer = asked_of(clock, "asked 2019-01-30", calendar=a_calendar("2018-11-07"))
    assert answer.on == on("2018-11-07")
    assert "day-off-stays" in steps_of(answer)


def test_working_days_are_counted_back_over_days_off() -> None:
    clock = a_clock("", length=Period(3, Unit.WORKING_DAY, backwards=True), counting=WORKING)
    answer = asked_of(clock, "asked 2026-05-05", calendar=a_calendar("2026-05-01"))
    assert answer.on == on("2026-04-29")


def test_hours_pass_whatever_the_clocks_of_a_country_do() -> None:
    # In the night to 29 March 2026 Brussels loses an hour.
    answer = asked_of(a_clock("48 hour"), "asked 2026-03-28T12:00:00+01:00")
    assert answer.at == datetime.fromisoformat("2026-03-30T13:00:00+02:00")


def test_hours_from_a_day_without_an_hour_are_refused() -> None:
    with pytest.raises(HourMissing):
        asked_of(a_clock("48 hour"), "asked 2026-03-28")


def test_before_an_event_without_a_period_is_before_that_day() -> None:
    answer = asked_of(a_clock("", bound=Bound.BEFORE), "asked 2019-07-04")
    assert (answer.on, answer.bound) == (on("2019-07-04"), Bound.BEFORE)


def test_sessions_are_those_after_the_event() -> None:
    calendar = a_calendar(sessions=(on("2026-03-09"), on("2026-05-28"), on("2026-11-02")))
    clock = a_clock("2 session", counting=WORKING)
    assert asked_of(clock, "asked 2026-03-09", calendar=calendar).on == on("2026-11-02")


def test_a_session_that_no_calendar_names_has_no_date() -> None:
    answer = asked_of(
        a_clock("2 session", counting=WORKING), "asked 2026-03-09", calendar=a_calendar()
    )
    assert answer.on is None
    assert "session-unknown" in steps_of(answer)


def test_a_day_that_the_calendar_does_not_speak_of_is_not_guessed() -> None:
    calendar = a_calendar(first=on("2026-01-01"), last=on("2026-12-31"))
    with pytest.raises(CalendarSaysNothing) as undecided:
        asked_of(a_clock("5 working-day", counting=WORKING), "asked 2026-12-29", calendar=calendar)
    assert undecided.value.facts["day"] == "2027-01-01"


def test_a_calendar_that_is_not_at_hand_is_named() -> None:
    with pytest.raises(CalendarMissing):
        asked_of(a_clock("5 day", counting=WORKING), "asked 2026-12-29")


def test_a_period_beyond_all_dates_is_refused_and_no_crash() -> None:
    for period in ("9000 year", "99999999 day", "99999999 week"):
        with pytest.raises(PeriodTooLong):
            asked_of(a_clock(period), "asked 2026-12-29")


# --- Days off ---


def test_a_last_day_off_moves_as_the_procedure_says() -> None:
    ends = {DayOff.NEXT: "2026-05-18", DayOff.PREVIOUS: "2026-05-15", DayOff.STAYS: "2026-05-16"}
    for rule, end in ends.items():
        clock = a_clock("12 day", counting=Counting(calendar="training", day_off=rule))
        assert asked_of(clock, "asked 2026-05-04", calendar=a_calendar()).on == on(end)


def test_each_day_left_out_is_told_with_its_reason() -> None:
    clock = a_clock("5 working-day", counting=WORKING)
    answer = asked_of(clock, "asked 2026-05-07", calendar=a_calendar("2026-05-14"))

    left_out = [step.facts for step in answer.working if step.code == "left-out"]
    assert left_out == [
        {"first": "2026-05-09", "last": "2026-05-10", "reason": "weekend", "name": ""},
        {
            "first": "2026-05-14",
            "last": "2026-05-14",
            "reason": "holiday",
            "name": "holiday of 2026-05-14",
        },
    ]
    assert answer.on == on("2026-05-15")


# --- Remarks ---


def test_doubt_indication_and_calendar_are_said_at_the_end() -> None:
    clock = a_clock(
        "5 working-day", counting=WORKING, confirmed=False, doubt="recalled", binding=False
    )
    answer = asked_of(clock, "asked 2026-05-04", calendar=a_calendar(confirmed=False))
    assert steps_of(answer)[-4:] == [
        "calendar",
        "calendar-not-confirmed",
        "period-not-confirmed",
        "indicative",
    ]


# --- The first day that counts ---


@pytest.mark.parametrize(
    ("clock", "asked", "first"),
    [
        pytest.param(
            "5 working-day", "2026-05-01", "2026-05-05", id="over a weekend and a holiday"
        ),
        pytest.param(
            "1 working-day", "2026-05-05", "2026-05-06", id="the day of the event is none"
        ),
        pytest.param("5 day", "2026-05-01", None, id="days on which nobody works count too"),
        pytest.param("", "2026-05-01", None, id="without a period nothing is counted"),
    ],
)
def test_the_first_day_counted_is_the_first_that_is_worked(
    clock: str, asked: str, first: str | None
) -> None:
    procedure = a_procedure(a_clock(clock, counting=WORKING))
    matter = Matter((event(f"asked {asked}"),), {"training": a_calendar("2026-05-04")})
    found = first_counted(procedure, "answer", matter)
    assert found == (None if first is None else on(first))


def test_days_off_are_the_holidays_between_that_are_no_weekend() -> None:
    # 2026-05-16 is a Saturday. The day from which is counted is not one of those between.
    off = (date(2026, 5, 12), date(2026, 5, 14), date(2026, 5, 16), date(2026, 5, 20))
    calendar = Calendar("xa", "1", holidays=dict.fromkeys(off, "Feast"))
    found = calendar.days_off(date(2026, 5, 12), date(2026, 5, 20))
    assert found == (date(2026, 5, 14), date(2026, 5, 20))
    assert calendar.working_days(date(2026, 5, 12), date(2026, 5, 20)) == 4
