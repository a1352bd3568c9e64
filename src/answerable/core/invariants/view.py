"""What a check reads of a stored ledger, whoever stores it, and what it finds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from answerable.core.acts import Commitment
from answerable.core.docket import (
    Docket,
)
from answerable.core.errors import AnswerableError, Fact
from answerable.core.ledger.keys import Verify
from answerable.core.ledger.policy import Policy
from answerable.core.owed import Owed
from answerable.core.record import Kept

UNUSABLE = (AnswerableError, ValueError, TypeError, KeyError, AttributeError, OverflowError)
"""What reading changed bytes as an act can raise."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. ``facts`` say where: ledger and index, docket, number."""

    code: str
    facts: Mapping[str, Fact]


def finding(code: str, **facts: Fact) -> Finding:
    return Finding(code, facts)


@dataclass(slots=True)
class Counts:
    """What was seen on the way. ``padding`` are entries that no act explains.

    Of the numbers no case has, ``void`` lie in blocks and were not drawn, and ``lost`` may have
    been given before a head was lost.
    """

    ledgers: int = 0
    entries: int = 0
    checkpoints: int = 0
    tiles: int = 0
    acts: int = 0
    padding: int = 0
    dockets: int = 0
    void: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Signers:
    """The keys that may have signed checkpoints, and how a signature is verified."""

    policy: Policy
    verify: Verify


Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is; 0 where unknown."""


class SeenLedger(Protocol):
    """One ledger of the mechanism. Its entries begin at position ``first``."""

    @property
    def number(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def first(self) -> int: ...
    @property
    def first_docket(self) -> int: ...


class SeenCheckpoint(Protocol):
    """A stored checkpoint: its signed note, and what the row says of it."""

    @property
    def size(self) -> int: ...
    @property
    def root(self) -> bytes: ...
    @property
    def note(self) -> bytes: ...
    @property
    def at(self) -> int: ...


class SeenBlock(Protocol):
    """A block of numbers for protected cases: the first ``drawn`` of ``order`` were given."""

    @property
    def year(self) -> int: ...
    @property
    def week(self) -> int: ...
    @property
    def order(self) -> tuple[int, ...]: ...
    @property
    def drawn(self) -> int: ...


class SeenHead(Protocol):
    """The head's second copy."""

    @property
    def ledger(self) -> int: ...
    @property
    def origin(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def root(self) -> bytes: ...
    @property
    def years(self) -> tuple[tuple[int, int], ...]: ...


@dataclass(frozen=True, slots=True)
class SeenAct:
    """A stored act with its entry. None stands for an act that cannot be read, or no entry."""

    position: int
    docket: int
    sequence: int
    commitment: Commitment | None
    kept: Kept | None = field(repr=False)


class LedgerView(Protocol):
    """A stored ledger at one moment. Positions count entries over all ledgers, from 0."""

    def ledgers(self) -> Sequence[SeenLedger]: ...
    def end(self) -> int:
        """Return the position after the last entry."""
        ...

    def commitments(self, start: int, end: int) -> Sequence[bytes]:
        """Return what the entries from start to before end commit to; a lost entry is left out."""
        ...

    def checkpoints(self, ledger: int) -> Iterator[SeenCheckpoint]:
        """Yield a ledger's checkpoints by size."""
        ...

    def tiles(self, ledger: int) -> Iterator[tuple[int, bytes]]:
        """Yield the stored roots of completed tiles by number."""
        ...

    def acts(self) -> Iterator[SeenAct]:
        """Yield all acts by docket and sequence."""
        ...

    def units(self) -> Iterator[tuple[int, int]]:
        """Yield first position and number of acts of each unit, in any order."""
        ...

    def dockets(self) -> Iterator[tuple[int, Docket | None]]:
        """Yield the stored projections of dockets by id, None for an unreadable one."""
        ...

    def owed(self) -> Iterator[tuple[int, tuple[Owed, ...] | None]]:
        """Yield the stored owed acts of each docket that has some, by docket."""
        ...

    def figures(self) -> Iterator[tuple[int, int, str]]:
        """Yield what is kept for figures by docket: docket, sequence, and text."""
        ...

    def figures_sums(self) -> Iterator[tuple[int, str | None]]:
        """Yield the sums kept for figures by group; None for one that is to be made again."""
        ...

    def figures_folded_to(self) -> int:
        """Return the position before which every act is in what is kept for figures."""
        ...

    def exhibits(self) -> Iterator[int]:
        """Yield the position of its act for each stored name of an exhibit, in any order."""
        ...

    def years(self) -> Mapping[int, int]: ...
    def blocks(self) -> Sequence[SeenBlock]: ...
    def head_at_hand(self) -> bool:
        """Say whether the head's second copy can be read here, so that its absence means loss."""
        ...

    def head(self) -> SeenHead | None: ...
    def slots(self) -> int | None:
        """Return how many key slots were made, or None where that is not known here."""
        ...


def end_of(view: LedgerView, ledger: SeenLedger) -> int:
    """Return the position at which the next ledger begins, or at which all entries end."""
    later = (other.first for other in view.ledgers() if other.number > ledger.number)
    return min(later, default=view.end())


def place(view: LedgerView, position: int) -> dict[str, Fact]:
    """Return a position as people name it: a ledger's number, and the index in it."""
    holding = [ledger for ledger in view.ledgers() if ledger.first <= position]
    if not holding:
        return {"ledger": None, "index": position}
    ledger = max(holding, key=lambda found: found.number)
    return {"ledger": ledger.number, "index": position - ledger.first}
