"""Casework's port RegisterPlaces: where a mechanism's registers are written, on its own days."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from answerable.casework.register_ports import Given, NewRegister
from answerable.core.register.kept_sums import KeptSum
from answerable.storage.backend import Backend
from answerable.storage.following import FollowedTrees


@dataclass(frozen=True, slots=True)
class FolderPlaces:
    """Registers of one mechanism as folders."""

    prefix: str
    zone: str
    backend: Backend
    trees: FollowedTrees
    policy: Callable[[], bytes]

    def day_of(self, at: int) -> date:
        return day_in(self.zone, at)

    def given(self) -> Given:
        from answerable.storage.register_folder import given_numbers  # noqa: PLC0415 - for few commands

        return given_numbers(self.prefix, self.backend)

    def written(self, positions: Sequence[int]) -> Iterator[int]:
        from answerable.storage.register_folder import written  # noqa: PLC0415 - for few commands

        return written(self.backend, positions)

    def kept_sums(self, at_end: Callable[[int], None] = lambda _: None) -> Iterator[KeptSum]:
        from answerable.storage.figure_sums import kept_sums  # noqa: PLC0415 - for few commands

        return kept_sums(self.backend, at_end)

    def new(self, target: str) -> AbstractContextManager[NewRegister]:
        from answerable.storage.register_folder import new_register  # noqa: PLC0415 - for one command

        return new_register(Path(target), self.backend, self.trees, self.policy)


def day_in(zone: str, at: int) -> date:
    """Return the day on which an instant, in milliseconds, falls in a time zone."""
    return datetime.fromtimestamp(at / 1000, ZoneInfo(zone)).date()
