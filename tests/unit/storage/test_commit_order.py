"""First the commit, then the head's second copy, then the answer: what is left if one fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest

from answerable.casework.ports import LedgerPoisoned
from answerable.core.docket import Change, NewDocket
from answerable.storage.backend import Transaction
from answerable.storage.case_keys import MemoryCaseKeys
from answerable.storage.head import Head, MemoryHeads
from answerable.storage.memory import MemoryBackend, MemoryTransaction
from tests.support.by_hand import ByHand, submitted, unit


class CommitFails(MemoryTransaction):
    def commit(self) -> None:
        raise OSError("the disk is gone")


class Disk(MemoryBackend):
    """A database whose disk can go away before a commit."""

    gone = False

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        with self._lock:
            yield (CommitFails if self.gone else MemoryTransaction)(self._tables)


class OtherVolume(MemoryHeads):
    """A place of the second copy that can go away before a write."""

    gone = False

    def replace(self, old: Head | None, new: Head) -> None:
        if self.gone:
            raise OSError("the other volume is gone")
        super().replace(old, new)


class Place(NamedTuple):
    ledger: ByHand
    disk: Disk
    volume: OtherVolume

    def size(self) -> int:
        with self.disk.reading() as reads:
            return reads.tail().size

    def as_a_new_process_finds_it(self) -> ByHand:
        self.disk.gone = self.volume.gone = False
        return ByHand(self.disk, self.volume, self.ledger.case_keys)


@pytest.fixture
def place() -> Place:
    disk, volume = Disk(), OtherVolume()
    ledger = ByHand(disk, volume, MemoryCaseKeys())
    ledger.begin()
    ledger.lodge(2)
    return Place(ledger, disk, volume)


def test_a_commit_that_fails_leaves_the_second_copy_as_it_was(place: Place) -> None:
    before = place.volume.read()
    place.disk.gone = True
    with pytest.raises(LedgerPoisoned):
        place.ledger.lodge()
    assert (place.volume.read(), place.size()) == (before, 2)
    late = place.as_a_new_process_finds_it()
    assert late.lodge().acts[0].receipt.index == 2
    assert late.checked().findings == ()


def test_a_second_copy_that_fails_gives_no_receipt(place: Place) -> None:
    before = place.volume.read()
    asked = unit(Change(NewDocket(), (submitted(),)))
    place.volume.gone = True
    with pytest.raises(LedgerPoisoned):
        place.ledger.append(asked)
    # The entry is kept and nobody was told: whoever asks again, by the same key, is told then.
    assert (place.volume.read(), place.size()) == (before, 3)
    late = place.as_a_new_process_finds_it()
    assert late.append(asked).acts[0].receipt.index == 2
    assert late.lodge().acts[0].receipt.index == 3
    assert late.checked().findings == ()
