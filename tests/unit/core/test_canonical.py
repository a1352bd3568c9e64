"""Canonical JSON: the known answers of RFC 8785, and everything a reader must refuse."""

import pytest

from answerable.core.canonical import DEPTH, Inexpressible, NotCanonical, decode, encode


def nested(depth: int) -> object:
    value: object = []
    for _ in range(depth - 1):
        value = [value]
    return value


def test_text_is_written_as_in_rfc_8785_section_3_2_2() -> None:
    text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"
    value = {"string": text, "literals": [None, True, False]}
    wanted = r"""{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"""
    assert encode(value) == wanted.encode()


def test_keys_are_sorted_as_in_rfc_8785_section_3_2_3() -> None:
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    wanted = [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]
    decoded = decode(encode(value))
    assert isinstance(decoded, dict)
    assert list(decoded.values()) == wanted


def test_control_characters_take_the_short_escape_or_four_lower_case_digits() -> None:
    assert encode("\b\t\n\f\r\x00\x1f\x7f") == b'"\\b\\t\\n\\f\\r\\u0000\\u001f\x7f"'


def test_khmer_text_with_a_zero_width_space_is_kept_as_it_is() -> None:
    assert decode(encode("ការិយាល័យ\u200bបិទ")) == "ការិយាល័យ\u200bបិទ"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (1.5, "float"),
        (float("nan"), "float"),
        (2**53, "integer-too-large"),
        (-(2**53), "integer-too-large"),
        ({1: "a"}, "key-not-text"),
        ({"a": 1, 1: "a"}, "key-not-text"),
        ({None: "a"}, "key-not-text"),
        ("\ud800", "lone-surrogate"),
        ({"\udfff": 1}, "lone-surrogate"),
        (b"bytes", "type"),
        ({1, 2}, "type"),
        (nested(DEPTH + 1), "too-deep"),
        (["deep", {"er": nested(DEPTH)}], "too-deep"),
    ],
)
def test_a_value_outside_the_subset_is_refused_with_its_reason(value: object, reason: str) -> None:
    with pytest.raises(Inexpressible) as refused:
        encode(value)
    assert refused.value.facts["reason"] == reason


def test_the_largest_integers_and_the_deepest_nesting_pass() -> None:
    assert decode(encode([2**53 - 1, -(2**53) + 1])) == [2**53 - 1, -(2**53) + 1]
    assert decode(encode(nested(DEPTH))) == nested(DEPTH)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b'"a" "b"', "not-json"),
        (b'"\xff"', "not-utf-8"),
        (b"\xef\xbb\xbf1", "not-json"),
        ('"a"'.encode("utf-16"), "not-utf-8"),
        (b"1.0", "float"),
        (b"1e3", "float"),
        (b"NaN", "float"),
        (b"-Infinity", "float"),
        (b"9007199254740992", "integer-too-large"),
        (b"9" * 5000, "not-json"),
        (b'"\\ud800"', "lone-surrogate"),
        (b"[" * 33 + b"]" * 33, "too-deep"),
        (b"[" * 100_000 + b"]" * 100_000, "too-deep"),
        (b'{"a":1,"a":1}', "other-form"),
        (b'{"b":1,"a":1}', "other-form"),
        (b'{"a": 1}', "other-form"),
        (b'{"a":1}\n', "other-form"),
        (b"-0", "other-form"),
        (b'"\\u0061"', "other-form"),
        (b'"\\/"', "other-form"),
        (b'"\\u001F"', "other-form"),
    ],
)
def test_bytes_that_are_not_the_canonical_form_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NotCanonical) as refused:
        decode(data)
    assert refused.value.facts["reason"] == reason
