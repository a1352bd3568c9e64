"""Consent is narrowed at any time, and those who hold what it covers say that they know."""

import pytest

from answerable.core.case.acts.consent import PURPOSES
from tests.support.cases import BODY, CHAIR, MONITOR, NGO, OFFICE, Told, lodged, read


def narrowed() -> Told:
    return read().does("consent-narrowed", NGO, purpose="published")


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_consent_is_narrowed_at_any_time_for_a_purpose(purpose: str) -> None:
    assert lodged().does("consent-narrowed", NGO, purpose=purpose).last.facts == {
        "purpose": purpose
    }
    over = read().did("concluded", CHAIR, ())
    over.does("consent-narrowed", NGO, purpose=purpose)


def test_entered_for_another_it_needs_a_signed_page() -> None:
    said = read().refuses("consent-narrowed", NGO, purpose="included", entered_by=OFFICE)
    assert said == "evidence-missing"


def test_holders_acknowledge_it_each_for_themselves_and_once() -> None:
    told = narrowed()
    for who in (OFFICE, BODY, MONITOR):
        told = told.does("consent-acknowledged", who, acts=[3])
        assert told.last.facts == {"acts": [3]}
    assert told.refuses("consent-acknowledged", BODY, acts=[3]) == "consent-acknowledged-before"


def test_what_narrows_nothing_is_not_acknowledged() -> None:
    assert narrowed().refuses("consent-acknowledged", OFFICE, acts=[1]) == "nothing-narrowed"
    assert narrowed().refuses("consent-acknowledged", OFFICE, acts=[9]) == "no-such-act"
