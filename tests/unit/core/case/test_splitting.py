"""Where a text may be two: between sentences in any language, and never within a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.core.case.splitting import MARK, MOST, beginnings, parted, parted_at_mark


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("They came. Then they left.", ["Then they left."]),
        ("គេបានមក។ គេបានទៅ។", ["គេបានទៅ។"]),
        ("គេបានមក។គេបានទៅ៕", ["គេបានទៅ៕"]),
        ("On 12.5.2026 at 3.30 they came", []),
        ("They came\n\nand left", ["and left"]),
        ('"Go!" he said. I went.', ["he said. I went.", "I went."]),
        ("One thing only.", []),
        ("  ", []),
    ],
)
def test_a_second_part_begins_after_a_sentence_or_a_line(text: str, second: list[str]) -> None:
    assert [parted(text, at)[1] for at in beginnings(text)] == second


def test_of_a_long_text_paragraphs_are_offered_and_no_more_than_help() -> None:
    text = "\n".join("One. Two. Three. Four. Five." for _ in range(30))
    assert len(beginnings(text)) == 29
    assert len(beginnings("A thing.\n" * 500)) == MOST


def test_many_full_stops_do_not_hold_up_whoever_splits_a_text() -> None:
    # Twenty thousand of them, which a text may have, took fifteen seconds of a server.
    assert beginnings("They came" + "." * 200_000 + "x. Then they left.") == (200_012,)


@given(st.text(alphabet="ab .!?\n។\u200b#", max_size=60))
def test_both_parts_say_something_and_together_all_of_it(text: str) -> None:
    for at in beginnings(text):
        before, after = parted(text, at)
        assert before.strip()
        assert after.strip()
        assert "".join((before + after).split()) == "".join(text.split())
    at_mark = parted_at_mark(text)
    assert (at_mark is None) or all(part.strip() for part in at_mark)


def test_a_mark_parts_what_has_no_end_of_a_sentence() -> None:
    assert parted_at_mark(f"they came {MARK} they left") == ("they came", "they left")
    assert parted_at_mark("see https://x.example/a") is None
    assert parted_at_mark(f"{MARK} they left") is None
