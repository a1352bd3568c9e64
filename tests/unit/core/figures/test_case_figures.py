"""What a case contributes to figures is plain data: kept as text, and judged at any instant."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answerable.core.acts import Json
from answerable.core.canonical import decode
from answerable.core.figures.case_figures import (
    CaseFigures,
    DaysGiven,
    Waited,
    case_figures_in,
)
from answerable.core.figures.counting import count_case
from answerable.core.figures.judging import DAY, AsOf, told
from tests.support.cases import CHAIR, NGO, OFFICE, Told

FIRST = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
HOUR = DAY // 24


def days_in(hours: int) -> Callable[[int], date]:
    return lambda at: (datetime.fromtimestamp(at / 1000, UTC) + timedelta(hours=hours)).date()


codes = st.sampled_from(["opening", "acknowledgement", "finding"])
instants = st.integers(FIRST, FIRST + 400 * DAY)
days = st.dates(date(2025, 12, 1), date(2027, 3, 1)).map(date.isoformat)
dues = st.one_of(
    st.none(),
    days,
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(  # noqa: DTZ001 - written as UTC below
        lambda at: f"{at:%Y-%m-%dT%H:%M:%S}Z"
    ),
)
own = st.none() | days.map(str)
"""The day on which an event happened that was recorded later."""
ended = st.none() | instants
"""When a case was erased: nobody could do the step from then on."""
steps = st.builds(
    Waited, codes, st.booleans(), instants, dues, st.none() | instants, own, own, ended_at=ended
)
given_days = st.builds(DaysGiven, st.sampled_from(["complainant", "respondent"]), instants, days)
counts = st.dictionaries(
    st.sampled_from(["submissions", "allegations", "outcome/no-answer", "questions/asked"]),
    st.integers(1, 9),
)
across: st.SearchStrategy[dict[str, Json]] = st.dictionaries(
    st.text(max_size=5), st.text(max_size=5) | st.integers(0, 9)
)


@st.composite
def contributions(draw: st.DrawFn) -> list[CaseFigures]:
    made = st.tuples(
        counts,
        st.lists(steps, max_size=4).map(tuple),
        st.lists(given_days, max_size=2).map(tuple),
        across,
        ended,
        ended,
    )
    told = draw(st.lists(made, max_size=6))
    return [CaseFigures(f"XA-{number}", *given) for number, given in enumerate(told, 1)]


@given(contributions())
def test_what_a_case_contributes_is_kept_as_canonical_text(cases: list[CaseFigures]) -> None:
    for case in cases:
        kept = cast("dict[str, Any]", decode(case.text().encode()))
        assert case_figures_in(kept) == case


@given(contributions(), instants, st.integers(-12, 14))
def test_figures_do_not_depend_on_the_order_of_cases(
    cases: list[CaseFigures], at: int, hours: int
) -> None:
    as_of = AsOf(at, days_in(hours))
    assert told(reversed(cases), as_of) == told(cases, as_of)


@given(contributions(), instants, st.integers(0, 99 * DAY), st.integers(-12, 14))
def test_what_is_late_stays_late_and_what_was_met_stays_as_it_was(
    cases: list[CaseFigures], at: int, later: int, hours: int
) -> None:
    day_of = days_in(hours)
    before = {one.code: one.value for one in told(cases, AsOf(at, day_of))}
    after = {one.code: one.value for one in told(cases, AsOf(at + later, day_of))}
    for code, value in before.items():
        if code.endswith("/open-late"):
            assert (after[code] or 0) >= (value or 0)
        elif "/met-" in code:
            assert after[code] == value


@given(instants, st.integers(-12, 14), st.integers(-3, 3))
@example(FIRST + 23 * HOUR, 7, -1)
@example(FIRST + HOUR, 0, -1)
def test_a_step_is_late_by_the_day_of_the_zone_whatever_the_zone(
    at: int, hours: int, days_off: int
) -> None:
    day_of = days_in(hours)
    due = day_of(at) + timedelta(days=days_off)
    step = Waited("opening", confirmed=True, since=FIRST, due_on=due.isoformat(), met_at=None)
    code = f"steps/opening/{'open-late' if days_off < 0 else 'open'}"
    figures = told([CaseFigures("XA-1", {}, (step,))], AsOf(at, day_of))
    assert code in {one.code for one in figures}


def test_the_contribution_of_a_case_in_plain_sight() -> None:
    begins: Json = {"starts": [{"clock": "opening", "owes": "secretariat", "due": "2026-05-20"}]}
    case = Told().did(
        "submitted", NGO, (1, 2), {"allegations": 2, "host": "body", "clocks": begins}
    )
    meets: Json = {"meets": [{"clock": "opening", "started-by": 1}]}
    case = case.did("opened", OFFICE, (), {"clocks": meets})
    case = case.did("clarification-asked", OFFICE, (1,), {"until": "2026-05-22"})
    case = case.did("accepted", OFFICE, (2,))
    case = case.did("finding-issued", CHAIR, (2,), {"fact": "not-established", "acts": [4]})
    assert count_case(case.acts).text() == (
        '{"across":{"alleges":true},"counts":{"accused/not-told":2,"allegations":2,"channel/not-told":1,'
        '"delivered":1,"kind/not-told":2,"language/not-told":1,"opened":1,"outcome/no-answer":1,'
        '"outcome/not-established":1,"place/not-told":2,"questions/asked":1,"reasons/answers":1,'
        '"reasons/complete":1,"submissions":1},'
        '"given":[["complainant",1778544180000,"2026-05-22"]],"number":"XA-2026-0061-7",'
        '"open_since":1778544060000,'
        '"steps":[["opening",true,1778544060000,"2026-05-20",1778544120000]]}'
    )


def test_a_day_that_no_calendar_has_is_not_counted_as_another() -> None:
    case = Told().did("submitted", NGO, (1,), {"allegations": 1, "host": "body"})
    with pytest.raises(ValueError, match="month"):
        count_case(case.did("clarification-asked", OFFICE, (1,), {"until": "2026-13-01"}).acts)
