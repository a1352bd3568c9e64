"""What casework needs of the world, with its guarantees. Adapters implement; nothing subclasses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from answerable.casework.erasures import KeyCopy
from answerable.core.acts import Commitment
from answerable.core.docket import (
    Docket,
    DocketId,
    Kind,
    Unit,
    UnitKey,
)
from answerable.core.errors import Broken, Refusal, Refused
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.proof import Receipt
from answerable.core.owed import Owed
from answerable.core.record import Kept


class LedgerPoisoned(Broken):
    """A write ended in doubt. This process appends nothing more; a new start finds out."""

    code = "ledger-poisoned"


class StorageFailed(Broken):
    """The disk or the database refused a write before the commit. Nothing of it was kept."""

    code = "storage-failed"


class DatabaseOld(Broken):
    """The database lacks changes of this version: some acts could not be written there."""

    code = "database-old"


class LedgerReadOnly(Refusal):
    """The ledger is behind its head's second copy: it was restored, and may not go on."""

    code = "ledger-read-only"


class ContentErased(Refusal):
    """The key of this docket was overwritten: the content cannot be opened by anyone here."""

    code = "content-erased"


class OverwritePending(Refusal):
    """A key is read by nobody any more, and its octets are still in the store: not yet destroyed.

    What is left to do is remembered there; the next start does it, and doctor.
    """

    code = "overwrite-pending"


@dataclass(frozen=True, slots=True)
class ActOnFile:
    """One act as stored: where its entry is, what survives erasure, and its sealed content.

    ``position`` counts entries over all ledgers of the mechanism.
    """

    position: int
    docket: DocketId
    kept: Kept
    commitment: Commitment
    sealed: "SealedContent"

    @property
    def number(self) -> str:
        return self.kept.envelope.receipt_number


@dataclass(frozen=True, slots=True)
class SealedContent:
    """The content of an act as stored: its ciphertext, and the record secret under the case key."""

    wrapped: bytes
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class Appended:
    """The stored result of a unit: its acts in order, each with its receipt.

    ``again`` where it was stored by an earlier call: what was asked may differ from what is stored.
    """

    acts: tuple["Issued", ...]
    again: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Issued:
    """An act that is in the ledger: docket, number of its receipt, and the receipt itself."""

    docket: DocketId
    number: str
    sequence: int
    at: int
    receipt: Receipt


class Ledger(Protocol):
    """The only write of the domain, and the receipts that follow from it.

    Calls from any number of threads and processes are serialised. What append returns is durable,
    in the database and in the head's second copy.
    """

    @property
    def origin(self) -> str:
        """The origin of the ledger that new entries go to."""
        ...

    def append(self, units: Sequence[Unit]) -> Sequence[Appended | Refused]:
        """Write each unit whole or not at all, and return their results in order.

        A unit whose key is known changes nothing and returns its first result, receipts byte for
        byte the same. A unit decided on a stale sequence returns DocketMoved. One refused unit
        changes nothing for its neighbours.

        Raises:
            StorageFailed: nothing of this call was written.
            LedgerPoisoned: in doubt: ask again with the same keys after a new start.
            LedgerReadOnly: the ledger is behind its head's second copy.
            Broken: what is stored is not what was signed; nothing was written or will be.
        """
        ...

    def known(self, keys: Sequence[UnitKey]) -> Mapping[UnitKey, Appended]:
        """Return the first results of those units that were appended before."""
        ...

    def receipt(self, act: ActOnFile) -> Receipt:
        """Return the receipt of an act, byte for byte as it was first issued."""
        ...


class Dockets(Protocol):
    """Reads of dockets and of their acts, as of the last commit."""

    def docket(self, number: str) -> Docket:
        """Return the docket with this public number.

        Raises:
            UnknownDocket: there is none.
        """
        ...

    def dockets(self, kind: Kind) -> Iterator[Docket]:
        """Yield all dockets of a kind, in the order in which they were opened."""
        ...

    def acts(self, docket: DocketId) -> Sequence[ActOnFile]:
        """Return the acts of a docket in their order."""
        ...

    def end(self) -> int:
        """Return the position behind the last entry: every act so far lies before it."""
        ...

    def owed(self, docket: DocketId) -> Sequence[Owed]:
        """Return the acts owed on a docket, those that were met too, in their order."""
        ...

    def content(self, act: ActOnFile) -> bytes:
        """Return the plain disclosures of the act's content, a JSON array.

        Raises:
            ContentErased: the key of the docket was overwritten.
        """
        ...


class SignsCheckpoints(Protocol):
    """The mechanism's signing keys."""

    def __call__(self, checkpoint: Checkpoint, at: int, /) -> bytes:
        """Return the signed note of a checkpoint: log signature and own cosignature at an instant.

        The instant is in milliseconds since 1970, UTC; the cosignature states its second.
        """
        ...


class CaseKeys(Protocol):
    """One 32-byte key for each docket, in slots apart from the ledger's database.

    A slot is durable before it can be claimed, is never used twice, and is gone once overwritten.
    """

    def made(self) -> int:
        """Return the number of the last slot that exists."""
        ...

    def make(self, last: int) -> None:
        """Make every slot up to this number, durably. Safe to repeat."""
        ...

    def keys(self, slots: Sequence[int]) -> Mapping[int, bytes]:
        """Return the keys of those slots that were made and not overwritten."""
        ...

    def overwrite(self, slot: int) -> None:
        """Destroy a key. Whatever it wrapped can never be opened here again. Safe to repeat.

        From then on ``keys`` returns it in no process.

        Raises:
            OverwritePending: its octets are still there, since something else reads the store.
        """
        ...

    def copies(self) -> Sequence[KeyCopy] | None:
        """Return the copies that were made here, None where others make them and do not say."""
        ...

    def finish_overwriting(self) -> Sequence[int]:
        """Finish what was pending, and return the slots of which octets may still be there."""
        ...


class Random(Protocol):
    """Random bytes fit for keys."""

    def __call__(self, length: int, /) -> bytes: ...


class Clock(Protocol):
    """Milliseconds since 1970, UTC."""

    def __call__(self) -> int: ...


class Cipher(Protocol):
    """Authenticated encryption. The nonce is part of what seal returns."""

    def seal(self, key: bytes, plain: bytes, nonce: bytes) -> bytes: ...

    def open(self, key: bytes, sealed: bytes) -> bytes:
        """Return the plaintext, or raise ValueError: a wrong key, or the bytes have changed."""
        ...
