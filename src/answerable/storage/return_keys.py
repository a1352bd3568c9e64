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

    def bind(self, digest: bytes, docket: DocketId, *, shows: bool | None = None) -> None:
        row = KeyedRow(digest, docket, shows)
        with done_again(self._folder), self._backend.writing() as transaction:
            known = transaction.keyed(digest)
            if known == row:
                return
            if known is not None and known.docket != docket:
                raise KeyOpensAnother("this key opens another case")
            transaction.store(Batch(keyed=[row]))
            transaction.commit()

    def docket_of(self, digest: bytes) -> DocketId | None:
        with self._backend.reading() as reads:
            known = reads.keyed(digest)
        return None if known is None else DocketId(known.docket)

    def shows(self, digest: bytes) -> bool | None:
        with self._backend.reading() as reads:
            known = reads.keyed(digest)
        return None if known is None else known.shows
