"""Casework's port Upkeep: what an operator does with a mechanism's stored ledger as a whole."""

import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from threading import Event

from answerable.bootstrap.database import migrate, unapplied
from answerable.bootstrap.folder import Folder
from answerable.casework.application import Described
from answerable.casework.form_room import MEGABYTE, FormRoom
from answerable.casework.ports import DatabaseOld, LedgerReadOnly, StorageFailed
from answerable.core.check import Counts, Finding, Progress, Signers
from answerable.core.errors import AnswerableError, Broken, Fact
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.policy import Policy
from answerable.core.ledger.windows import seconds_text
from answerable.keys import ed25519
from answerable.keys.signing import SigningKeys
from answerable.storage.backend import Backend
from answerable.storage.erasing import StoredErasures
from answerable.storage.exhibits import FileExhibits
from answerable.storage.following import is_behind
from answerable.storage.kept_forms import FolderForms
from answerable.storage.ledger import StoredLedger
from answerable.storage.sequencing import Tools
from answerable.storage.sqlite_file import done_again
from answerable.variables import FORMS_MB, lenient

LITTLE_SPACE_MB = 500
OTHERS = 0o077
A_DAY = 24 * 60 * 60

Diagnosis = tuple[str, bool, Mapping[str, Fact]]


class StoredUpkeep:
    """Upkeep of one mechanism's folder. What a command does not need is not loaded for it."""

    def __init__(
        self, folder: Folder, backend: Backend, ledger: StoredLedger, tools: Tools
    ) -> None:
        self._folder = folder
        self._backend = backend
        self._ledger = ledger
        self._tools = tools
        self._keys = SigningKeys(folder.signing_keys)
        self._exhibits = FileExhibits(folder.exhibits)

    def described(self) -> Described:
        settings = self._folder.settings
        return Described(
            settings.name,
            self._ledger.origin,
            settings.prefix,
            settings.zone,
            settings.host,
            "PostgreSQL" if self._folder.uses_postgres else "SQLite",
        )

    def policy(self) -> Policy:
        return self._keys.policy(self._ledger.origin, self._folder.settings.name)

    def signing_keys(self) -> Iterable[Mapping[str, str | None]]:
        for key in self._keys.all():
            until = key.until_seconds
            yield {
                "name": key.name,
                "key": str(key.verifier),
                "from": seconds_text(key.from_seconds),
                "until": None if until is None else seconds_text(until),
            }

    def rotate_keys(self) -> Mapping[str, str]:
        with self._backend.reading() as reads:
            tail = reads.tail()
        if is_behind(tail, self._tools.heads.read()):
            raise LedgerReadOnly("the ledger is behind its head's second copy", size=tail.size)
        # Not before what is signed already, whatever the machine's clock was or is.
        self._begin_keys(tail.origin, max(self._tools.now(), tail.last_at))
        policy = self.policy()
        return {
            "log_key": str(policy.logs[-1].key),
            "time_key": str(policy.witnesses[-1].key),
        }

    def check(self, *, acts: bool, progress: Progress) -> tuple[Sequence[Finding], Counts]:
        from answerable.storage.checking import Beside, check  # noqa: PLC0415 - loads drivers

        checked = check(
            self._backend,
            Beside(self._tools.heads, self._tools.case_keys),
            signers=Signers(self.policy(), ed25519.verify),
            acts=acts,
            progress=progress,
        )
        return checked.findings, checked.counts

    def require_schema(self) -> None:
        if missing := unapplied(self._folder):
            raise DatabaseOld("the schema is of an earlier version", missing=", ".join(missing))

    def rebuild(self, progress: Progress) -> tuple[int, int]:
        from answerable.storage.projections import rebuild  # noqa: PLC0415 - for this one command

        with done_again(self._folder.path):
            migrate(self._folder)
            rebuilt = rebuild(self._backend, lambda acts: progress("acts", acts, 0))
        return rebuilt.dockets, rebuilt.acts

    def publish(self) -> tuple[int, int]:
        from answerable.storage.publisher import publish  # noqa: PLC0415 - for this one command

        published = publish(
            self._backend,
            self._ledger.trees,
            self._folder.public,
            self.policy().encode(),
            mend=True,
        )
        return published.size, published.files

    def keep_padding(self) -> Callable[[], None]:
        from answerable.storage.padding import Padder, seconds_to_next  # noqa: PLC0415 - for few commands

        per_day, random = self._tools.padding_per_day, self._tools.random
        ended = Event()
        if per_day:
            Padder(self._ledger.pad, lambda: seconds_to_next(per_day, random), ended.wait).start()
        return ended.set

    def backup(self, target: str, progress: Progress) -> Mapping[str, Fact]:
        from answerable.bootstrap.restoring import back_up  # noqa: PLC0415 - for this one command

        return back_up(self._folder, target, lambda done, of: progress("copying", done, of))

    def give_up_keys(self) -> int:
        from answerable.bootstrap.restoring import give_up  # noqa: PLC0415 - for this one command

        return give_up(self._folder)

    def succeed(self, origin: str) -> Mapping[str, Fact]:
        from answerable.storage.successor import succeed  # noqa: PLC0415 - for this one command

        # What can be no origin is refused here, before anything is written.
        replace(self._folder.settings, origin=origin)

        def sign(checkpoint: Checkpoint, at: int) -> bytes:
            # Asked only when nothing refuses any more; the keys are on disk before they sign.
            self._begin_keys(checkpoint.origin, at)
            return self._keys(checkpoint, at)

        with done_again(self._folder.path):
            done = succeed(self._backend, replace(self._tools, sign=sign), origin=origin)
        return {
            "origin": done.origin,
            "lost_origin": done.lost.origin,
            "lost_size": done.lost.size,
            "restored_size": done.restored_size,
            "number": done.issued.number,
        }

    def renew_second_copy(self, receipts: Sequence[bytes]) -> Mapping[str, Fact]:
        from answerable.bootstrap.restoring import renew_second_copy  # noqa: PLC0415 - for this one command

        with done_again(self._folder.path):
            return renew_second_copy(
                self._folder, self._backend, self._tools, policy=self.policy(), receipts=receipts
            )

    def sweep(self) -> Mapping[str, int]:
        return self._exhibits.sweep(self._exhibits_in_use, _a_day_ago())

    def diagnoses(self) -> Iterator[Diagnosis]:
        missing = unapplied(self._folder)
        yield "schema", not missing, {"missing": ", ".join(missing)}
        yield from self._stored()
        if not missing:
            yield self._figures()
        yield self._erasures()
        pending = self._tools.case_keys.finish_overwriting()
        yield "overwritten", not pending, {"slots": ", ".join(map(str, pending))}
        yield from self._forms()
        yield self._apart()
        free = shutil.disk_usage(self._folder.path).free // 2**20
        yield "space", free >= LITTLE_SPACE_MB, {"free_mb": free}
        if self._folder.signing_keys.exists():
            yield "keys", self._keys_are_private(), {"path": str(self._folder.signing_keys)}
        else:
            yield "keys-gone", False, {"path": str(self._folder.signing_keys)}
        contact = self._folder.settings.contact
        yield "contact", bool(contact.strip()), {"contact": contact}

    def _stored(self) -> Iterator[Diagnosis]:
        with self._backend.reading() as reads:
            tail, head = reads.tail(), self._tools.heads.read()
            if head is None:
                yield "head-gone", False, {"size": tail.size}
            else:
                facts = {"size": tail.size, "promised": head.size}
                yield "head", not is_behind(tail, head), facts
            try:
                self._ledger.trees.up_to(reads, tail.ledger, tail.size)
            except Broken:
                yield "tree", False, {"size": tail.size}
            else:
                yield "tree", True, {"size": tail.size}
            ahead = self._tools.case_keys.made() - tail.next_docket + 1
            yield "slots", ahead >= 0, {"ahead": ahead}
            yield "jobs", True, {"waiting": reads.waiting_jobs()}
            if not is_behind(tail, head):
                used = [sealed for sealed, _ in reads.exhibits_of(0, tail.first + tail.size)]
                left_over = self._exhibits.left_over(used, _a_day_ago())
                facts = {"files": len(left_over), "octets": sum(left_over.values())}
                yield "exhibits", not left_over, facts

    def _figures(self) -> Diagnosis:
        from answerable.storage.figures import is_of_newer  # noqa: PLC0415 - for this one command

        with self._backend.reading() as reads:
            return "figures", not is_of_newer(reads), {}

    def _erasures(self) -> Diagnosis:
        erasures = StoredErasures(
            self._backend, self._tools.case_keys, self._exhibits, self._folder.path
        )
        # Whatever keeps it from being finished, it is told how many wait.
        again: Sequence[int] = ()
        with suppress(AnswerableError, OSError):
            erasures.finish()
            again = erasures.done_again()
        waiting = erasures.waiting()
        return "erasures", not waiting, {"waiting": waiting, "again": len(again) or None}

    def _forms(self) -> Iterator[Diagnosis]:
        forms, now = FolderForms(self._folder.forms), self._tools.now()
        room = FormRoom(lenient(FORMS_MB, os.environ))
        try:
            forms.sweep(now)
            kept, taken = forms.count(now), forms.taken()
        except StorageFailed:
            yield "forms", False, {"path": self._folder.forms.name}
            return
        yield "forms", True, {"kept": kept}
        octets = taken.others_text + taken.others_files
        facts = {"taken_mb": octets // MEGABYTE, "most_mb": room.megabytes}
        yield "forms-room", room.is_wide(taken), facts

    def _exhibits_in_use(self) -> list[str]:
        with self._backend.reading() as reads:
            tail = reads.tail()
            if is_behind(tail, self._tools.heads.read()):
                raise LedgerReadOnly("exhibits of lost acts look unused", size=tail.size)
            return [sealed for sealed, _ in reads.exhibits_of(0, tail.first + tail.size)]

    def _keys_are_private(self) -> bool:
        try:
            return not self._folder.signing_keys.stat().st_mode & OTHERS
        except OSError:
            return False

    def _apart(self) -> Diagnosis:
        if self._folder.uses_postgres:
            settings = self._folder.settings
            return "apart", settings.database != settings.key_database, {}
        paths = (self._folder.head.parent, self._folder.keys)
        device = self._folder.ledger.stat().st_dev
        return "apart", all(path.stat().st_dev != device for path in paths), {}

    def _begin_keys(self, origin: str, at: int) -> None:
        seeds = (os.urandom(32), os.urandom(32))
        self._keys.begin(origin, seeds=seeds, at_seconds=at // 1000)


def _a_day_ago() -> float:
    return time.time() - A_DAY
