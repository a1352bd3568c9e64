"""Case numbers: read in one form, guarded by a check digit, and shuffled where it protects."""

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from answerable.core.errors import Malformed
from answerable.core.numbers import (
    Block,
    DocketNumber,
    UnreadableNumber,
    WrongCheckDigit,
    check_digit,
    docket_number,
    shuffled,
    typed_number,
    year_and_week,
)

VECTORS = Path(__file__).parents[3] / "docs" / "specs" / "vectors" / "act"
NUMBERS = json.loads((VECTORS / "numbers.json").read_text())
NUMBER = DocketNumber("XA", 2026, 61)


@pytest.mark.parametrize("case", NUMBERS["valid"], ids=lambda case: case["text"])
def test_a_number_is_read_as_the_vectors_say(case: dict[str, Any]) -> None:
    number = docket_number(case["text"])
    assert number == DocketNumber(case["prefix"], case["year"], case["serial"], case["act"])
    assert str(number) == case["text"].strip().upper()


@pytest.mark.parametrize("case", NUMBERS["refused"], ids=lambda case: ascii(case["text"]))
def test_no_other_text_is_a_number(case: dict[str, Any]) -> None:
    with pytest.raises(Malformed) as refused:
        docket_number(case["text"])
    assert refused.value.code == case["code"]


def test_a_number_may_be_typed_in_khmer_digits_and_is_shown_in_the_others() -> None:
    for typed in ("XA-២០២៦-០០៦១-៧/៣", "xa-២០២៦-0061-៧/៣", " XA-២០២៦-\u200b០០៦១-៧/៣ "):
        assert str(typed_number(typed)) == "XA-2026-0061-7/3"
    with pytest.raises(WrongCheckDigit):
        typed_number("XA-២០២៦-០០៦១-៨")
    with pytest.raises(UnreadableNumber):
        typed_number("XA-2026-0061-\u0667")


def test_the_check_digit_of_the_example_is_seven() -> None:
    assert str(NUMBER) == "XA-2026-0061-7"
    assert str(DocketNumber("XA", 2026, 61, 3)) == "XA-2026-0061-7/3"


def test_every_single_wrong_digit_is_found() -> None:
    right = f"{NUMBER.serial:08d}{NUMBER.year:04d}"
    for place, digit in enumerate(right):
        for other in set("0123456789") - {digit}:
            wrong = right[:place] + other + right[place + 1 :]
            mistyped = DocketNumber("XA", int(wrong[8:]), int(wrong[:8]))
            assert check_digit(mistyped) != check_digit(NUMBER)


def test_most_exchanges_of_neighbouring_digits_are_found() -> None:
    found = exchanged = 0
    for serial in range(1, 10_000):
        digits = f"{serial:04d}"
        for place in range(3):
            first, second = digits[place], digits[place + 1]
            if first == second:
                continue
            other = int(digits[:place] + second + first + digits[place + 2 :])
            exchanged += 1
            found += check_digit(DocketNumber("XA", 2026, serial)) != check_digit(
                DocketNumber("XA", 2026, other)
            )
    assert 0.97 < found / exchanged < 1


def test_the_digit_that_would_fit_is_told_to_nobody() -> None:
    with pytest.raises(WrongCheckDigit) as refused:
        docket_number("XA-2026-0061-8")
    assert refused.value.facts == {"found": "8"}


def test_a_block_gives_its_numbers_in_the_shuffled_order_and_then_none() -> None:
    assert Block(2026, 20, order=(63, 61, 62), drawn=0).next_serial == 63
    assert Block(2026, 20, order=(63, 61, 62), drawn=2).next_serial == 62
    assert Block(2026, 20, order=(63, 61, 62), drawn=3).next_serial is None


def test_what_is_left_of_a_block_does_not_tell_the_order() -> None:
    assert Block(2026, 20, order=(63, 61, 64, 62), drawn=1).left == (61, 62, 64)


def test_shuffling_follows_the_random_bytes_as_fisher_and_yates_say() -> None:
    # Steps 2 and 1 draw places 0 and 1: 61 and 63 change places, then 62 stays.
    random = bytes(8) + (1).to_bytes(8) + (3).to_bytes(8)
    assert shuffled((61, 62, 63), random) == (63, 62, 61)


@pytest.mark.parametrize("length", [0, 23, 25])
def test_shuffling_wants_eight_random_bytes_for_each_serial(length: int) -> None:
    with pytest.raises(ValueError, match="eight random bytes"):
        shuffled((61, 62, 63), bytes(length))


def test_every_order_of_three_comes_up_as_often() -> None:
    orders = [
        shuffled((1, 2, 3), bytes(8) + one.to_bytes(8) + two.to_bytes(8))
        for one in range(2)
        for two in range(3)
    ]
    assert len(set(orders)) == 6


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2027-12-31", (2027, 52), id="a Friday of the last week of 2027"),
        pytest.param("2028-01-01", (2028, 0), id="the Saturday of that same week"),
        pytest.param("2028-01-03", (2028, 1), id="a Monday that begins the first week"),
        pytest.param("2028-12-31", (2028, 52), id="a Sunday that ends the last week"),
        pytest.param("2024-12-29", (2024, 52), id="a Sunday that ends the last whole week"),
        pytest.param("2024-12-30", (2024, 53), id="a Monday of the first week of 2025"),
        pytest.param("2026-12-31", (2026, 53), id="a Thursday of a year with 53 weeks"),
        pytest.param("2027-01-01", (2027, 0), id="the Friday of that same week"),
    ],
)
def test_a_week_is_cut_at_the_turn_of_the_year(day: str, expected: tuple[int, int]) -> None:
    assert year_and_week(date.fromisoformat(day)) == expected


@pytest.mark.parametrize("year", range(2020, 2060))
def test_no_two_weeks_of_a_year_have_one_number(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(at) for at in range(366)]
    weeks = [year_and_week(day) for day in days if day.year == year]
    changes = [after for before, after in pairwise(weeks) if after != before]
    assert len(set(changes)) == len(changes)
    assert weeks == sorted(weeks)
