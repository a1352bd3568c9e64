"""Who handles an allegation."""

import pytest

from tests.support.cases import CHAIR, NGO, OFFICE, OTHER_CHAIR, accepted, assigned


def test_an_allegation_is_assigned_handed_on_and_given_up() -> None:
    told = accepted().does("assigned", CHAIR, (1,), party="p11")
    assert (told.allegation(1).handler, told.allegation(2).handler) == ("p11", "")
    assert told.last.facts == {"party": "p11"}
    assert told.does("reassigned", CHAIR, (1,), party="p5").allegation(1).handler == "p5"
    assert told.does("recused", CHAIR, (1,), party="p11").allegation(1).handler == ""


@pytest.mark.parametrize("code", ["assigned", "reassigned", "recused"])
def test_person_and_reason_are_said_by_the_chair(code: str) -> None:
    assert assigned().refuses(code, CHAIR, reason=None, party="p5") == "act-incomplete"
    assert assigned().refuses(code, OFFICE, party="p5") == "not-this-seat"


def test_an_allegation_has_one_handler() -> None:
    assert assigned().refuses("assigned", CHAIR, party="p5") == "handled-already"
    assert assigned().refuses("reassigned", CHAIR, party="p11") == "handled-already"
    assert accepted().refuses("reassigned", CHAIR, party="p5") == "handled-by-nobody"
    assert assigned().refuses("recused", CHAIR, party="p5") == "not-its-handler"


def test_nothing_is_handled_by_the_accused_nor_assigned_by_them() -> None:
    assert accepted(accused="p6").refuses("assigned", CHAIR, party="p6") == "accused-decides"
    assert accepted(accused="p4").refuses("assigned", CHAIR, party="p5") == "accused-decides"
    accepted(accused="p4").does("assigned", OTHER_CHAIR, party="p5")
    told = accepted(accused="p6").does("assigned", CHAIR, party="p5")
    assert told.refuses("reassigned", CHAIR, party="p6") == "accused-decides"
    told = accepted(accused="p4").does("assigned", OTHER_CHAIR, party="p5")
    assert told.refuses("reassigned", CHAIR, party="p11") == "accused-decides"
    assert told.refuses("recused", CHAIR, party="p5") == "accused-decides"


@pytest.mark.parametrize("party", ["p8", "p1", "p4"])
def test_who_sits_in_no_body_handles_nothing(party: str) -> None:
    assert accepted().refuses("assigned", CHAIR, party=party) == "cannot-handle"


def test_a_recused_party_does_not_come_back() -> None:
    told = assigned().does("recused", CHAIR, (1,), party="p11")
    assert told.refuses("assigned", CHAIR, (1,), party="p11") == "recused-before"
    told.does("assigned", CHAIR, (1,), party="p5")
    assert told.allegation(2).handler == "p11"


@pytest.mark.parametrize(
    "code", ["account-given", "disposition-given", "finding-issued", "contest-decided"]
)
def test_who_judged_or_answered_an_allegation_does_not_inquire_into_it(code: str) -> None:
    told = accepted().did(code, OFFICE, (1,)).did("accepted", OFFICE, (1,))
    assert told.refuses("assigned", CHAIR, (1,), party="p3") == "signed-before"
    told.does("assigned", CHAIR, (2,), party="p3")


def test_a_complainant_assigns_nothing() -> None:
    assert accepted().refuses("assigned", NGO, party="p5") == "not-this-seat"
