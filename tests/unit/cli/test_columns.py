"""Columns: what may not be cut stays whole, and a box is as large as an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.cli.columns import LEAST, box, indented, pair, text, wrapped
from answerable.cli.demonstration.layout import width_of
from answerable.core.case.text import clusters

# "We ask that the workshop be held": letters with marks, and with subscripts after a coeng.
KHMER = "យើងស្នើសុំឲ្យសិក្ខាសាលាត្រូវបានរៀបចំឡើងវិញ"


def test_a_khmer_letter_is_never_parted_from_its_marks_and_subscripts() -> None:
    assert list(clusters("ស្ត្រី")) == ["ស្ត្រី"]
    assert list(clusters("ក្រុម")) == ["ក្រុ", "ម"]


@pytest.mark.parametrize("width", range(4, 30))
def test_khmer_is_broken_between_clusters_only(width: int) -> None:
    lines = wrapped(KHMER, width)
    assert "".join(lines) == KHMER
    assert all(width_of(line) <= width for line in lines)
    whole = list(clusters(KHMER))
    assert [one for line in lines for one in clusters(line)] == whole


def test_a_zero_width_space_is_where_khmer_breaks_first() -> None:
    assert wrapped("សិក្ខា\u200bសាលា", 6) == ["សិក្ខា\u200b", "សាលា"]


@given(st.text(alphabet="ab ករ្ើ\u200b\n", max_size=60), st.integers(6, 40))
def test_no_letter_is_lost_and_no_line_too_wide(said: str, width: int) -> None:
    lines = wrapped(said, width)
    assert "".join("".join(lines).split()) == "".join(said.split())
    assert all(width_of(line) <= width for line in lines)


def test_what_goes_on_stands_further_in() -> None:
    assert indented("one two", 6, first="- ", rest="  ") == ["- one", "  two"]


def test_claim_and_answer_stand_side_by_side() -> None:
    lines = pair([text("claim"), text("more")], [text("answer")], LEAST)
    assert [line.split("║")[0].strip() for line in lines] == ["claim", "", "more"]
    assert [line.split("║")[1].strip() for line in lines] == ["answer", "", ""]
    assert len({width_of(line.split("║")[0]) for line in lines}) == 1


def test_in_a_narrow_window_the_answer_stands_under_the_claim() -> None:
    lines = pair([text("claim")], [text("answer")], LEAST - 1)
    assert [line.strip() for line in lines if line.strip()] == ["claim", "═" * 75, "answer"]


def test_an_empty_box_takes_the_room_of_an_answer() -> None:
    drawn = box(["NO ANSWER YET", "Owed by: chair."], least=9)(20)
    assert len(drawn) == 9
    assert drawn[1:3] == ["| NO ANSWER YET", "| Owed by: chair."]
    assert {width_of(drawn[0]), width_of(drawn[-1])} == {19}
    # However long its label is, the box is closed below.
    assert box(["a " * 60])(20)[-1] == drawn[-1]


def test_a_line_is_not_broken_at_a_blank_that_keeps_together() -> None:
    said = "Pour les voir toutes\u00a0: answerable proceeding list"
    for width in range(10, 60):
        assert not any(line.startswith(":") for line in wrapped(said, width))
