"""What text may hold, how it is counted, and which names files may have."""

import pytest

from answerable.core.case.problems import Problem
from answerable.core.case.text import clean, is_blank, length, safe_exhibit_name


def code_of(value: object, limit: int = 100) -> str:
    with pytest.raises(Problem) as refused:
        clean(value, limit)
    return refused.value.code


@pytest.mark.parametrize("character", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_every_bidirectional_control_is_refused_by_name(character: str) -> None:
    with pytest.raises(Problem) as refused:
        clean(f"a{character}b", 10)
    assert refused.value.code == "bidirectional-control"
    assert refused.value.facts["found"] == f"U+{ord(character):04X}"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x9f", "\uffff"])
def test_every_control_but_newline_and_tab_is_refused(character: str) -> None:
    assert code_of(f"a{character}b") == "control-character"


def test_half_a_character_and_a_byte_order_mark_are_refused() -> None:
    assert code_of("a\udc00b") == "lone-surrogate"
    assert code_of("a\ufeffb") == "byte-order-mark"


@pytest.mark.parametrize(
    "text",
    ["ការិយាល័យ\u200bបិទ", "ស៊\u200dី", "\u200cក", "one\ttwo\nthree", "\U0001f600"],
)
def test_what_khmer_and_people_need_is_kept_unchanged(text: str) -> None:
    assert clean(text, 100) == text


def test_line_ends_are_one_and_blanks_around_go() -> None:
    assert clean("  one\r\ntwo\rthree \n", 100) == "one\ntwo\nthree"


def test_characters_are_counted_after_nfc() -> None:
    assert length("e\u0301" * 3) == 3
    assert clean("e\u0301" * 3, 3) == "e\u0301" * 3
    assert code_of("abcd", 3) == "too-long"


def test_text_of_no_width_is_blank() -> None:
    assert is_blank(" \u200b\u200d\n")
    assert not is_blank("ក\u200b")


@pytest.mark.parametrize("name", ["a.jpg", "photos/door 1.jpg", "រូប/ទ្វារ.jpg", "a..b.jpg"])
def test_a_path_inside_the_folder_is_taken_as_it_is(name: str) -> None:
    assert safe_exhibit_name(name) == name


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../a", "outside"),
        ("a/../../b", "outside"),
        ("a/..", "outside"),
        ("/etc/passwd", "absolute"),
        ("~root/a", "absolute"),
        ("C:/a", "absolute"),
        ("c:a", "absolute"),
        ("..\\a", "backslash"),
        ("\\\\server\\a", "backslash"),
        ("./a", "empty-part"),
        ("a//b", "empty-part"),
        ("a/", "empty-part"),
        (".ssh/id", "hidden"),
        ("a/.b", "hidden"),
        ("a|b", "character"),
        ("a\tb", "character"),
        ("ក" * 86, "too-long"),
    ],
)
def test_a_path_that_could_leave_the_folder_is_refused(name: str, reason: str) -> None:
    with pytest.raises(Problem) as refused:
        safe_exhibit_name(name)
    assert refused.value.facts["reason"] == reason
