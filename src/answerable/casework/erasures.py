"""The port Erasures: what an act of erasure leaves to be done, and which key copies there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from answerable.core.docket import DocketId

ERASE_CASE = "erase-case"
"""The job of an act of erasure: it is in the act's own transaction."""


@dataclass(frozen=True, slots=True)
class KeyCopy:
    """A copy of the case keys: when it was made, and the last day on which it may be used."""

    made_at: int
    last_day: str


class Erasures(Protocol):
    """Destroys what acts on record say is erased: first the case's key, then its exhibits.

    With that no return key opens the case any more.
    """

    def finish(self) -> None:
        """Do all that waits.

        Safe to repeat, and cut off anywhere the next start does the rest. No key is overwritten
        before the act that says so is durable.

        Raises:
            Unfinished: the disk refused; what is left waits.
        """
        ...

    def pending(self) -> Sequence[int]:
        """Try to finish what was overwritten, and return of whose keys octets may be left."""
        ...

    def waiting(self) -> int:
        """Return how many erasures on record are not done yet."""
        ...

    def exhibits(self, docket: DocketId) -> Sequence[str]:
        """Return the names of the stored exhibits that no other case's act names."""
        ...

    def copies(self) -> Sequence[KeyCopy] | None:
        """Return the copies of the keys that were made here, None where others make them."""
        ...
