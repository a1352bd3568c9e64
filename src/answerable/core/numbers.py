"""Case numbers: per mechanism and year, with a check digit; protected ones from shuffled blocks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from answerable.core.errors import Malformed

_FORM = re.compile(r"([A-Z][A-Z0-9]{1,7})-([0-9]{4})-([0-9]{4,8})-([0-9])(?:/([1-9][0-9]{0,8}))?")

TYPED_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789", "\u200b\u200c\u200d")
"""What keyboards and programs for Khmer put in the place of digits, and between them unseen."""

BLOCK_LENGTH = 16
"""How many numbers a week's block of protected cases holds; a full block is followed by another."""


class UnreadableNumber(Malformed):
    """A case number has not the form XA-2026-0061-7."""

    code = "unreadable-number"


class WrongCheckDigit(Malformed):
    """The last digit of a case number does not fit the others: a digit was mistyped."""

    code = "wrong-check-digit"


@dataclass(frozen=True, slots=True)
class DocketNumber:
    """The public number of a case, and of one of its acts where ``act`` is not None."""

    prefix: str
    year: int
    serial: int
    act: int | None = None

    def __str__(self) -> str:
        number = f"{self.prefix}-{self.year:04d}-{self.serial:04d}-{check_digit(self)}"
        return number if self.act is None else f"{number}/{self.act}"


def check_digit(number: DocketNumber) -> int:
    """Return the check digit, ISO 7064 MOD 11,10 over the serial as eight digits, then the year.

    It finds every single wrong digit. The prefix is not covered: it is letters, and printed.
    """
    check = 10
    for digit in f"{number.serial:08d}{number.year:04d}":
        check = ((check + int(digit)) % 10 or 10) * 2 % 11
    return (11 - check) % 10


def docket_number(text: str) -> DocketNumber:
    """Return the number written in text, with spaces and letter case forgiven.

    Raises:
        UnreadableNumber: it is no number of a case.
        WrongCheckDigit: without the digit that would fit, which would make a wrong number valid.
    """
    # Upper case would make an S of a long s, and two of a sharp s: letters nobody prints here.
    text = text.strip()
    found = _FORM.fullmatch(text.upper()) if text.isascii() else None
    if found is None:
        raise UnreadableNumber("a case number looks like XA-2026-0061-7")
    prefix, year, serial, digit, act = found.groups()
    number = DocketNumber(prefix, int(year), int(serial), int(act) if act else None)
    expected = check_digit(number)
    if f"{number.serial:04d}" != serial:
        raise UnreadableNumber("a case number has no leading zeros beyond four digits")
    if expected != int(digit):
        raise WrongCheckDigit(f"expected check digit {expected}, got {digit}", found=digit)
    return number


def typed_number(text: str) -> DocketNumber:
    """Return the number that a person typed, in Khmer digits or the others.

    Raises:
        UnreadableNumber, WrongCheckDigit: as docket_number, which reads what programs write.
    """
    return docket_number(text.translate(TYPED_DIGITS))


@dataclass(frozen=True, slots=True)
class Block:
    """A week's numbers for protected cases, in the order in which they are drawn.

    The order is shuffled, so that a number does not tell the hour. Serials left when the week is
    over are void and are published as such, so that the year's numbers still have no gap.
    """

    year: int
    week: int
    order: tuple[int, ...]
    drawn: int

    @property
    def next_serial(self) -> int | None:
        return self.order[self.drawn] if self.drawn < len(self.order) else None

    @property
    def left(self) -> tuple[int, ...]:
        """The serials not drawn yet, in ascending order, which tells nothing of the order."""
        return tuple(sorted(self.order[self.drawn :]))


def year_and_week(day: date) -> tuple[int, int]:
    """Return the year whose serials a case of this day gets, and the week of its block.

    Weeks are those of ISO 8601, cut at the turn of the year, since serials begin anew there: the
    days of January that belong to the last year's last week are week 0, and the days of December
    that belong to the next year's first week are week 53.
    """
    iso_year, week, _ = day.isocalendar()
    if iso_year < day.year:
        return day.year, 0
    # A year whose last days belong to the next has 52 weeks, so 53 is free.
    return day.year, week if iso_year == day.year else 53


def shuffled(serials: Sequence[int], random: bytes) -> tuple[int, ...]:
    """Return the serials in an order decided by random, which holds 8 bytes for each of them.

    Fisher and Yates; 64 bits a step make the bias of the remainder negligible (under 2**-55).
    """
    if len(random) != 8 * len(serials):
        raise ValueError("shuffling wants eight random bytes for each serial")
    order = list(serials)
    for last in range(len(order) - 1, 0, -1):
        drawn = int.from_bytes(random[8 * last : 8 * last + 8]) % (last + 1)
        order[last], order[drawn] = order[drawn], order[last]
    return tuple(order)
