"""Projections: dockets and owed acts, folded again from the envelopes of all acts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from answerable.core.acts import Commitment
from answerable.core.docket import (
    Docket,
    DocketId,
    docket_after,
)
from answerable.core.errors import Broken
from answerable.core.owed import Owed, owed_after
from answerable.storage.backend import Backend, Reads
from answerable.storage.figure_sums import sum_up
from answerable.storage.figures import catch_up
from answerable.storage.rows import ActRow, envelope_of

_STEP = 4096


class EntryLost(Broken):
    """An act is stored whose entry is not. ``answerable ledger verify --acts`` says more."""

    code = "entry-lost"


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many dockets were folded, from how many acts."""

    dockets: int
    acts: int


def rebuild(backend: Backend, progress: Callable[[int], None] | None = None) -> Rebuilt:
    """Fold every docket anew and put the result in the place of what is stored, in one step.

    ``progress`` is told how many acts have been folded. Nothing is written meanwhile; nothing of it
    needs a case key. What is kept for figures is folded after that, and cut off it goes on later.
    """
    with backend.writing() as transaction:
        dockets: list[Docket] = []
        owed: dict[int, tuple[Owed, ...]] = {}
        acts = 0
        for docket, owing in folded(transaction):
            dockets.append(docket)
            if owing:
                owed[docket.id] = owing
            if progress and acts // _STEP != (acts + docket.sequence) // _STEP:
                progress(acts + docket.sequence)
            acts += docket.sequence
        transaction.replace_projections(dockets, owed)
        transaction.commit()
    catch_up(backend)
    sum_up(backend)
    return Rebuilt(len(dockets), acts)


def folded(reads: Reads) -> Iterator[tuple[Docket, tuple[Owed, ...]]]:
    """Yield each docket with what is owed on it, as its acts make them, by id."""
    for identity, rows in groupby(reads.acts_by_docket(), key=lambda found: found[0].docket):
        yield _fold(DocketId(identity), rows)


def _fold(
    identity: DocketId, rows: Iterator[tuple[ActRow, bytes | None]]
) -> tuple[Docket, tuple[Owed, ...]]:
    docket: Docket | None = None
    owed: tuple[Owed, ...] = ()
    for row, entry in rows:
        if entry is None:
            raise EntryLost(f"no entry at {row.position}", docket=row.docket, sequence=row.sequence)
        envelope = envelope_of(row, None if docket is None else docket.last)
        docket = docket_after(docket, envelope, Commitment(bytes(entry)), identity)
        owed = owed_after(owed, envelope)
    if docket is None:
        raise AssertionError("a group of acts has a first")
    return docket, owed
