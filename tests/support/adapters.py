"""The ledger on each of its databases: one fixture, so that one suite holds for all of them."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from answerable.casework.ports import CaseKeys, Cipher
from answerable.core import numbers
from answerable.core.acts import EPOCH
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import sign_note
from answerable.core.ledger.policy import Log, Policy, Witness
from answerable.keys import ed25519
from answerable.keys.cipher import Aes256Gcm
from answerable.storage.backend import Backend
from answerable.storage.case_keys import MemoryCaseKeys, SqliteCaseKeys
from answerable.storage.head import FileHeads, Heads, MemoryHeads
from answerable.storage.ledger import StoredDockets, StoredLedger
from answerable.storage.memory import MemoryBackend
from answerable.storage.numbering import Numbers
from answerable.storage.postgres import PostgresBackend
from answerable.storage.postgres_keys import PostgresCaseKeys, RowHeads
from answerable.storage.rows import Batch, LedgerRow
from answerable.storage.sequencing import Tools
from answerable.storage.sqlite import SqliteBackend
from tests.support.postgres import NoPostgres, Server, running
from tests.support.training_ledger import LOG, ORIGIN, TIME

ROOT = Path(__file__).parents[2]
POLICY = Policy(
    logs=(Log(LOG.verifier),), witnesses=(Witness("time", TIME.verifier),), origin=ORIGIN
)
PHNOM_PENH = timezone(timedelta(hours=7))
FIRST_LEDGER = LedgerRow(1, ORIGIN, 0, 1, 0, None, None)
KINDS = ("memory", "sqlite", pytest.param("postgres", marks=pytest.mark.postgres))

Kept = tuple[Backend, Heads, CaseKeys]


def instant(text: str) -> int:
    """Return the milliseconds of an instant written as 2026-11-16T08:00:00+07:00."""
    return (datetime.fromisoformat(text).astimezone(UTC) - EPOCH) // timedelta(milliseconds=1)


def year_and_week(at: int) -> tuple[int, int]:
    return numbers.year_and_week((EPOCH + timedelta(milliseconds=at)).astimezone(PHNOM_PENH).date())


class HandClock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.at = instant("2026-11-16T08:00:00+07:00")

    def __call__(self) -> int:
        return self.at

    def set(self, text: str) -> None:
        self.at = instant(text)


class SeededRandom:
    """Bytes that are the same in every run, and never the same twice in one."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._numbers = count()

    def __call__(self, length: int) -> bytes:
        found = b""
        while len(found) < length:
            found += sha256(f"{self._seed} {next(self._numbers)}".encode()).digest()
        return found[:length]


def sign(checkpoint: Checkpoint, at: int) -> bytes:
    return sign_note(checkpoint.text(), (LOG.signer(), TIME.at(at // 1000))).encode()


class Place(Protocol):
    """Where a mechanism's data lies; each opening makes new objects on the same data."""

    @property
    def words(self) -> Sequence[str]:
        """What another process needs to open it too; empty where none can."""
        ...

    def open(self) -> Kept: ...


class MemoryPlace:
    words = ()

    def __init__(self) -> None:
        self._kept: Kept = (MemoryBackend(), MemoryHeads(), MemoryCaseKeys())

    def open(self) -> Kept:
        return self._kept


@dataclass(frozen=True)
class SqlitePlace:
    folder: Path

    @property
    def words(self) -> Sequence[str]:
        return ("sqlite", str(self.folder))

    @property
    def ledger(self) -> Path:
        return self.folder / "ledger.sqlite3"

    def open(self) -> Kept:
        return (
            SqliteBackend(self.ledger),
            FileHeads(self.folder / "head"),
            SqliteCaseKeys(self.folder / "keys.sqlite3"),
        )


@dataclass(frozen=True)
class PostgresPlace:
    ledger: str
    keys: str

    @property
    def words(self) -> Sequence[str]:
        return ("postgres", self.ledger, self.keys)

    def open(self) -> Kept:
        return (PostgresBackend(self.ledger), RowHeads(self.keys), PostgresCaseKeys(self.keys))


def place_of(words: Sequence[str]) -> Place:
    kind, *rest = words
    return SqlitePlace(Path(rest[0])) if kind == "sqlite" else PostgresPlace(*rest)


class Store:
    """A mechanism's storage as bootstrap builds it, with a clock set by hand."""

    _openings = count()

    def __init__(self, place: Place, clock: HandClock, padding_per_day: int = 0) -> None:
        self.place = place
        self.clock = clock
        self._padding_per_day = padding_per_day
        self._others: list[Store] = []
        self.backend, self.heads, self.case_keys = place.open()
        self.cipher: Cipher = Aes256Gcm()
        # Another seed at each opening, as random bytes would be other ones.
        random = SeededRandom(f"{os.getpid()} {next(self._openings)}")
        numbers = Numbers("XA", year_and_week)
        self.tools = Tools(
            self.heads,
            self.case_keys,
            self.cipher,
            sign,
            numbers,
            clock,
            random,
            ed25519.verify,
            padding_per_day=padding_per_day,
        )
        self.ledger = StoredLedger(self.backend, self.tools)
        self.dockets = StoredDockets(self.backend, self.case_keys, self.cipher)

    def reopen(self) -> "Store":
        """Return what a new start of the server would make of the same data."""
        self.close()
        return self.another()

    def another(self) -> "Store":
        """Return what another server on the same data holds; it is closed with this one."""
        self._others.append(Store(self.place, self.clock, self._padding_per_day))
        return self._others[-1]

    def close(self) -> None:
        for store in self._others:
            store.close()
        self.ledger.close()
        for kept in (self.backend, self.heads, self.case_keys):
            if hasattr(kept, "close"):
                kept.close()


NewStore = Callable[[], Store]


def migrate(engine: str, name: str, host: str = "") -> None:
    """Make the schema, in a process of its own: Django is set up once in a process."""
    database = {"ENGINE": engine, "NAME": name, "HOST": host, "USER": "postgres"}
    program = (
        "import django\nfrom django.conf import settings\n"
        "from answerable.bootstrap import settings as ours\n"
        "ours = {name: getattr(ours, name) for name in dir(ours) if name.isupper()}\n"
        f"settings.configure(**ours, DATABASES={{'default': {database!r}}})\n"
        "django.setup()\nfrom answerable.storage.schema import migrate\nmigrate()\n"
    )
    subprocess.run([sys.executable, "-c", program], cwd=ROOT / "src", check=True)


def begin(backend: Backend) -> None:
    with backend.writing() as transaction:
        transaction.store(Batch(ledger=FIRST_LEDGER))
        transaction.commit()
    backend.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file with a ledger in it, to be copied."""
    path = tmp_path_factory.mktemp("template") / "ledger.sqlite3"
    migrate("django.db.backends.sqlite3", str(path))
    begin(SqliteBackend(path))
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for this process of the run."""
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running())
        except NoPostgres as problem:
            pytest.skip(str(problem))
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """A migrated database with a ledger in it, to be copied."""
    name = postgres_server.create(name="migrated")
    migrate("django.db.backends.postgresql", name, str(postgres_server.folder))
    begin(PostgresBackend(postgres_server.dsn(name)))
    return name


@pytest.fixture
def new_sqlite(sqlite_template: Path, tmp_path: Path) -> Callable[[], Place]:
    numbers = count(1)

    def place() -> Place:
        made = SqlitePlace(tmp_path / f"mechanism-{next(numbers)}")
        made.folder.mkdir()
        shutil.copy(sqlite_template, made.ledger)
        return made

    return place


@pytest.fixture
def new_postgres(postgres_server: Server, postgres_template: str) -> Iterator[Callable[[], Place]]:
    made: list[str] = []

    def place() -> Place:
        ledger, keys = postgres_server.create(postgres_template), postgres_server.create()
        made.extend((ledger, keys))
        return PostgresPlace(postgres_server.dsn(ledger), postgres_server.dsn(keys))

    yield place
    for name in made:
        postgres_server.drop(name)


@pytest.fixture
def padding_per_day() -> int:
    """How often the ledgers of a test are padded on a day: not at all, where it counts entries."""
    return 0


@pytest.fixture(params=KINDS)
def new_store(request: pytest.FixtureRequest, padding_per_day: int) -> Iterator[NewStore]:
    """Make an empty mechanism on the database that this run of the test is for."""
    kind = request.param
    new_place = MemoryPlace if kind == "memory" else request.getfixturevalue(f"new_{kind}")
    stores: list[Store] = []

    def store() -> Store:
        place = new_place()
        if kind == "memory":
            begin(place.open()[0])
        stores.append(Store(place, HandClock(), padding_per_day))
        return stores[-1]

    yield store
    for made in stores:
        made.close()


@pytest.fixture
def store(new_store: NewStore) -> Store:
    return new_store()
