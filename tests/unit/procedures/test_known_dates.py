"""Known dates, counted by the shipped procedures on the shipped calendars."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest

from answerable.core.acts import ActCode
from answerable.core.clocks import Due, Matter, due
from answerable.core.counting import counted
from answerable.core.happened import Happened
from answerable.core.period import Counting, DayOff, Period, Unit
from answerable.forms.shipped import ShippedProcedures, calendar_codes

TODAY = date(2026, 11, 22)


def happened(event: str) -> Happened:
    """Return an event written as code=2019-12-12, with ``..`` before a day that it names."""
    code, _, when = event.partition("=")
    on, _, until = when.partition("..")
    at = datetime.fromisoformat(on) if "T" in on else None
    return Happened(
        ActCode(code),
        date.fromisoformat(on[:10]),
        at,
        date.fromisoformat(until) if until else None,
    )


def owed(name: str, clock: str, events: Sequence[str], class_: str = "") -> Due:
    shipped = ShippedProcedures()
    calendars = {code: shipped.calendar(code) for code in calendar_codes()}
    matter = Matter(tuple(map(happened, events)), calendars, class_)
    return due(shipped.procedure(name, TODAY), clock, matter)


# 12 February 2019 to 12 August 2020: what happened, in the order of Article 19.
ARTICLE_19 = [
    ("monitoring", "notice-published=2019-02-12", "2019-08-12"),
    ("report", "notice-published=2019-02-12", "2019-11-12"),
    ("comments", "report-sent=2019-11-12", "2019-12-12"),
    ("decision", "notice-published=2019-02-12", "2020-02-12"),
    ("effect", "decision-adopted=2020-02-12", "2020-08-12"),
]


@pytest.mark.parametrize(("clock", "event", "on"), ARTICLE_19, ids=[row[0] for row in ARTICLE_19])
def test_article_19_ends_on_the_days_on_which_it_ended(clock: str, event: str, on: str) -> None:
    found = owed("eu-gsp-withdrawal", clock, [event])
    assert found.on == date.fromisoformat(on)
    assert found.confirmed


def test_report_and_decision_run_side_by_side_from_the_end_of_monitoring() -> None:
    late_report = ["notice-published=2019-02-12", "report-sent=2019-12-20"]
    assert owed("eu-gsp-withdrawal", "decision", late_report).on == date(2020, 2, 12)


def test_a_withdrawal_takes_effect_on_a_saturday_and_a_comment_is_not_due_on_one() -> None:
    # 15 February 2020 and 15 August 2020 are Saturdays.
    effect = owed("eu-gsp-withdrawal", "effect", ["decision-adopted=2020-02-15"])
    comments = owed("eu-gsp-withdrawal", "comments", ["report-sent=2020-01-15"])
    assert effect.on == date(2020, 8, 15)
    assert comments.on == date(2020, 2, 17)


CASES = [
    ("uk-foi", "comply", ["delivered=2019-12-02"], "2020-01-03"),
    ("uk-foi", "comply", ["delivered=2019-11-29"], "2020-01-03"),
    ("uk-foi", "comply", ["delivered=2020-03-06"], "2020-04-06"),
    ("uk-foi", "comply", ["delivered=2019-07-31"], "2019-08-30"),
    # Received on a Saturday: the Monday after is the first working day.
    ("uk-foi", "comply", ["delivered=2020-02-01"], "2020-02-28"),
    # 4 to 10 December are five working days, the first and the last among them.
    (
        "uk-foi",
        "comply",
        ["delivered=2019-12-02", "fees-notice-given=2019-12-04", "fees-paid=2019-12-10"],
        "2020-01-10",
    ),
    ("uk-foi", "clarified", ["clarification-answered=2019-12-02"], "2020-01-03"),
    (
        "uk-foi",
        "clarified",
        ["clarification-answered=2019-11-20", "clarification-answered=2019-12-02"],
        "2020-01-03",
    ),
    ("un-special-procedures", "reply", ["letter-sent=2019-11-12"], "2020-01-11"),
    ("eu-whistleblower", "acknowledgement", ["delivered=2021-12-24"], "2021-12-31"),
    ("un-upr", "national-report", ["review-date=2019-01-30"], "2018-11-07"),
    ("un-upr", "base-documents", ["review-date=2019-01-30"], "2018-12-19"),
    ("un-upr", "position", ["plenary-session=2019-07-04"], "2019-07-04"),
    ("un-upr", "next-review", ["review-date=2019-01-30"], "2023-07-30"),
    ("nhri-india", "complaint", ["act-complained-of=2024-02-29"], "2025-02-28"),
    (
        "nhri-nepal",
        "complaint",
        ["violation=2020-01-31", "released-from-custody=2020-08-31"],
        "2021-02-28",
    ),
    (
        "un-ccpr-op1",
        "reply",
        ["reply-requested=2020-01-31", "time-extended=2020-07-01..2020-10-01"],
        "2020-10-01",
    ),
    # Eid, with the joint leave around it, from 8 to 15 April 2024.
    ("indonesia-sp4n-malinau", "answer", ["delivered=2024-04-01"], "2024-04-23"),
    (
        "indonesia-sp4n-malinau",
        "answer",
        ["delivered=2024-04-01", "clock-extended=2024-04-20"],
        "2024-05-03",
    ),
    (
        "india-cpgrams@2022-07-27",
        "redress",
        ["delivered=2022-09-01", "clock-extended=2022-09-20..2022-11-15"],
        "2022-11-15",
    ),
]


@pytest.mark.parametrize(("name", "clock", "events", "on"), CASES)
def test_a_clock_ends_on_its_known_day(
    name: str, clock: str, events: Sequence[str], on: str
) -> None:
    assert owed(name, clock, events).on == date.fromisoformat(on)


def test_feedback_runs_from_the_acknowledgement_or_else_from_when_it_was_due() -> None:
    with_one = ["delivered=2021-12-24", "acknowledged=2021-12-27"]
    acknowledged = owed("eu-whistleblower", "feedback", with_one)
    silent = owed("eu-whistleblower", "feedback", with_one[:1])
    assert (acknowledged.on, acknowledged.confirmed) == (date(2022, 3, 27), True)
    # That fallback is recalled, and the date says so.
    assert (silent.on, silent.confirmed) == (date(2022, 3, 31), False)


def test_the_report_of_a_review_is_adopted_no_sooner_than_48_hours_after_the_dialogue() -> None:
    found = owed("un-upr", "working-group-report", ["dialogue-held=2019-01-30T12:30:00+01:00"])
    assert found.at == datetime.fromisoformat("2019-02-01T12:30:00+01:00")
    assert found.bound == "not-before"


@pytest.mark.parametrize(
    ("class_", "on"),
    [
        ("minor", "2024-04-03"),
        ("normative", "2024-04-16"),
        ("not-oversight", "2024-04-29"),
        ("oversight", "2024-07-11"),
    ],
)
def test_a_local_office_has_a_time_for_each_class(class_: str, on: str) -> None:
    found = owed("indonesia-sp4n-local", "answer", ["delivered=2024-04-01"], class_)
    assert found.on == date.fromisoformat(on)


def test_a_period_in_sessions_has_no_date_while_no_session_is_known() -> None:
    assert owed("ilo-cfa", "transmission", ["complaint-received=2020-01-31"]).on is None


# --- A holiday that moved while a clock ran, and a period with too few working days. ---

FIVE = Period(5, Unit.WORKING_DAY)


@pytest.mark.parametrize(
    ("version", "start", "on"),
    [
        ("kh@2019-12", "2020-04-08", "2020-04-21"),
        ("kh@2020-04", "2020-04-08", "2020-04-15"),
        ("kh@2019-12", "2020-08-14", "2020-08-21"),
        ("kh@2020-04", "2020-08-14", "2020-08-28"),
    ],
)
def test_khmer_new_year_2020_moved_from_april_to_august(version: str, start: str, on: str) -> None:
    calendar = ShippedProcedures().calendar(version)
    found = counted(
        FIVE, date.fromisoformat(start), counting=Counting(), calendar=calendar, paused=()
    )
    assert found.on == date.fromisoformat(on)


def test_three_days_around_a_weekend_in_germany_are_given_a_second_working_day() -> None:
    three = Period(3, Unit.DAY)
    european = Counting(day_off=DayOff.NEXT, least_working_days=2)
    german = ShippedProcedures().calendar("de")
    found = counted(three, date(2025, 2, 28), counting=european, calendar=german, paused=())
    assert found.on == date(2025, 3, 4)
