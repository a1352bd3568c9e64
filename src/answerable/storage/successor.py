"""The successor ledger: how a mechanism goes on after its database lost what it had promised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from answerable.casework.ports import Appended, Issued
from answerable.core.acts import By, Draft, Json
from answerable.core.docket import Change, Docket, Kind, OnDocket, Unit, UnitKey
from answerable.core.errors import Refusal
from answerable.core.invariants.numbers import LOST_WEEK
from answerable.core.ledger.keys import is_key_name
from answerable.core.mechanism import OPERATOR, SUCCEEDED
from answerable.storage.backend import Backend, Reads, Transaction
from answerable.storage.checking import slots_made
from answerable.storage.following import FollowedTrees, is_behind
from answerable.storage.head import Head
from answerable.storage.rows import Batch, BlockRow, LedgerRow, Tail
from answerable.storage.sequencing import Tools
from answerable.storage.tree import HeldTree
from answerable.storage.writer import Beginning, Writer


class NothingLost(Refusal):
    """The ledger is not behind its head's second copy: it can go on as it is."""

    code = "nothing-lost"


class SecondCopyMissing(Refusal):
    """The head's second copy is not there, so that nobody knows what was lost."""

    code = "second-copy-missing"


class UsedOrigin(Refusal):
    """A successor needs an origin that no ledger of this mechanism has had."""

    code = "used-origin"


class NothingToGoOnWith(Refusal):
    """The restored database does not hold the mechanism's own docket."""

    code = "nothing-to-go-on-with"


@dataclass(frozen=True, slots=True)
class Succeeded:
    """The ledger that was begun, its first act, and what was lost before it."""

    ledger: int
    origin: str
    lost: Head
    restored_size: int
    issued: Issued


def succeed(backend: Backend, tools: Tools, *, origin: str, by: By = OPERATOR) -> Succeeded:
    """Begin the successor of a ledger that is behind its head's second copy.

    The new ledger and its first act are one transaction. That act names the lost head. Dockets go
    on where the restored acts end; no key slot and no number that the lost part may have used is
    used again. ``tools.sign`` must have the keys of the new origin.

    Raises:
        NothingLost, SecondCopyMissing, UsedOrigin, NothingToGoOnWith: nothing was written.
        TreeMismatch: the restored entries are not those that were signed.
    """
    trees = FollowedTrees(backend)
    head, tail, docket = _lost(backend, tools)
    facts: Mapping[str, Json] = {
        "lost_origin": head.origin,
        "lost_root": head.root.hex(),
        "lost_size": head.size,
        "restored_size": tail.size,
    }
    draft = Draft(act=SUCCEEDED, by=by, secret=tools.random(32), facts=facts)
    unit = Unit(
        UnitKey(UUID(bytes=tools.random(16), version=4)),
        (Change(OnDocket(docket.id, docket.sequence, docket.kind), (draft,)),),
    )
    begin = _Succession(trees, tools, origin, (head, tail))
    outcome = Writer(backend, trees, tools).append_first(unit, begin)
    if not isinstance(outcome, Appended):
        raise outcome
    return Succeeded(begin.number, origin, head, tail.size, outcome.acts[0])


def _lost(backend: Backend, tools: Tools) -> tuple[Head, Tail, Docket]:
    """Return the head that was lost, the restored tail, and the mechanism's own docket."""
    head = tools.heads.read()
    if head is None:
        raise SecondCopyMissing("the head's second copy is not there")
    with backend.reading() as reads:
        tail = reads.tail()
        if not is_behind(tail, head):
            raise NothingLost("the ledger is not behind its second copy", size=tail.size)
        docket = reads.dockets([1]).get(1)
    if docket is None or docket.kind is not Kind.MECHANISM:
        raise NothingToGoOnWith("no docket of the mechanism was restored", size=tail.size)
    return head, tail, docket


class _Succession:
    """Begins the successor under the writer's lock, on what was read before it."""

    def __init__(
        self, trees: FollowedTrees, tools: Tools, origin: str, expected: tuple[Head, Tail]
    ) -> None:
        self._trees, self._tools, self._origin = trees, tools, origin
        self._head, self._tail = expected
        # A ledger that was begun and lost again has used its number up.
        self.number = max(self._head.ledger, self._tail.ledger) + 1

    def __call__(self, transaction: Transaction) -> Beginning:
        head, tail = self._head, self._tail
        if (self._tools.heads.read(), transaction.tail()) != (head, tail):
            raise NothingLost("the ledger moved meanwhile", size=tail.size)
        self._require_new(transaction.ledgers())
        self._trees.up_to(transaction, tail.ledger, tail.size)
        row = LedgerRow(
            number=self.number,
            origin=self._origin,
            first=tail.first + tail.size,
            first_docket=max(slots_made(self._tools.case_keys) + 1, tail.next_docket),
            started_at=max(self._tools.now(), tail.last_at),
            lost_size=head.size,
            lost_root=head.root,
        )
        also = Batch(ledger=row, years=_raised(transaction, head), blocks=self._blocks(transaction))
        begun = Tail(row.number, row.origin, row.first, 0, tail.last_at, row.first_docket)
        return Beginning(begun, HeldTree(_no_leaves), head, also)

    def _require_new(self, ledgers: Sequence[LedgerRow]) -> None:
        used = {self._head.origin, *(ledger.origin for ledger in ledgers)}
        if self._origin in used or not is_key_name(self._origin):
            raise UsedOrigin(f"{self._origin} was used before", origin=self._origin)

    def _blocks(self, reads: Reads) -> list[BlockRow]:
        """Return blocks that explain each serial which the lost part may have given.

        What was left of blocks of the last week may have been drawn; what the years have given
        since stands in the head's second copy.
        """
        lost: dict[int, list[int]] = {}
        rows = []
        week = self._tools.numbers.year_and_week(self._tail.last_at)
        for row in reads.blocks():
            if (row.year, row.week) >= week and row.week != LOST_WEEK:
                lost.setdefault(row.year, []).extend(row.order[row.drawn :])
                given = " ".join(map(str, row.order[: row.drawn]))
                rows.append(row._replace(serials=given))
        stored = reads.years()
        for year, high in self._head.years:
            lost.setdefault(year, []).extend(range(stored.get(year, 0) + 1, high + 1))
        for year, serials in sorted(lost.items()):
            text = " ".join(map(str, sorted(serials)))
            rows.append(BlockRow(year, LOST_WEEK, self.number, text, 0))
        return rows


def _raised(reads: Reads, head: Head) -> list[tuple[int, int]]:
    stored = reads.years()
    return [(year, high) for year, high in head.years if high > stored.get(year, 0)]


def _no_leaves(start: int, end: int) -> list[bytes]:
    raise AssertionError(f"a ledger that begins has no entries {start} to {end}")
