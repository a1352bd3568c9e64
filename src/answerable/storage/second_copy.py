"""A new second copy of the head, where the one that was there is lost; an act says so first."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from answerable.casework.ports import Appended, Issued
from answerable.core.acts import By, Draft
from answerable.core.docket import Change, OnDocket, Unit, UnitKey
from answerable.core.errors import AnswerableError, Refusal
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import parse_note
from answerable.core.mechanism import OPERATOR, SECOND_COPY_RENEWED
from answerable.storage.backend import Backend, Reads, Transaction
from answerable.storage.following import FollowedTrees
from answerable.storage.publisher import CHECKPOINT, PublishedOtherwise
from answerable.storage.rows import Tail
from answerable.storage.sequencing import Tools
from answerable.storage.successor import NothingToGoOnWith
from answerable.storage.writer import Beginning, Writer


class SecondCopyThere(Refusal):
    """The head's second copy is there: it is what tells whether anything was lost."""

    code = "second-copy-there"


class NoHeadKnown(Refusal):
    """Nothing outside the database shows a head of this ledger, so that any age would pass."""

    code = "no-head-known"


class HeadNotReached(Refusal):
    """A head known elsewhere is not one of this database: it is old, or another history."""

    code = "head-not-reached"


@dataclass(frozen=True, slots=True)
class Renewed:
    """The act that says that the second copy is new, and the largest head that was compared."""

    issued: Issued
    size: int
    known_size: int


def published_heads(folder: Path) -> list[Checkpoint]:
    """Return the checkpoints that a folder shows, of every ledger that was published into it.

    No signature is looked at: a head that the entries have needs none, and any other refuses.

    Raises:
        PublishedOtherwise: one of them cannot be read.
    """
    found = []
    for path in (folder / CHECKPOINT, *sorted(folder.glob(f"[0-9]*/{CHECKPOINT}"))):
        try:
            found.append(Checkpoint.parse(parse_note(path.read_bytes()).text))
        except FileNotFoundError:
            continue
        except AnswerableError:
            raise PublishedOtherwise("a published checkpoint is none", size=None) from None
    return found


def renew(
    backend: Backend, tools: Tools, known: Sequence[Checkpoint], *, by: By = OPERATOR
) -> Renewed:
    """Make a new second copy of the head, if the database reaches every head known elsewhere.

    The act that says so is committed before the copy is made. Cut off in between, the ledger stays
    read-only, and this may be asked again.

    Raises:
        SecondCopyThere, NoHeadKnown, HeadNotReached, NothingToGoOnWith: nothing was written.
        HeadUnreadable: a second copy is there and damaged; nothing was written.
        TreeMismatch: the stored entries are not those that were signed.
    """
    trees = FollowedTrees(backend)
    with backend.reading() as reads:
        tail, docket = reads.tail(), reads.dockets([1]).get(1)
    if docket is None:
        raise NothingToGoOnWith("no docket of the mechanism", size=tail.size)
    known_size = max((head.size for head in known if head.origin == tail.origin), default=0)
    draft = Draft(
        act=SECOND_COPY_RENEWED,
        by=by,
        secret=tools.random(32),
        facts={"compared": len(known), "known_size": known_size, "stored_size": tail.size},
    )
    unit = Unit(
        UnitKey(UUID(bytes=tools.random(16), version=4)),
        (Change(OnDocket(docket.id, docket.sequence, docket.kind), (draft,)),),
    )
    begin = _Renewal(trees, tools, tail, known)
    outcome = Writer(backend, trees, tools).append_first(unit, begin)
    if not isinstance(outcome, Appended):
        raise outcome
    return Renewed(outcome.acts[0], tail.size, known_size)


class _Renewal:
    """Compares under the writer's lock, and begins where the database ends."""

    def __init__(
        self, trees: FollowedTrees, tools: Tools, expected: Tail, known: Sequence[Checkpoint]
    ) -> None:
        self._trees, self._tools, self._tail, self._known = trees, tools, expected, known

    def __call__(self, transaction: Transaction) -> Beginning:
        tail = transaction.tail()
        if self._tools.heads.read() is not None or tail != self._tail:
            raise SecondCopyThere("the second copy is there", size=tail.size)
        tree = self._trees.up_to(transaction, tail.ledger, tail.size)
        if not any(head.origin == tail.origin and head.size for head in self._known):
            raise NoHeadKnown("nothing to compare with", size=tail.size)
        for head in self._known:
            self._require_reached(transaction, head)
        return Beginning(tail, tree, None)

    def _require_reached(self, reads: Reads, head: Checkpoint) -> None:
        rows = reads.ledgers()
        at = next((at for at, row in enumerate(rows) if row.origin == head.origin), None)
        if at is None:
            raise _not_reached(head, "ledger", None)
        last = reads.last_checkpoint(rows[at].number)
        size = 0 if last is None else last.size
        # What is known to be lost was named by the successor's first act, and is lost once only.
        lost = rows[at + 1].lost_size if at + 1 < len(rows) else None
        if size < head.size <= (lost or 0):
            return
        if head.size > size:
            raise _not_reached(head, "size", size)
        tree = self._trees.up_to(reads, rows[at].number, size)
        if (tree.root() if tree.size == head.size else tree.root_at(head.size)) != head.root:
            raise _not_reached(head, "tree", size)


def _not_reached(head: Checkpoint, reason: str, size: int | None) -> HeadNotReached:
    return HeadNotReached(
        f"{head.origin} at {head.size}",
        reason=reason,
        origin=head.origin,
        known=head.size,
        size=size,
    )
