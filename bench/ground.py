"""The ground of the measurements: founded mechanisms on disk, and reports to append to them."""

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote
from uuid import UUID

from answerable.bootstrap.founding import found
from answerable.core.acts import ActCode, By, Draft, Field, Json, PartyId, Seat
from answerable.core.docket import Change, Job, NewDocket, Unit, UnitKey
from tests.support.postgres import NoPostgres, Server, running

FIELDS = 5
"""With the eleven of the envelope these are the 16 fields of which the musts speak."""

LONG = 16
"""What a report with every question answered has: 27 fields with its envelope, and eight decoys."""

NARRATIVE = ("ក្រុមការងារបានមកដល់ការិយាល័យ ហើយបានប្រាប់ឲ្យផ្អាកសិក្ខាសាលា។ " * 7)[:372]
READERS = ("complainant", "secretariat", "monitor")
BY = By(PartyId("p2"), Seat("complainant"))
SUBMITTED = ActCode("submitted")
OWED: Json = {
    "starts": [
        {"clock": "opening", "owes": "secretariat"},
        {"clock": "acknowledgement", "owes": "secretariat"},
        {"clock": "intake", "owes": "secretariat"},
    ]
}
"""The clocks that lodging starts under the plain rules: each is a row of what is owed."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder on the disk to be measured, and a PostgreSQL server where one starts.

    What is in ``kept`` stays there for the next time: filling a mechanism takes minutes.
    """

    folder: Path
    server: Server | None
    kept: Path | None = None

    def sqlite(self, name: str) -> Path:
        """Found a mechanism on SQLite, and return its folder."""
        return self._founded(name)

    def shared(self, name: str) -> Path:
        """Return where a mechanism is, or will be, that benchmarks share."""
        return (self.kept or self.folder) / name

    def address(self) -> str:
        """Make a database and return its address."""
        if self.server is None:
            raise NoPostgres("no server")
        host = quote(str(self.server.folder), safe="")
        return f"postgresql://postgres@/{self.server.create()}?host={host}"

    def postgres(self, name: str) -> Path:
        """Found a mechanism on two new PostgreSQL databases, and return its folder."""
        return self._founded(name, database=self.address(), key_database=self.address())

    def _founded(self, name: str, **databases: str) -> Path:
        path = self.folder / name
        values = {"name": "Bench", "origin": f"bench.example/{name}", "prefix": "XB", **databases}
        # Django, which makes the schema, is set up for one kind of database in a process.
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            process.submit(found, str(path), values, request()).result()
        return path


@contextmanager
def ground(folder: Path, kept: Path | None = None) -> Iterator[Ground]:
    """Give a ground in a new folder inside folder, and remove it at the end."""
    with ExitStack() as stack:
        made = stack.enter_context(TemporaryDirectory(prefix="bench-", dir=folder))
        try:
            # Where temporary files are (TMPDIR): a server in memory makes nothing durable.
            server: Server | None = stack.enter_context(running(on_disk=True))
        except NoPostgres:
            server = None
        yield Ground(Path(made), server, kept)


def request() -> UUID:
    """Return a UUID of version 7, as callers are advised to: it grows with time."""
    milliseconds = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    return UUID(
        int=milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & (1 << 62) - 1
    )


def report(fields: int = FIELDS) -> Change:
    """Return a new case with one act of so many fields, the first a narrative in Khmer."""
    texts = (NARRATIVE, *(f"value {number} of this report" for number in range(1, fields)))
    draft = Draft(
        act=SUBMITTED,
        by=BY,
        secret=secrets.token_bytes(32),
        fields=tuple(
            Field(f"allegations/1/field-{at}", text, READERS) for at, text in enumerate(texts)
        ),
        allegations=(1,),
        facts={"allegations": 1, "clocks": OWED, "host": "body", "procedure": "plain@1"},
    )
    return Change(NewDocket(), (draft,))


def unit(acts: int = 1, *, fields: int = FIELDS) -> Unit:
    """Return a unit of so many reports, each in its own case, with one job."""
    changes = tuple(report(fields) for _ in range(acts))
    return Unit(UnitKey(request()), changes, (Job("submission-lodged", {}),))
