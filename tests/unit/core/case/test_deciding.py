"""What is asked of every act: its allegations, its seat, its entry, how often, and by how many."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.core.act_form import Asked
from answerable.core.acts import ActCode, By, Json
from answerable.core.case.acts.table import ACTS
from answerable.core.case.deciding import require
from answerable.core.procedure import ActRule
from answerable.core.signed_act import PartyKey
from tests.support.cases import (
    BODY,
    CHAIR,
    MONITOR,
    NGO,
    OFFICE,
    OFFICER,
    OTHER_CHAIR,
    REVIEWER,
    UNION,
    Told,
    accepted,
    assigned,
    lodged,
    with_rule,
)

ASK: dict[str, Any] = {"answer_by": "2026-06-01"}


def ruled(told: Told, rule: ActRule) -> Told:
    return replace(told, procedure=with_rule(rule))


def test_an_act_concerns_allegations_that_there_are() -> None:
    assert accepted().refuses("referred", OFFICE, (3,), party="p5") == "no-such-allegation"


def test_an_act_is_done_in_a_seat_that_is_held_and_that_may_do_it() -> None:
    assert lodged().refuses("opened", NGO) == "not-this-seat"
    assert lodged().refuses("opened", replace(BODY, seat=CHAIR.seat)) == "seat-not-held"
    assert lodged().refuses("danger-claimed", UNION) == "not-your-case"
    assert assigned().refuses("clarification-asked", OFFICE, **ASK) == "not-handler"


def test_an_act_entered_for_another_names_its_evidence() -> None:
    by_letter: dict[str, Any] = {"entered_by": OFFICE, "position": "denies", "acts": [1]}
    asked = assigned().did("account-asked", OFFICER, (1,), {"party": "p5"})
    assert asked.refuses("account-given", BODY, **by_letter) == "evidence-missing"
    assert asked.refuses("account-given", BODY, evidence=" ", **by_letter) == "evidence-missing"


def test_nobody_enters_an_act_for_itself_nor_evidence_of_its_own_act() -> None:
    own: dict[str, Any] = {"entered_by": OFFICE, "evidence": "a letter"}
    assert lodged().refuses("opened", OFFICE, **own) == "entered-for-itself"
    assert lodged().refuses("opened", OFFICE, evidence="a letter") == "evidence-alone"


def test_what_only_the_one_concerned_can_do_is_entered_for_nobody() -> None:
    entered: dict[str, Any] = {
        "entered_by": OFFICE,
        "evidence": "a letter",
        "did_anyone_ask": "not-said",
    }
    assert lodged().refuses("withdrawal-asked", NGO, **entered) == "never-for-another"


def test_an_act_is_done_on_an_allegation_as_often_as_the_procedure_allows() -> None:
    once = ActRule(ActCode("referral-recalled"), at_most=1)
    told = ruled(accepted(), once).did("referral-recalled", OFFICE, (1,))
    told = told.did("referred", OFFICE, (1, 2), {"party": "p5"})
    assert told.refuses("referral-recalled", OFFICE, (1,)) == "done-too-often"
    assert told.does("referral-recalled", OFFICE, (2,)).last.allegations == (2,)


def test_an_act_of_two_persons_is_done_by_two_parties_in_that_seat() -> None:
    told = ruled(accepted(), ActRule(ActCode("recused"), two_persons=True))
    said: dict[str, Any] = {"party": "p3"}
    assigned_one = told.did("assigned", CHAIR, (1,), {"party": "p3"})
    assert assigned_one.refuses("recused", CHAIR, **said) == "second-person-missing"
    assert assigned_one.refuses("recused", CHAIR, second=CHAIR, **said) == "second-person-missing"
    assert assigned_one.refuses("recused", CHAIR, second=OFFICE, **said) == "seat-not-held"
    done = assigned_one.does("recused", CHAIR, second=OTHER_CHAIR, party="p3")
    assert done.last.facts["second"] == "p13"


def test_an_act_that_the_procedure_wants_signed_is_refused_without_and_done_with_it() -> None:
    told = ruled(accepted(), ActRule(ActCode("assigned"), signed=True))
    assert told.refuses("assigned", CHAIR, party="p11", reason="free") == "signature-wanted"
    kind, key = ACTS[ActCode("assigned")], PartyKey(b"k" * 32, lambda _: b"")
    said: dict[str, Json] = {"party": "p11", "reason": "free"}
    require(kind, told.deciding(Asked(by=CHAIR, allegations=(1,), values=said, key=key)))


def test_an_act_belongs_to_a_time_and_says_what_it_must() -> None:
    assert lodged().refuses("referred", OFFICE, party="p5") == "not-now"
    assert accepted().did("concluded", CHAIR, ()).refuses("referred", OFFICE) == "case-concluded"
    assert accepted().refuses("referred", OFFICE, party="p5", shown=None) == "act-incomplete"


@pytest.mark.parametrize("seat", [OFFICE, BODY])
def test_who_handles_no_allegation_asks_nothing(seat: By) -> None:
    assert accepted().refuses("clarification-asked", seat, **ASK) == "not-handler"


def test_where_there_is_no_allegation_the_secretariat_asks() -> None:
    lodged(0).does("clarification-asked", OFFICE, (), **ASK)


@pytest.mark.parametrize("seat", [BODY, MONITOR, REVIEWER])
@pytest.mark.parametrize("act", ["clarification-asked", "inquiry-step"])
def test_where_there_is_no_allegation_nobody_else_handles_it(seat: By, act: str) -> None:
    # Of none everybody is the handler: a monitor could inquire into a request for a meeting.
    told = lodged(0)
    assert told.now.allegations == {}
    said = ASK if act == "clarification-asked" else {}
    assert told.refuses(act, seat, (), **said) in {"not-handler", "not-this-seat"}
