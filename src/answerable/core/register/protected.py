"""Which cases have a protected number: of these the register says nothing one by one."""

from collections.abc import Iterable

Protected = frozenset[str]
"""The year and serial of every number in a block, as numbers have them: 2026-0061."""


def protected_numbers(blocks: Iterable[tuple[int, Iterable[int]]]) -> Protected:
    """Return the numbers of blocks, each with its year and its serials, drawn or not."""
    return frozenset(f"{year:04d}-{serial:04d}" for year, serials in blocks for serial in serials)


def is_protected(text: str, protected: Protected) -> bool:
    """Whether a number lies in a block."""
    return year_and_serial(text) in protected


def year_and_serial(text: str) -> str:
    """Return a number without its prefix and its digit."""
    return text.partition("-")[2].rpartition("-")[0]
