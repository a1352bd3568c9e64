"""Finds the procedures and calendars that are shipped; casework's port Procedures."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from answerable import procedures
from answerable.casework.procedures import Checked, UnknownCalendar, UnknownProcedure
from answerable.core.calendars import Calendar
from answerable.core.case.vocabulary import nearest
from answerable.core.procedure import Procedure
from answerable.forms import calendar_file, procedure_file

T = TypeVar("T")
_END = ".yaml"


class ShippedProcedures:
    """What lies in the package ``answerable.procedures``, and how a file of one's own is read."""

    def shipped(self) -> Sequence[Procedure]:
        return sorted(map(_procedure, _names("")), key=_age)

    def procedure(self, name: str, today: date) -> Procedure:
        versions = sorted(map(_procedure, _of(name, "")), key=_age)
        found = [one for one in versions if "@" not in name or one.name == name]
        if not found:
            known = [one.name for one in versions] or procedure_ids()
            raise UnknownProcedure(f"no procedure {name}", **_told(name, known))
        in_force = [one for one in found if (one.in_force_from or date.min) <= today]
        return in_force[-1] if in_force else found[0]

    def calendar(self, name: str) -> Calendar:
        versions = sorted(map(_calendar, _of(name, "calendars")), key=lambda one: one.version)
        found = [one for one in versions if "@" not in name or one.name == name]
        if not found:
            known = [one.name for one in versions] or calendar_codes()
            raise UnknownCalendar(f"no calendar {name}", **_told(name, known))
        return found[-1]

    def text(self, rules: Procedure | Calendar) -> str:
        folder = "" if isinstance(rules, Procedure) else "calendars"
        made = _procedure if isinstance(rules, Procedure) else _calendar
        name = next(name for name in _names(folder) if made(name) == rules)
        return _folder(folder).joinpath(name + _END).read_text()

    def read_procedure(
        self, data: bytes, name: str, calendars: Sequence[str] | None = ()
    ) -> Checked[Procedure]:
        known = None if calendars is None else (*calendar_codes(), *calendars)
        return procedure_file.read_procedure(data, name, known)

    def read_calendar(self, data: bytes, name: str) -> Checked[Calendar]:
        return calendar_file.read_calendar(data, name)


def procedure_ids() -> tuple[str, ...]:
    """Return the ids of the shipped procedures."""
    return tuple(dict.fromkeys(name.partition("@")[0] for name in _names("")))


def calendar_codes() -> tuple[str, ...]:
    """Return the codes of the shipped calendars."""
    return tuple(dict.fromkeys(name.partition("@")[0] for name in _names("calendars")))


@cache
def _names(folder: str) -> tuple[str, ...]:
    """Return the names of the files in a folder of the package, without their ending."""
    listed = (file.name for file in _folder(folder).iterdir())
    return tuple(sorted(name.removesuffix(_END) for name in listed if name.endswith(_END)))


def _folder(name: str) -> Traversable:
    return files(procedures).joinpath(name) if name else files(procedures)


def _of(name: str, folder: str) -> Iterator[str]:
    """Return the files of every version of what is named, with its version or without."""
    code = name.partition("@")[0]
    return (file for file in _names(folder) if file.partition("@")[0] == code)


@cache
def _procedure(name: str) -> Procedure:
    data = _folder("").joinpath(name + _END).read_bytes()
    return _whole(procedure_file.read_procedure(data, name + _END, calendar_codes()), name)


@cache
def _calendar(name: str) -> Calendar:
    data = _folder("calendars").joinpath(name + _END).read_bytes()
    return _whole(calendar_file.read_calendar(data, name + _END), name)


def _whole(checked: Checked[T], name: str) -> T:
    if checked.value is None:
        raise AssertionError(f"the shipped {name} has faults: {checked.faults}")
    return checked.value


def _age(procedure: Procedure) -> tuple[str, date, str]:
    return procedure.id, procedure.in_force_from or date.min, procedure.version


def _told(name: str, known: Sequence[str]) -> dict[str, str | None]:
    return {"found": name, "nearest": nearest(name, known), "known": ", ".join(known)}
