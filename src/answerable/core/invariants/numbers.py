"""Case numbers: each given once, each year without a gap that nothing explains."""

from collections.abc import Iterator, Mapping, Sequence

from answerable.core.docket import Docket, Kind
from answerable.core.errors import AnswerableError, Fact
from answerable.core.invariants.view import Counts, Finding, SeenBlock, finding
from answerable.core.numbers import docket_number

LOST_WEEK = -1
"""The week of a block whose numbers may have been given before a head was lost."""


class NumbersGiven:
    """The numbers that cases have, gathered docket by docket; one byte for each of a year."""

    def __init__(self, years: Mapping[int, int]) -> None:
        self._used = {year: bytearray(high + 1) for year, high in years.items()}
        self._prefix: str | None = None
        self._founded = False

    def take(self, docket: Docket) -> Iterator[Finding]:
        """Yield what is wrong with the number of a docket. They come in the order of their ids."""
        where: dict[str, Fact] = {"docket": docket.id, "number": docket.number}
        if docket.kind is Kind.MECHANISM:
            if self._founded or self._prefix is not None:
                yield finding("second-mechanism", **where)
            self._founded, self._prefix = True, docket.number
            return
        try:
            number = docket_number(docket.number)
        except AnswerableError as problem:
            yield finding("number-unreadable", **where, reason=problem.code)
            return
        self._prefix = self._prefix or number.prefix
        if number.prefix != self._prefix or str(number) != docket.number:
            yield finding("number-unreadable", **where, reason="prefix")
        used = self._used.get(number.year, bytearray())
        if not 1 <= number.serial < len(used):
            yield finding("number-beyond-year", **where)
        elif used[number.serial]:
            yield finding("number-twice", **where)
        else:
            used[number.serial] = 1

    def excuse(self, docket: Docket | None) -> None:
        """Count the number of a docket as given, whose acts do not hold."""
        for _ in () if docket is None else self.take(docket):
            pass

    def findings(self, blocks: Sequence[SeenBlock], counts: Counts) -> Iterator[Finding]:
        """Yield the numbers that no case has and nothing explains."""
        for block in blocks:
            yield from self._of_block(block, counts)
        for year, used in sorted(self._used.items()):
            first = used.find(0, 1)
            while first > 0:
                after = used.find(1, first)
                last = (len(used) if after < 0 else after) - 1
                yield finding("number-unexplained", year=year, first=first, last=last)
                first = used.find(0, last + 1)

    def _of_block(self, block: SeenBlock, counts: Counts) -> Iterator[Finding]:
        used = self._used.get(block.year, bytearray())
        where: dict[str, Fact] = {"year": block.year, "week": block.week}
        for at, serial in enumerate(block.order):
            if not 1 <= serial < len(used):
                yield finding("block-beyond-year", **where, serial=serial)
            elif at < block.drawn:
                continue
            elif used[serial]:
                yield finding("number-not-drawn", **where, serial=serial)
            else:
                used[serial] = 1
                counts.lost += block.week == LOST_WEEK
                counts.void += block.week != LOST_WEEK
