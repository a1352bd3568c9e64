"""Whether each allegation is taken up."""

import pytest

from answerable.core.case.now import Phase
from answerable.core.case.rules import ActIncomplete
from tests.support.cases import NGO, OFFICE, OFFICER, lodged, read


def test_an_allegation_is_accepted_by_itself_and_says_whom_it_accuses() -> None:
    told = read().does("accepted", OFFICE, (1,), accused="p6")
    assert (told.allegation(1).phase, told.allegation(1).accused) == (Phase.ACCEPTED, "p6")
    assert told.allegation(2).phase is Phase.INTAKE
    assert told.refuses("accepted", OFFICE, (1,)) == "not-now"
    assert told.refuses("accepted", NGO, (2,)) == "not-this-seat"


def test_an_accused_who_is_no_party_is_not_named_as_one() -> None:
    assert read().does("accepted", OFFICE, (1,)).allegation(1).accused == ""


def test_nobody_accepts_what_accuses_itself() -> None:
    assert read().refuses("accepted", OFFICE, (1,), accused="p3") == "accused-decides"
    assert read().does("accepted", OFFICER, (1,), accused="p3").allegation(1).accused == "p3"


def test_what_is_not_accepted_is_answered_with_reason_door_and_how_to_contest() -> None:
    told = read().does("not-accepted", OFFICE, (2,), outcome="outside")
    assert (told.allegation(2).phase, told.allegation(2).outcome) == (Phase.ANSWERED, "outside")
    assert told.allegation(1).phase is Phase.INTAKE
    for part in ("reason", "door", "door_how", "contest_how"):
        assert (
            read().refuses("not-accepted", OFFICE, (2,), outcome="outside", **{part: None})
            == "act-incomplete"
        )
    with pytest.raises(ActIncomplete) as refused:
        read().does("not-accepted", OFFICE, (2,))
    assert refused.value.facts["choices"] == "outside, not-examined"
    with pytest.raises(ActIncomplete) as refused:
        read().does("not-accepted", OFFICE, (2,), outcome="outside", reason=None)
    assert refused.value.facts["choices"] is None


def test_nobody_is_turned_away_because_there_is_no_evidence_yet() -> None:
    said = {"outcome": "not-examined", "reason": "No evidence found."}
    assert read().refuses("not-accepted", OFFICE, (1,), **said) == "no-evidence-found"


def test_the_other_door_is_named_before_its_day_is_over() -> None:
    told = read().does("not-accepted", OFFICE, (1,), outcome="outside", by_day="2026-06-01")
    assert told.last.facts == {"outcome": "outside", "until": "2026-06-01"}
    late = {"outcome": "outside", "by_day": "2026-05-01"}
    assert read().refuses("not-accepted", OFFICE, (1,), **late) == "day-passed"


def test_a_decision_not_to_accept_leaves_no_question_open() -> None:
    asked = read().did("clarification-asked", OFFICE, (1, 2))
    told = asked.does("not-accepted", OFFICE, (1,), outcome="not-examined")
    assert (told.allegation(1).question, told.allegation(2).question) == (0, 3)
    assert told.allegation(1).outcome == "not-examined"


def test_what_is_accepted_is_not_turned_away_later_nor_what_is_not_there() -> None:
    told = read().did("accepted", OFFICER, (1,))
    assert told.refuses("not-accepted", OFFICE, (1,), outcome="outside") == "not-now"
    assert lodged().refuses("not-accepted", OFFICE, (7,), outcome="outside") == "no-such-allegation"
