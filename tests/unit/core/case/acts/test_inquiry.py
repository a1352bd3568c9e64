"""Finding out is recorded when it is done: by whom, how, how many were asked, how many answered."""

from typing import Any

import pytest

from answerable.core.case.acts.inquiry import METHODS, RESULTS
from tests.support.cases import LAWYER, OFFICE, OFFICER, accepted, assigned

STEP: dict[str, Any] = {"method": "visit", "on": "2026-05-11"}
SEARCH: dict[str, Any] = {
    "offices_asked": ["Registry", "Police post"],
    "offices_answered": ["Registry"],
    "from_day": "2019-01-01",
    "to_day": "2019-06-30",
    "search_result": "found",
}


@pytest.mark.parametrize("method", METHODS)
def test_a_step_names_method_day_and_counts(method: str) -> None:
    counts: dict[str, Any] = {"people_asked": 5, "people_answered": 0}
    told = assigned().does("inquiry-step", OFFICER, **{**STEP, "method": method}, **counts)
    wanted = {"method": method, "on": "2026-05-11", "people-asked": 5, "people-answered": 0}
    assert told.last.facts == wanted


def test_an_interview_says_how_many_were_asked_and_answered() -> None:
    interview = {**STEP, "method": "interview"}
    assert assigned().refuses("inquiry-step", OFFICER, **interview) == "counts-missing"
    half = assigned().refuses("inquiry-step", OFFICER, **interview, people_asked=2)
    assert half == "counts-missing"
    assigned().does("inquiry-step", OFFICER, **STEP)


def test_no_more_answer_than_were_asked() -> None:
    said = assigned().refuses("inquiry-step", OFFICER, **STEP, people_asked=2, people_answered=3)
    assert said == "more-answers-than-asked"
    assigned().does("inquiry-step", OFFICER, **STEP, people_asked=2, people_answered=2)


def test_a_step_is_recorded_when_it_is_done_and_not_before() -> None:
    ahead = {**STEP, "on": "2026-05-13"}
    assert assigned().refuses("inquiry-step", OFFICER, **ahead) == "day-not-yet"


def test_a_step_names_exhibits_that_are_there() -> None:
    assert assigned().refuses("inquiry-step", OFFICER, **STEP, acts=[40]) == "no-such-act"
    assert assigned().does("inquiry-step", OFFICER, **STEP, acts=[1]).last.facts["acts"] == [1]


def test_who_does_not_handle_it_records_no_step() -> None:
    assert assigned().refuses("inquiry-step", OFFICE, **STEP) == "not-handler"


@pytest.mark.parametrize("act", ["inquiry-step", "records-search"])
def test_the_accused_does_not_inquire_into_itself(act: str) -> None:
    own = accepted(accused="p11").did("assigned", OFFICE, (1,), {"party": "p11"})
    said = STEP if act == "inquiry-step" else SEARCH
    assert own.refuses(act, OFFICER, **said) == "accused-decides"


@pytest.mark.parametrize("result", RESULTS)
def test_a_search_names_period_and_result(result: str) -> None:
    told = assigned().does("records-search", OFFICER, **{**SEARCH, "search_result": result})
    assert told.last.facts == {"from": "2019-01-01", "to": "2019-06-30", "result": result}


@pytest.mark.parametrize("part", ["offices_asked", "search_terms", "signed_by", "from_day"])
def test_a_search_without_offices_terms_period_or_signature_is_none(part: str) -> None:
    said = assigned().refuses("records-search", OFFICER, **{**SEARCH, part: None})
    assert said == "act-incomplete"


def test_an_office_that_was_not_asked_did_not_answer() -> None:
    other = {**SEARCH, "offices_answered": ["Archive"]}
    assert assigned().refuses("records-search", OFFICER, **other) == "office-not-asked"
    assigned().does("records-search", OFFICER, **{**SEARCH, "offices_answered": None})


def test_a_period_ends_after_it_begins() -> None:
    back = {**SEARCH, "from_day": "2019-07-01"}
    assert assigned().refuses("records-search", OFFICER, **back) == "period-reversed"
    assigned().does("records-search", OFFICER, **{**SEARCH, "from_day": "2019-06-30"})


def test_a_legal_expert_gives_an_opinion_and_never_in_its_own_matter() -> None:
    assert assigned().does("legal-opinion", LAWYER).last.facts == {}
    own = accepted(accused="p7")
    assert own.refuses("legal-opinion", LAWYER) == "accused-decides"
