"""What is kept of each case for figures: a projection that follows the acts by a high-water mark.

No append waits for it. A row is a pure function of its docket's first ``sequence`` acts, so whoever
catches up writes the same; what could not be kept is folded in memory.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any

from answerable.core.acts import ActCode, By, Envelope, PartyId, Seat
from answerable.core.register.kept_figures import FOLD, kept_text
from answerable.storage.backend import Backend, Reads
from answerable.storage.rows import Batch, EnvelopeRow, FiguresRow, MarkRow, SumRow

MARK = "figures"
TOGETHER = 500
"""How many dockets are kept in one transaction: the writer waits for no more than their rows."""


def catch_up(backend: Backend, progress: Callable[[int, int], None] = lambda *_: None) -> None:
    """Keep what moved since the mark, batch by batch, and then move the mark.

    Cut off, it goes on where it was: what is as new as its docket is not folded again. What a newer
    version of the fold keeps is left as it is.
    """
    with backend.reading() as reads:
        if is_of_newer(reads):
            return
        position, end = folded_to(reads), _end(reads)
        moved = list(_moved(reads, position, end))
    done = 0
    for part in parts_of(moved):
        with backend.reading() as reads:
            rows = list(folded(reads, part))
        done += len(part)
        if not _keep(backend, rows, end if done == len(moved) else 0):
            return
        progress(done, len(moved))
    if not moved and position < end:
        _keep(backend, [], end)


def is_of_newer(reads: Reads) -> bool:
    """Whether a newer version of this program keeps the figures of this database."""
    mark = reads.mark(MARK)
    return mark is not None and mark.version > FOLD


def folded_to(reads: Reads) -> int:
    """Return the position before which every act is in what is kept."""
    mark = _mark(reads)
    return 0 if mark is None else mark.position


def rows_kept(reads: Reads) -> Iterator[FiguresRow]:
    """Yield what is kept, by docket. What another version folded counts as not kept."""
    return iter(()) if _mark(reads) is None else reads.figures_rows()


def sums_kept(reads: Reads) -> Iterator[SumRow]:
    """Yield what is kept of groups of dockets. What another version kept counts as not kept."""
    return iter(()) if _mark(reads) is None else reads.sums()


def unsummed(reads: Reads) -> Sequence[int]:
    """Return the groups whose sum was emptied since it was made."""
    return [] if _mark(reads) is None else reads.unsummed()


def moved_dockets(reads: Reads) -> dict[int, int]:
    """Return the dockets of which what is kept is older than their acts, or nothing is kept."""
    return _moved(reads, folded_to(reads), _end(reads))


def rows_of(reads: Reads, dockets: Sequence[int]) -> dict[int, FiguresRow]:
    """Return what is kept of dockets, by docket."""
    found = () if _mark(reads) is None else reads.figures_of(dockets)
    return {row.docket: row for row in found}


def _keep(backend: Backend, rows: Sequence[FiguresRow], end: int) -> bool:
    """Keep rows, and move the mark to end if all acts before it are then in what is kept.

    Return whether they could be kept: a newer version may have begun to keep its own.
    """
    with backend.writing() as transaction:
        if is_of_newer(transaction):
            return False
        if _mark(transaction) is None:
            transaction.drop_figures()
        # Since they were folded, others may have kept what is newer, or have dropped it all.
        position = folded_to(transaction)
        kept = sequences_kept(transaction, [row.docket for row in rows])
        newer = [row for row in rows if kept.get(row.docket, 0) < row.sequence]
        ready = {row.docket: row.sequence for row in newer}
        moved = _moved(transaction, position, end)
        if any(ready.get(docket, 0) < sequence for docket, sequence in moved.items()):
            end = position
        mark = MarkRow(MARK, max(position, end), FOLD)
        transaction.store(Batch(figures=newer, marks=[mark]))
        transaction.commit()
    return True


def _moved(reads: Reads, start: int, end: int) -> dict[int, int]:
    """Return the dockets with acts in these positions that are newer than what is kept of them.

    Each with the sequence of its last act there.
    """
    moved = reads.moved(start, end) if start < end else {}
    kept = sequences_kept(reads, list(moved))
    return {docket: last for docket, last in moved.items() if kept.get(docket, 0) < last}


def sequences_kept(reads: Reads, dockets: Sequence[int]) -> Mapping[int, int]:
    """Return how many acts of each docket are in what is kept of it."""
    return {} if _mark(reads) is None else reads.figures_sequences(dockets)


def _mark(reads: Reads) -> MarkRow | None:
    mark = reads.mark(MARK)
    return None if mark is None or mark.version != FOLD else mark


def _end(reads: Reads) -> int:
    tail = reads.tail()
    return tail.first + tail.size


def parts_of(dockets: Sequence[int]) -> Iterator[Sequence[int]]:
    return (dockets[at : at + TOGETHER] for at in range(0, len(dockets), TOGETHER))


def folded(reads: Reads, dockets: Sequence[int]) -> Iterator[FiguresRow]:
    """Yield what dockets give to the figures by all acts that they have."""
    for docket, rows in groupby(reads.envelopes(dockets), key=lambda row: row.docket):
        acts = [_envelope(row) for row in rows]
        yield FiguresRow(docket, acts[-1].sequence, kept_text(acts))


def _envelope(row: EnvelopeRow) -> Envelope:
    value = _settled(row.settled)
    return Envelope(
        act=ActCode(row.act),
        kind=value["kind"],
        docket=row.number,
        sequence=row.sequence,
        at=row.at,
        by=_by(**value["by"]),
        entered_by=None if value["entered_by"] is None else _by(**value["entered_by"]),
        previous=None,
        allegations=tuple(value["allegations"]),
        facts=value["facts"],
        signature=None,
    )


# Most acts of a kind say the same; that a text is canonical was looked at when it was stored.
@lru_cache(maxsize=1 << 14)
def _settled(text: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text)
    return value


@lru_cache(maxsize=1024)
def _by(party: str, seat: str) -> By:
    return By(PartyId(party), Seat(seat))
