"""A step of the monitor's procedure, as a response tells it."""

from collections.abc import Mapping
from dataclasses import dataclass

from answerable.core.acts import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTold:
    """A step of the monitor's procedure: who owes it, by when, and when it was done.

    ``due`` is a day or an instant in UTC, None where there is no date; ``met`` likewise.
    """

    clock: str
    titles: Mapping[str, str]
    owes: Mapping[str, str]
    due: str | None
    met: str | None
    is_late: bool = False
    binding: bool = True
    confirmed: bool = True

    def json(self) -> dict[str, Json]:
        return {
            "binding": self.binding,
            "clock": self.clock,
            "confirmed": self.confirmed,
            "due": self.due,
            "late": self.is_late,
            "met": self.met,
            "owes": dict(self.owes),
            "titles": dict(self.titles),
        }
