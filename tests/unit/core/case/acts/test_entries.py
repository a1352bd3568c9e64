"""What was entered for another, and the principal's word on it."""

import pytest

from tests.support.cases import NGO, OFFICE, UNION, Told, lodged


def entered() -> Told:
    return lodged().does("fact-added", NGO, origin="saw", entered_by=OFFICE, evidence="a letter")


@pytest.mark.parametrize("answer", ["entry-confirmed", "entry-disputed"])
def test_the_principal_answers_an_entry_once(answer: str) -> None:
    told = entered().does(answer, NGO, acts=[2])
    assert told.last.facts == {"acts": [2]}
    assert told.refuses("entry-confirmed", NGO, acts=[2]) == "entry-answered"
    assert told.refuses("entry-disputed", NGO, acts=[2]) == "entry-answered"


@pytest.mark.parametrize("answer", ["entry-confirmed", "entry-disputed"])
def test_nobody_else_answers_an_entry(answer: str) -> None:
    assert entered().refuses(answer, OFFICE, acts=[2]) == "not-principal"
    joined = entered().does("party-joined", NGO, party="p2")
    assert joined.refuses(answer, UNION, acts=[2]) == "not-principal"
    said = entered().refuses(answer, NGO, acts=[2], entered_by=OFFICE, evidence="a letter")
    assert said == "never-for-another"


def test_what_a_party_did_itself_is_no_entry() -> None:
    assert lodged().refuses("entry-confirmed", NGO, acts=[1]) == "not-entered"
    assert entered().refuses("entry-confirmed", NGO, acts=[9]) == "no-such-act"


def test_a_dispute_gives_its_reason() -> None:
    assert entered().refuses("entry-disputed", NGO, acts=[2], reason=None) == "act-incomplete"


def test_what_is_said_of_another_entry_or_in_another_act_answers_nothing() -> None:
    told = entered().does("corrected", NGO, acts=[2])
    both = told.does("fact-added", NGO, origin="saw", entered_by=OFFICE, evidence="a form")
    answered = both.does("entry-disputed", NGO, acts=[4])
    assert answered.does("entry-confirmed", NGO, acts=[2]).last.facts == {"acts": [2]}
