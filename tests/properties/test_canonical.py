"""Canonical JSON, held against the rfc8785 package and against itself."""

import json
from contextlib import suppress

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from answerable.core.canonical import SAFE_INTEGER, NotCanonical, decode, encode

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-SAFE_INTEGER, SAFE_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner, max_size=5)
    ),
)


@given(values)
@example({"\U00010000": 1, "\uffff": 2})
def test_encode_agrees_with_the_rfc8785_package(value: object) -> None:
    assert encode(value) == rfc8785.dumps(value)  # type: ignore[arg-type]  # Json is narrower


@given(values)
def test_decode_gives_back_what_encode_was_given(value: object) -> None:
    assert decode(encode(value)) == value


@given(values, st.data())
def test_no_second_form_of_a_value_is_accepted(value: object, data: st.DataObject) -> None:
    other = json.dumps(
        value,
        ensure_ascii=data.draw(st.booleans()),
        indent=data.draw(st.sampled_from([None, 0, 2])),
        sort_keys=data.draw(st.booleans()),
    ).encode()
    if other != encode(value):
        with pytest.raises(NotCanonical):
            decode(other)


@given(st.binary(max_size=40))
def test_any_bytes_are_refused_or_are_the_form_of_what_they_give(data: bytes) -> None:
    with suppress(NotCanonical):
        assert encode(decode(data)) == data
