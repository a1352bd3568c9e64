"""Fingerprints in words: the published list, and nothing that sounds the same."""

from hashlib import sha256

import pytest

from answerable.core.fingerprint import LENGTH, numbers_of, words_of

# The fingerprint that the PGP word list is explained by, in the first twelve of its twenty bytes.
PUBLISHED = "E582 94F2 E9A2 2748 6E8B 061B 31CC 528F D7FA 3F19"
SAID = (
    "topmost Istanbul Pluto vagabond treadmill Pacific "
    "brackish dictator goldfish Medusa afflict bravado"
)
LIST = {
    0: "ae5422211d55ee7d857d3d9c6446b6afc3c170bfae214b651bba5b3ffc3380e3",
    1: "dfe1b4176dc7a1f02380090e4ee83beda5334e7718c19442d7136044d1b1da40",
}
"""SHA-256 of the words for even and odd places, in small letters with a line feed between."""


def padded(octets: bytes) -> bytes:
    return octets.ljust(32, b"\0")


def word(byte: int, place: int) -> str:
    return words_of(padded(bytes((0,) * place + (byte,))))[place]


def test_a_published_fingerprint_is_said_as_it_was_published() -> None:
    assert " ".join(words_of(padded(bytes.fromhex(PUBLISHED)))) == SAID


def test_the_same_bytes_are_said_as_numbers() -> None:
    said = "229 130 148 242 233 162 039 072 110 139 006 027"
    assert " ".join(numbers_of(padded(bytes.fromhex(PUBLISHED)))) == said


@pytest.mark.parametrize("place", [0, 1])
def test_every_word_is_that_of_the_published_list(place: int) -> None:
    words = [word(byte, place).lower() for byte in range(256)]
    assert sha256("\n".join(words).encode()).hexdigest() == LIST[place]


def test_a_word_left_out_or_changed_with_its_neighbour_is_heard() -> None:
    even, odd = ({word(byte, place).lower() for byte in range(256)} for place in (0, 1))
    assert len(even) == len(odd) == 256
    assert not even & odd


def test_so_much_is_said_that_nobody_finds_another_with_the_same_words() -> None:
    digest = sha256(b"a key").digest()
    assert len(words_of(digest)) == len(numbers_of(digest)) == LENGTH
    assert LENGTH * 8 >= 96
    assert words_of(digest[:LENGTH] + bytes(20)) == words_of(digest)


@pytest.mark.parametrize("size", [0, 12, 31, 33])
def test_nothing_else_than_a_whole_digest_is_said(size: int) -> None:
    for said in (words_of, numbers_of):
        with pytest.raises(ValueError, match="32 bytes"):
            said(bytes(size))
