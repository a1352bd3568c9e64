"""The writer: one thread of a process, which appends in batches under the lock of all processes."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock, Thread

from answerable.casework.ports import (
    Appended,
    Issued,
    LedgerPoisoned,
    LedgerReadOnly,
    StorageFailed,
)
from answerable.core.docket import OnDocket, Unit
from answerable.core.errors import AnswerableError, Broken, Malformed, Refusal, Refused
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.proof import Receipt
from answerable.storage.backend import Backend, Transaction
from answerable.storage.following import FollowedTrees, check_head, is_behind, leaf_hashes
from answerable.storage.gathering import Asked, Gathered, Gathering, Outcome
from answerable.storage.head import Head
from answerable.storage.padding import PADDING, Padding
from answerable.storage.receipts import Receipts
from answerable.storage.rows import Batch, CheckpointRow, Tail, UnitRow
from answerable.storage.sequencing import Placed, SealedUnit, Sequencer, Tools, sealed_unit
from answerable.storage.tree import Extension, HeldTree

SLOTS_AHEAD = 1024
"""Case keys are made in blocks of this many, ahead of the cases that claim them."""

Prepared = SealedUnit | Padding | Malformed
Decided = list[Placed] | UnitRow | Refused


@dataclass(frozen=True, slots=True)
class Beginning:
    """From where a batch goes on. ``also`` holds rows to store with it, as a new ledger's own."""

    tail: Tail
    tree: HeldTree
    head: Head | None
    also: Batch = field(default_factory=Batch)


Begin = Callable[[Transaction], Beginning]


@dataclass(frozen=True, slots=True)
class _Written:
    """What one transaction did: acts in their places, and the ledger after it."""

    tail: Tail
    tree: HeldTree
    extension: Extension
    note: bytes
    decided: "list[Decided]"


class Writer:
    """Appends units for any number of threads. The thread starts with the first request."""

    def __init__(self, backend: Backend, trees: FollowedTrees, tools: Tools) -> None:
        self._backend = backend
        self._trees = trees
        self._receipts = Receipts(trees)
        self._tools = tools
        self._gathering = Gathering()
        self._starting = Lock()
        self._thread: Thread | None = None
        self._thread_of: int | None = None
        self._poison: Broken | None = None

    def append(self, units: Sequence[Unit]) -> list[Outcome]:
        """Append units and wait; see casework's port Ledger."""
        return self._asked(units) if units else []

    def pad(self) -> None:
        """Append padding and wait. It is written, and refused, as a unit is.

        Raises:
            StorageFailed, LedgerReadOnly, LedgerPoisoned, Broken: as for the port's append.
        """
        self._asked([PADDING])

    def _asked(self, units: Sequence[Asked]) -> list[Outcome]:
        if self._poison is not None:
            # It is raised as often as someone asks, and every raise adds to its traceback.
            raise self._poison.with_traceback(None)
        self._start()
        return self._gathering.ask(units)

    def append_first(self, unit: Unit, begin: Begin) -> Outcome:
        """Append the unit with which a ledger begins, in this thread. Only for successor.py."""
        (outcome,) = self._outcomes([unit], begin)
        return outcome

    def _start(self) -> None:
        # A thread does not survive a fork, so the process is looked at and not a flag.
        if self._thread_of == os.getpid():
            return
        with self._starting:
            if self._thread_of != os.getpid():
                self._gathering = Gathering()
                asked = (self._gathering,)
                thread = Thread(target=self._run, args=asked, name="answerable-writer", daemon=True)
                thread.start()
                self._thread, self._thread_of = thread, os.getpid()

    def close(self) -> None:
        """End the thread, and wait until it has let go of the database.

        To be called when nobody appends; who does so later starts another.
        """
        with self._starting:
            if self._thread is not None and self._thread_of == os.getpid():
                self._gathering.end()
                self._thread.join()
                self._thread = self._thread_of = None

    def _run(self, gathering: Gathering) -> None:
        while (batch := gathering.take()) is not None:
            self._answer(batch)
        self._backend.close()

    def _answer(self, batch: Gathered) -> None:
        try:
            if self._poison is not None:
                raise self._poison  # noqa: TRY301 - every caller is answered in one place
            outcomes = self._outcomes(batch.units, self._begin)
        except (StorageFailed, LedgerReadOnly) as problem:
            batch.fail(problem)
        except Exception as problem:  # noqa: BLE001 - whatever it was, the outcome is in doubt
            if self._poison is None:
                self._poison = LedgerPoisoned(f"append failed: {problem!r}", cause=_code(problem))
                self._poison.__cause__ = problem
            batch.fail(self._poison)
        else:
            batch.answer(outcomes)

    def _outcomes(self, units: Sequence[Asked], begin: Begin) -> list[Outcome]:
        # Most of the work of an act is done here, before the lock, so that another process can
        # hold it meanwhile; and in this thread, since busy callers would starve it.
        parts = [_prepared(unit, self._tools) for unit in units]
        with self._backend.writing() as transaction:
            written = self._written(transaction, parts, self._begun(begin, transaction))
            known = {
                entry.key: self._receipts.appended(transaction, entry)
                for entry in written.decided
                if isinstance(entry, UnitRow)
            }
        written.tree.take(written.extension)
        return [_outcome(written, known, entry) for entry in written.decided]

    def _begun(self, begin: Begin, transaction: Transaction) -> Beginning:
        try:
            return begin(transaction)
        except StorageFailed:
            raise
        except Broken as found:
            # Found before anything was written, so nothing is in doubt: it says itself what it is.
            self._poison = found
            raise

    def _begin(self, transaction: Transaction) -> Beginning:
        tail = transaction.tail()
        head = self._tools.heads.read()
        if is_behind(tail, head):
            raise LedgerReadOnly("the ledger is behind its head's second copy", size=tail.size)
        tree = self._trees.up_to(transaction, tail.ledger, tail.size)
        check_head(tail, head, tree)
        return Beginning(tail, tree, head)

    def _written(
        self, transaction: Transaction, parts: list[Prepared], start: Beginning
    ) -> _Written:
        tail, tree = start.tail, start.tree
        whole = [part for part in parts if isinstance(part, SealedUnit)]
        sequencer = self._sequencer(transaction, tail, whole)
        decided = _decided(transaction, sequencer, parts)
        batch = sequencer.finish()
        extension = tree.extension(leaf_hashes([entry[1] for entry in batch.entries]))
        written = _Written(tail, tree, extension, b"", decided)
        if not batch.entries:
            return written
        checkpoint = self._checkpoint(tail, extension, sequencer.at)
        batch.checkpoint, batch.ledger = checkpoint, start.also.ledger
        batch.years += start.also.years
        batch.blocks += start.also.blocks
        batch.tiles = [
            (tail.ledger, tree.complete_tiles + at, root) for at, root in enumerate(extension.tiles)
        ]
        transaction.store(batch)
        years = tuple(sorted({**transaction.years(), **dict(batch.years)}.items()))
        # The commit comes first: a head that promises what was not kept would stop the ledger for
        # good. A crash between the two leaves a head that is merely old.
        transaction.commit()
        self._tools.heads.replace(
            start.head, Head(tail.ledger, tail.origin, checkpoint.size, checkpoint.root, years)
        )
        return replace(written, note=checkpoint.note)

    def _sequencer(
        self, transaction: Transaction, tail: Tail, parts: list[SealedUnit]
    ) -> Sequencer:
        targets = [change.docket for part in parts for change in part.changes]
        known = sorted({target.id for target in targets if isinstance(target, OnDocket)})
        new = range(tail.next_docket, tail.next_docket + len(targets))
        keys = self._tools.case_keys
        if keys.made() < new.stop:
            # Making none shows what other processes have made. Fewer than were claimed means that
            # keys are lost: a new key in such a slot would keep a copy from bringing back the old.
            keys.make(0)
            if keys.made() < tail.next_docket - 1:
                raise StorageFailed("keys of cases are missing", reason="case-keys")
            keys.make(new.stop + SLOTS_AHEAD)
        sequencer = Sequencer(
            transaction,
            tail,
            tools=self._tools,
            case_keys=keys.keys([*known, *new]),
            at=self._tools.now(),
        )
        sequencer.know(transaction.dockets(known), transaction.owed(known))
        return sequencer

    def _checkpoint(self, tail: Tail, extension: Extension, at: int) -> CheckpointRow:
        root = extension.frontier.root()
        note = self._tools.sign(Checkpoint(tail.origin, extension.size, root), at)
        return CheckpointRow(tail.ledger, extension.size, root, note, at)


def _prepared(unit: Asked, tools: Tools) -> Prepared:
    if isinstance(unit, Padding):
        return unit
    try:
        return sealed_unit(unit, tools.cipher)
    except Malformed as problem:
        # What no record can hold is its own unit's affair, and no neighbour's.
        return problem


def _decided(
    transaction: Transaction, sequencer: Sequencer, parts: list[Prepared]
) -> list[Decided]:
    known = transaction.units([part.key for part in parts if isinstance(part, SealedUnit)])
    taken: dict[tuple[bytes, int], Decided] = dict(known)
    decided: list[Decided] = []
    for part in parts:
        if isinstance(part, Malformed):
            decided.append(part)
            continue
        if isinstance(part, Padding):
            sequencer.pad()
            decided.append([])
            continue
        if part.key not in taken:
            try:
                taken[part.key] = sequencer.take(part)
            except Refusal as refusal:
                # A refused unit keeps its key free: decided anew, it may be taken.
                decided.append(refusal)
                continue
        decided.append(taken[part.key])
    return decided


def _outcome(
    written: _Written, known: dict[tuple[bytes, int], Appended], entry: Decided
) -> Outcome:
    if isinstance(entry, Refused):
        return entry
    if isinstance(entry, UnitRow):
        return known[entry.key]
    return Appended(tuple(_issued(written, act) for act in entry))


def _issued(written: _Written, act: Placed) -> Issued:
    index = act.position - written.tail.first
    path = written.tree.inclusion_path(index, written.extension.size)
    envelope = act.record.envelope
    receipt = Receipt(act.record.commitment, index, tuple(path), written.note)
    return Issued(act.docket, envelope.receipt_number, envelope.sequence, envelope.at, receipt)


def _code(problem: BaseException) -> str:
    return problem.code if isinstance(problem, AnswerableError) else type(problem).__name__
