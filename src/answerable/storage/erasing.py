"""What acts of erasure leave to be done, at any start: keys, exhibits, and who could return."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from answerable.casework.erasures import ERASE_CASE, KeyCopy
from answerable.casework.ports import CaseKeys, OverwritePending, StorageFailed
from answerable.core.canonical import decode
from answerable.core.case.acts.erasure import ERASED
from answerable.core.docket import DocketId
from answerable.storage.backend import Backend, Reads
from answerable.storage.exhibits import FileExhibits
from answerable.storage.sqlite_file import Unfinished, done_again

MARK = '"erased":'
"""In the stored state of a case that was erased (core/case/now.py)."""


class StoredErasures:
    """Casework's port Erasures, on the outbox of the ledger."""

    def __init__(
        self, backend: Backend, case_keys: CaseKeys, exhibits: FileExhibits, folder: Path
    ) -> None:
        self._backend = backend
        self._case_keys = case_keys
        self._exhibits = exhibits
        self._folder = folder

    def finish(self) -> None:
        if not self.waiting():
            return
        try:
            with done_again(self._folder):
                self._finish()
        except StorageFailed as problem:
            # The act is on record all the same: "nothing was kept" would be wrong.
            raise Unfinished(str(problem), reason=str(problem.facts["reason"])) from problem

    def pending(self) -> Sequence[int]:
        return self._case_keys.finish_overwriting()

    def waiting(self) -> int:
        with self._backend.reading() as reads:
            return len(reads.jobs(ERASE_CASE))

    def done_again(self) -> Sequence[int]:
        """Overwrite the keys that an older copy of the store brought back, and return whose.

        A restore by this program does it before any key comes back; other tools do not.
        """
        with self._backend.reading() as reads:
            erased = [row.id for row in reads.docket_rows() if MARK in row.state]
        back = sorted(self._case_keys.keys(erased))
        for docket in back:
            with suppress(OverwritePending):
                self._case_keys.overwrite(docket)
        return back

    def exhibits(self, docket: DocketId) -> Sequence[str]:
        with self._backend.reading() as reads:
            return exhibits_of(reads, docket)

    def copies(self) -> Sequence[KeyCopy] | None:
        return self._case_keys.copies()

    def _finish(self) -> None:
        # What another process has committed and not synced could be lost, and the key with it.
        with self._backend.writing() as transaction:
            jobs = transaction.jobs(ERASE_CASE)
            transaction.begin_jobs(ERASE_CASE)
            transaction.commit()
        with self._backend.reading() as reads:
            erased = [_docket(facts) for _, facts in jobs]
            # No key goes but by an act that is on record.
            erased = [docket for docket in erased if _is_erased(reads, docket)]
            names = [name for docket in erased for name in exhibits_of(reads, docket)]
        for docket in erased:
            # What is pending the store remembers: the next start finishes it, and doctor.
            with suppress(OverwritePending):
                self._case_keys.overwrite(docket)
        self._exhibits.remove(names)
        with self._backend.writing() as transaction:
            for docket in erased:
                transaction.drop_keyed(docket)
            transaction.end_jobs([number for number, _ in jobs])
            transaction.commit()


def exhibits_of(reads: Reads, docket: int) -> list[str]:
    """Return the names of the exhibits of a docket's acts that no act of another docket names."""
    positions = {row.position for row in reads.acts_of(docket)}
    own = {name for at in positions for name, _ in reads.exhibits_of(at, at + 1)}
    if not own:
        return []
    tail = reads.tail()
    rows = reads.exhibits_of(0, tail.first + tail.size)
    return sorted(own - {name for name, at in rows if at not in positions})


def _docket(facts: str) -> DocketId:
    return DocketId(cast("dict[str, Any]", decode(facts.encode()))["docket"])


def _is_erased(reads: Reads, docket: DocketId) -> bool:
    return any(row.act == ERASED for row in reads.acts_of(docket))
