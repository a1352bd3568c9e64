"""Case numbers under the writer's lock: the year's next serial, or a draw from the week's block."""

from collections.abc import Callable
from dataclasses import dataclass

from answerable.core.numbers import BLOCK_LENGTH, Block, DocketNumber, shuffled
from answerable.storage.backend import Reads
from answerable.storage.rows import Batch, BlockRow


@dataclass(frozen=True, slots=True)
class Numbers:
    """The prefix of the mechanism's numbers, and its calendar: an instant's year and ISO week."""

    prefix: str
    year_and_week: Callable[[int], tuple[int, int]]


class Numbering:
    """Numbers given within one transaction; the batch takes along what has to be stored."""

    def __init__(self, numbers: Numbers, reads: Reads, random: Callable[[int], bytes]) -> None:
        self._numbers = numbers
        self._random = random
        self._years = dict(reads.years())
        self._blocks = {(row.year, row.week, row.part): row for row in reads.blocks()}
        self._moved_years: set[int] = set()
        self._moved_blocks: set[tuple[int, int, int]] = set()

    def number(self, at: int, *, protected: bool) -> str:
        """Return the next case number for an act at this instant."""
        year, week = self._numbers.year_and_week(at)
        serial = self._draw(year, week) if protected else self._next(year, 1)
        return str(DocketNumber(self._numbers.prefix, year, serial))

    def store_in(self, batch: Batch) -> None:
        batch.years += [(year, self._years[year]) for year in sorted(self._moved_years)]
        batch.blocks += [self._blocks[key] for key in sorted(self._moved_blocks)]

    def _next(self, year: int, count: int) -> int:
        first = self._years.get(year, 0) + 1
        self._years[year] = first + count - 1
        self._moved_years.add(year)
        return first

    def _draw(self, year: int, week: int) -> int:
        parts = [key[2] for key in self._blocks if key[:2] == (year, week)]
        part = max(parts, default=0)
        row = self._blocks.get((year, week, part))
        if row is None or row.drawn == len(row.order):
            part += 1
            row = self._reserved(year, week, part)
        serial = Block(year, week, row.order, row.drawn).next_serial
        if serial is None:
            raise AssertionError("a block was reserved and is empty")
        self._blocks[year, week, part] = row._replace(drawn=row.drawn + 1)
        self._moved_blocks.add((year, week, part))
        return serial

    def _reserved(self, year: int, week: int, part: int) -> BlockRow:
        first = self._next(year, BLOCK_LENGTH)
        order = shuffled(range(first, first + BLOCK_LENGTH), self._random(8 * BLOCK_LENGTH))
        return BlockRow(year, week, part, " ".join(map(str, order)), 0)
