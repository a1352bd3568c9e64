"""What a party signs names its act, its docket and its place: the signature is for no other."""

from dataclasses import replace

import pytest

from answerable.core.acts import ActCode, Field
from answerable.core.commitment import content_of, extract
from answerable.core.signed_act import (
    SIGNED_ACT,
    SignedAnotherAct,
    fits,
    require_signed_here,
    require_this_act,
    said_of,
)
from tests.support.training_ledger import ORIGIN, verify
from tests.support.training_records import NGO, NOTHING, NUMBER, OFFICE, PLACE, signed_as

SIGNED = signed_as(NOTHING, PLACE)
HERE = said_of(SIGNED, NUMBER, 4)


def test_a_signature_covers_the_field_that_names_the_act() -> None:
    assert SIGNED.fields[-1].path == SIGNED_ACT
    assert SIGNED.signature is not None
    key = extract(NOTHING.secret)
    assert fits(SIGNED.signature, ORIGIN, content_of(SIGNED.fields, key).digests, verify)
    without = content_of(SIGNED.fields[:-1], key).digests
    assert not fits(SIGNED.signature, ORIGIN, without, verify)
    digests = content_of(SIGNED.fields, key).digests
    assert not fits(SIGNED.signature, "other.example/xb", digests, verify)


def test_that_it_has_nothing_is_signed_and_what_the_mechanism_counts_is_not() -> None:
    assert HERE["facts"] == {"nothing": True}
    assert "clocks" in NOTHING.facts
    require_this_act(SIGNED.fields[-1].value, {**HERE, "facts": dict(NOTHING.facts)})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("act", "edit-confirmed"),
        ("allegations", [3]),
        ("by", OFFICE.json()),
        ("docket", "XA-2026-0062-5"),
        ("entered_by", OFFICE.json()),
        ("facts", {}),
        ("sequence", 5),
    ],
)
def test_another_act_is_refused_by_the_field_that_differs(field: str, value: object) -> None:
    with pytest.raises(SignedAnotherAct) as refused:
        require_this_act(SIGNED.fields[-1].value, {**HERE, field: value})  # type: ignore[dict-item]
    assert refused.value.facts["field"] == field


def test_what_is_not_shown_is_not_compared() -> None:
    require_this_act(SIGNED.fields[-1].value, {"act": "contribution-given"})
    require_this_act(SIGNED.fields[-1].value, {})


@pytest.mark.parametrize("said", [None, "x", [], {}, {"act": "opened"}, {**HERE, "also": 1}])
def test_what_is_no_statement_of_an_act_is_refused(said: object) -> None:
    with pytest.raises(SignedAnotherAct):
        require_this_act(said, {})  # type: ignore[arg-type]


def test_a_signature_is_for_one_place_on_one_docket() -> None:
    require_signed_here(SIGNED, NUMBER, 4)
    for docket, sequence in ((NUMBER, 5), (NUMBER, 3), ("XA-2026-0062-5", 4), (None, 1)):
        with pytest.raises(SignedAnotherAct):
            require_signed_here(SIGNED, docket, sequence)
    with pytest.raises(SignedAnotherAct):
        require_signed_here(replace(SIGNED, act=ActCode("opened")), NUMBER, 4)


def test_the_first_act_of_a_docket_is_signed_before_it_has_a_number() -> None:
    first = signed_as(NOTHING, (ORIGIN, "proceeding", None, 1))
    require_signed_here(first, None, 1)
    require_this_act(first.fields[-1].value, {**HERE, "docket": NUMBER, "sequence": 1})
    with pytest.raises(SignedAnotherAct):
        require_signed_here(first, NUMBER, 2)


def test_of_an_unsigned_act_nothing_is_asked() -> None:
    require_signed_here(replace(SIGNED, signature=None), NUMBER, 9)
    require_signed_here(NOTHING, NUMBER, 9)


@pytest.mark.parametrize(
    ("kind", "fields", "readers"),
    [
        ("proceeding", (), ("collector", "lead", "author")),
        ("case", (), ("complainant", "secretariat", "member", "monitor")),
        ("case", (Field("text", "x", ("monitor", "public")),), ("monitor",)),
        (
            *("proceeding", (Field("text", "x", ("monitor", "public")),)),
            ("monitor", "collector", "lead", "author"),
        ),
    ],
)
def test_who_reads_an_act_reads_which_was_signed_and_nobody_in_public(
    kind: str, fields: tuple[Field, ...], readers: tuple[str, ...]
) -> None:
    signed = signed_as(replace(NOTHING, fields=fields, by=NGO), (ORIGIN, kind, NUMBER, 4))
    assert signed.fields[-1].readers == readers
