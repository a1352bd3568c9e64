"""An act from draft to record, and what of it is left after erasure."""

from dataclasses import replace

import pytest

from answerable.core.acts import ActCode, By, Commitment, PartyId, PartySignature, Seat
from answerable.core.commitment import ENVELOPE_PATHS, UnusableField
from answerable.core.disclosure import field_of, is_envelope_value
from answerable.core.record import Record, completed, envelope_disclosures, envelope_fields, sealed
from tests.support.training_records import (
    ACKNOWLEDGED,
    AT,
    ENTERED,
    NUMBER,
    SIGNED,
    UNSIGNED,
    draft,
    kept,
    record_of,
)

ALL = (UNSIGNED, SIGNED, ACKNOWLEDGED, ENTERED)


each_record = pytest.mark.parametrize(
    "record", ALL, ids=["unsigned", "signed", "third act", "for another"]
)


@each_record
def test_what_is_kept_after_erasure_gives_the_commitment_again(record: Record) -> None:
    assert kept(record).commitment() == record.commitment


@each_record
def test_an_envelope_has_eleven_fields_whatever_it_says(record: Record) -> None:
    fields = envelope_fields(record.envelope)
    assert len(fields) == len(ENVELOPE_PATHS) == 11
    assert {item.path for item in fields} == ENVELOPE_PATHS
    assert all(is_envelope_value(item.path, item.value) for item in fields)


def test_the_envelope_discloses_what_was_drafted_and_what_the_writer_assigned() -> None:
    shown = {item.path: item.value for item in map(field_of, kept(ACKNOWLEDGED).disclosures())}
    assert shown["act"] == "acknowledged"
    assert shown["sequence"] == 3
    assert shown["docket"] == NUMBER
    assert shown["at"] == "2026-05-13T00:14:05.123Z"
    assert shown["by"] == {"party": "office-for-answers", "seat": "secretariat"}
    assert shown["entered_by"] is None


def test_envelope_disclosures_need_the_envelope_secret_only() -> None:
    after = kept(UNSIGNED)
    fields = envelope_fields(after.envelope)
    assert envelope_disclosures(fields, after.envelope_secret) == after.disclosures()


def test_everything_that_an_envelope_says_changes_the_commitment() -> None:
    act = draft()
    others = [
        record_of(replace(act, act=ActCode("opened"))),
        record_of(replace(act, by=By(PartyId("other"), act.by.seat))),
        record_of(replace(act, entered_by=act.by)),
        record_of(replace(act, allegations=(2,))),
        record_of(replace(act, facts={"allegations": 2})),
        record_of(replace(act, signature=PartySignature(bytes(32), bytes(64)))),
        record_of(replace(act, fields=act.fields[1:])),
        record_of(act, sequence=2),
        record_of(act, at=AT + 1),
        record_of(act, previous=Commitment(bytes(32))),
        completed(sealed(act, "forum"), docket=NUMBER, sequence=1, at=AT, previous=None),
        completed(sealed(act, "case"), docket="XA-2026-0062-5", sequence=1, at=AT, previous=None),
    ]
    assert len({UNSIGNED.commitment, *(other.commitment for other in others)}) == 13


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_record_secret_of_another_length_seals_nothing(length: int) -> None:
    with pytest.raises(ValueError, match="32 random bytes"):
        sealed(replace(draft(), secret=bytes(length)), "case")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"act": ActCode("Submitted")}, "act"),
        ({"by": By(PartyId(""), Seat("complainant"))}, "by"),
        ({"by": By(PartyId("river-watch"), Seat("The Chair"))}, "by"),
        ({"entered_by": By(PartyId("river-watch"), Seat(""))}, "entered_by"),
        ({"allegations": (0,)}, "allegations"),
        ({"signature": PartySignature(bytes(31), bytes(64))}, "signature"),
        ({"facts": {"a": 2**53}}, "facts"),
    ],
)
def test_an_envelope_that_no_reader_would_take_is_not_written(
    change: dict[str, object], field: str
) -> None:
    with pytest.raises(UnusableField) as refused:
        sealed(replace(draft(), **change), "case")  # type: ignore[arg-type]  # of many types
    assert refused.value.facts["field"] == field
