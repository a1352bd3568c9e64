"""An agreement is made by two sides, neither alone, and takes nothing else away."""

from typing import Any

import pytest

from answerable.core.acts import ActCode
from answerable.core.case.acts.agreement import SIDES
from answerable.core.case.acts.table import ACTS
from answerable.core.case.now import Phase
from tests.support.cases import BODY, CHAIR, NGO, OFFICE, OTHER_BODY, Told, assigned, found

TERMS: dict[str, Any] = {"party": "p5", "action_by": "2026-06-01"}


def proposed() -> Told:
    return assigned().does("agreement-proposed", BODY, **TERMS)


def agreed() -> Told:
    return proposed().does("agreement-accepted", NGO)


def test_an_agreement_is_proposed_with_owner_and_day_and_accepted_by_the_other_side() -> None:
    assert proposed().last.facts == {"party": "p5", "until": "2026-06-01"}
    assert proposed().allegation().agreement == 5
    after = agreed().allegation()
    assert (after.agreement, after.actions, after.outcome) == (6, (6,), "")


def test_nothing_is_proposed_while_a_proposal_or_an_agreement_is_there() -> None:
    assert proposed().refuses("agreement-proposed", NGO, **TERMS) == "agreement-open"
    assert agreed().refuses("agreement-proposed", NGO, **TERMS) == "agreement-open"
    refused = proposed().does("agreement-refused", NGO)
    assert refused.allegation().agreement == 0
    refused.does("agreement-proposed", NGO, **TERMS)


def test_a_day_that_is_over_is_not_promised() -> None:
    said = assigned().refuses("agreement-proposed", NGO, party="p5", action_by="2026-05-11")
    assert said == "day-passed"


@pytest.mark.parametrize("answer", ["agreement-accepted", "agreement-refused"])
def test_who_proposed_does_not_answer_and_neither_does_another_body(answer: str) -> None:
    assert proposed().refuses(answer, BODY) == "same-side-answers"
    assert proposed().refuses(answer, OTHER_BODY) == "same-side-answers"
    assert assigned().refuses(answer, NGO) == "nothing-proposed"
    assert agreed().refuses(answer, NGO) == "nothing-proposed"


@pytest.mark.parametrize("act", [code for code in ACTS if code.startswith("agreement-")])
def test_nothing_of_an_agreement_is_entered_for_another(act: ActCode) -> None:
    assert ACTS[act].by == SIDES
    said = agreed().refuses(act, NGO, **_said(act), entered_by=OFFICE, evidence="a letter")
    assert said == "never-for-another"


def _said(act: str) -> dict[str, Any]:
    return TERMS if act == "agreement-proposed" else {}


@pytest.mark.parametrize("act", ["agreement-kept", "agreement-broken"])
def test_what_was_not_agreed_is_neither_kept_nor_broken(act: str) -> None:
    assert assigned().refuses(act, NGO) == "nothing-agreed"
    assert proposed().refuses(act, NGO) == "nothing-agreed"


def test_who_owes_it_does_not_say_alone_that_it_was_kept() -> None:
    assert agreed().refuses("agreement-kept", BODY) == "owner-says-kept"
    kept = agreed().does("agreement-kept", NGO).allegation()
    assert (kept.agreement, kept.actions) == (6, ())


def test_what_was_settled_by_an_agreement_alone_is_open_again_once_it_is_broken() -> None:
    settled = agreed().does("outcome-given", CHAIR, outcome="agreed")
    assert settled.allegation().phase is Phase.ANSWERED
    after = settled.does("agreement-broken", NGO).allegation()
    assert (after.phase, after.outcome, after.agreement, after.actions) == (
        *(Phase.ACCEPTED, "", 0, ()),
    )


def test_a_broken_agreement_opens_a_concluded_case_again() -> None:
    settled = agreed().does("outcome-given", CHAIR, outcome="agreed")
    over = settled.does("outcome-given", CHAIR, (2,), outcome="not-examined", door="A court")
    over = over.does("concluded", CHAIR, given_up=[6], given_up_because="the office is gone")
    after = over.does("agreement-broken", NGO)
    assert (after.now.concluded, after.allegation(2).phase) == (0, Phase.OVER)


def test_a_finding_stays_what_it_is_beside_an_agreement() -> None:
    told = found().does("agreement-proposed", BODY, **TERMS).does("agreement-accepted", NGO)
    after = told.does("agreement-broken", NGO).allegation()
    assert (after.phase, after.outcome) == (Phase.ANSWERED, "happened")
