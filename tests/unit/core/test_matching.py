"""Texts are found however they were typed: known answers for Khmer, and laws for all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.core.matching import clusters, plain, runs


def keys(text: str) -> list[list[str]]:
    return [*runs(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ស្ត្រី", "ស្រ្តី"),  # the two signs below in either order
        ("ខ្ញុំ", "ខ្ញំុ"),  # vowel and nikahit in either order
        ("ស៊ី", "សី៊"),  # shifter before and after its vowel
        ("គោ", "គេា"),  # one vowel typed in two parts
        ("បើ", "បេី"),
        ("ការិយាល័យ", "ការិ\u200bយាល័យ"),
        ("ច្បាប់", "ច្បា\u200bប់\u2060"),
        ("២០២៦", "2026"),
        ("Élève", "eleve"),
        ("ONE", "\uff4f\uff4e\uff45"),
    ],
)
def test_two_typings_of_one_word_are_alike(one: str, other: str) -> None:
    assert one != other
    assert keys(one) == keys(other)


@pytest.mark.parametrize(("one", "other"), [("ការ", "ការ្យ"), ("ក", "ខ"), ("ប៊ី", "ប៉ី"), ("a", "b")])
def test_other_words_stay_others(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_a_khmer_run_is_its_clusters_and_a_latin_word_itself() -> None:
    assert keys("ស្ត្រី at PO-12") == [["ស្ត្រី"], ["at"], ["po"], ["12"]]
    assert clusters("ការិយាល័យ") == ["កា", "រិ", "យា", "ល័", "យ"]


@given(st.text(alphabet=st.characters(min_codepoint=0x1780, max_codepoint=0x17DD), max_size=30))
def test_no_sign_of_a_khmer_text_is_lost(text: str) -> None:
    told = plain(text)
    found = "".join(sign for run in runs(text) for cluster in run for sign in cluster)
    # Two parts of a vowel become one sign.
    assert len(found) <= len(told)
    assert {*found} <= {*told, "\u17be", "\u17c4"}


@given(st.text(max_size=60))
def test_a_key_of_a_key_is_the_key(text: str) -> None:
    once = " ".join("".join(run) for run in runs(text))
    assert " ".join("".join(run) for run in runs(once)) == once
