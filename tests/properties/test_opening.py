"""Laws of records and openings: whatever is in them, shown of them, or done to them."""

import json
from contextlib import suppress

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from answerable.core.acts import READERS, Field, instant_of, instant_text
from answerable.core.commitment import (
    BUCKET,
    ENVELOPE_PATHS,
    SALT,
    content_of,
    content_statement,
    expand,
    extract,
)
from answerable.core.disclosure import base64url_octets, disclosures_in, field_of, is_envelope_value
from answerable.core.errors import AnswerableError
from answerable.core.numbers import shuffled
from answerable.core.opening import (
    Opening,
    PartySignatureWrong,
    parse_opening,
    signed_by_party,
)
from answerable.core.record import Record, envelope_fields
from tests.support.opening_vectors import FULL
from tests.support.records import fields, named_keys, paths, records
from tests.support.training_ledger import ORIGIN, verify
from tests.support.training_records import (
    PARTY,
    draft,
    judged,
    kept,
    opening_of,
    record_of,
    signed,
)

secrets = st.binary(min_size=32, max_size=32)
readers = st.sampled_from(READERS) | named_keys


@given(records())
def test_fields_come_back_as_they_were_drafted(record: Record) -> None:
    opened = parse_opening(opening_of(record).encoded()).opened()
    assert opened.commitment == record.commitment
    assert opened.content == record.sealed.draft.fields
    assert opened.envelope == envelope_fields(record.envelope)


@given(records())
def test_what_is_kept_gives_the_commitment_that_the_writer_made(record: Record) -> None:
    assert kept(record).commitment() == record.commitment


@given(records(), st.data())
def test_any_choice_of_disclosures_in_any_order_opens_the_same_entry(
    record: Record, data: st.DataObject
) -> None:
    whole = opening_of(record)
    chosen = data.draw(st.lists(st.sampled_from(whole.disclosures), unique=True))
    opened = parse_opening(Opening(whole.body, whole.blinding, tuple(chosen)).encoded()).opened()
    assert opened.commitment == record.commitment
    shown = {item.path: item for item in (*opened.content, *opened.envelope)}
    assert shown == {item.path: item for item in map(field_of, chosen)}
    assert opened.undisclosed == len(opened.content_digests) - len(opened.content)


@given(records(), readers)
def test_no_reader_is_shown_a_field_that_it_may_not_read(record: Record, reader: str) -> None:
    whole, opened = opening_of(record), opening_of(record).for_reader(reader).opened()
    for item in opened.content:
        assert {reader, "public"} & set(item.readers)
    hidden = [item for item in whole.opened().content if item not in opened.content]
    for item in hidden:
        assert not {reader, "public"} & set(item.readers)
    has_seat = reader in READERS and reader != "public"
    assert bool(opened.envelope) == has_seat


@given(records(), readers)
def test_no_byte_of_a_withheld_field_is_in_the_file(record: Record, reader: str) -> None:
    whole = opening_of(record)
    file = whole.for_reader(reader).encoded()
    shown = frozenset(whole.for_reader(reader).disclosures)
    for disclosure in frozenset(whole.disclosures) - shown:
        assert disclosure not in file
        assert json.dumps(json.loads(base64url_octets(disclosure.decode()))[0]).encode() not in file


@given(st.integers(0, len(FULL.encoded()) - 1), st.integers(1, 255))
def test_any_changed_byte_of_an_opening_is_refused(place: int, change: int) -> None:
    octets = bytearray(FULL.encoded())
    octets[place] ^= change
    with pytest.raises(AnswerableError):
        judged(bytes(octets), FULL.commitment)


@given(st.integers(0, len(FULL.encoded()) - 2), st.binary(max_size=3), st.integers(0, 3))
def test_bytes_put_in_or_taken_out_of_an_opening_are_refused(
    place: int, put: bytes, taken: int
) -> None:
    whole = FULL.encoded()
    octets = whole[:place] + put + whole[place + taken :]
    assume(octets.removesuffix(b"\n") != whole.removesuffix(b"\n"))
    with pytest.raises(AnswerableError):
        judged(octets, FULL.commitment)


hostile = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["sha-256", "answerable/opening/v1", "answerable/record/v1", "A" * 43])
    | st.sampled_from([item.decode() for item in FULL.disclosures]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["blinding", "body", "disclosures", "format", "_sd", "content", "x"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
parts = st.sampled_from(["blinding", "body", "disclosures", "format"])
body_parts = st.sampled_from(["_sd_alg", "content", "envelope", "format"])


@given(st.binary(max_size=200))
@example(b"[" * 100_000)
@example(b'{"a":' * 100_000)
@example(b"9" * 100_000)
@example(b'"\\ud800"')
@example(b"\xef\xbb\xbf{}")
@example(b"\x00")
def test_no_bytes_whatever_raise_anything_but_an_error_with_a_code(octets: bytes) -> None:
    with suppress(AnswerableError):
        parse_opening(octets).opened()


@given(parts | body_parts.map("body/{}".format), hostile)
def test_no_json_whatever_raises_anything_but_an_error_with_a_code(
    member: str, value: object
) -> None:
    whole = json.loads(FULL.encoded())
    in_body = member.startswith("body/")
    (whole["body"] if in_body else whole)[member.removeprefix("body/")] = value
    form = json.dumps(whole, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    with suppress(AnswerableError):
        parse_opening(form.encode("utf-8", "surrogatepass")).opened()


@given(hostile, st.sampled_from(sorted(ENVELOPE_PATHS)))
def test_any_value_of_an_envelope_field_is_judged_and_none_raises(value: object, path: str) -> None:
    assert is_envelope_value(path, value) in (True, False)  # type: ignore[arg-type]  # hostile


@given(hostile, hostile, hostile)
def test_no_disclosure_whatever_raises_anything_but_an_error_with_a_code(
    first: object, second: object, third: object
) -> None:
    for plain in ([first, second, third], [first, second, {"readers": second, "value": third}]):
        form = json.dumps(plain, separators=(",", ":"), ensure_ascii=False)
        octets = form.encode("utf-8", "surrogatepass")
        with suppress(AnswerableError):
            disclosures_in(b"[" + octets + b"]")
        with suppress(AnswerableError):
            field_of(octets)


@given(st.lists(st.tuples(secrets, paths), min_size=2, max_size=8, unique=True))
def test_no_two_paths_or_secrets_share_a_salt(chosen: list[tuple[bytes, str]]) -> None:
    salts = [expand(extract(secret), SALT + path.encode())[:16] for secret, path in chosen]
    assert len(set(salts)) == len(salts)


@given(fields, secrets, secrets)
def test_the_same_words_in_two_records_share_no_digest(
    said: tuple[Field, ...], one: bytes, other: bytes
) -> None:
    assume(one != other)
    first, second = (content_of(said, extract(secret)) for secret in (one, other))
    assert not set(first.digests) & set(second.digests)
    assert len(first.digests) == len(second.digests) == (len(said) // BUCKET + 1) * BUCKET


@given(records())
def test_no_salt_of_a_record_serves_twice_in_either_list(record: Record) -> None:
    whole = opening_of(record)
    salts = [json.loads(base64url_octets(item.decode()))[0] for item in whole.disclosures]
    assert len(set(salts)) == len(salts)


@given(st.integers(0, 7))
def test_a_signature_holds_for_any_subset_and_for_no_other_content(number: int) -> None:
    record = record_of(signed(draft()))
    opening = opening_of(record).with_paths(["signature"])
    opened = opening.opened()
    assert signed_by_party(opened, ORIGIN, verify) == PARTY.public_key().public_bytes_raw()
    others = [*opened.content_digests[:number], *opened.content_digests[number + 1 :]]
    signature = record.envelope.signature
    assert signature is not None
    assert not verify(signature.key, signature.signature, content_statement(ORIGIN, others))
    with pytest.raises(PartySignatureWrong):
        signed_by_party(opened, f"{ORIGIN}/other", verify)


@given(st.lists(st.integers(1, 10**8), max_size=16, unique=True), st.data())
def test_shuffling_loses_and_doubles_no_number(serials: list[int], data: st.DataObject) -> None:
    random = data.draw(st.binary(min_size=8 * len(serials), max_size=8 * len(serials)))
    assert sorted(shuffled(serials, random)) == sorted(serials)


@given(st.integers(-30_000_000_000_000, 253_402_300_799_999))
def test_an_instant_comes_back_to_the_millisecond(at: int) -> None:
    assert instant_of(instant_text(at)) == at
