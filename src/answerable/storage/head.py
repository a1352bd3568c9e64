"""The head's second copy: what the ledger has promised, kept where no restore can roll it back."""

import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, cast

from answerable.core.canonical import NotCanonical, decode, encode
from answerable.core.errors import Broken
from answerable.disk import replacing, sync_folder

SLOT = 4096
"""The bytes of one slot: a page, so that a torn write damages the slot written and no other."""


class HeadConflict(Broken):
    """The head's second copy is not the one this process read: two writers ran without a lock."""

    code = "head-conflict"


class HeadUnreadable(Broken):
    """Neither slot of the head's second copy can be read."""

    code = "head-unreadable"


@dataclass(frozen=True, slots=True)
class Head:
    """The last size and root that were promised, and the numbers given by then."""

    ledger: int
    origin: str
    size: int
    root: bytes
    years: tuple[tuple[int, int], ...]

    def encoded(self) -> bytes:
        return encode(
            {
                "ledger": self.ledger,
                "origin": self.origin,
                "root": self.root.hex(),
                "size": self.size,
                "years": [list(pair) for pair in self.years],
            }
        )


def head_of(octets: bytes) -> Head:
    """Return the head that encoded wrote.

    Raises:
        NotCanonical, KeyError, TypeError, ValueError: it did not.
    """
    value = cast("dict[str, Any]", decode(octets))
    years = tuple((int(year), int(high)) for year, high in value["years"])
    root = bytes.fromhex(value["root"])
    return Head(int(value["ledger"]), str(value["origin"]), int(value["size"]), root, years)


class Heads(Protocol):
    """Keeps one head. replace is durable once it returns."""

    def read(self) -> Head | None: ...

    def replace(self, old: Head | None, new: Head) -> None:
        """Put new in the place of old.

        Raises:
            HeadConflict: another head is there. Nothing was written.
        """
        ...


class FileHeads:
    """Two slots in one file, written in turn: the one not written still holds the last head.

    The caller holds the writer's lock, which is what makes replace one step between processes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Head | None:
        found = self._slots()
        return None if found is None else found[1]

    def replace(self, old: Head | None, new: Head) -> None:
        found = self._slots()
        counter, current = (0, None) if found is None else found
        if current != old:
            raise HeadConflict("another head was written meanwhile")
        slot = _slot_bytes(counter + 1, new)
        if found is not None:
            _write(self._path, slot, (counter + 1) % 2 * SLOT)
            return
        # A file that was made and not written would read as damaged: it has its name when whole.
        with replacing(self._path) as file:
            file.seek((counter + 1) % 2 * SLOT)
            file.write(slot)
        sync_folder(self._path.parent)

    def _slots(self) -> tuple[int, Head] | None:
        try:
            octets = self._path.read_bytes()
        except FileNotFoundError:
            return None
        found = [slot for at in (0, SLOT) if (slot := _slot(octets[at : at + SLOT])) is not None]
        if not found:
            raise HeadUnreadable("no slot of the head's second copy is whole")
        return max(found, key=lambda slot: slot[0])


class MemoryHeads:
    """A head in memory, for the in-memory ledger."""

    def __init__(self) -> None:
        self._head: Head | None = None

    def read(self) -> Head | None:
        return self._head

    def replace(self, old: Head | None, new: Head) -> None:
        if self._head != old:
            raise HeadConflict("another head was written meanwhile")
        self._head = new


def _write(path: Path, slot: bytes, at: int) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.pwrite(descriptor, slot, at)
        os.fdatasync(descriptor)
    finally:
        os.close(descriptor)


def _slot_bytes(counter: int, head: Head) -> bytes:
    octets = counter.to_bytes(8) + head.encoded()
    checked = len(octets).to_bytes(4) + sha256(octets).digest() + octets
    if len(checked) > SLOT:
        raise ValueError("a head does not fit its slot")
    return checked.ljust(SLOT, b"\x00")


def _slot(octets: bytes) -> tuple[int, Head] | None:
    length, digest = int.from_bytes(octets[:4]), octets[4:36]
    checked = octets[36 : 36 + length]
    if len(octets) < SLOT or sha256(checked).digest() != digest:
        return None
    try:
        return int.from_bytes(checked[:8]), head_of(checked[8:])
    except (NotCanonical, KeyError, TypeError, ValueError):
        return None
