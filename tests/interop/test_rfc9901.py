"""Disclosures and key derivation, held against RFC 9901, RFC 5869 and other implementations."""

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10

from answerable.core.commitment import digest_of, disclosure_of, expand, extract
from answerable.core.disclosure import base64url_octets
from answerable.core.numbers import DocketNumber, check_digit


@pytest.mark.parametrize(
    ("plain", "disclosure", "digest"),
    [
        pytest.param(
            '["_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius"]',
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
            "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
            id="sections 4.2.1 and 4.2.3",
        ),
        pytest.param(
            '["lklxF5jMYlGTPUovMNIvCA", "FR"]',
            "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0",
            "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs",
            id="sections 4.2.2 and 4.2.4.2",
        ),
        pytest.param(
            '["2GLC42sKQveCfGfryNRN9w", "given_name", "John"]',
            "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd",
            "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4",
            id="section 5.1, given_name",
        ),
    ],
)
def test_disclosures_and_digests_are_those_of_rfc_9901(
    plain: str, disclosure: str, digest: str
) -> None:
    assert disclosure_of(plain.encode()).decode() == disclosure
    assert base64url_octets(disclosure) == plain.encode()
    assert digest_of(disclosure.encode()) == digest


def test_extract_and_expand_are_those_of_rfc_5869_appendix_a_3() -> None:
    # No salt there: a salt of 32 zero bytes (section 2.2). The first 32 bytes of 42.
    block = expand(extract(b"\x0b" * 22), b"")
    assert block.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


@given(secret=st.binary(max_size=100), info=st.binary(max_size=300))
def test_extract_and_expand_agree_with_cryptography(secret: bytes, info: bytes) -> None:
    oracle = HKDF(algorithm=SHA256(), length=32, salt=bytes(32), info=info)
    assert expand(extract(secret), info) == oracle.derive(secret)


@given(serial=st.integers(0, 99_999_999), year=st.integers(0, 9999))
def test_the_check_digit_is_that_of_python_stdnum(serial: int, year: int) -> None:
    covered = f"{serial:08d}{year:04d}"
    digit = check_digit(DocketNumber("XA", year, serial))
    assert str(digit) == mod_11_10.calc_check_digit(covered)
    assert mod_11_10.is_valid(f"{covered}{digit}")
