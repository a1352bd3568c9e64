"""The parts of a mechanism's folder: where it keeps what it holds, and its writer's tools."""

import os
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from answerable.bootstrap.folder import Folder
from answerable.casework.ports import CaseKeys
from answerable.core.errors import Broken
from answerable.core.numbers import year_and_week
from answerable.keys import ed25519
from answerable.keys.cipher import Aes256Gcm
from answerable.keys.signing import SigningKeys
from answerable.storage.backend import Backend
from answerable.storage.head import FileHeads, Heads
from answerable.storage.numbering import Numbers
from answerable.storage.sequencing import Tools


class PartMissing(Broken):
    """A file without which nothing can be told for certain is not there."""

    code = "part-missing"


def stores(folder: Folder) -> tuple[Backend, Heads, CaseKeys]:
    """Return where a mechanism keeps its ledger, its head's second copy, and its case keys."""
    if folder.uses_postgres:
        # The driver is imported where it is used: it would slow down every other start.
        from answerable.storage.postgres import PostgresBackend  # noqa: PLC0415 - loaded where it is used
        from answerable.storage.postgres_keys import (  # noqa: PLC0415 - loaded where it is used
            PostgresCaseKeys,
            RowHeads,
        )

        keys = folder.settings.key_database
        return PostgresBackend(folder.settings.database), RowHeads(keys), PostgresCaseKeys(keys)
    from answerable.storage.case_keys import SqliteCaseKeys  # noqa: PLC0415 - loaded where it is used
    from answerable.storage.sqlite import SqliteBackend  # noqa: PLC0415 - loaded where it is used

    return SqliteBackend(folder.ledger), FileHeads(folder.head), SqliteCaseKeys(folder.case_keys)


def tools_of(folder: Folder, heads: Heads, case_keys: CaseKeys) -> Tools:
    """Return what the writer of a mechanism works with."""
    return Tools(
        heads=heads,
        case_keys=case_keys,
        cipher=Aes256Gcm(),
        sign=SigningKeys(folder.signing_keys),
        numbers=Numbers(folder.settings.prefix, year_and_week_in(folder.zone)),
        now=milliseconds,
        random=os.urandom,
        verify=ed25519.verify,
        padding_per_day=folder.settings.padding_per_day,
    )


def milliseconds() -> int:
    """Return now, in milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


def year_and_week_in(zone: ZoneInfo) -> Callable[[int], tuple[int, int]]:
    """Return the calendar of a mechanism: an instant's year and week, where it is."""
    return lambda at: year_and_week(day_in(zone, at))


def day_in(zone: ZoneInfo, at: int) -> date:
    """Return the day on which an instant, in milliseconds, falls in a time zone."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone).date()
