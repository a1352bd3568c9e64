"""The account of the body complained of: asked within the consent, and given by who was asked."""

from typing import Any

import pytest

from answerable.core.case.acts.accounts import POSITIONS
from tests.support.cases import BODY, NGO, OFFICE, OFFICER, OTHER_BODY, Told, accepted, assigned

ASK: dict[str, Any] = {"party": "p6", "consent_acts": [1], "answer_by": "2026-06-01"}


def asked() -> Told:
    return assigned().does("account-asked", OFFICER, **ASK)


def test_the_accused_is_asked_on_a_consent_that_is_named_and_by_a_day() -> None:
    told = asked()
    assert told.last.facts == {"party": "p6", "consent": [1], "until": "2026-06-01"}
    assert (told.allegation().asked_unit, told.allegation(2).asked_unit) == (5, 0)


def test_consent_stands_in_an_act_that_holds_one() -> None:
    for acts in ([2], [99]):
        said = assigned().refuses("account-asked", OFFICER, **{**ASK, "consent_acts": acts})
        assert said == "consent-not-cited"
    without = assigned().refuses("account-asked", OFFICER, **{**ASK, "consent_acts": []})
    assert without == "act-incomplete"


def test_a_consent_that_was_narrowed_is_taken_into_account() -> None:
    narrowed = assigned().does("consent-narrowed", NGO, purpose="named-to-body")
    assert narrowed.refuses("account-asked", OFFICER, **ASK) == "consent-narrower"
    narrowed.does("account-asked", OFFICER, **{**ASK, "consent_acts": [1, 5]})


def test_a_consent_narrowed_for_another_allegation_changes_nothing() -> None:
    narrowed = assigned().does("consent-narrowed", NGO, (2,), purpose="contacted")
    assert narrowed.does("account-asked", OFFICER, **ASK).allegation().asked_unit == 6


def test_an_answer_is_not_wanted_by_a_day_that_is_over() -> None:
    late = {**ASK, "answer_by": "2026-05-11"}
    assert assigned().refuses("account-asked", OFFICER, **late) == "day-passed"
    assigned().does("account-asked", OFFICER, **{**ASK, "answer_by": "2026-05-12"})


def test_the_accused_asks_itself_nothing() -> None:
    own = accepted(accused="p3").did("assigned", OFFICE, (1,), {"party": "p3"})
    assert own.refuses("account-asked", OFFICE, **ASK) == "accused-decides"


@pytest.mark.parametrize("position", POSITIONS)
def test_who_was_asked_gives_its_account(position: str) -> None:
    told = asked().does("account-given", OTHER_BODY, acts=[5], position=position)
    assert told.last.facts == {"acts": [5], "position": position}
    assert (told.allegation().asked_unit, told.allegation().accounts) == (0, 1)


def test_the_newest_request_stays_open_until_it_is_answered_itself() -> None:
    told = asked().does("account-asked", OFFICER, **{**ASK, "party": "p5"})
    first = told.does("account-given", OTHER_BODY, acts=[5], position="denies")
    assert (first.allegation().asked_unit, first.allegation().accounts) == (6, 1)


def test_nobody_answers_what_another_was_asked() -> None:
    assert asked().refuses("account-given", BODY, acts=[5], position="denies") == (
        "account-not-asked"
    )
    elsewhere = asked().refuses("account-given", OTHER_BODY, (2,), acts=[5], position="denies")
    assert elsewhere == "account-not-asked"
    no_request = asked().refuses("account-given", OTHER_BODY, acts=[3], position="denies")
    assert no_request == "account-not-asked"


def test_a_request_is_answered_once() -> None:
    told = asked().does("account-given", OTHER_BODY, acts=[5], position="denies")
    again = told.refuses("account-given", OTHER_BODY, acts=[5], position="accepts")
    assert again == "account-given-before"
