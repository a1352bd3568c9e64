"""A fingerprint as a person reads it to another by telephone."""

from typing import NamedTuple

from answerable.core.fingerprint import numbers_of, words_of
from answerable.locale.catalogue import Catalogue


class Said(NamedTuple):
    """One way to say a fingerprint: the text, and the language that it is read in."""

    text: str
    language: str


def fingerprint_in_words(words: Catalogue, digest: bytes) -> tuple[Said, Said]:
    """Return a digest of 32 bytes in words and in numbers, first what its reader can say aloud.

    The words are English wherever they stand: there is no published list in Khmer or French.
    """
    said = Said(" ".join(words_of(digest)), "en")
    numbers = Said(words.groups(numbers_of(digest)), words.language)
    return (numbers, said) if words.language == "km" else (said, numbers)
