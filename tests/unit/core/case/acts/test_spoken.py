"""What stands beside a claim: what the sides say to one another on it, and nothing else."""

from dataclasses import replace

import pytest

from answerable.core.acts import ActCode
from answerable.core.case.acts.spoken import ANSWERING_ACTS, DRAFT_ACTS, SPOKEN_ACTS, is_spoken
from answerable.core.case.acts.table import ACTS
from tests.support.cases import lodged


def test_each_of_them_is_an_act_of_a_case() -> None:
    assert {*SPOKEN_ACTS, *ANSWERING_ACTS, *DRAFT_ACTS} <= set(map(str, ACTS))


@pytest.mark.parametrize(
    ("code", "allegations", "on"),
    [
        ("finding-issued", (2,), {2}),
        ("account-given", (1, 2), {1, 2}),
        ("withdrawal-asked", (), {1, 2, 3}),
        ("clock-held", (2,), set()),
        ("disposition-given", (), set()),
    ],
)
def test_it_is_said_on_the_allegations_that_it_names_or_on_all(
    code: str, allegations: tuple[int, ...], on: set[int]
) -> None:
    first = lodged(3).acts[0]
    act = replace(first, act=ActCode(code), allegations=allegations)
    assert {number for number in (1, 2, 3) if is_spoken(act, number)} == on
