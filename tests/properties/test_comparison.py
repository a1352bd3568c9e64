"""Laws of comparing a returned document with the one that was handed out."""

from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st

from answerable.core.proceeding.comparison import (
    Comparison,
    Returned,
    Row,
    RowKind,
    What,
    changed_words,
    compared,
    numbers_in,
    plain,
)

WORDS = st.sampled_from(
    ["closed", "office", "14", "1,200", "៣", "ការិយាល័យ", "été", ".", "(b)", "no"]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=8).map(" ".join)
ROWS = st.lists(st.tuples(st.sampled_from(RowKind), TEXTS), min_size=1, max_size=6).map(
    lambda made: [Row(key=f"r{at}", kind=kind, text=text) for at, (kind, text) in enumerate(made)]
)


def untouched(rows: list[Row]) -> dict[str, list[str]]:
    return {row.key: [row.text] for row in rows}


@given(ROWS, st.lists(TEXTS, max_size=3))
def test_an_untouched_document_has_no_difference(rows: list[Row], loose: list[str]) -> None:
    returned = Returned(rows=untouched(rows), loose=(*loose,))
    assert compared(rows, loose, returned) == Comparison()


@given(ROWS, st.sampled_from([" ", "\n", "\u200b", "  \t"]))
def test_blanks_that_nobody_sees_are_no_difference(rows: list[Row], blank: str) -> None:
    texts = {row.key: [blank + row.text.replace(" ", " " + blank) + blank] for row in rows}
    assert compared(rows, (), Returned(rows=texts)) == Comparison()


@given(ROWS, st.data(), TEXTS)
def test_every_planted_edit_is_found_at_its_row_alone(
    rows: list[Row], data: st.DataObject, text: str
) -> None:
    row = data.draw(st.sampled_from(rows))
    assume(plain(text) != plain(row.text))
    found = compared(rows, (), Returned(rows={**untouched(rows), row.key: [text]})).differences
    assert {one.row for one in found} == {row}
    kinds = [one.what for one in found]
    assert (What.EDITED if row.is_free else What.FIXED) in kinds
    differ = Counter(numbers_in(row.text)) != Counter(numbers_in(text))
    assert (What.NUMBER in kinds) == (differ or row.kind is RowKind.COUNT)


@given(ROWS, st.data())
def test_every_lost_row_and_every_copy_is_found(rows: list[Row], data: st.DataObject) -> None:
    lost, copied = data.draw(st.sampled_from(rows)), data.draw(st.sampled_from(rows))
    assume(lost != copied)
    texts = {**untouched(rows), copied.key: [copied.text] * 2}
    del texts[lost.key]
    found = compared(rows, (), Returned(rows=texts)).differences
    assert [(one.what, one.row) for one in found] == [(What.LOST, lost), (What.DOUBLED, copied)]


@given(ROWS, TEXTS)
def test_every_text_that_is_in_no_row_is_found(rows: list[Row], text: str) -> None:
    for returned in (
        Returned(rows=untouched(rows), loose=(text,)),
        Returned(rows={**untouched(rows), "another": [text]}),
    ):
        (difference,) = compared(rows, (), returned).differences
        assert (difference.what, difference.after) == (What.ADDED, plain(text))
    (gone,) = compared(rows, (text,), Returned(rows=untouched(rows))).differences
    assert (gone.what, gone.before) == (What.FIXED, plain(text))


@given(TEXTS, TEXTS)
def test_words_that_are_told_make_the_one_text_of_the_other(before: str, after: str) -> None:
    removed, added = changed_words(before, after)
    left, right = before, after
    for text in removed:
        assert text in left
        left = left.replace(text, "", 1)
    for text in added:
        assert text in right
        right = right.replace(text, "", 1)
    assert sorted(left.replace(" ", "")) == sorted(right.replace(" ", ""))
