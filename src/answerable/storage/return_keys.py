"""Which docket each return key opens: rows beside the acts, in every backup with them."""

from pathlib import Path

from answerable.casework.return_keys import KeyOpensAnother
from answerable.core.docket import DocketId
from answerable.storage.backend import Backend
from answerable.storage.rows import Batch, KeyedRow
from answerable.storage.sqlite_file import done_again


class StoredKeyedDockets:
    """Casework's port KeyedDockets, on any backend."""

    def __init__(self, backend: Backend, folder: Path) -> None:
        self._backend = backend
        self._folder = folder

    @property
    def origin(self) -> str:
        with self._backend.reading() as reads:
            return reads.ledgers()[0].origin

    def bind(self, digest: bytes, docket: DocketId) -> None:
        with done_again(self._folder), self._backend.writing() as transaction:
            known = transaction.keyed(digest)
            if known == docket:
                return
            if known is not None:
                raise KeyOpensAnother("this key opens another case")
            transaction.store(Batch(keyed=[KeyedRow(digest, docket)]))
            transaction.commit()

    def docket_of(self, digest: bytes) -> DocketId | None:
        with self._backend.reading() as reads:
            known = reads.keyed(digest)
        return None if known is None else DocketId(known)
