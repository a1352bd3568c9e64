"""What publishing a register needs of the world beside the ledger and its dockets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from answerable.core.errors import Refusal
from answerable.core.register.kept_sums import KeptSum
from answerable.core.register.protected import Protected, protected_numbers


class NotARegister(Refusal):
    """The folder holds something that is no register: it is not written over."""

    code = "not-a-register"


class GivenBlock(NamedTuple):
    """A block of numbers for protected cases: its year and week, drawn and undrawn serials."""

    year: int
    week: int
    drawn: tuple[int, ...]
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """The numbers that were given: the last serial of each year, and the blocks."""

    prefix: str
    years: Mapping[int, int]
    blocks: Sequence[GivenBlock]

    @property
    def protected(self) -> Protected:
        return protected_numbers((block.year, (*block.drawn, *block.left)) for block in self.blocks)


class NewRegister(Protocol):
    """A register as it is written: nobody sees it before it is whole."""

    def ledgers(self) -> tuple[tuple[str, ...], int]:
        """Write the published files of all ledgers; return their folders and how many entries."""
        ...

    def write(self, name: str, data: bytes) -> None: ...
    def files(self) -> Mapping[str, str]:
        """Return the SHA-256 of every file so far, by its name."""
        ...


class RegisterPlaces(Protocol):
    """Where registers are written, and by which calendar."""

    @property
    def zone(self) -> str: ...
    def day_of(self, at: int) -> date:
        """Return the day on which an instant falls, where the mechanism is."""
        ...

    def given(self) -> Given: ...
    def written(self, positions: Sequence[int]) -> Iterator[int]:
        """Yield when the entries at these positions were written, in milliseconds."""
        ...

    def kept_sums(self, at_end: Callable[[int], None] = ...) -> Iterator[KeptSum]:
        """Yield what is kept of cases, as the acts of one moment make it: each is in one sum.

        Every sum leaves out what has a protected number at that moment. ``at_end`` is told where
        the ledger ends at it, before the first sum.
        """
        ...

    def new(self, target: str) -> AbstractContextManager[NewRegister]:
        """Give a new register, which takes the place of the one in target once it ended well.

        Raises:
            NotARegister: target holds something else.
        """
        ...


Progress = Callable[[str, int, int], None]
