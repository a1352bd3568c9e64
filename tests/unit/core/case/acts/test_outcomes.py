"""Outcomes that are no findings, and the answer to a concern or a request."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from answerable.core.case.acts.outcomes import DISPOSITIONS, undisposed
from answerable.core.case.now import Phase
from tests.support.cases import (
    BODY,
    CHAIR,
    MONITOR,
    NGO,
    OFFICER,
    Told,
    accepted,
    assigned,
    found,
    lodged,
)

DOOR: dict[str, Any] = {"door": "A court", "door_how": "in writing", "by_day": "2026-08-01"}


def gives(told: Told, outcome: str, **said: Any) -> Told:
    return told.does("outcome-given", CHAIR, outcome=outcome, **said)


def refuses(told: Told, outcome: str, **said: Any) -> str:
    return told.refuses("outcome-given", CHAIR, outcome=outcome, **said)


def test_not_examined_names_a_reason_and_a_day_or_another_door() -> None:
    assert refuses(assigned(), "not-examined") == "examination-missing"
    assert refuses(assigned(), "not-examined", door="A court", reason=None) == "act-incomplete"
    after = gives(assigned(), "not-examined", door="A court").allegation()
    assert (after.phase, after.outcome, after.finding) == (Phase.ANSWERED, "not-examined", 0)


def test_an_examination_that_is_promised_can_still_be_made() -> None:
    promised = gives(assigned(), "not-examined", by_day="2026-08-01")
    assert promised.last.facts == {"outcome": "not-examined", "until": "2026-08-01"}
    assert (promised.allegation().phase, promised.allegation().outcome) == (
        *(Phase.ACCEPTED, "not-examined"),
    )
    assert refuses(assigned(), "not-examined", by_day="2026-05-11") == "day-passed"


@pytest.mark.parametrize("part", DOOR)
def test_outside_names_the_other_door_how_and_by_when(part: str) -> None:
    assert gives(assigned(), "outside", **DOOR).allegation().outcome == "outside"
    assert refuses(assigned(), "outside", **{**DOOR, part: None}) == "door-missing"


def test_agreed_is_an_outcome_only_where_something_is_agreed() -> None:
    assert refuses(assigned(), "agreed") == "not-agreed"
    proposed = assigned().does("agreement-proposed", BODY, party="p5", action_by="2026-06-01")
    assert refuses(proposed, "agreed") == "not-agreed"
    after = gives(proposed.does("agreement-accepted", NGO), "agreed").allegation()
    assert (after.outcome, after.finding, after.actions) == ("agreed", 0, (6,))


def test_an_outcome_is_no_second_answer_after_a_finding() -> None:
    assert refuses(found(), "not-examined", door="A court") == "not-now"


def test_no_evidence_found_is_no_reason_either() -> None:
    said = refuses(assigned(), "not-examined", door="A court", reason="No evidence found.")
    assert said == "no-evidence-found"


def test_the_accused_gives_no_outcome() -> None:
    own = accepted(accused="p4")
    assert refuses(own, "not-examined", door="A court") == "accused-decides"


# --- Withdrawn, once the days are over. ---


def withdrawn(on: date, *allegations: int) -> Told:
    told = assigned().does("withdrawal-asked", NGO, allegations, did_anyone_ask="not-said")
    return replace(told, today=on)


def test_a_withdrawal_is_an_outcome_after_seven_whole_days_and_not_before() -> None:
    assert refuses(withdrawn(date(2026, 5, 19)), "withdrawn") == "not-withdrawn"
    after = gives(withdrawn(date(2026, 5, 20)), "withdrawn")
    assert (after.allegation().outcome, after.now.withdrawal) == ("withdrawn", 0)
    after.does("outcome-given", CHAIR, (2,), outcome="withdrawn")


def test_a_withdrawal_that_names_a_later_day_waits_for_it() -> None:
    said: dict[str, Any] = {"did_anyone_ask": "nobody-asked", "takes_effect": "2026-06-30"}
    told = assigned().does("withdrawal-asked", NGO, **said)
    assert refuses(replace(told, today=date(2026, 6, 29)), "withdrawn") == "not-withdrawn"
    gives(replace(told, today=date(2026, 6, 30)), "withdrawn")


def test_what_nobody_withdrew_or_was_taken_back_is_not_withdrawn() -> None:
    assert refuses(assigned(), "withdrawn") == "not-withdrawn"
    assert refuses(withdrawn(date(2026, 6, 1), 2), "withdrawn") == "not-withdrawn"
    back = withdrawn(date(2026, 6, 1)).does("withdrawal-revoked", NGO)
    assert refuses(back, "withdrawn") == "not-withdrawn"
    on = withdrawn(date(2026, 6, 1)).does("continued-without-person", CHAIR)
    assert refuses(on, "withdrawn") == "not-withdrawn"


# --- Concerns and requests. ---


def asking() -> Told:
    told = assigned()
    first = replace(told.acts[0], facts={**told.acts[0].facts, "concerns": 1, "requests": 2})
    return replace(told, acts=(first, *told.acts[1:]))


def disposes(matter: str = "request", number: int = 2, **said: Any) -> dict[str, Any]:
    return {"matter": matter, "number": number, "disposition": "accepted", **said}


@pytest.mark.parametrize("disposition", DISPOSITIONS)
def test_a_request_is_answered_by_a_disposition_with_reasons(disposition: str) -> None:
    told = asking().does("disposition-given", CHAIR, **disposes(disposition=disposition), **DOOR)
    assert told.last.facts["disposition"] == disposition
    assert (told.now, told.last.allegations) == (asking().now, ())
    assert undisposed(told.acts) == [("concern", 1), ("request", 1)]


def test_the_handler_may_give_it_too() -> None:
    asking().does("disposition-given", OFFICER, **disposes())


def test_where_there_is_no_allegation_only_the_chair_answers() -> None:
    told = lodged(0)
    first = replace(told.acts[0], facts={**told.acts[0].facts, "requests": 2})
    told = replace(told, acts=(first,))
    assert told.refuses("disposition-given", MONITOR, **disposes()) == "not-this-seat"
    assert told.refuses("disposition-given", OFFICER, **disposes()) == "not-handler"
    told.does("disposition-given", CHAIR, **disposes())


def test_only_what_was_asked_is_answered() -> None:
    for said in (disposes("concern", 2), disposes("request", 3), disposes("request", 0)):
        assert asking().refuses("disposition-given", CHAIR, **said) == "no-such-matter"
    assert lodged().refuses("disposition-given", CHAIR, **disposes()) == "no-such-matter"


def test_a_disposition_says_why_and_where_else() -> None:
    outside = disposes(disposition="outside")
    assert asking().refuses("disposition-given", CHAIR, **outside) == "door-missing"
    empty = disposes(reason="រកមិនឃើញភស្តុតាង")
    assert asking().refuses("disposition-given", CHAIR, **empty) == "no-evidence-found"
