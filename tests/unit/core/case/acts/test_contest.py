"""A contest is delivered and answered, ground by ground, by someone new to it."""

from typing import Any

import pytest

from answerable.core.case.acts.contest import RESULTS
from answerable.core.case.now import Phase
from tests.support.cases import (
    BODY,
    CHAIR,
    FINDING,
    NGO,
    OFFICE,
    OTHER_BODY,
    OTHER_REVIEWER,
    REVIEWER,
    Told,
    assigned,
    found,
    starting,
    with_clock,
)

TWO: dict[str, Any] = {"grounds": ["the guard was not asked", "wrong day"]}
DECISION: dict[str, Any] = {"acts": [7], "answers": ["he was", "mended"]}


def contested() -> Told:
    return found().does("contested", NGO, **TWO)


def decided(result: str = "upheld") -> Told:
    return contested().does("contest-decided", REVIEWER, **DECISION, contest_result=result)


def test_either_side_contests_and_the_grounds_are_counted() -> None:
    assert contested().last.facts == {"grounds": 2}
    assert (contested().allegation().contest, contested().allegation().phase) == (
        *(7, Phase.ANSWERED),
    )
    assert found().does("contested", OTHER_BODY, **TWO).allegation().contest == 7


def test_a_body_that_has_no_part_in_it_does_not_contest() -> None:
    assert found().refuses("contested", BODY, **TWO) == "not-your-allegation"
    asked = found().did("account-asked", OFFICE, (1,), {"party": "p5"})
    asked.does("contested", BODY, **TWO)


def test_what_has_no_answer_is_not_contested() -> None:
    assert assigned().refuses("contested", NGO, **TWO) == "nothing-to-contest"
    assert decided().refuses("contested", NGO, **TWO) == "nothing-to-contest"


def test_outcomes_that_are_no_findings_are_contested_too() -> None:
    answers: list[dict[str, Any]] = [{"door": "A court"}, {"by_day": "2026-08-01"}]
    for said in answers:
        told = assigned().does("outcome-given", CHAIR, outcome="not-examined", **said)
        assert told.does("contested", NGO, **TWO).allegation().contest == 6


def test_a_contest_comes_within_its_window_where_that_has_begun() -> None:
    def until(due: str) -> Told:
        told = with_clock(found(), "contest-window", starts="delivered", meets="contested")
        return told.did("delivered", OFFICE, (1,), starting("contest-window", due))

    assert until("2026-05-11").refuses("contested", NGO, **TWO) == "contest-too-late"
    assert until("2026-05-11").refuses("contested", OTHER_BODY, **TWO) == "contest-too-late"
    until("2026-05-12").does("contested", NGO, **TWO)
    never = with_clock(found(), "contest-window", starts="delivered", meets="contested")
    never.does("contested", NGO, **TWO)


def test_a_contest_is_possible_after_conclusion() -> None:
    over = found().did("outcome-given", CHAIR, (2,), {"outcome": "outside"})
    told = over.does("concluded", CHAIR).does("contested", NGO, **TWO)
    assert told.allegation().contest == 9
    said: dict[str, Any] = {**DECISION, "acts": [9], "contest_result": "upheld"}
    after = told.does("contest-decided", REVIEWER, **said)
    assert (after.now.concluded, after.allegation().phase) == (0, Phase.ACCEPTED)


@pytest.mark.parametrize("result", RESULTS)
def test_every_ground_has_its_answer(result: str) -> None:
    for answers in (["one for all"], ["a", "b", "c"]):
        said = {**DECISION, "answers": answers, "contest_result": result}
        assert contested().refuses("contest-decided", REVIEWER, **said) == "ground-unanswered"
    assert decided(result).last.facts == {"acts": [7], "result": result}


def test_who_is_right_even_in_part_is_not_left_with_the_answer() -> None:
    for result in ("upheld", "upheld-in-part"):
        after = decided(result).allegation()
        assert (after.phase, after.contest, after.reopened) == (Phase.ACCEPTED, 0, 8)
        assert (after.finding, after.outcome) == (6, "happened")
    after = decided("not-upheld").allegation()
    assert (after.phase, after.contest, after.reopened) == (Phase.ANSWERED, 0, 0)


def test_only_a_contest_that_waits_is_decided() -> None:
    for acts in ([6], [40]):
        said = {**DECISION, "acts": acts, "contest_result": "upheld"}
        assert contested().refuses("contest-decided", REVIEWER, **said) == "nothing-contested"
    again = decided("not-upheld").refuses(
        "contest-decided", OTHER_REVIEWER, **DECISION, contest_result="upheld"
    )
    assert again == "nothing-contested"


def test_a_second_contest_stays_open_while_the_first_is_decided() -> None:
    told = contested().does("contested", OTHER_BODY, **TWO)
    first = told.does("contest-decided", REVIEWER, **DECISION, contest_result="not-upheld")
    assert first.allegation().contest == 8
    both = {**DECISION, "acts": [7, 8], "answers": list("abcd")}
    after = told.does("contest-decided", REVIEWER, **both, contest_result="not-upheld")
    assert after.allegation().contest == 0


@pytest.mark.parametrize("act", ["inquiry-step", "draft-shared", "account-asked", "referred"])
def test_who_had_a_hand_in_it_does_not_review_it(act: str) -> None:
    told = contested().did(act, REVIEWER)
    said = {**DECISION, "contest_result": "upheld"}
    assert told.refuses("contest-decided", REVIEWER, **said) == "signed-before"
    told.does("contest-decided", OTHER_REVIEWER, **said)
    assert told.refuses("reopened", REVIEWER, cause="error") == "signed-before"
    assert told.refuses("finding-superseded", REVIEWER, acts=[6], cause="error") == "signed-before"


def test_neither_does_its_second_signature() -> None:
    told = contested().did("draft-shared", OTHER_REVIEWER)
    said = {**DECISION, "contest_result": "upheld"}
    assert (
        told.refuses("contest-decided", REVIEWER, **said, second=OTHER_REVIEWER) == "signed-before"
    )


def test_the_accused_does_not_review_it() -> None:
    told = contested().did("accepted", OFFICE, (1,), {"party": "p9"})
    told = told.did("finding-issued", CHAIR, (1,), {"fact": "happened"})
    said = {**DECISION, "contest_result": "upheld"}
    assert told.refuses("contest-decided", REVIEWER, **said) == "accused-decides"
    assert told.refuses("reopened", REVIEWER, cause="error") == "accused-decides"
    said = {"acts": [9], "cause": "error"}
    assert told.refuses("finding-superseded", REVIEWER, **said) == "accused-decides"


def test_nobody_reviews_the_same_allegation_twice() -> None:
    told = decided().did("finding-issued", CHAIR, (1,), {"fact": "happened"})
    told = told.does("contested", NGO, **TWO)
    said = {**DECISION, "acts": [10], "contest_result": "upheld"}
    assert told.refuses("contest-decided", REVIEWER, **said) == "signed-before"
    told.does("contest-decided", OTHER_REVIEWER, **said)


# --- Reopened, superseded: the old act stays. ---


def test_a_new_fact_opens_an_answer_again_and_the_finding_stays() -> None:
    told = found().does("reopened", REVIEWER, cause="new-fact")
    after = told.allegation()
    assert told.last.facts == {"cause": "new-fact"}
    assert (after.phase, after.reopened, after.finding) == (Phase.ACCEPTED, 7, 6)
    assert assigned().refuses("reopened", REVIEWER, cause="error") == "nothing-to-reopen"
    assert told.refuses("reopened", OTHER_REVIEWER, cause="error") == "nothing-to-reopen"


def test_who_decided_a_contest_may_reopen_by_that_decision() -> None:
    decided("not-upheld").does("reopened", REVIEWER, cause="new-fact")


def test_a_superseded_finding_is_on_the_record_and_no_answer() -> None:
    told = found().does("finding-superseded", REVIEWER, acts=[6], cause="error")
    after = told.allegation()
    assert (after.phase, after.finding, after.outcome) == (Phase.ACCEPTED, 0, "")
    assert told.acts[5].facts["fact"] == FINDING["fact"]


def test_only_the_finding_that_stands_is_superseded() -> None:
    for acts in ([5], [5, 6]):
        said = found().refuses("finding-superseded", REVIEWER, acts=acts, cause="error")
        assert said == "not-the-finding"
    again = found().does("finding-superseded", REVIEWER, acts=[6], cause="error")
    said = again.refuses("finding-superseded", REVIEWER, acts=[6], cause="error")
    assert said == "not-the-finding"
