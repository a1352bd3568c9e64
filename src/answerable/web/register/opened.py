"""A register as its pages read it: its extract, made while it was checked, and its files by name.

A file is given only if it is the one that the index named when the register was checked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from hashlib import sha256
from typing import Any

from answerable.core.acts import PartyId
from answerable.core.calendars import Calendar
from answerable.core.errors import AnswerableError, Refusal
from answerable.core.figures.told import Figure
from answerable.core.ledger.policy import Policy
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure
from answerable.core.register.again import case_again
from answerable.core.register.pages import (
    ACCOUNTS,
    CASES,
    INDEX,
    MECHANISM,
    RESPONSES,
    value_of,
)
from answerable.core.register.shown import ShownAct, ShownCase, shown_acts, shown_case
from answerable.core.register.shown_response import Body, ShownResponse, bodies_of, shown_response
from answerable.core.register.sums import Checked, Files
from answerable.web.register.cases import Cases
from answerable.web.register.lately import Lately
from answerable.web.register.rules_held import Rules

UNREADABLE = (AnswerableError, KeyError, TypeError, ValueError)
"""What reading a file of a register may raise. What cannot be read is not shown."""


class NotAsNamed(Refusal):
    """A file of the register is not the one that its index names."""

    code = "register-not-as-named"


@dataclass(frozen=True, slots=True)
class Published:
    """A published register's files, and by what its cases are told: as of its own instant."""

    files: Files
    index_digest: str
    checked: Checked
    policy: Policy
    rules: Rules
    zone: tzinfo
    place_names: Callable[[str], Mapping[str, str]]

    @property
    def now(self) -> datetime:
        return datetime.fromtimestamp(self.checked.index.at / 1000, self.zone)

    @property
    def title(self) -> str:
        return self.policy.title or self.checked.index.origin

    def file(self, name: str) -> bytes | None:
        """Return a file, None where the index names none.

        Raises:
            NotAsNamed: it is another one than the index names.
        """
        digest = self._digest(name)
        if digest is None:
            return None
        data = self.files.read(name)
        if data is None or sha256(data).hexdigest() != digest:
            raise NotAsNamed("another file than the index names", file=name)
        return data

    def parts(self, name: str) -> Iterator[bytes] | None:
        """Return a file piece by piece, None where the index names none.

        Raises:
            NotAsNamed: it is another one than the index names, or becomes one while it is read:
                then its last piece is not given.
        """
        digest = self._digest(name)
        if digest is None:
            return None
        if self.files.digest(name) != digest:
            raise NotAsNamed("another file than the index names", file=name)
        return _checked(self.files.in_parts(name) or (), name, digest)

    def _digest(self, name: str) -> str | None:
        return self.index_digest if name == INDEX else self.checked.index.files.get(name)

    def response(self, number: str) -> ShownResponse | None:
        name = f"{RESPONSES}{number}.json"
        data = self.file(name)
        return None if data is None else shown_response(data, name)

    def day_of(self, at: int) -> date:
        """Return the day on which an instant, in milliseconds, falls in the register's zone."""
        return datetime.fromtimestamp(at / 1000, self.zone).date()

    def procedure(self, case: ShownCase) -> Procedure | None:
        """Return the rules under which a case began, None where the register has not got them."""
        return self.rules.procedures.get(str(case.first.envelope.facts.get("procedure")))

    def calendar_of(self, item: Owed) -> Calendar | None:
        """Return the calendar by which a date was counted, None where the register has it not."""
        return self.rules.calendars.get(item.calendar)

    @property
    def zone_name(self) -> str:
        return self.checked.index.zone

    def unsaid(self, _: ShownAct) -> str:
        return "web.words-not-public"

    def withholds(self, _: ShownAct) -> bool:
        return False

    def entry(self, commitment: bytes) -> int | None:
        """Return the position of an act's entry in the ledger, None where none commits to it."""
        return self.checked.entries.get(commitment)

    def responses_found(self) -> Iterator[tuple[str, ShownResponse]]:
        """Yield the proceedings that can be read, by their numbers."""
        for name in sorted(self.checked.index.files):
            if name.startswith(RESPONSES):
                number = name.removeprefix(RESPONSES).removesuffix(".json")
                with suppress(*UNREADABLE):
                    if (found := self.response(number)) is not None:
                        yield number, found

    def bodies_found(self) -> Mapping[PartyId, Body]:
        """Return the bodies that the mechanism's own acts name."""
        with suppress(*UNREADABLE):
            data = self.file(MECHANISM)
            if data is not None:
                return bodies_of(shown_acts(value_of(data, MECHANISM), MECHANISM))
        return {}

    def accounts_found(self) -> Mapping[str, Any]:
        """Return what the mechanism states of what it does not show."""
        with suppress(*UNREADABLE):
            data = self.file(ACCOUNTS)
            return {} if data is None else value_of(data, ACCOUNTS)
        return {}


@dataclass(frozen=True, slots=True)
class Register(Published):
    """One published register, checked. Everything that depends on a day is told as of its own.

    ``key`` says what its extract was made of and by. ``silhouettes`` and ``years`` are of its
    accounts, as the mechanism states them.
    """

    key: str
    cases: Cases
    figures: tuple[Figure, ...]
    responses: Mapping[str, ShownResponse]
    bodies: Mapping[PartyId, Body]
    silhouettes: tuple[Mapping[str, Any], ...]
    years: tuple[Mapping[str, Any], ...]
    lately: Lately

    def case(self, number: str) -> ShownCase | None:
        """Return a case, read without proof where its file is the one that was opened and checked.

        Raises:
            NotAsNamed: it is another one than the index names.
        """
        name = f"{CASES}{number}.json"
        data = self.file(name)
        if data is None:
            return None
        return case_again(data, name) if self.cases.has(number) else shown_case(data, name)


def _checked(parts: Iterable[bytes], name: str, digest: str) -> Iterator[bytes]:
    found, last = sha256(), b""
    for part in parts:
        if last:
            yield last
        found.update(part)
        last = part
    if found.hexdigest() != digest:
        raise NotAsNamed("another file than the index names", file=name)
    if last:
        yield last
