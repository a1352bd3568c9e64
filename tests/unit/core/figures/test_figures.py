"""Figures of cases made by hand, and the laws that figures keep."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.core.acts import Json
from answerable.core.figures.counting import count_case
from answerable.core.figures.judging import DAY, AsOf, add_case
from answerable.core.figures.tally import Days, Tally, quantile
from answerable.core.figures.told import BESIDE_SPEED, OUTCOMES, csv_of, figures_of
from tests.support.cases import BODY, CHAIR, NGO, OFFICE, REVIEWER
from tests.support.counted import AS_OF, at, begun, day_of, figures, on

HALF, NINE = Fraction(1, 2), Fraction(9, 10)


def starts(clock: str, due: str | None = None, **more: Json) -> Json:
    entry: dict[str, Json] = {"clock": clock, "owes": "secretariat", **more}
    return {"starts": [{**entry, "due": due} if due else entry]}


def meets(clock: str) -> Json:
    return {"meets": [{"clock": clock, "started-by": 1}]}


def test_a_case_that_nobody_answered_has_no_answer_for_each_allegation() -> None:
    told = figures(begun(3))
    assert (told["submissions"], told["allegations"]) == (1, 3)
    assert told["outcome/no-answer"] == 3
    assert (told["delivered"], told["acknowledged"], told["opened"]) == (1, 0, 0)


@pytest.mark.parametrize("fact", ["happened", "happened-in-part", "not-established"])
def test_a_finding_counts_as_its_fact(fact: str) -> None:
    told = begun(2).did("accepted", OFFICE, (1, 2))
    told = told.did("finding-issued", CHAIR, (2,), {"fact": fact, "acts": [2]})
    assert figures(told)[f"outcome/{fact}"] == 1
    assert figures(told)["outcome/no-answer"] == 1


def test_outcomes_that_are_no_findings_are_counted_apart() -> None:
    told = begun(4).did("not-accepted", OFFICE, (1,), {"outcome": "outside"})
    told = told.did("outcome-given", CHAIR, (2,), {"outcome": "not-examined"})
    told = told.did("outcome-given", CHAIR, (3,), {"outcome": "agreed"})
    told = told.did("outcome-given", CHAIR, (4,), {"outcome": "withdrawn"})
    found = figures(told)
    assert [found[f"outcome/{code}"] for code in OUTCOMES] == [0, 0, 0, 0, 1, 1, 1, 1, 0]
    assert found["reasons/answers"] == 0


def test_what_is_only_promised_to_be_examined_has_no_answer_yet() -> None:
    told = begun().did("accepted", OFFICE)
    told = told.did(
        "outcome-given", CHAIR, (1,), {"outcome": "not-examined", "until": "2026-07-01"}
    )
    assert figures(told)["outcome/no-answer"] == 1


@pytest.mark.parametrize(
    ("facts", "complete"),
    [
        ({"fact": "happened", "acts": [2], "actor": "as-alleged", "law": "not-assessed"}, 1),
        ({"fact": "happened", "acts": [2], "actor": "as-alleged"}, 0),
        ({"fact": "happened", "acts": [], "actor": "as-alleged", "law": "not-assessed"}, 0),
        ({"fact": "not-established", "acts": [2]}, 1),
        ({"fact": "not-established"}, 0),
        ({"fact": "did-not-happen", "acts": [2], "heard": [2]}, 1),
        ({"fact": "did-not-happen", "acts": [2]}, 0),
    ],
)
def test_reasons_are_complete_where_the_envelope_shows_them(
    facts: dict[str, Json], complete: int
) -> None:
    told = begun().did("accepted", OFFICE).did("finding-issued", CHAIR, (1,), facts)
    assert (figures(told)["reasons/answers"], figures(told)["reasons/complete"]) == (1, complete)


@pytest.mark.parametrize(
    ("met", "way"),
    [
        ("2026-06-11", "met-in-time"),
        ("2026-06-12", "met-in-time"),
        ("2026-06-13", "met-late"),
        (None, "open-late"),
    ],
)
def test_a_step_is_late_from_the_day_after_its_date(met: str | None, way: str) -> None:
    told = at(begun(clocks=starts("opening", "2026-06-12")), "2026-06-01")
    if met:
        told = at(told.did("opened", OFFICE, (), {"clocks": meets("opening")}), met)
    assert figures(told)[f"steps/opening/{way}"] == 1


def test_a_step_is_not_late_on_the_day_that_it_is_due() -> None:
    told = at(begun(clocks=starts("opening", "2026-06-30")), "2026-06-01")
    assert figures(told)["steps/opening/open"] == 1


def test_a_date_with_an_hour_is_late_after_that_hour() -> None:
    told = at(begun(clocks=starts("danger", "2026-06-02T02:00:00Z")), "2026-06-01")
    just = AsOf(on("2026-06-02"), day_of)
    assert figures(told, as_of=just)["steps/danger/open"] == 1
    late = replace(just, at=just.at + 1000)
    assert figures(told, as_of=late)["steps/danger/open-late"] == 1


def test_a_period_that_is_not_confirmed_is_counted_apart() -> None:
    told = at(begun(clocks=starts("opening", "2026-06-12", confirmed=False)), "2026-06-01")
    found = figures(told)
    assert found["steps/unconfirmed/opening/open-late"] == 1
    assert "steps/opening/open-late" not in found


def test_a_step_without_a_date_is_neither_in_time_nor_late() -> None:
    told = begun(clocks=starts("opening"))
    assert figures(told)["steps/opening/open-without-date"] == 1


def test_open_steps_make_the_median_longer_and_are_never_left_out() -> None:
    begin = at(begun(clocks=starts("opening")), "2026-06-01")
    met = at(begin.did("opened", OFFICE, (), {"clocks": meets("opening")}), "2026-06-03")
    assert figures(met, met, met)["days/opening/median"] == 2
    assert figures(met, met, begin, begin, begin)["days/opening/median"] is None
    assert figures(met, met, met, begin)["days/opening/median"] == 2
    assert figures(met, met, met, begin)["days/opening/ninety-percent"] is None


def test_both_sides_are_told_how_many_days_they_were_given() -> None:
    told = begun().did("clarification-asked", OFFICE, (1,), {"until": "2026-05-22"})
    told = at(told, "2026-05-12")
    told = told.did("account-asked", OFFICE, (1,), {"until": "2026-06-11", "party": "p5"})
    found = figures(at(told, "2026-05-12"))
    assert found["given/complainant/median"] == 10
    assert found["given/respondent/median"] == 30


def test_contests_and_changes_on_review_are_counted() -> None:
    told = begun().did("accepted", OFFICE)
    told = told.did("finding-issued", CHAIR, (1,), {"fact": "not-established", "acts": [2]})
    told = told.did("contested", NGO, (1,), {"grounds": 1})
    kept = told.did("contest-decided", REVIEWER, (1,), {"acts": [4], "result": "not-upheld"})
    upheld = told.did("contest-decided", REVIEWER, (1,), {"acts": [4], "result": "upheld"})
    found = figures(kept, upheld)
    assert found["contests/contested"] == found["contests/decided"] == 2
    assert found["contests/changed"] == 1
    assert (found["outcome/not-established"], found["outcome/no-answer"]) == (1, 1)


def test_concerns_and_requests_are_answered_by_dispositions() -> None:
    told = begun(0, concerns=2, requests=1)
    told = told.did("disposition-given", CHAIR, (), {"matter": "concern", "number": 2})
    found = figures(told)
    assert (found["matters"], found["matters/answered"], found["matters/no-answer"]) == (3, 1, 2)


def test_actions_are_promised_done_and_doubted() -> None:
    told = begun().did("action-promised", BODY).did("action-done", BODY, (1,), {"acts": [2]})
    found = figures(told.did("action-doubted", NGO, (1,), {"acts": [2]}))
    assert [found[f"actions/{what}"] for what in ("promised", "done", "doubted")] == [1, 1, 1]


def test_each_figure_names_the_cases_behind_it() -> None:
    tally = Tally()
    for number in ("XA-1", "XA-2"):
        acts = [replace(act, docket=number) for act in begun(2).acts]
        add_case(tally, count_case(acts), AS_OF)
    told = {one.code: one for one in figures_of(tally)}
    assert told["allegations"].cases == ("XA-1", "XA-2")
    assert told["allegations"].value == 4
    assert told["outcome/agreed"].cases == ()


def test_the_outcome_mix_closes_and_always_stands_beside_speed() -> None:
    found = figures(begun(5), begun(2))
    assert found["allegations"] == sum(found[f"outcome/{code}"] or 0 for code in OUTCOMES)
    assert set(BESIDE_SPEED) <= set(found)


def test_the_table_has_a_line_for_each_figure() -> None:
    tally = Tally()
    add_case(tally, count_case(begun().acts), AS_OF)
    lines = csv_of(figures_of(tally)).split("\r\n")
    assert lines[:2] == ["code,unit,value,cases", "submissions,submissions,1,1"]


def test_kaplan_and_meier_give_their_known_answer() -> None:
    # Remission in weeks under 6-MP (Freireich and others, 1963): the median is 23, and nine of ten
    # was not reached. A textbook example; + marks those still in remission.
    told = [
        "6",
        "6",
        "6",
        "6+",
        "7",
        "9+",
        "10",
        "10+",
        "11+",
        "13",
        "16",
        "17+",
        "19+",
        "20+",
        "22",
        "23",
        "25+",
        "32+",
        "32+",
        "34+",
        "35+",
    ]
    days: Days = Days((int(one.rstrip("+")), not one.endswith("+")) for one in told)
    assert quantile(days, HALF) == 23
    assert quantile(days, NINE) is None


steps = st.lists(st.tuples(st.integers(0, 60), st.booleans()), max_size=40)


@given(steps)
def test_where_nothing_is_open_a_quantile_is_the_plain_one(told: list[tuple[int, bool]]) -> None:
    days = sorted(day for day, _ in told)
    found = quantile(Days((day, True) for day in days), HALF)
    assert found == (days[(len(days) + 1) // 2 - 1] if days else None)


@given(steps, st.integers(0, 60))
def test_a_step_that_is_open_never_makes_the_median_shorter(
    told: list[tuple[int, bool]], waited: int
) -> None:
    before = quantile(Days(told), HALF)
    after = quantile(Days([*told, (waited, False)]), HALF)
    assert after is None or (before is not None and after >= before)


def test_days_are_whole_days_of_waiting() -> None:
    begin = at(begun(clocks=starts("opening")), "2026-06-01")
    later = AsOf(begin.last.at + 2 * DAY - 1, day_of)
    tally = Tally()
    add_case(tally, count_case(begin.acts), later)
    assert dict(tally.days["days/opening"]) == {(1, False): 1}


def test_an_event_counts_from_the_day_on_which_it_happened() -> None:
    told = at(begun(), "2026-05-04")
    asked = {"event": "asked", "on": "2026-05-06", "clocks": starts("review", "2026-05-20")}
    told = at(told.did("event-recorded", BODY, (1,), asked), "2026-05-21")
    decided: dict[str, Json] = {
        "event": "decided",
        "on": "2026-05-20",
        "clocks": {"meets": [{"clock": "review", "started-by": 2}]},
    }
    found = figures(at(told.did("event-recorded", REVIEWER, (1,), decided), "2026-05-29"))
    assert found["steps/review/met-in-time"] == 1
    assert found["days/review/median"] == 14


def test_a_step_that_was_done_before_its_beginning_was_recorded_is_counted_as_it_was() -> None:
    told = at(begun(), "2026-05-04")
    violation = {
        "event": "violation",
        "on": "2026-04-14",
        "clocks": starts("complaint", "2026-04-28", **{"met-by": 1}),
    }
    found = figures(at(told.did("event-recorded", OFFICE, (1,), violation), "2026-05-21"))
    assert found["steps/complaint/met-late"] == 1
    assert found["days/complaint/median"] == 20
