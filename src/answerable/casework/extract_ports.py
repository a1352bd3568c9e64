"""What pages need of a register, taken out of it once while it is checked: the extract.

It is written by whoever checks the register, and read by all processes that show it. It knows of
cases what it is given, in order and by filters, and not what that means.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

OfBody = tuple[str, str]
"""A party, and the code of what is said of it."""

Filtered = tuple[str, str]
"""The name of a filter, and a value for which it leaves a case."""


@dataclass(frozen=True, slots=True)
class Line:
    """A case as lists need it.

    Cases stand in the order of ``order`` and then of their numbers; the place of a case in it is
    its number among them, from 0. ``filtered`` is all that filters look at, ``told`` what is shown,
    ``data`` what programs read, and ``of`` how often it says something of a body.
    """

    number: str
    at: int
    last_at: int
    order: tuple[int, str, int]
    filtered: Collection[Filtered]
    told: str
    data: bytes
    of: Mapping[OfBody, int]


class NewExtract(Protocol):
    """An extract while it is written. Nobody reads it before it is whole."""

    def add(self, line: Line, text: str) -> None:
        """Take a case, with the text in which it is found.

        Its acts were opened out of the file that the index names: see ``has``.
        """
        ...

    def add_text(self, number: str, at: int, text: str) -> None:
        """Take what is no case and is found too: all cases were added before."""
        ...

    def entries(self, in_order: Iterable[tuple[bytes, int]], shown: bytes) -> None:
        """Take the position of every commitment, and which are shown."""
        ...

    def files(self, digests: Mapping[str, str]) -> None:
        """Take the digest of every file of the register."""
        ...

    def figure(self, told: str, cases: Iterable[str]) -> None:
        """Take a figure with the numbers of the cases behind it; texts were added before."""
        ...

    def finish(self, told: str) -> None:
        """Take what is told beside, and be whole."""
        ...


class Found(NamedTuple):
    """What a search found, the newest first: the places of cases, and the numbers of others."""

    places: Sequence[int]
    others: Sequence[str]


class Extract(Protocol):
    """A whole extract, which never changes; any thread may read it.

    Raises, whatever is asked:
        ExtractLost: it cannot be read any more.
    """

    key: str
    """What it was made of and by: another extract has another key."""

    @property
    def told(self) -> str: ...
    @property
    def entries(self) -> Mapping[bytes, int]: ...
    @property
    def shown(self) -> bytes: ...
    @property
    def files(self) -> Mapping[str, str]: ...

    def has(self, number: str) -> bool:
        """Return whether a case was added, and so its file opened whole and not only named."""
        ...

    def __len__(self) -> int:
        """Return how many cases there are."""
        ...

    def filtered(self) -> Mapping[Filtered, int]:
        """Return which cases each filter leaves: their places, by core/register/marks.py."""
        ...

    def lines(self, places: Iterable[int]) -> Iterator[str]:
        """Yield what is told of the cases at these places."""
        ...

    def data(self, places: Iterable[int]) -> Iterator[bytes]:
        """Yield what programs read of the cases at these places."""
        ...

    def newest(self, count: int) -> Sequence[int]:
        """Return the places of the cases with the last acts, the newest first; of 200 at most."""
        ...

    def of_bodies(self) -> Mapping[OfBody, int]:
        """Return how often something is said of a body."""
        ...

    def saying(self, of: OfBody) -> Sequence[int]:
        """Return the places of the cases that say something of a body."""
        ...

    def figures(self) -> Sequence[str]:
        """Return what is told of each figure."""
        ...

    def behind(self, figure: int) -> Sequence[int | None]:
        """Return the places of the cases behind a figure, None for one that is not there."""
        ...

    def search(self, typed: str) -> Found: ...
