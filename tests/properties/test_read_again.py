"""What is read once more without proof is what was read with it, whatever a record holds."""

from typing import Any

import pytest
from hypothesis import given

from answerable.core.errors import AnswerableError
from answerable.core.opening import Opening, parse_opening
from answerable.core.record import Record
from answerable.core.register.again import acts_again
from answerable.core.register.pages import acts_page, value_of
from answerable.core.register.shown import shown_acts
from tests.support.opening_vectors import OPENED
from tests.support.records import records
from tests.support.training_records import opening_of

FILE = "cases/XA-2026-0061-7.json"


def of_acts(*openings: Opening) -> dict[str, Any]:
    return value_of(acts_page(openings), FILE)


@given(records())
def test_acts_read_again_are_those_that_were_opened(record: Record) -> None:
    value = of_acts(opening_of(record))
    assert acts_again(value) == shown_acts(value, FILE)


@pytest.mark.parametrize("name", OPENED)
def test_every_opening_of_the_vectors_is_read_again_as_it_was_opened(name: str) -> None:
    value = of_acts(parse_opening(OPENED[name][0]))
    try:
        told: object = shown_acts(value, FILE)
    except AnswerableError as problem:
        told = problem.code
    try:
        again: object = acts_again(value)
    except AnswerableError as problem:
        again = problem.code
    assert again == told
