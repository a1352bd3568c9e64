"""Known answers of comparing texts."""

import pytest

from answerable.core.proceeding.comparison import changed_words, numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("14 of 61 cases", ["14", "61"]),
        ("1,200 or 1 200 or 1.200", ["1200", "1200", "1200"]),
        ("3.5 and 12,75", ["3.5", "12,75"]),
        ("១៤ ករណី", ["14"]),
        ("12 (b), 2019-12-12", ["12", "2019", "12", "12"]),
        ("fourteen", []),
    ],
)
def test_numbers_are_read_without_grouping_and_in_any_digits(text: str, numbers: list[str]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("before", "after", "removed", "added"),
    [
        ("no office was closed", "one office was closed", ("no",), ("one",)),
        ("it was closed", "it was not closed", (), ("not",)),
        ("ការិយាល័យត្រូវបានបិទ", "ការិយាល័យមិនត្រូវបានបិទ", (), ("មិន",)),
        ("same", "same", (), ()),
    ],
)
def test_the_words_that_differ_are_told(
    before: str, after: str, removed: tuple[str, ...], added: tuple[str, ...]
) -> None:
    assert changed_words(before, after) == (removed, added)


def test_texts_too_long_to_compare_word_by_word_are_told_as_a_whole() -> None:
    long = "word " * 4000
    assert changed_words(long, long + "more") == ((long,), (long + "more",))


def test_one_word_many_times_does_not_hold_up_a_comparison() -> None:
    # Two thousand words took eight minutes when every word was an anchor.
    before, after = "a " * 2000, "b a " * 1000
    removed, added = changed_words(before, after)
    assert "".join(removed).count("a") - "".join(added).count("a") == 1000
    assert "".join(added).count("b") == 1000
