"""Draws that are the same on every machine and in every version of Python: hashes of a name."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

One = TypeVar("One")


class Draws:
    """Draws under a name, one after the other."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._drawn = 0

    def below(self, end: int) -> int:
        """Return a number from 0 to before end."""
        self._drawn += 1
        octets = sha256(f"{self._name} {self._drawn}".encode()).digest()
        return int.from_bytes(octets[:8]) % end

    def between(self, first: int, last: int) -> int:
        return first + self.below(last - first + 1)

    def chance(self, percent: int) -> bool:
        return self.below(100) < percent

    def pick(self, several: Sequence[One]) -> One:
        return several[self.below(len(several))]
