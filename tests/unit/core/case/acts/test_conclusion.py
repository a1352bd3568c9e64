"""A case ends once everything in it is answered; an end is nothing that hides what is open."""

from dataclasses import replace
from datetime import date
from typing import Any

from answerable.core.case.now import Phase
from tests.support.cases import (
    BODY,
    CHAIR,
    NGO,
    OFFICE,
    REVIEWER,
    Told,
    found,
    inquired,
    starting,
    with_clock,
)


def answered(told: Told | None = None) -> Told:
    """Return a case whose allegations both have an outcome."""
    begun = found() if told is None else told
    return begun.does("outcome-given", CHAIR, (2,), outcome="not-examined", door="A court")


def test_a_case_is_concluded_once_every_allegation_has_an_outcome() -> None:
    told = answered().does("concluded", CHAIR)
    assert told.now.concluded == 8
    assert {one.phase for one in told.now.allegations.values()} == {Phase.OVER}
    assert told.refuses("concluded", CHAIR) == "case-concluded"


def test_an_allegation_without_outcome_keeps_it_open() -> None:
    assert found().refuses("concluded", CHAIR) == "outcome-missing"
    assert answered(inquired()).refuses("concluded", CHAIR) == "outcome-missing"


def test_an_examination_that_is_only_promised_keeps_it_open() -> None:
    told = found().does("outcome-given", CHAIR, (2,), outcome="not-examined", by_day="2026-08-01")
    assert told.refuses("concluded", CHAIR) == "outcome-missing"


def test_an_answer_that_was_reopened_keeps_it_open() -> None:
    told = answered().does("reopened", REVIEWER, cause="error")
    assert told.refuses("concluded", CHAIR) == "outcome-missing"


def test_a_concluded_case_that_is_reopened_is_concluded_no_more() -> None:
    told = answered().does("concluded", CHAIR).does("reopened", REVIEWER, cause="new-fact")
    assert (told.now.concluded, told.allegation().phase) == (0, Phase.ACCEPTED)
    assert told.allegation(2).phase is Phase.OVER


def test_a_contest_or_time_for_one_keeps_it_open() -> None:
    told = answered().does("contested", NGO, grounds=["wrong day"])
    assert told.refuses("concluded", CHAIR) == "contest-open"

    def until(due: str) -> Told:
        window = with_clock(answered(), "contest-window", starts="delivered", meets="contested")
        return window.did("delivered", OFFICE, (1,), starting("contest-window", due))

    assert until("2026-05-12").refuses("concluded", CHAIR) == "contest-window-open"
    until("2026-05-11").does("concluded", CHAIR)


def test_a_withdrawal_that_waits_keeps_it_open_until_its_day() -> None:
    told = answered().does("withdrawal-asked", NGO, (), did_anyone_ask="not-said")
    assert told.refuses("concluded", CHAIR) == "withdrawal-open"
    replace(told, today=date(2026, 5, 20)).does("concluded", CHAIR)


def test_a_concern_or_request_without_disposition_keeps_it_open() -> None:
    told = answered()
    first = replace(told.acts[0], facts={**told.acts[0].facts, "requests": 1})
    asking = replace(told, acts=(first, *told.acts[1:]))
    assert asking.refuses("concluded", CHAIR) == "disposition-missing"
    said: dict[str, Any] = {"matter": "request", "number": 1, "disposition": "not-accepted"}
    asking.does("disposition-given", CHAIR, **said).does("concluded", CHAIR)


def test_an_action_is_done_or_given_up_with_a_reason() -> None:
    told = answered().does("action-promised", BODY, party="p5", action_by="2026-06-01")
    assert told.refuses("concluded", CHAIR) == "action-open"
    assert told.refuses("concluded", CHAIR, given_up=[8]) == "given-up-without-reason"
    up = told.does("concluded", CHAIR, given_up=[8], given_up_because="no money")
    assert (up.last.facts, up.allegation().actions) == ({"given-up": [8]}, ())
    told.does("action-done", BODY, acts=[8]).does("concluded", CHAIR)


def test_a_doubted_action_is_open_again() -> None:
    told = answered().does("action-promised", BODY, party="p5", action_by="2026-06-01")
    told = told.does("action-done", BODY, acts=[8]).does("action-doubted", NGO, acts=[8])
    assert told.refuses("concluded", CHAIR) == "action-open"
