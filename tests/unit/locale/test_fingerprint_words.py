"""Fingerprints as people read them to each other."""

from hashlib import sha256

import pytest

from answerable.core.fingerprint import words_of
from answerable.locale.catalogue import Catalogue
from answerable.locale.fingerprint_words import fingerprint_in_words

DIGEST = bytes.fromhex("e58294f2e9a227486e8b061b").ljust(32, b"\0")


@pytest.mark.parametrize("language", ["en", "fr", "km"])
def test_words_are_english_for_everyone(language: str) -> None:
    said = fingerprint_in_words(Catalogue(language), sha256(b"a key").digest())
    assert {one.language for one in said} == {"en", language}
    assert " ".join(words_of(sha256(b"a key").digest())) in [one.text for one in said]


def test_numbers_have_the_digits_of_their_reader_and_stand_first_for_who_reads_khmer() -> None:
    in_khmer, _ = fingerprint_in_words(Catalogue("km"), DIGEST)
    assert in_khmer == ("២២៩ ១៣០ ១៤៨ ២៤២ ២៣៣ ១៦២ ០៣៩ ០៧២ ១១០ ១៣៩ ០០៦ ០២៧", "km")
    words, in_english = fingerprint_in_words(Catalogue("en"), DIGEST)
    assert words.text.startswith("topmost Istanbul Pluto")
    assert in_english.text.startswith("229 130 148")
