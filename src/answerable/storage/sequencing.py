"""Under the lock: units are decided one by one, and get numbers, times and predecessors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from answerable.casework.ports import (
    CaseKeys,
    Cipher,
    Clock,
    ContentErased,
    Random,
    SignsCheckpoints,
)
from answerable.core.acts import Commitment
from answerable.core.docket import (
    Change,
    Docket,
    DocketId,
    DocketMoved,
    Job,
    Kind,
    NewDocket,
    OnDocket,
    Unit,
    UnknownDocket,
    docket_after,
)
from answerable.core.errors import Refusal
from answerable.core.owed import Owed, owed_after
from answerable.core.record import Record, Sealed, completed, sealed
from answerable.core.signed_act import PartySignatureWrong, Verify, fits, require_signed_here
from answerable.storage.backend import Reads
from answerable.storage.head import Heads
from answerable.storage.numbering import Numbering, Numbers
from answerable.storage.padding import entries_beside
from answerable.storage.rows import (
    ActRow,
    Batch,
    Tail,
    UnitRow,
    digests_text,
    docket_row,
    facts_json,
    key_of,
    owed_row,
    settled_json,
)

NO_NONCE = bytes(12)


class AlreadyFounded(Refusal):
    """The mechanism has its own docket already: it is founded once."""

    code = "already-founded"


@dataclass(frozen=True, slots=True)
class Tools:
    """What the writer works with beside the database."""

    heads: Heads
    case_keys: CaseKeys
    cipher: Cipher
    sign: SignsCheckpoints
    numbers: Numbers
    now: Clock
    random: Random
    verify: Verify
    padding_per_day: int = 0


class SealedChange(NamedTuple):
    """A change with everything made that needs no lock: digests, ciphertext, stored text."""

    docket: NewDocket | OnDocket
    parts: tuple[tuple[Sealed, str, str, bytes], ...]


class SealedUnit(NamedTuple):
    unit: Unit
    key: tuple[bytes, int]
    changes: tuple[SealedChange, ...]


def sealed_unit(unit: Unit, cipher: Cipher) -> SealedUnit:
    """Return the unit with all its work done that needs no lock."""
    return SealedUnit(
        unit,
        key_of(unit.key),
        tuple([_sealed_change(change, cipher) for change in unit.changes]),
    )


def _sealed_change(change: Change, cipher: Cipher) -> SealedChange:
    parts = []
    for draft in change.drafts:
        part = sealed(draft, change.docket.kind)
        # The content key serves this one message, so the nonce may stand still.
        content = cipher.seal(part.content_key, part.content.plain, NO_NONCE)
        digests = digests_text(part.content.digests)
        parts.append((part, settled_json(draft, change.docket.kind), digests, content))
    return SealedChange(change.docket, tuple(parts))


class Placed(NamedTuple):
    """An act with its place: what the caller will be told."""

    docket: DocketId
    record: Record
    position: int


class Sequencer:
    """Decides units on one transaction and gathers what it has to store."""

    def __init__(
        self,
        reads: Reads,
        tail: Tail,
        *,
        tools: Tools,
        case_keys: Mapping[int, bytes],
        at: int,
    ) -> None:
        self.batch = Batch()
        self._tail = tail
        self._tools = tools
        self._numbering = Numbering(tools.numbers, reads, tools.random)
        self._case_keys = case_keys
        # Time never runs backwards in a ledger, whatever the machine's clock does.
        self.at = max(at, tail.last_at)
        self._next_docket = tail.next_docket
        self._position = tail.first + tail.size
        self._dockets: dict[int, Docket] = {}
        self._owed: dict[int, tuple[Owed, ...]] = {}
        self._touched: dict[int, Docket] = {}

    def know(self, dockets: dict[int, Docket], owed: dict[int, tuple[Owed, ...]]) -> None:
        """Learn where the dockets stand that units of this batch act on."""
        self._dockets.update(dockets)
        self._owed.update(owed)

    def take(self, unit: SealedUnit) -> list[Placed]:
        """Return the unit's acts in their places.

        Raises:
            DocketMoved, UnknownDocket, AlreadyFounded, PartySignatureWrong, SignedAnotherAct:
                nothing of the unit was taken.
        """
        for change in unit.changes:
            self._check(change.docket)
            self._check_key(change)
            self._check_signatures(change)
        self._begin()
        placed = [act for change in unit.changes for act in self._changed(change)]
        self.batch.units.append(UnitRow(*unit.key, position=placed[0].position, acts=len(placed)))
        self.batch.jobs += [self._job(job) for job in unit.unit.jobs]
        return placed

    def pad(self) -> None:
        """Take an entry that no act explains, with what stands beside it as beside an act.

        A ledger begins with an act: one that is empty stays so.
        """
        self._begin()
        if self._position > self._tail.first:
            self._pad(1)

    def finish(self) -> Batch:
        """Return the batch with the projections of every docket that moved."""
        if self.batch.entries:
            self._pad(self._beside())
        for docket in self._touched.values():
            self.batch.dockets.append(docket_row(docket))
            self.batch.owed += [owed_row(docket.id, owed) for owed in self._owed[docket.id]]
        self._numbering.store_in(self.batch)
        return self.batch

    def _begin(self) -> None:
        if self._position > self._tail.first and not self.batch.entries:
            self._pad(self._beside())

    def _beside(self) -> int:
        return entries_beside(self._tools.random) if self._tools.padding_per_day else 0

    def _pad(self, entries: int) -> None:
        for _ in range(entries):
            self.batch.entries.append((self._position, Commitment(self._tools.random(32))))
            self._position += 1

    def _check_key(self, change: SealedChange) -> None:
        target = change.docket
        says_something = any(part[0].draft.fields for part in change.parts)
        if isinstance(target, OnDocket) and target.id not in self._case_keys and says_something:
            raise ContentErased(
                "what is said under a key that was overwritten would be lost",
                number=self._dockets[target.id].number,
            )

    def _check_signatures(self, change: SealedChange) -> None:
        # Only here is it certain to which ledger the act goes, and where: its party signed both.
        target = change.docket
        number, first = None, 1
        if isinstance(target, OnDocket):
            number, first = self._dockets[target.id].number, target.sequence + 1
        for sequence, (part, *_) in enumerate(change.parts, first):
            signature, digests = part.draft.signature, part.content.digests
            if signature is None:
                continue
            if not fits(signature, self._tail.origin, digests, self._tools.verify):
                raise PartySignatureWrong("the party's signature does not fit the content")
            require_signed_here(part.draft, number, sequence)

    def _check(self, target: NewDocket | OnDocket) -> None:
        if isinstance(target, NewDocket):
            if target.kind is Kind.MECHANISM and self._next_docket != 1:
                raise AlreadyFounded("the mechanism's own docket is the first, and there is one")
            return
        docket = self._dockets.get(target.id)
        if docket is None or docket.kind is not target.kind:
            raise UnknownDocket(f"no {target.kind} {target.id}")
        if docket.sequence != target.sequence:
            raise DocketMoved(
                f"expected sequence {target.sequence}, found {docket.sequence}",
                number=docket.number,
            )

    def _changed(self, change: SealedChange) -> list[Placed]:
        target = change.docket
        if isinstance(target, OnDocket):
            docket: Docket | None = self._dockets[target.id]
            identity, number = target.id, self._dockets[target.id].number
        else:
            docket, identity = None, DocketId(self._next_docket)
            number = self._number(target)
            self._next_docket += 1
            self._owed[identity] = ()
        placed = []
        for part, settled, digests, content in change.parts:
            record = completed(
                part,
                docket=number,
                sequence=1 if docket is None else docket.sequence + 1,
                at=self.at,
                previous=None if docket is None else docket.last,
            )
            docket = docket_after(docket, record.envelope, record.commitment, identity)
            self._owed[identity] = owed_after(self._owed[identity], record.envelope)
            placed.append(self._placed(identity, record, (settled, digests, content)))
        if docket is not None:
            self._dockets[identity] = self._touched[identity] = docket
        return placed

    def _number(self, target: NewDocket) -> str:
        if target.kind is Kind.MECHANISM:
            return self._tools.numbers.prefix
        return self._numbering.number(self.at, protected=target.protected)

    def _placed(self, docket: DocketId, record: Record, stored: tuple[str, str, bytes]) -> Placed:
        settled, digests, content = stored
        envelope, draft = record.envelope, record.sealed.draft
        position = self._position
        self._position += 1
        self.batch.entries.append((position, record.commitment))
        self.batch.acts.append(
            ActRow(
                position,
                docket,
                envelope.sequence,
                envelope.docket,
                envelope.act,
                envelope.at,
                settled,
                record.sealed.envelope_secret,
                digests,
                self._wrapped(docket, draft.secret),
                content,
            )
        )
        self.batch.exhibits += [(sealed, position) for sealed in draft.exhibits]
        return Placed(docket, record, position)

    def _wrapped(self, docket: DocketId, secret: bytes) -> bytes:
        # A random nonce: after a restore, a docket can reach one sequence twice under one key.
        key = self._case_keys.get(docket)
        if key is None:
            return b""
        return self._tools.cipher.seal(key, secret, self._tools.random(12))

    def _job(self, job: Job) -> tuple[str, str, int]:
        return (job.name, facts_json(dict(job.facts)), self.at)
