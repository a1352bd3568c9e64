"""Dates as people write them, and the days they are read as."""

import pytest

from answerable.core.case.dates import read_when
from answerable.core.case.problems import (
    DatesReversed,
    ImpossibleDate,
    Problem,
    UnknownKey,
    UnreadableDate,
)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-05-12",
        "2026/5/12",
        "12/5/2026",
        "12.05.2026",
        "12-5-2026",
        "12 5 2026",
        "១២/៥/២០២៦",
        "ថ្ងៃទី១២ ខែឧសភា ឆ្នាំ២០២៦",
        "12 May 2026",
        "May 12, 2026",
        "12th may 2026",
        "12 mai 2026",
        "១២ ឧសភា ២០២៦",
        "12 May 2026 AD",
    ],
)
def test_a_day_is_read_in_every_common_form_and_kept_as_typed(typed: str) -> None:
    when = read_when(typed)
    assert (when.kind, when.typed, str(when.first), str(when.last)) == (
        "exact",
        (typed,),
        "2026-05-12",
        "2026-05-12",
    )
    assert when.read_as == ()


@pytest.mark.parametrize(
    ("typed", "day", "how"),
    [
        ("១២/៥/២៦", "2026-05-12", "two-digit-year"),
        ("12/2/2570", "2027-02-12", "buddhist-era"),
        ("12/8/2570", "2026-08-12", "buddhist-era"),
        ("12/5/2570", "2026-05-12", "buddhist-era-may"),
        ("ថ្ងៃទី១២ ខែសីហា ព.ស. ២៥៧០", "2026-08-12", "buddhist-era"),
    ],
)
def test_a_year_that_must_be_interpreted_says_how_it_was_read(
    typed: str,
    day: str,
    how: str,
) -> None:
    when = read_when(typed)
    assert str(when.first) == day
    assert when.read_as == (how,)


@pytest.mark.parametrize(
    ("typed", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2/2023", "2023-02-01", "2023-02-28"),
        ("ខែកញ្ញា ឆ្នាំ២០១៩", "2019-09-01", "2019-09-30"),
    ],
)
def test_a_month_or_a_year_is_approximate(typed: str, first: str, last: str) -> None:
    when = read_when(typed)
    assert (when.kind, str(when.first), str(when.last)) == ("approximate", first, last)


def test_a_span_may_be_open_at_one_end() -> None:
    since = read_when({"from": "2017", "to": None})
    assert (since.kind, str(since.first), since.last) == ("span", "2017-01-01", None)
    until = read_when({"to": "5/12/2019"})
    assert (until.first, str(until.last), until.typed) == (None, "2019-12-05", ("", "5/12/2019"))


def test_words_stand_where_no_day_is_known() -> None:
    when = read_when({"words": "the day after the boat races"})
    assert (when.kind, when.first, when.last) == ("words", None, None)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("soon", UnreadableDate),
        ("12/5", UnreadableDate),
        ("12/5/126", UnreadableDate),
        ("12/5-2026", UnreadableDate),
        ("1/1/1066", UnreadableDate),
        ("9" * 150, UnreadableDate),
        # Letters that only look like those of a month, or turn into them where case is left out.
        ("12 augu\u017ft 2026", UnreadableDate),
        ("augu\u017ft 2026", UnreadableDate),
        ("12 ma\u0131 2026", UnreadableDate),
        ("12 AVR\u0130L 2026", UnreadableDate),
        ("1\u017ft may 2026", UnreadableDate),
        ("12/25/2026", ImpossibleDate),
        ("29/2/2023", ImpossibleDate),
        ("0/5/2026", ImpossibleDate),
        ({"from": "2020", "to": "2019"}, DatesReversed),
        ({"about": "2020", "words": "x"}, UnreadableDate),
        ({}, UnreadableDate),
        ({"since": "2020"}, UnknownKey),
    ],
)
def test_what_is_no_date_is_refused(value: object, kind: type[Problem]) -> None:
    with pytest.raises(kind):
        read_when(value)
