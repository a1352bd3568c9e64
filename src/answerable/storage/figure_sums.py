"""Sums of what is kept for figures: of the dockets of a group together, so that few rows are read.

The transaction that stores what is kept of a docket empties the sum of its group, so that a sum is
never older than its dockets. It is made again, from what is kept of them, when figures are told.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from answerable.casework.ports import StorageFailed
from answerable.core.register.groups import GROUP, dockets_of, group_of
from answerable.core.register.kept_figures import kept_figures_of
from answerable.core.register.kept_sums import KeptSum, kept_sum, kept_sum_of
from answerable.core.register.protected import Protected, protected_numbers
from answerable.storage.backend import Backend, Reads
from answerable.storage.figures import (
    TOGETHER,
    catch_up,
    folded,
    moved_dockets,
    rows_of,
    sequences_kept,
    sums_kept,
    unsummed,
)
from answerable.storage.rows import Batch, FiguresRow, SumRow
from answerable.storage.sqlite_file import is_of_the_disk


class Made(NamedTuple):
    """The sum of a group of dockets, and how many acts of each are in it."""

    first: int
    sequences: Mapping[int, int]
    sum: KeptSum


def kept_sums(
    backend: Backend, at_end: Callable[[int], None] = lambda _: None
) -> Iterator[KeptSum]:
    """Yield the sums of what is kept, as the acts of one moment make it: each case is in one.

    ``at_end`` is told where the ledger ends at that moment.
    """
    with _if_it_is_not_refused():
        catch_up(backend)
        sum_up(backend)
    with backend.reading() as reads:
        tail = reads.tail()
        at_end(tail.first + tail.size)
        yield from _sums_now(reads)


@contextmanager
def _if_it_is_not_refused() -> Iterator[None]:
    """Pass over that nothing can be written here, and over no error of ours.

    As on a copy that may only be read, or on a full disk: figures are told all the same.
    """
    try:
        yield
    except StorageFailed:
        return
    except sqlite3.OperationalError as problem:
        # What is in doubt after an error of the disk can be made again.
        if not is_of_the_disk(problem):
            raise


def sum_up(backend: Backend) -> None:
    """Sum what is kept of those groups whose sum was emptied."""
    with backend.reading() as reads:
        waiting = unsummed(reads)
    for part in _parts(waiting):
        with backend.reading() as reads:
            made = list(_made(reads, part, {}))
        _keep(backend, made)


def _keep(backend: Backend, made: Sequence[Made]) -> None:
    """Keep those sums whose dockets are kept as they were when they were summed."""
    rows = [(SumRow(one.first, one.sum.text()), one.sequences) for one in made]
    with backend.writing() as transaction:
        ready = [
            row
            for row, sequences in rows
            if sequences and sequences_kept(transaction, dockets_of(row.first)) == sequences
        ]
        transaction.store(Batch(sums=ready))
        transaction.commit()


def _sums_now(reads: Reads) -> Iterator[KeptSum]:
    protected, moved = protected_in(reads), moved_dockets(reads)
    anew = {group_of(docket) for docket in moved}
    for row in sums_kept(reads):
        if row.first in anew:
            continue
        found = None if row.text is None else kept_sum_of(row.text)
        if found is not None and found.holds(protected):
            yield found
        else:
            anew.add(row.first)
    for part in _parts(sorted(anew)):
        yield from (one.sum for one in _made(reads, part, moved))


def _made(reads: Reads, groups: Sequence[int], moved: Mapping[int, int]) -> Iterator[Made]:
    """Yield the sums of groups from what is kept of their dockets; those that moved are folded."""
    protected = protected_in(reads)
    dockets = [docket for first in groups for docket in dockets_of(first)]
    rows = rows_of(reads, dockets)
    now = [docket for docket in dockets if docket in moved]
    rows.update((row.docket, row) for row in folded(reads, now))
    for first in groups:
        found = [rows[docket] for docket in dockets_of(first) if docket in rows]
        yield _sum_of(first, found, protected)


def _sum_of(first: int, rows: Sequence[FiguresRow], protected: Protected) -> Made:
    cases = (kept_figures_of(row.text) for row in rows if row.text)
    return Made(first, {row.docket: row.sequence for row in rows}, kept_sum(cases, protected))


def protected_in(reads: Reads) -> Protected:
    """Return the numbers that are protected at this moment."""
    return protected_numbers((row.year, row.order) for row in reads.blocks())


def _parts(groups: Sequence[int]) -> Iterator[Sequence[int]]:
    """Yield groups with as many dockets as are kept in one transaction."""
    size = max(TOGETHER // GROUP, 1)
    return (groups[at : at + size] for at in range(0, len(groups), size))
