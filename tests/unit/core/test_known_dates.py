"""Known answers: every row of a table of dates with sources, and the two readings of one rule."""

import csv
from datetime import date
from pathlib import Path

import pytest

from answerable.core.calendars import Calendar
from answerable.core.period import Counting, DayOfEvent, DayOff, Period, Unit
from tests.support.clocks import a_clock, asked_of, days

TABLE = Path("docs/specs/vectors/clock/known-answers.csv")
ROWS = list(csv.DictReader(TABLE.read_text().splitlines()))

UK = days(
    *("2019-08-05", "2019-08-26", "2019-12-02", "2019-12-25", "2019-12-26"),
    *("2020-01-01", "2020-01-02", "2020-03-17"),
)
KHMER_NEW_YEAR = days("2020-04-13", "2020-04-14", "2020-04-15", "2020-04-16")
MOVED_TO_AUGUST = days("2020-08-17", "2020-08-18", "2020-08-19", "2020-08-20", "2020-08-21")

CALENDARS = {
    "UK any-nation": Calendar("uk", "1", holidays=UK),
    "KH calendar as published before April 2020 (13-16 April holidays)": Calendar(
        "kh", "2019-12", holidays=KHMER_NEW_YEAR
    ),
}
AFTER_THE_MOVE = Calendar("kh", "2020-04", holidays=MOVED_TO_AUGUST)
WEEKENDS = Calendar("weekends", "1")


def counting_of(row: dict[str, str]) -> Counting:
    if not row["rule"].startswith("EU-1182/71"):
        return Counting(calendar=CALENDARS.get(row["calendar"], WEEKENDS).code)
    rejected = "rejected" in row["rule"]
    effect = "Art 4" in row["why"]
    return Counting(
        calendar=WEEKENDS.code,
        reading=DayOfEvent.DAY_AFTER if rejected else DayOfEvent.EVENT_DAY,
        day_off=DayOff.STAYS if effect else DayOff.NEXT,
        least_working_days=0 if effect else 2,
    )


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['id']}: {row['why']}" for row in ROWS])
def test_a_known_answer(row: dict[str, str]) -> None:
    clock = a_clock(f"{row['period']} {row['unit']}", counting=counting_of(row))
    calendar = CALENDARS.get(row["calendar"], WEEKENDS)

    answer = asked_of(clock, f"asked {row['start']}", calendar=calendar)

    assert answer.on == date.fromisoformat(row["expected_end"])


def test_the_reading_of_the_event_day_is_the_one_that_holds_where_none_is_named() -> None:
    assert Counting().reading is DayOfEvent.EVENT_DAY
    three_weeks = a_clock("3 week")
    assert asked_of(three_weeks, "asked 1998-03-12").on == date(1998, 4, 2)


def test_the_other_reading_runs_from_the_day_after_and_says_so() -> None:
    clock = a_clock("3 week", counting=Counting(reading=DayOfEvent.DAY_AFTER))

    answer = asked_of(clock, "asked 1998-03-12")

    assert answer.on == date(1998, 4, 3)
    assert ("runs-from-day-after", {"on": "1998-03-13"}) in answer.working


@pytest.mark.parametrize(
    ("start", "before", "after"),
    [
        ("2020-04-08", date(2020, 4, 21), date(2020, 4, 15)),
        ("2020-08-14", date(2020, 8, 21), date(2020, 8, 28)),
    ],
)
def test_khmer_new_year_moved_from_april_to_august_moves_what_was_due(
    start: str, before: date, after: date
) -> None:
    # 13 to 16 April 2020 were given back as 17 to 21 August 2020, while clocks ran.
    clock = a_clock("5 working-day", counting=Counting(calendar="kh"))
    published = CALENDARS["KH calendar as published before April 2020 (13-16 April holidays)"]

    assert asked_of(clock, f"asked {start}", calendar=published).on == before
    assert asked_of(clock, f"asked {start}", calendar=AFTER_THE_MOVE).on == after


def test_one_of_each_unit_from_a_tuesday() -> None:
    expected = {
        Unit.DAY: date(2019, 11, 13),
        Unit.WORKING_DAY: date(2019, 11, 13),
        Unit.WEEK: date(2019, 11, 19),
        Unit.MONTH: date(2019, 12, 12),
        Unit.YEAR: date(2020, 11, 12),
    }
    for unit, end in expected.items():
        clock = a_clock("", length=Period(1, unit), counting=Counting(calendar="weekends"))
        assert asked_of(clock, "asked 2019-11-12", calendar=WEEKENDS).on == end
