"""A register as its pages read it: checked once, its cases in short, its files by name."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from hashlib import sha256

from answerable.core.acts import PartyId
from answerable.core.calendars import Calendar
from answerable.core.errors import AnswerableError, Refusal
from answerable.core.figures.told import Figure, figures_of
from answerable.core.ledger.policy import Policy
from answerable.core.procedure import Procedure
from answerable.core.register.pages import CASES, INDEX, MECHANISM, RESPONSES, value_of
from answerable.core.register.shown import ShownAct, ShownCase, shown_acts, shown_case
from answerable.core.register.shown_response import Body, ShownResponse, bodies_of, shown_response
from answerable.core.register.sums import Checked, Files
from answerable.web.register.of_bodies import of_bodies
from answerable.web.source import Due, due_in


class NotAsNamed(Refusal):
    """A file of the register is not the one that its index names."""

    code = "register-not-as-named"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that a register holds, by name, as they could be read."""

    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brief:
    """A case in short, for lists."""

    number: str
    lodged_at: int
    last_at: int
    procedure: str
    standing: str
    turn: str | None
    allegations: int
    answered: int
    matters: int
    disposed: int
    due: tuple[Due, ...]
    of_bodies: tuple[tuple[str, str], ...] = ()

    @property
    def is_answered(self) -> bool:
        """Whether every allegation, concern and request has its answer."""
        return (self.answered, self.disposed) == (self.allegations, self.matters)

    @property
    def is_late(self) -> bool:
        return any(one.is_late for one in self.due)

    @property
    def is_soon(self) -> bool:
        return any(one.is_soon for one in self.due)


@dataclass(frozen=True, slots=True)
class Register:
    """One published register. Everything that depends on a day is told as of its own."""

    files: Files
    checked: Checked
    policy: Policy
    rules: Rules
    zone: tzinfo
    place_names: Callable[[str], Mapping[str, str]]
    briefs: tuple[Brief, ...] = ()
    responses: Mapping[str, ShownResponse] = field(default_factory=dict)
    bodies: Mapping[PartyId, Body] = field(default_factory=dict)

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
        digest = self.checked.index.files.get(name)
        data = None if digest is None and name != INDEX else self.files.read(name)
        if name == INDEX:
            same = data == self.checked.index.encoded()
        else:
            same = data is None or sha256(data).hexdigest() == digest
        if (digest is not None and data is None) or not same:
            raise NotAsNamed("another file than the index names", file=name)
        return data

    def case(self, number: str) -> ShownCase | None:
        name = f"{CASES}{number}.json"
        data = self.file(name)
        return None if data is None else shown_case(data, name)

    def response(self, number: str) -> ShownResponse | None:
        name = f"{RESPONSES}{number}.json"
        data = self.file(name)
        return None if data is None else shown_response(data, name)

    def with_briefs(self) -> "Register":
        """Return the register with every case in short, its proceedings, and who is a body.

        What cannot be read is not among them: the check names it.
        """
        return replace(
            self,
            briefs=tuple(briefs_of(self)),
            responses=dict(_responses_of(self)),
            bodies=_bodies_of(self),
        )

    def day_of(self, at: int) -> date:
        """Return the day on which an instant, in milliseconds, falls in the register's zone."""
        return datetime.fromtimestamp(at / 1000, self.zone).date()

    def procedure(self, case: ShownCase) -> Procedure | None:
        """Return the rules under which a case began, None where the register has not got them."""
        return self.rules.procedures.get(str(case.first.envelope.facts.get("procedure")))

    @property
    def zone_name(self) -> str:
        return self.checked.index.zone

    def unsaid(self, _: ShownAct) -> str:
        return "web.words-not-public"

    def entry(self, commitment: bytes) -> int | None:
        """Return the position of an act's entry in the ledger, None where none commits to it."""
        return self.checked.entries.get(commitment)

    def figures(self) -> list[Figure]:
        """Return the figures as they were counted again from the cases shown."""
        return figures_of(self.checked.tally)


def _responses_of(register: Register) -> Iterator[tuple[str, ShownResponse]]:
    for name in sorted(register.checked.index.files):
        if name.startswith(RESPONSES):
            number = name.removeprefix(RESPONSES).removesuffix(".json")
            with suppress(AnswerableError, KeyError, TypeError, ValueError):
                if (found := register.response(number)) is not None:
                    yield number, found


def _bodies_of(register: Register) -> Mapping[PartyId, Body]:
    with suppress(AnswerableError, KeyError, TypeError, ValueError):
        data = register.file(MECHANISM)
        if data is not None:
            return bodies_of(shown_acts(value_of(data, MECHANISM), MECHANISM))
    return {}


def briefs_of(register: Register) -> Iterator[Brief]:
    """Yield every case in short that can be read."""
    for name in sorted(register.checked.index.files):
        if name.startswith(CASES):
            number = name.removeprefix(CASES).removesuffix(".json")
            try:
                case = register.case(number)
            except AnswerableError:
                continue
            if case is not None:
                yield _brief(register, case)


def _brief(register: Register, case: ShownCase) -> Brief:
    standing, turn = case.summary()
    numbers = case.now.allegations
    matters = [(kind, number) for kind in ("concern", "request") for number in case.matters(kind)]
    due = due_in(register, case)
    return Brief(
        case.number,
        case.first.envelope.at,
        case.acts[-1].envelope.at,
        str(case.first.envelope.facts.get("procedure")),
        str(standing),
        turn,
        len(numbers),
        sum(map(case.is_answered, numbers)),
        len(matters),
        sum(case.disposition(*one) is not None for one in matters),
        due,
        tuple(of_bodies(case, due)),
    )
