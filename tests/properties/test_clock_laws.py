"""Laws of counting that hold whatever the procedure says."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from answerable.core.acts import ActCode
from answerable.core.calendars import Calendar
from answerable.core.period import Counting, DayOfEvent, DayOff, Period, Unit
from answerable.core.procedure import (
    Ends,
    Pause,
)
from tests.support.clocks import a_clock, asked_of

STARTS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
UNITS = st.sampled_from([Unit.DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR])
LENGTHS = st.integers(1, 60)
CALENDARS = st.builds(
    lambda days, weekend: Calendar(
        "training", "1", weekend=weekend, holidays=dict.fromkeys(days, "a day off")
    ),
    st.sets(STARTS, max_size=60),
    st.sampled_from([frozenset({5, 6}), frozenset({4, 5}), frozenset({6}), frozenset[int]()]),
)
COUNTINGS = st.builds(
    Counting,
    calendar=st.just("training"),
    reading=st.sampled_from(DayOfEvent),
    day_off=st.sampled_from(DayOff),
    least_working_days=st.integers(0, 3),
)


def end(start: date, period: Period, *more: str, counting: Counting, calendar: Calendar) -> date:
    clock = a_clock(
        "",
        length=period,
        counting=counting,
        pauses=(Pause((ActCode("question"),), (ActCode("answer"),), Ends.LAST),),
    )
    on = asked_of(clock, f"asked {start}", *more, calendar=calendar).on
    assert on is not None
    return on


@given(STARTS, LENGTHS, UNITS, COUNTINGS, CALENDARS)
def test_a_longer_period_never_ends_earlier(
    start: date, length: int, unit: Unit, counting: Counting, calendar: Calendar
) -> None:
    shorter = end(start, Period(length, unit), counting=counting, calendar=calendar)
    assert shorter <= end(start, Period(length + 1, unit), counting=counting, calendar=calendar)


@given(STARTS, LENGTHS, UNITS, COUNTINGS, CALENDARS)
def test_what_starts_later_never_ends_earlier(
    start: date, length: int, unit: Unit, counting: Counting, calendar: Calendar
) -> None:
    later = start + timedelta(days=1)
    assert end(start, Period(length, unit), counting=counting, calendar=calendar) <= end(
        later, Period(length, unit), counting=counting, calendar=calendar
    )


@given(STARTS, LENGTHS, UNITS, COUNTINGS, CALENDARS)
def test_one_more_holiday_never_brings_an_end_forward_that_may_only_move_on(
    start: date, length: int, unit: Unit, counting: Counting, calendar: Calendar
) -> None:
    counting = replace(counting, day_off=DayOff.NEXT)
    before = end(start, Period(length, unit), counting=counting, calendar=calendar)
    holiday = replace(calendar, holidays={**calendar.holidays, before: "one more"})
    assert end(start, Period(length, unit), counting=counting, calendar=holiday) >= before


@given(STARTS, LENGTHS, COUNTINGS, CALENDARS)
def test_a_period_in_working_days_has_that_many_and_ends_on_one(
    start: date, length: int, counting: Counting, calendar: Calendar
) -> None:
    counting = replace(counting, reading=DayOfEvent.EVENT_DAY)
    on = end(start, Period(length, Unit.WORKING_DAY), counting=counting, calendar=calendar)
    days = [start + timedelta(days=n) for n in range(1, (on - start).days + 1)]
    assert sum(map(calendar.is_working, days)) == length
    assert calendar.is_working(on)


@given(STARTS, LENGTHS, UNITS, CALENDARS, st.integers(1, 40), st.integers(0, 40))
def test_a_pause_within_a_period_moves_its_end_by_the_days_it_left_out(
    start: date, length: int, unit: Unit, calendar: Calendar, after: int, lasts: int
) -> None:
    counting = Counting(calendar="training")
    plain = end(start, Period(length, unit), counting=counting, calendar=calendar)
    first = start + timedelta(days=after)
    last = first + timedelta(days=lasts)
    paused = end(
        start,
        Period(length, unit),
        f"question {first}",
        f"answer {last}",
        counting=counting,
        calendar=calendar,
    )
    if first >= plain:
        assert paused == plain
        return
    span = [first + timedelta(days=n) for n in range(1, lasts + 1)]
    counted = unit is not Unit.WORKING_DAY
    assert paused >= plain
    if counted:
        assert paused == plain + timedelta(days=lasts)
    else:
        left_out = sum(map(calendar.is_working, span))
        between = (plain + timedelta(days=n) for n in range(1, (paused - plain).days + 1))
        assert sum(map(calendar.is_working, between)) == left_out


@given(STARTS, st.integers(-10, 2_000), CALENDARS)
def test_working_days_between_two_days_are_those_counted_one_by_one(
    start: date, length: int, calendar: Calendar
) -> None:
    until = start + timedelta(days=length)
    days = (start + timedelta(days=n) for n in range(1, length + 1))
    assert calendar.working_days(start, until) == sum(map(calendar.is_working, days))
    short = replace(calendar, first=start + timedelta(days=1), last=until)
    assert short.working_days(start, until) == calendar.working_days(start, until)
    if length > 0:
        assert short.working_days(start - timedelta(days=1), until) is None
        assert short.working_days(start, until + timedelta(days=1)) is None
    assert calendar.working_days(start, date.max) is not None


@given(STARTS, LENGTHS)
def test_working_days_agree_with_another_way_of_counting_them(start: date, length: int) -> None:
    # With weekends alone, every five working days are a week.
    weekends = Calendar("training", "1")
    weeks, rest = divmod(length, 5)
    expected = weekends.previous_working(start) + timedelta(weeks=weeks)
    for _ in range(rest):
        expected = weekends.next_working(expected + timedelta(days=1))
    counting = Counting(calendar="training")
    assert (
        end(start, Period(length, Unit.WORKING_DAY), counting=counting, calendar=weekends)
        == expected
    )
