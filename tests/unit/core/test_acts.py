"""Instants have one form, receipts have numbers, and secrets do not show."""

import json
from pathlib import Path
from typing import Any

import pytest

from answerable.core.acts import UnreadableInstant, instant_of, instant_text
from answerable.core.disclosure import is_envelope_value
from tests.support.training_records import ACKNOWLEDGED, UNSIGNED, draft, kept, opening_of

VECTORS = Path(__file__).parents[3] / "docs" / "specs" / "vectors" / "act"
INSTANTS = json.loads((VECTORS / "instants.json").read_text())
VALUES = json.loads((VECTORS / "values.json").read_text())
RECEIPTS = json.loads((VECTORS / "receipt-numbers.json").read_text())


@pytest.mark.parametrize("case", INSTANTS["valid"], ids=lambda case: case["text"])
def test_an_instant_is_read_and_written_as_the_vectors_say(case: dict[str, Any]) -> None:
    assert instant_of(case["text"]) == case["milliseconds"]
    assert instant_text(case["milliseconds"]) == case["text"]


@pytest.mark.parametrize("case", INSTANTS["refused"], ids=lambda case: ascii(case["text"]))
def test_an_instant_in_any_other_form_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(UnreadableInstant):
        instant_of(case["text"])


@pytest.mark.parametrize("case", VALUES, ids=lambda case: case["path"])
def test_an_envelope_field_holds_what_the_vectors_say_and_nothing_else(
    case: dict[str, Any],
) -> None:
    for value in case["valid"]:
        assert is_envelope_value(case["path"], value), value
    for value in case["refused"]:
        assert not is_envelope_value(case["path"], value), value


def test_the_first_act_has_the_dockets_number_for_its_receipt_and_the_third_its_own() -> None:
    assert UNSIGNED.envelope.receipt_number == "XA-2026-0061-7"
    assert ACKNOWLEDGED.envelope.receipt_number == "XA-2026-0061-7/3"
    assert {case["receipt"] for case in RECEIPTS} == {"XA-2026-0061-7", "XA-2026-0061-7/3"}


def test_no_secret_is_in_what_a_log_or_a_traceback_would_print() -> None:
    shown = repr((UNSIGNED, kept(UNSIGNED), opening_of(UNSIGNED), draft()))
    for secret in (
        UNSIGNED.sealed.draft.secret,
        UNSIGNED.sealed.envelope_secret,
        UNSIGNED.sealed.content_key,
        kept(UNSIGNED).blinding,
    ):
        assert repr(secret) not in shown
