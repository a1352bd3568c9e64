"""Where each commitment of a register lies, and which entries are shown: in little memory.

A register of a hundred thousand cases has a million entries. As a mapping of Python's own they take
more than the whole process may.
"""

from array import array
from collections.abc import Iterator, Mapping

_SIZE = 32


class Entries(Mapping[bytes, int]):
    """The position of each commitment, over all ledgers of a register, in their order."""

    def __init__(self, commitments: bytes = b"") -> None:
        """Take all commitments as one text, each of 32 octets."""
        self._all = commitments
        self._order = array("I")
        # By their first octet first: sorted in one go, they would be as many objects at once.
        buckets = [array("I") for _ in range(1 << 8)]
        for position, first in enumerate(commitments[::_SIZE]):
            buckets[first].append(position)
        for bucket in buckets:
            self._order.extend(sorted(bucket, key=self._at))

    def __getitem__(self, commitment: bytes) -> int:
        low, high = 0, len(self._order)
        while low < high:
            middle = (low + high) // 2
            # Of one that stands twice the last counts, as in a mapping.
            if self._at(self._order[middle]) <= commitment:
                low = middle + 1
            else:
                high = middle
        if low and self._at(self._order[low - 1]) == commitment:
            return self._order[low - 1]
        raise KeyError(commitment)

    def __iter__(self) -> Iterator[bytes]:
        return map(self._at, range(len(self._order)))

    def __len__(self) -> int:
        return len(self._order)

    def in_order(self) -> Iterator[tuple[bytes, int]]:
        """Yield the commitments as octets order them, each with its position; one twice, twice."""
        return ((self._at(position), position) for position in self._order)

    def _at(self, position: int) -> bytes:
        return self._all[position * _SIZE : (position + 1) * _SIZE]


class Positions:
    """A set of positions among so many."""

    def __init__(self, size: int = 0, octets: bytes = b"") -> None:
        """Take so many that are not in it, or the octets of such a set."""
        self._there = bytearray(octets or size)
        self._count = sum(self._there)

    def octets(self) -> bytes:
        """Return the set as an octet for each position: 1 where it is in it."""
        return bytes(self._there)

    def add(self, position: int) -> None:
        self._count += not self._there[position]
        self._there[position] = 1

    def __contains__(self, position: object) -> bool:
        return (
            isinstance(position, int)
            and 0 <= position < len(self._there)
            and self._there[position] == 1
        )

    def __len__(self) -> int:
        return self._count
