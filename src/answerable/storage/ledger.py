"""Casework's ports Ledger and Dockets, kept by a backend, its writer and its trees."""

from collections.abc import Iterator, Mapping, Sequence

from answerable.casework.ports import (
    ActOnFile,
    Appended,
    CaseKeys,
    Cipher,
    ContentErased,
    SealedContent,
)
from answerable.core.acts import Commitment
from answerable.core.commitment import CONTENT_KEY, expand, extract
from answerable.core.docket import (
    Docket,
    DocketId,
    Kind,
    Unit,
    UnitKey,
    UnknownDocket,
)
from answerable.core.errors import Broken, Refused
from answerable.core.ledger.proof import Receipt
from answerable.core.owed import Owed
from answerable.core.record import Kept
from answerable.storage.backend import Backend, Reads
from answerable.storage.following import FollowedTrees
from answerable.storage.receipts import Receipts
from answerable.storage.rows import ActRow, digests_of, envelope_of, key_of
from answerable.storage.sequencing import Tools
from answerable.storage.writer import Writer


class ContentDamaged(Broken):
    """Stored content does not decrypt: its bytes were changed."""

    code = "content-damaged"


class StoredLedger:
    """The port Ledger on any backend."""

    def __init__(self, backend: Backend, tools: Tools) -> None:
        self._backend = backend
        self.trees = FollowedTrees(backend)
        self._receipts = Receipts(self.trees)
        self._writer = Writer(backend, self.trees, tools)

    @property
    def origin(self) -> str:
        with self._backend.reading() as reads:
            return reads.tail().origin

    def append(self, units: Sequence[Unit]) -> Sequence[Appended | Refused]:
        return self._writer.append(units)

    def pad(self) -> None:
        """Append padding: see the writer."""
        self._writer.pad()

    def close(self) -> None:
        """End the writer's thread, and let go of what this one holds. Nobody may be appending."""
        self._writer.close()
        self._backend.close()

    def known(self, keys: Sequence[UnitKey]) -> Mapping[UnitKey, Appended]:
        by_row = {key_of(key): key for key in keys}
        with self._backend.reading() as reads:
            units = reads.units(list(by_row))
            return {by_row[at]: self._receipts.appended(reads, unit) for at, unit in units.items()}

    def receipt(self, act: ActOnFile) -> Receipt:
        with self._backend.reading() as reads:
            return self._receipts.receipt(reads, act.position)


class StoredDockets:
    """The port Dockets on any backend."""

    def __init__(self, backend: Backend, case_keys: CaseKeys, cipher: Cipher) -> None:
        self._backend = backend
        self._case_keys = case_keys
        self._cipher = cipher

    def docket(self, number: str) -> Docket:
        with self._backend.reading() as reads:
            found = reads.docket_numbered(number)
        if found is None:
            raise UnknownDocket(f"no docket {number}", number=number)
        return found

    def dockets(self, kind: Kind) -> Iterator[Docket]:
        with self._backend.reading() as reads:
            yield from (docket for docket in reads.all_dockets() if docket.kind is kind)

    def acts(self, docket: DocketId) -> Sequence[ActOnFile]:
        with self._backend.reading() as reads:
            return list(acts_on_file(reads, reads.acts_of(docket)))

    def end(self) -> int:
        with self._backend.reading() as reads:
            tail = reads.tail()
        return tail.first + tail.size

    def owed(self, docket: DocketId) -> Sequence[Owed]:
        with self._backend.reading() as reads:
            return reads.owed([docket])[docket]

    def content(self, act: ActOnFile) -> bytes:
        key = self._case_keys.keys([act.docket]).get(act.docket)
        if key is None or not act.sealed.wrapped:
            raise ContentErased("the key of this docket was overwritten", number=act.number)
        try:
            secret = self._cipher.open(key, act.sealed.wrapped)
            return self._cipher.open(expand(extract(secret), CONTENT_KEY), act.sealed.ciphertext)
        except ValueError as problem:
            raise ContentDamaged("the content does not decrypt", number=act.number) from problem


def acts_on_file(reads: Reads, rows: Sequence[ActRow]) -> Iterator[ActOnFile]:
    """Yield the acts of one docket, in their order and from its first, as casework sees them."""
    previous: Commitment | None = None
    for row in rows:
        commitment = Commitment(bytes(reads.commitments(row.position, row.position + 1)[0]))
        yield ActOnFile(
            position=row.position,
            docket=DocketId(row.docket),
            kept=kept_of(row, previous),
            commitment=commitment,
            sealed=SealedContent(bytes(row.wrapped), bytes(row.content)),
        )
        previous = commitment


def kept_of(row: ActRow, previous: Commitment | None) -> Kept:
    """Return what survives erasure of a stored act."""
    return Kept(envelope_of(row, previous), bytes(row.envelope_secret), digests_of(row.digests))
