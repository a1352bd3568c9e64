"""What was promised, whether it was done, and the doubt of it."""

from typing import Any

from tests.support.cases import (
    BODY,
    CHAIR,
    NGO,
    OFFICE,
    OTHER_BODY,
    WORDS,
    Told,
    assigned,
    found,
)

PROMISE: dict[str, Any] = {"party": "p5", "action_by": "2026-06-01"}


def promised() -> Told:
    return found().does("action-promised", BODY, **PROMISE)


def done() -> Told:
    return promised().does("action-done", BODY, acts=[7])


def test_an_action_is_promised_with_owner_and_day_after_a_finding() -> None:
    assert promised().last.facts == {"party": "p5", "until": "2026-06-01"}
    assert promised().allegation().actions == (7,)
    assert assigned().refuses("action-promised", BODY, **PROMISE) == "nothing-to-act-on"
    late = {**PROMISE, "action_by": "2026-05-11"}
    assert found().refuses("action-promised", BODY, **late) == "day-passed"


def test_an_action_is_promised_after_an_agreement_too() -> None:
    told = assigned().does("agreement-proposed", BODY, **PROMISE)
    assert told.refuses("action-promised", BODY, **PROMISE) == "nothing-to-act-on"
    told.does("agreement-accepted", NGO).does("action-promised", BODY, **PROMISE)


def test_an_action_that_is_done_names_the_promise_and_the_proof() -> None:
    assert done().last.facts == {"acts": [7]}
    assert done().allegation().actions == ()
    said = promised().refuses("action-done", BODY, acts=[7], proof=None)
    assert said == "act-incomplete"


def test_an_action_of_a_finding_or_an_agreement_is_done_by_who_owes_it() -> None:
    action: dict[str, Any] = {**PROMISE, "action": WORDS, "nothing_because": None}
    told = found(**action)
    assert told.does("action-done", BODY, acts=[6]).allegation().actions == ()
    agreed = assigned().does("agreement-proposed", NGO, **PROMISE).does("agreement-accepted", BODY)
    assert agreed.does("action-done", BODY, acts=[6]).allegation().actions == ()
    assert agreed.refuses("action-done", OTHER_BODY, acts=[6]) == "not-your-promise"


def test_nobody_says_that_another_did_what_it_owes() -> None:
    assert promised().refuses("action-done", OFFICE, acts=[7]) == "not-your-promise"


def test_who_promised_for_another_may_say_that_it_is_done() -> None:
    told = found().does("action-promised", OFFICE, **PROMISE)
    told.does("action-done", OFFICE, acts=[7])


def test_only_a_promise_is_done_and_only_once() -> None:
    assert promised().refuses("action-done", BODY, acts=[6]) == "not-a-promise"
    assert promised().refuses("action-done", BODY, acts=[40]) == "no-such-act"
    assert promised().refuses("action-done", BODY, (2,), acts=[7]) == "not-a-promise"
    assert done().refuses("action-done", BODY, acts=[7]) == "action-done-before"


def test_what_is_doubted_is_owed_again_and_can_be_proved_again() -> None:
    told = done().does("action-doubted", NGO, acts=[7])
    assert told.allegation().actions == (7,)
    assert told.does("action-done", BODY, acts=[7]).allegation().actions == ()


def test_what_nobody_calls_done_is_not_doubted() -> None:
    assert promised().refuses("action-doubted", NGO, acts=[7]) == "action-not-done"
    assert done().refuses("action-doubted", NGO, acts=[6]) == "not-a-promise"
    told = done().does("action-doubted", NGO, acts=[7])
    assert told.refuses("action-doubted", NGO, acts=[7]) == "action-not-done"


def test_what_was_given_up_can_still_be_done() -> None:
    told = promised().did("outcome-given", CHAIR, (2,), {"outcome": "outside"})
    over = told.does("concluded", CHAIR, given_up=[7], given_up_because="no money")
    over.does("action-done", BODY, acts=[7])
