"""A case is erased once, on a legal ground, by whom the procedure names; codes alone are kept."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.core.acts import ActCode
from answerable.core.case.acts.erasure import ERASURE_GROUNDS
from answerable.core.case.now import case_of, text_of
from answerable.core.procedure import ActRule
from tests.support.cases import (
    CHAIR,
    NGO,
    OFFICE,
    OTHER_BODY,
    OTHER_CHAIR,
    Told,
    accepted,
    found,
    lodged,
    with_rule,
)

LAW: dict[str, Any] = {"ground": "consent-withdrawn", "provision": "gdpr-17-1-b"}


def under(told: Told, **rule: Any) -> Told:
    return replace(told, procedure=with_rule(ActRule(ActCode("erased"), **rule)))


@pytest.mark.parametrize("ground", ERASURE_GROUNDS)
def test_an_erasure_names_its_ground_and_provision_as_codes_that_stay(ground: str) -> None:
    told = lodged().does("erased", CHAIR, **{**LAW, "ground": ground})
    assert told.last.facts == {"ground": ground, "provision": "gdpr-17-1-b"}
    assert told.now.erased == 2


def test_an_erasure_without_its_ground_or_provision_is_refused() -> None:
    assert lodged().refuses("erased", CHAIR, provision="gdpr-17-1-b") == "act-incomplete"
    assert lodged().refuses("erased", CHAIR, ground="ordered") == "act-incomplete"


@pytest.mark.parametrize(
    "words", ["Sok Dara asked", "gdpr 17", "17", "-law", "law-", "law--1", "ច្បាប់", "a" * 41]
)
def test_a_provision_is_no_words_since_it_stays_for_ever(words: str) -> None:
    assert lodged().refuses("erased", CHAIR, **{**LAW, "provision": words}) == "provision-no-code"


def test_the_chair_erases_unless_the_procedure_names_others() -> None:
    assert lodged().refuses("erased", OFFICE, **LAW) == "not-this-seat"
    assert lodged().refuses("erased", NGO, **LAW) == "not-this-seat"
    named = under(lodged(), by=(OFFICE.seat,))
    assert named.does("erased", OFFICE, **LAW).now.erased
    assert named.refuses("erased", CHAIR, **LAW) == "not-this-seat"
    # A rule on other things names nobody.
    assert under(lodged(), at_most=1).refuses("erased", OFFICE, **LAW) == "not-this-seat"


def test_two_persons_erase_where_the_procedure_asks_for_two() -> None:
    told = under(lodged(), by=(CHAIR.seat,), two_persons=True)
    assert told.refuses("erased", CHAIR, **LAW) == "second-person-missing"
    assert told.refuses("erased", CHAIR, second=CHAIR, **LAW) == "second-person-missing"
    assert told.does("erased", CHAIR, second=OTHER_CHAIR, **LAW).now.erased


def test_the_accused_erases_nothing_also_as_the_second() -> None:
    named = under(accepted(), by=(OTHER_BODY.seat, CHAIR.seat))
    assert named.refuses("erased", OTHER_BODY, **LAW) == "accused-decides"
    assert named.refuses("erased", CHAIR, second=OTHER_BODY, **LAW) == "accused-decides"


def test_an_erasure_is_entered_for_nobody() -> None:
    entered: dict[str, Any] = {"entered_by": OFFICE, "evidence": "a letter", **LAW}
    assert lodged().refuses("erased", CHAIR, **entered) == "never-for-another"


def test_a_case_is_erased_once() -> None:
    told = lodged().does("erased", CHAIR, **LAW)
    assert told.refuses("erased", CHAIR, **LAW) == "erased-before"


def test_what_has_words_is_refused_on_an_erased_case_and_what_has_none_is_not() -> None:
    told = accepted().does("erased", CHAIR, **LAW)
    assert told.refuses("reassigned", CHAIR, party="p11") == "case-erased"
    assert told.refuses("redacted", OFFICE, acts=[1], ground="law") == "case-erased"
    assert told.does("opened", CHAIR).last.act == "opened"
    entered: dict[str, Any] = {"entered_by": OFFICE, "evidence": "a letter"}
    assert told.refuses("opened", CHAIR, **entered) == "case-erased"


def test_where_a_case_stands_is_not_changed_by_its_erasure() -> None:
    told = found()
    erased = told.does("erased", CHAIR, **LAW)
    assert replace(erased.now, erased=0) == told.now
    assert case_of(text_of(erased.now)) == erased.now
