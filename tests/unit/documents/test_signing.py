"""Signatures on documents: whom they name, what breaks them, and who may not sign."""

from dataclasses import replace
from functools import cache
from random import Random

import pytest

from answerable.casework.documents import Certificate, CertificateUnusable, NotADocument
from answerable.documents.typst_documents import TypstDocuments
from tests.support.certificates import MECHANISM, encrypted_key, self_made
from tests.support.pages import Pages
from tests.support.pdf_signatures import DAMAGED, signatures_of
from tests.support.responses import CLEARED, SHORT

DOCUMENTS = TypstDocuments()
AT = "2026-12-10T09:45:00.000Z"
OURS = self_made()


@cache
def plain() -> bytes:
    return DOCUMENTS.response_pdf(SHORT, language="en", cleared=CLEARED, signed_by=MECHANISM)


@cache
def signed() -> bytes:
    return DOCUMENTS.sign_pdf(plain(), OURS, at=AT)


def is_valid(pdf: bytes) -> bool:
    try:
        found = signatures_of(pdf, trusted=OURS.certificates)
    except DAMAGED:
        return False
    return bool(found) and all(one.is_valid for one in found)


def test_a_signature_names_the_mechanism_and_its_hour_and_changes_nothing_before_it() -> None:
    (found,) = signatures_of(signed(), trusted=OURS.certificates)
    assert (found.by, found.at, found.is_valid) == (MECHANISM, AT, True)
    assert DOCUMENTS.signer_of(OURS) == MECHANISM
    assert signed().startswith(plain())
    assert f"Signed by {MECHANISM}." in Pages(signed()).text
    assert Pages(signed()).files == Pages(plain()).files


def test_a_file_without_a_signature_has_none_and_says_so() -> None:
    unsigned = DOCUMENTS.response_pdf(SHORT, language="en", cleared=CLEARED)
    assert signatures_of(unsigned, trusted=OURS.certificates) == ()
    assert "This file was made without a signature." in Pages(unsigned).text


def test_a_certificate_that_nobody_handed_in_is_not_trusted() -> None:
    other = self_made("Somebody Else")
    (found,) = signatures_of(signed(), trusted=other.certificates)
    assert (found.is_intact, found.is_trusted, found.is_valid) == (True, False, False)


def test_one_flipped_bit_anywhere_breaks_it() -> None:
    random = Random(7)  # noqa: S311 - which places, not what keys
    places = [random.randrange(len(signed())) for _ in range(60)]
    places += range(len(signed()) - 40, len(signed()))  # the end of the file is read first
    for at in places:
        broken = bytearray(signed())
        broken[at] ^= 1 << random.randrange(8)
        assert not is_valid(bytes(broken)), at


def test_what_is_added_after_the_signature_is_found_out() -> None:
    (first, *_) = signatures_of(
        DOCUMENTS.sign_pdf(signed(), self_made("Somebody Else"), at=AT),
        trusted=OURS.certificates,
    )
    assert (first.is_intact, first.is_whole, first.is_valid) == (True, False, False)


@pytest.mark.parametrize(
    ("certificate", "reason"),
    [
        (Certificate(certificates=b"", key=OURS.key), "unreadable"),
        (replace(OURS, key=b"-----BEGIN PRIVATE KEY-----"), "unreadable"),
        (replace(OURS, key=encrypted_key()), "encrypted"),
        (replace(OURS, key=self_made("Somebody Else").key), "not-one-pair"),
        (self_made("Keeps secrets", signs=False), "not-for-signing"),
    ],
)
def test_who_may_not_sign_is_told_why(certificate: Certificate, reason: str) -> None:
    with pytest.raises(CertificateUnusable) as told:
        DOCUMENTS.sign_pdf(plain(), certificate, at=AT)
    assert told.value.facts["reason"] == reason


def test_a_certificate_signs_only_while_it_is_valid() -> None:
    with pytest.raises(CertificateUnusable) as told:
        DOCUMENTS.sign_pdf(plain(), OURS, at="2028-12-10T09:45:00.000Z")
    assert told.value.facts["reason"] == "expired"


@pytest.mark.parametrize("pdf", [b"", b"hello", b"%PDF-1.7\n%%EOF\n"])
def test_what_is_no_pdf_is_not_signed(pdf: bytes) -> None:
    with pytest.raises(NotADocument):
        DOCUMENTS.sign_pdf(pdf, OURS, at=AT)
