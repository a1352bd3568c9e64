"""Referrals: put, taken on, given back, recalled."""

from dataclasses import replace

import pytest

from tests.support.cases import (
    BODY,
    CHAIR,
    NGO,
    OFFICE,
    OFFICER,
    OTHER_BODY,
    Told,
    accepted,
    assigned,
    read,
)


def referred() -> Told:
    return assigned().does("referred", OFFICE, (1,), party="p5")


def test_an_allegation_is_referred_with_a_question_and_what_is_shown() -> None:
    told = referred()
    one = told.allegation(1)
    assert (one.referral, one.member, one.handler) == (5, "p5", "p11")
    assert told.allegation(2).member == ""
    for part in ("question", "shown"):
        assert (
            assigned().refuses("referred", OFFICE, (1,), party="p5", **{part: None})
            == "act-incomplete"
        )


def test_what_a_body_is_shown_names_the_consent_that_the_submission_does_not_give() -> None:
    unnamed = replace(assigned(), may_be_named=False)
    assert unnamed.refuses("referred", OFFICE, (1,), party="p5") == "consent-not-stated"
    told = unnamed.does("referred", OFFICE, (1,), party="p5", consent_acts=[1])
    assert told.last.facts == {"party": "p5", "consent": [1]}


def test_a_consent_that_was_narrowed_is_taken_into_account_by_a_referral() -> None:
    narrowed = assigned().does("consent-narrowed", NGO, purpose="named-to-body")
    assert narrowed.refuses("referred", OFFICE, (1,), party="p5") == "consent-narrower"
    narrowed.does("referred", OFFICE, (1,), party="p5", consent_acts=[5])
    cited = narrowed.refuses("referred", OFFICE, (1,), party="p5", consent_acts=[2])
    assert cited == "consent-not-cited"


def test_a_body_that_takes_it_on_handles_it() -> None:
    one = referred().does("referral-accepted", BODY).allegation(1)
    assert (one.referral, one.member, one.handler) == (0, "p5", "p5")


def test_a_body_gives_it_back_with_a_reason_before_or_after_it_took_it_on() -> None:
    one = referred().does("referral-returned", BODY).allegation(1)
    assert (one.referral, one.member, one.handler) == (0, "", "p11")
    taken = referred().does("referral-accepted", BODY)
    one = taken.does("referral-returned", BODY).allegation(1)
    assert (one.referral, one.member, one.handler) == (0, "", "")
    assert referred().refuses("referral-returned", BODY, reason=None) == "act-incomplete"


def test_the_secretariat_recalls_what_it_referred() -> None:
    one = referred().does("referral-recalled", OFFICE).allegation(1)
    assert (one.referral, one.member, one.handler) == (0, "", "p11")
    assert assigned().refuses("referral-recalled", OFFICE) == "nothing-referred"
    assert referred().refuses("referral-recalled", OFFICE, reason=None) == "act-incomplete"


def test_an_allegation_is_with_one_body_at_a_time() -> None:
    assert referred().refuses("referred", OFFICE, (1,), party="p6") == "referred-already"
    back = referred().does("referral-recalled", OFFICE)
    assert back.does("referred", OFFICE, (1,), party="p5").allegation(1).member == "p5"


@pytest.mark.parametrize("code", ["referral-accepted", "referral-returned"])
def test_only_the_body_it_is_with_answers_a_referral(code: str) -> None:
    assert referred().refuses(code, OTHER_BODY) == "referred-to-another"
    assert referred().refuses(code, BODY, (2,)) == "nothing-referred"
    assert referred().refuses(code, OFFICE) == "not-this-seat"


def test_a_body_takes_a_referral_on_once() -> None:
    taken = referred().does("referral-accepted", BODY)
    assert taken.refuses("referral-accepted", BODY) == "nothing-referred"


def test_nothing_is_referred_to_the_accused_or_to_who_judged_it_or_is_no_body() -> None:
    assert accepted(accused="p5").refuses("referred", OFFICE, party="p5") == "accused-decides"
    assert assigned().refuses("referred", OFFICE, party="p8") == "not-a-member-body"
    answered = assigned().did("account-given", BODY, (1,))
    assert answered.refuses("referred", OFFICE, (1,), party="p5") == "signed-before"


def test_the_accused_refers_nothing_and_recalls_nothing() -> None:
    assert accepted(accused="p3").refuses("referred", OFFICE, party="p5") == "accused-decides"
    told = accepted(accused="p3").does("referred", OFFICER, party="p5")
    assert told.refuses("referral-recalled", OFFICE) == "accused-decides"


def test_a_body_that_came_to_be_accused_takes_nothing_on() -> None:
    told = referred().did("accepted", OFFICE, (1,), {"party": "p5"})
    assert told.refuses("referral-accepted", BODY) == "accused-decides"
    assert told.does("referral-returned", BODY).allegation(1).member == ""


def test_what_is_not_accepted_yet_is_not_referred() -> None:
    assert read().refuses("referred", OFFICE, party="p5") == "not-now"
    assert accepted().refuses("referred", NGO, party="p5") == "not-this-seat"


def test_what_is_answered_is_neither_recalled_nor_taken_on_nor_given_back() -> None:
    told = referred().did("outcome-given", CHAIR, (1,), {"outcome": "outside"})
    assert told.refuses("referral-recalled", OFFICE) == "not-now"
    assert told.refuses("referral-accepted", BODY) == "not-now"
    assert told.refuses("referral-returned", BODY) == "not-now"
