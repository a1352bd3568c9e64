"""Registers of a store, written and checked, and the ways to change one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from answerable.bootstrap.publishing import FolderPlaces
from answerable.casework.publish_register import PublishRegister
from answerable.casework.reading import Reading
from answerable.casework.ruling import Ruling
from answerable.casework.tell_figures import TellFigures
from answerable.core.acts import Json
from answerable.core.canonical import decode, encode
from answerable.core.ledger.policy import Policy
from answerable.core.register.ledgers import LedgerFiles
from answerable.core.register.pages import CASES
from answerable.core.register.sums import Checked, Files
from answerable.core.register.verifying import Seen, check_register
from answerable.forms.shipped import ShippedProcedures
from answerable.keys.ed25519 import verify
from tests.support.adapters import POLICY, Store
from tests.support.in_memory import MIB, in_memory

ZONE = "Asia/Phnom_Penh"
INDEX = "index.json"


def places(store: Store, policy: Policy = POLICY) -> FolderPlaces:
    return FolderPlaces("XA", ZONE, store.backend, store.ledger.trees, policy.encode)


def publish(
    store: Store, folder: Path, policy: Policy = POLICY, *, ruling: Ruling | None = None
) -> None:
    """Publish what a store holds, by rules that were read before where some are given."""
    ruling, reading = ruling or Ruling(ShippedProcedures(), store.clock), Reading(store.dockets)
    where = places(store, policy)
    told = PublishRegister(store.ledger, store.dockets, reading, ruling, where, store.clock)
    told(str(folder))


def published(store: Store, ruling: Ruling | None = None) -> "Register":
    """Return a register of what a store holds now, of which no file is left."""
    with TemporaryDirectory(dir=in_memory(64 * MIB)) as folder:
        publish(store, Path(folder) / "register", ruling=ruling)
        return Register.at(Path(folder) / "register")


def live(store: Store) -> list[dict[str, Json]]:
    """Return the figures of the store, without any register."""
    told = TellFigures(places(store), store.clock, frozenset)()
    return [one.json() for one in told.figures]


def days_in(zone: str) -> Callable[[int], date]:
    found = ZoneInfo(zone)
    return lambda at: datetime.fromtimestamp(at / 1000, UTC).astimezone(found).date()


@dataclass(frozen=True)
class Register:
    """A register's files, held in memory to be changed."""

    files: Mapping[str, bytes]

    @classmethod
    def at(cls, folder: Path) -> "Register":
        found = (file for file in folder.rglob("*") if file.is_file())
        return cls({file.relative_to(folder).as_posix(): file.read_bytes() for file in found})

    def checked(self, policy: Policy = POLICY, seen: Seen | None = None) -> Checked:
        files = Files(lambda: list(self.files), self.files.get)
        return check_register(files, LedgerFiles(policy, verify), days_in, seen)

    def codes(self) -> set[str]:
        """Return what is found to differ."""
        return {one.code for one in self.checked().differences}

    def value(self, name: str) -> dict[str, Json]:
        value = decode(self.files[name].removesuffix(b"\n"))
        assert isinstance(value, dict)
        return value

    def written(self, name: str, value: Mapping[str, Json]) -> "Register":
        """Return the register with another file, which its index names."""
        return Register({**self.files, name: encode(dict(value)) + b"\n"}).reindexed()

    def without(self, name: str) -> "Register":
        return Register({other: data for other, data in self.files.items() if other != name})

    def put(self, folder: Path) -> None:
        """Write each file of it over the one in a folder."""
        for name, data in self.files.items():
            (folder / name).write_bytes(data)

    def cases(self) -> dict[str, bytes]:
        """Return the files of cases, by name."""
        return {name: data for name, data in self.files.items() if name.startswith(CASES)}

    def reindexed(self) -> "Register":
        index = self.value(INDEX)
        digests: Json = {
            name: sha256(data).hexdigest() for name, data in self.files.items() if name != INDEX
        }
        return Register({**self.files, INDEX: encode({**index, "files": digests}) + b"\n"})
