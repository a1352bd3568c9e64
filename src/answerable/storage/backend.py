"""What the writer and the readers need of a database; three implementations keep it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from answerable.core.docket import (
    Docket,
)
from answerable.core.owed import Owed
from answerable.storage.rows import (
    ActRow,
    Batch,
    BlockRow,
    CheckpointRow,
    DocketRow,
    EnvelopeRow,
    FiguresRow,
    KeyedRow,
    LedgerRow,
    MarkRow,
    OwedRow,
    SumRow,
    Tail,
    UnitRow,
)


class Reads(Protocol):
    """Reads of what is committed, or inside a transaction of what it began with.

    A position counts entries over all ledgers of the mechanism: index is position less first.
    """

    def tail(self) -> Tail: ...
    def ledgers(self) -> Sequence[LedgerRow]: ...
    def commitments(self, start: int, end: int) -> list[bytes]: ...
    def tiles(self, ledger: int, start: int) -> list[bytes]: ...
    def tile_rows(self, ledger: int) -> Iterator[tuple[int, bytes]]: ...
    def checkpoint_over(self, ledger: int, index: int) -> CheckpointRow | None:
        """Return the first checkpoint that includes the index: the one it was issued with."""
        ...

    def checkpoint_at(self, ledger: int, size: int) -> CheckpointRow | None: ...
    def last_checkpoint(self, ledger: int) -> CheckpointRow | None: ...
    def checkpoints(self, ledger: int) -> Iterator[CheckpointRow]: ...
    def units(self, keys: Sequence[tuple[bytes, int]]) -> dict[tuple[bytes, int], UnitRow]: ...
    def all_units(self) -> Iterator[UnitRow]: ...
    def dockets(self, ids: Sequence[int]) -> dict[int, Docket]: ...
    def docket_numbered(self, number: str) -> Docket | None: ...
    def all_dockets(self) -> Iterator[Docket]: ...
    def docket_rows(self) -> Iterator[DocketRow]: ...
    def owed_rows(self) -> Iterator[OwedRow]: ...
    def owed(self, ids: Sequence[int]) -> dict[int, tuple[Owed, ...]]: ...
    def acts_at(self, start: int, end: int) -> list[ActRow]: ...
    def acts_of(self, docket: int) -> list[ActRow]: ...
    def all_acts(self) -> Iterator[ActRow]:
        """Yield every act in the order of its entry, without holding all in memory."""
        ...

    def acts_by_docket(self) -> Iterator[tuple[ActRow, bytes | None]]:
        """Yield every act by docket and sequence, each with the commitment in its entry."""
        ...

    def moved(self, start: int, end: int) -> dict[int, int]:
        """Return the dockets with acts in these positions, each with its last sequence there."""
        ...

    def envelopes(self, dockets: Sequence[int]) -> Iterator[EnvelopeRow]:
        """Yield the acts of dockets, which are given in their order, by docket and sequence."""
        ...

    def figures_rows(self) -> Iterator[FiguresRow]:
        """Yield what is kept for figures by docket, without holding all in memory."""
        ...

    def figures_sequences(self, dockets: Sequence[int]) -> dict[int, int]: ...
    def figures_of(self, dockets: Sequence[int]) -> Iterator[FiguresRow]:
        """Yield what is kept of dockets for figures, by docket."""
        ...

    def sums(self) -> Iterator[SumRow]:
        """Yield the sums kept for figures by group, without holding all in memory."""
        ...

    def unsummed(self) -> list[int]:
        """Return the groups whose sum is to be made again."""
        ...

    def mark(self, name: str) -> MarkRow | None: ...
    def keyed(self, digest: bytes) -> KeyedRow | None:
        """Return what is kept of the return key of this digest."""
        ...

    def exhibits_of(self, start: int, end: int) -> list[tuple[str, int]]: ...
    def years(self) -> Mapping[int, int]: ...
    def blocks(self) -> Sequence[BlockRow]: ...
    def waiting_jobs(self) -> int: ...
    def jobs(self, name: str) -> list[tuple[int, str]]:
        """Return the waiting jobs of a name in their order: number and facts of each."""
        ...


class Transaction(Reads, Protocol):
    """The writer's transaction: it alone may write, and sees every earlier commit."""

    def store(self, batch: Batch) -> None:
        """Store the rows.

        Docket, owed, figures, sum, mark, keyed, year and block rows replace those of the same key.
        A row of figures empties the sum of its group.
        """
        ...

    def begin_jobs(self, name: str) -> None:
        """Write that the jobs of a name are begun: with the commit they are durable themselves.

        What another process committed can be read before it is on disk.
        """
        ...

    def end_jobs(self, numbers: Sequence[int]) -> None:
        """Remove jobs that are done."""
        ...

    def replace_projections(
        self, dockets: Iterable[Docket], owed: Mapping[int, tuple[Owed, ...]]
    ) -> None:
        """Put freshly folded projections in the place of the stored ones.

        What is kept for figures is dropped, and follows by itself.
        """
        ...

    def drop_figures(self) -> None:
        """Remove what is kept for figures, and how far it had followed."""
        ...

    def drop_keyed(self, docket: int) -> None:
        """Remove every return key that opens a docket."""
        ...

    def commit(self) -> None:
        """Make it durable. An error here means that the outcome is not known."""
        ...


class Backend(Protocol):
    """One mechanism's database."""

    def writing(self) -> AbstractContextManager[Transaction]:
        """Take the lock over all processes, begin, and roll back unless commit was called."""
        ...

    def reading(self) -> AbstractContextManager[Reads]:
        """Give reads of one moment. Safe in any thread."""
        ...

    def close(self) -> None:
        """Let go of what the calling thread holds."""
        ...
