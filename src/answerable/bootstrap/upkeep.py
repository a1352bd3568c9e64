"""Casework's port Upkeep: what an operator does with a mechanism's stored ledger as a whole."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath

from answerable.bootstrap.folder import Folder, write_settings
from answerable.casework.application import Described, Progress
from answerable.core.check import Counts, Finding, Trust
from answerable.core.errors import Fact
from answerable.core.ledger.policy import Policy
from answerable.core.ledger.windows import seconds_text
from answerable.keys import ed25519
from answerable.keys.signing import SigningKeys
from answerable.storage.backend import Backend
from answerable.storage.following import is_behind
from answerable.storage.ledger import StoredLedger
from answerable.storage.sequencing import Tools


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

    def keys(self) -> Iterable[Mapping[str, str | None]]:
        for key in self._keys.all():
            until = key.until_seconds
            yield {
                "name": key.name,
                "key": str(key.verifier),
                "from": seconds_text(key.from_seconds),
                "until": None if until is None else seconds_text(until),
            }

    def rotate_keys(self) -> Mapping[str, str]:
        origin = self._ledger.origin
        self._begin_keys(origin)
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
            trust=Trust(self.policy(), ed25519.verify),
            acts=acts,
            progress=progress,
        )
        return checked.findings, checked.counts

    def rebuild(self, progress: Progress) -> tuple[int, int]:
        from answerable.storage.projections import rebuild  # noqa: PLC0415 - for this one command

        rebuilt = rebuild(self._backend, progress)
        return rebuilt.dockets, rebuilt.acts

    def publish(self) -> tuple[int, int]:
        from answerable.storage.publisher import publish  # noqa: PLC0415 - for this one command

        published = publish(
            self._backend, self._ledger.trees, self._folder.public, self.policy().encode()
        )
        return published.size, published.files

    def _begin_keys(self, origin: str) -> None:
        self._keys.begin(
            origin,
            seeds=(os.urandom(32), os.urandom(32)),
            at_seconds=self._tools.now() // 1000,
        )
