"""A whole ledger built by hand, in memory or on SQLite, and the units that tests lodge in it."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from shutil import copyfile
from tempfile import mkdtemp
from uuid import UUID

import django
from django.conf import settings
from django.db import connections

from answerable.casework.ports import Appended, CaseKeys
from answerable.core.acts import ActCode, By, Draft, Field, PartyId, Seat
from answerable.core.check import Signers
from answerable.core.docket import Change, Kind, NewDocket, OnDocket, Unit, UnitKey
from answerable.core.errors import Refusal
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import COSIGNATURE, ED25519, sign_note
from answerable.core.ledger.policy import Log, Policy, Witness
from answerable.core.ledger.tree import entry_of, leaf_hash, root_of
from answerable.core.mechanism import FOUNDED, OPERATOR
from answerable.keys import ed25519
from answerable.keys.cipher import Aes256Gcm
from answerable.storage.backend import Backend
from answerable.storage.case_keys import MemoryCaseKeys, SqliteCaseKeys
from answerable.storage.checking import Beside, Checked, check
from answerable.storage.head import FileHeads, Head, Heads, MemoryHeads
from answerable.storage.ledger import StoredLedger
from answerable.storage.memory import MemoryBackend
from answerable.storage.numbering import Numbers
from answerable.storage.rows import Batch, CheckpointRow, LedgerRow
from answerable.storage.schema import migrate
from answerable.storage.sequencing import Tools
from answerable.storage.sqlite import SqliteBackend
from tests.support.builders import OWED
from tests.support.training_ledger import ORIGIN, Key

NEXT = f"{ORIGIN}/2"
NOON = 1_781_264_000_000
COMPLAINANT = By(PartyId("p2"), Seat("complainant"))


@dataclass
class Clock:
    """A clock that tests set; it moves a second each time it is read."""

    at: int = NOON

    def __call__(self) -> int:
        self.at += 1000
        return self.at


@dataclass
class ByHand:
    """A ledger with everything that it is made of."""

    backend: Backend
    heads: Heads
    case_keys: CaseKeys
    folder: Path | None = None
    clock: Clock = field(default_factory=Clock)
    week: tuple[int, int] = (2026, 24)
    origins: list[str] = field(default_factory=lambda: [ORIGIN])

    def __post_init__(self) -> None:
        self.cipher = Aes256Gcm()
        numbers = Numbers("XA", lambda _: self.week)
        self.tools = Tools(
            self.heads,
            self.case_keys,
            self.cipher,
            self.sign,
            numbers,
            self.clock,
            secrets.token_bytes,
            ed25519.verify,
        )
        self.ledger = StoredLedger(self.backend, self.tools)

    def sign(self, checkpoint: Checkpoint, at: int) -> bytes:
        log, time = keys_of(checkpoint.origin)
        return sign_note(checkpoint.text(), [log.signer(), time.at(at // 1000)]).encode()

    @property
    def policy(self) -> Policy:
        pairs = [keys_of(origin) for origin in self.origins]
        return Policy(
            logs=tuple(Log(log.verifier) for log, _ in pairs),
            witnesses=tuple(
                Witness(f"own-{at}", time.verifier) for at, (_, time) in enumerate(pairs)
            ),
        )

    @property
    def beside(self) -> Beside:
        return Beside(self.heads, self.case_keys)

    def begin(self) -> None:
        with self.backend.writing() as transaction:
            row = LedgerRow(1, self.origins[0], 0, 1, self.clock(), None, None)
            transaction.store(Batch(ledger=row))
            transaction.commit()

    def found(self) -> Appended:
        draft = Draft(act=FOUNDED, by=OPERATOR, secret=secrets.token_bytes(32))
        return self.append(unit(Change(NewDocket(Kind.MECHANISM), (draft,))))

    def append(self, *units: Unit) -> Appended:
        for outcome in (outcomes := self.ledger.append(units)):
            if isinstance(outcome, Refusal):
                raise outcome
        first = outcomes[0]
        assert isinstance(first, Appended)
        return first

    def lodge(self, count: int = 1, *, protected: bool = False) -> Appended:
        changes = (Change(NewDocket(protected=protected), (submitted(),)) for _ in range(count))
        return self.append(unit(*changes))

    def on(self, docket: int, act: str) -> Appended:
        with self.backend.reading() as reads:
            found = reads.dockets([docket])[docket]
        by = By(PartyId("p1"), Seat("secretariat"))
        draft = Draft(act=ActCode(act), by=by, secret=secrets.token_bytes(32))
        return self.append(unit(Change(OnDocket(found.id, found.sequence, found.kind), (draft,))))

    def checked(self, *, acts: bool = True) -> Checked:
        signers = Signers(self.policy, ed25519.verify)
        return check(self.backend, self.beside, signers=signers, acts=acts)


@cache
def keys_of(origin: str) -> tuple[Key, Key]:
    """Return the log key and the time key of an origin."""
    return (
        Key(f"log of {origin}", origin, ED25519),
        Key(f"time of {origin}", f"{origin}/time", COSIGNATURE),
    )


def submitted(words: str = "The office was closed.") -> Draft:
    return Draft(
        act=ActCode("submitted"),
        by=COMPLAINANT,
        secret=secrets.token_bytes(32),
        fields=(Field("allegations/1/what", words, ("complainant", "secretariat")),),
        facts={"clocks": OWED, "exhibits": 1, "host": "body"},
        allegations=(1,),
        exhibits=(secrets.token_hex(32),),
    )


def unit(*changes: Change) -> Unit:
    return Unit(UnitKey(UUID(bytes=secrets.token_bytes(16), version=4)), changes)


def in_memory() -> ByHand:
    made = ByHand(MemoryBackend(), MemoryHeads(), MemoryCaseKeys())
    made.begin()
    return made


def on_sqlite(folder: Path) -> ByHand:
    """Return a ledger on SQLite whose parts lie where an operator would have them."""
    for part in ("keys", "head", "exhibits"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    copyfile(_empty_database(), folder / "ledger.sqlite3")
    made = opened(folder)
    made.begin()
    return made


def opened(folder: Path) -> ByHand:
    """Return the ledger in a folder as a new process finds it."""
    return ByHand(
        SqliteBackend(folder / "ledger.sqlite3"),
        FileHeads(folder / "head" / "head"),
        SqliteCaseKeys(folder / "keys" / "case-keys.sqlite3"),
        folder,
    )


@cache
def _empty_database() -> Path:
    path = Path(mkdtemp()) / "empty.sqlite3"
    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    if not settings.configured:
        settings.configure(
            INSTALLED_APPS=["answerable.storage.apps.StorageConfig"],
            USE_TZ=True,
            DATABASES={"default": database},
        )
        django.setup()
    with _database(database):
        migrate()
    return path


@contextmanager
def _database(database: dict[str, str]) -> Iterator[None]:
    before = connections.settings["default"]
    connections["default"].close()
    connections.settings["default"] = {**before, **database}
    del connections["default"]
    try:
        yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        del connections["default"]


Maker = Callable[[Path], ByHand]
MAKERS: dict[str, Maker] = {"memory": lambda _: in_memory(), "sqlite": on_sqlite}


def digest(text: str) -> bytes:
    return sha256(text.encode()).digest()


def pad(ledger: ByHand, commitments: list[bytes]) -> None:
    """Append entries that no act explains, with the checkpoint and second copy that they need."""
    with ledger.backend.writing() as transaction:
        tail = transaction.tail()
        entries = list(enumerate(commitments, tail.first + tail.size))
        before = transaction.commitments(tail.first, tail.first + tail.size)
        leaves = [leaf_hash(entry_of(found)) for found in (*before, *commitments)]
        root = root_of(leaves)
        tiles = [
            (tail.ledger, at, root_of(leaves[at * 256 : at * 256 + 256]))
            for at in range(tail.size // 256, len(leaves) // 256)
        ]
        size, at = tail.size + len(commitments), ledger.clock()
        note = ledger.sign(Checkpoint(tail.origin, size, root), at)
        checkpoint = CheckpointRow(tail.ledger, size, root, note, at)
        transaction.store(Batch(entries=entries, checkpoint=checkpoint, tiles=tiles))
        transaction.commit()
    head = Head(tail.ledger, tail.origin, size, root, ())
    ledger.heads.replace(ledger.heads.read(), head)


Restored = Callable[[], ByHand]


def remember(ledger: ByHand) -> Restored:
    """Keep the database as it is now; what is returned puts it back, as a new process finds it."""
    origins = [*ledger.origins, NEXT]
    if isinstance(ledger.backend, MemoryBackend):
        tables = deepcopy(ledger.backend._tables)  # noqa: SLF001 - this copy nobody else wants

        def put_back() -> ByHand:
            backend = MemoryBackend()
            backend._tables = deepcopy(tables)  # noqa: SLF001 - as above
            return ByHand(backend, ledger.heads, ledger.case_keys, None, origins=origins)

        return put_back
    folder = ledger.folder
    assert folder is not None
    database, kept = folder / "ledger.sqlite3", folder / "kept.sqlite3"
    copied(database, kept)

    def put_back_file() -> ByHand:
        restored = folder / f"restored-{secrets.token_hex(4)}.sqlite3"
        copyfile(kept, restored)
        return ByHand(
            SqliteBackend(restored), ledger.heads, ledger.case_keys, folder, origins=origins
        )

    return put_back_file


def copied(database: Path, target: Path) -> None:
    backend = SqliteBackend(database)
    with backend.writing() as transaction:
        transaction._run("PRAGMA user_version")  # type: ignore[attr-defined] # noqa: SLF001
    source = backend._database()  # noqa: SLF001 - copies the whole file
    source.execute("VACUUM INTO ?", (str(target),))
    backend.close()
