"""Where a command's rules come from: a shipped procedure or calendar by name, or a file."""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, TypeVar

from answerable.casework.procedures import RULES_BYTES
from answerable.cli import files
from answerable.core.errors import AnswerableError, Malformed

if TYPE_CHECKING:
    from answerable.casework.procedures import Checked
    from answerable.cli.surface import Surface
    from answerable.core.calendars import Calendar
    from answerable.core.procedure import Procedure

T = TypeVar("T")
_ENDINGS = (".yaml", ".yml", ".json")


class ProcedureNotUsable(Malformed):
    """A file is no procedure as it is; what is wrong with it was told before."""

    code = "procedure-not-usable"


class CalendarNotUsable(Malformed):
    """A file is no calendar as it is; what is wrong with it was told before."""

    code = "calendar-not-usable"


def is_file(name: str) -> bool:
    """Return whether a name is that of a file, and not of something shipped."""
    return name == files.STREAM or os.sep in name or name.lower().endswith(_ENDINGS)


def today(surface: "Surface") -> date:
    return datetime.fromtimestamp(surface.offline.now_seconds, UTC).date()


def procedure_of(
    surface: "Surface", name: str, calendars: Sequence[str] | None = ()
) -> "Procedure":
    """Return a shipped procedure, or that of a file; its clocks may name these calendars too.

    With None they may name any: whoever only looks at the rules needs none at hand.

    Raises:
        UnknownProcedure, CannotRead, ProcedureNotUsable.
    """
    procedures = surface.offline.procedures()
    if not is_file(name):
        return procedures.procedure(name, today(surface))
    checked = procedures.read_procedure(files.read(name, RULES_BYTES), name, calendars)
    return _usable(surface, checked, lambda n: ProcedureNotUsable("faults", file=name, faults=n))


def calendar_of(surface: "Surface", name: str) -> "Calendar":
    """Return a shipped calendar, or that of a file.

    Raises:
        UnknownCalendar, CannotRead, CalendarNotUsable.
    """
    procedures = surface.offline.procedures()
    if not is_file(name):
        return procedures.calendar(name)
    checked = procedures.read_calendar(files.read(name, RULES_BYTES), name)
    return _usable(surface, checked, lambda n: CalendarNotUsable("faults", file=name, faults=n))


def text_of(surface: "Surface", name: str, rules: "Procedure | Calendar") -> str:
    """Return the file's own text of what was just read from it, or of what is shipped."""
    if is_file(name):
        return files.read(name, RULES_BYTES).decode()
    return surface.offline.procedures().text(rules)


def told(surface: "Surface", faults: Iterable[AnswerableError]) -> list[str]:
    """Return what is wrong with a file, and what to do, one fault after another."""
    lines = []
    for fault in faults:
        said = surface.explain(fault)
        lines += [said.what, *(f"  {line}" for line in said.do.splitlines() if line)]
    return lines


def _usable(
    surface: "Surface", checked: "Checked[T]", not_usable: Callable[[int], AnswerableError]
) -> T:
    if checked.value is None:
        for line in told(surface, checked.faults):
            surface.output.talk(line)
        raise not_usable(len(checked.faults))
    return checked.value
