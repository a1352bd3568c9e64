"""The demo's text is broken at blanks only, and its command lines can be typed as they stand."""

import shlex
import string

from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.demonstration.layout import answer_lines, broken, command_lines, width_of

COLUMNS = 40


def test_a_khmer_syllable_is_as_wide_as_what_stands_on_the_line() -> None:
    assert width_of("កា") == 2
    assert width_of("កំ") == 1
    assert width_of("ក\u200bក") == 2


@given(st.text(st.sampled_from(f"{string.printable}\x00\x7f"), max_size=20))
def test_letters_that_khmer_is_mixed_with_are_as_wide_with_it_as_without(text: str) -> None:
    assert width_of(text) == width_of(f"{text}ក") - 1


@given(st.text(st.sampled_from("កខំ ab\n"), max_size=200))
def test_breaking_changes_nothing_but_blanks(text: str) -> None:
    assert "".join(broken(text, COLUMNS)).replace(" ", "") == text.replace(" ", "").replace(
        "\n", ""
    )


@given(st.lists(st.text("abក", min_size=1, max_size=COLUMNS), max_size=30))
def test_no_line_is_wider_than_the_window_where_no_word_is(words: list[str]) -> None:
    assert all(width_of(line) <= COLUMNS for line in broken(" ".join(words), COLUMNS))


def test_an_answer_keeps_its_own_indents_and_goes_on_further_in() -> None:
    answer = "Fields:\n  | a long line of an answer that goes on\n\nend"
    assert list(answer_lines(answer, COLUMNS)) == [
        "    Fields:",
        "      | a long line of an answer that",
        "        goes on",
        "",
        "    end",
    ]


@given(
    st.lists(
        st.sampled_from(["receipt", "--lang", "km", "--json", "'a b'", "x" * 30, "| head -n 3"])
    )
)
def test_a_cut_command_line_is_the_same_command(words: list[str]) -> None:
    shown = "\n".join(command_lines(["answerable", *words], COLUMNS))
    assert shown.startswith("    $ answerable")
    typed = shown.removeprefix("    $ ").replace("\\\n", "")
    assert shlex.split(typed) == shlex.split(" ".join(["answerable", *words]))


def test_an_option_stays_with_its_value() -> None:
    words = ["answerable", "receipt", "verify", "a.tlog-proof", "--policy", "policy", "--json"]
    assert list(command_lines(words, COLUMNS)) == [
        "    $ answerable receipt verify \\",
        "        a.tlog-proof --policy policy \\",
        "        --json",
    ]


def test_a_line_is_not_broken_at_a_blank_that_keeps_together() -> None:
    said = "Pour les voir toutes\u00a0: answerable proceeding list"
    for columns in range(10, 60):
        assert not any(line.startswith(":") for line in broken(said, columns))
