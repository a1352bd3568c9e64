"""Where procedures and calendars come from: those that are shipped, and files of one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Protocol, TypeVar

from answerable.core.calendars import Calendar
from answerable.core.errors import AnswerableError, Malformed
from answerable.core.procedure import Procedure

T = TypeVar("T")

RULES_BYTES = 1024 * 1024
"""The largest file of rules: more is no procedure that a person wrote."""


class UnknownProcedure(Malformed):
    """No procedure of this name is shipped; ``known`` lists the names, ``nearest`` is one."""

    code = "unknown-procedure"


class UnknownCalendar(Malformed):
    """No calendar of this name is shipped; ``known`` lists the names, ``nearest`` is one."""

    code = "unknown-calendar"


@dataclass(frozen=True, slots=True)
class Checked(Generic[T]):
    """What a file says, or None and all that is wrong with it, in the order of the file."""

    value: T | None
    faults: tuple[AnswerableError, ...] = ()


class Procedures(Protocol):
    """The rules at hand. What is shipped has no fault; a file may have many, told at once."""

    def shipped(self) -> Sequence[Procedure]:
        """Return every version of every shipped procedure, by id and then by age."""
        ...

    def procedure(self, name: str, today: date) -> Procedure:
        """Return the shipped procedure ``id@version``; for an ``id`` the latest in force today.

        Raises:
            UnknownProcedure: there is none.
        """
        ...

    def calendar(self, name: str) -> Calendar:
        """Return the shipped calendar ``code@version``; for a ``code`` its latest version.

        Raises:
            UnknownCalendar: there is none.
        """
        ...

    def text(self, rules: Procedure | Calendar) -> str:
        """Return the file of a shipped procedure or calendar, as it lies there."""
        ...

    def read_procedure(
        self, data: bytes, name: str, calendars: Sequence[str] | None = ()
    ) -> Checked[Procedure]:
        """Read a file. Its clocks may name the shipped calendars, and these; with None, any."""
        ...

    def read_calendar(self, data: bytes, name: str) -> Checked[Calendar]:
        """Read a file."""
        ...
