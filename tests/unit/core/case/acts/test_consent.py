"""Consent is narrowed at any time, and those who hold what it covers say that they know."""

import pytest

from answerable.core.case.acts.consent import PURPOSES, acknowledgements
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


def test_each_narrowing_is_told_with_those_who_acknowledged_it() -> None:
    told = narrowed().does("consent-narrowed", NGO, purpose="contacted")
    told = told.does("consent-acknowledged", OFFICE, acts=[3])
    told = told.does("consent-acknowledged", MONITOR, acts=[3, 4])
    found = acknowledgements(told.acts)
    assert {number: [act.sequence for act in acts] for number, acts in found.items()} == {
        3: [5, 6],
        4: [6],
    }
