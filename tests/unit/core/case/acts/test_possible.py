"""What may be done for all that is known before anything of it is said."""

from dataclasses import replace

import pytest

from answerable.core.act_form import Asked
from answerable.core.acts import ActCode
from answerable.core.case.acts.possible import is_possible
from answerable.core.case.acts.table import ACTS
from answerable.core.procedure import ActRule
from tests.support.cases import CHAIR, NGO, OFFICE, Told, accepted, with_rule

ASSIGNED, ADDED = ActCode("assigned"), ActCode("fact-added")


def under(code: ActCode, asks: str) -> Told:
    rule = ActRule(code, two_persons=asks == "two-persons", signed=asks == "signature")
    return replace(accepted(), procedure=with_rule(rule))


@pytest.mark.parametrize("asks", ["two-persons", "signature"])
def test_what_asks_for_a_second_person_or_a_signature_is_possible(asks: str) -> None:
    told = under(ASSIGNED, asks)
    assert is_possible(ACTS[ASSIGNED], told.deciding(Asked(by=CHAIR, allegations=(1,))))
    assert not is_possible(ACTS[ASSIGNED], told.deciding(Asked(by=OFFICE, allegations=(1,))))


@pytest.mark.parametrize("asks", ["two-persons", "signature"])
def test_with_the_return_key_nobody_signs_or_is_two(asks: str) -> None:
    told, alone = under(ADDED, asks), accepted()
    asked = Asked(by=NGO, allegations=(1,), by_key=True)
    assert is_possible(ACTS[ADDED], alone.deciding(asked))
    assert is_possible(ACTS[ADDED], told.deciding(replace(asked, by_key=False)))
    assert not is_possible(ACTS[ADDED], told.deciding(asked))
