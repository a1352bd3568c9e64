"""A register as its pages read it: checked once, its cases in short, its files by name."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from hashlib import sha256
from typing import Protocol

from answerable.core.acts import PartyId
from answerable.core.calendars import Calendar
from answerable.core.errors import AnswerableError, Refusal
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import Figure, figures_of
from answerable.core.ledger.policy import Policy
from answerable.core.procedure import Procedure
from answerable.core.register.pages import CASES, INDEX, MECHANISM, RESPONSES, value_of
from answerable.core.register.shown import (
    ShownAct,
    ShownCase,
    case_of_acts,
    shown_acts,
    shown_case,
)
from answerable.core.register.shown_response import Body, ShownResponse, bodies_of, shown_response
from answerable.core.register.sums import Checked, Files
from answerable.web.register.cases import Brief, Cases
from answerable.web.register.of_bodies import of_bodies
from answerable.web.register.texts import text_of_case, text_of_response
from answerable.web.source import due_in

Search = Callable[[str], Sequence[str]]
"""Returns the numbers of what says all that was typed, the newest first."""


class Index(Protocol):
    """Takes texts, each with its number and instant, and gives what finds them again."""

    def add(self, number: str, at: int, text: str) -> None: ...
    def search(self) -> Search: ...


def _finds_nothing(_: str) -> Sequence[str]:
    return ()


class NotAsNamed(Refusal):
    """A file of the register is not the one that its index names."""

    code = "register-not-as-named"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that a register holds, by name, as they could be read."""

    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    calendars: Mapping[str, Calendar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Register:
    """One published register. Everything that depends on a day is told as of its own."""

    files: Files
    checked: Checked
    policy: Policy
    rules: Rules
    zone: tzinfo
    place_names: Callable[[str], Mapping[str, str]]
    cases: Cases = field(default_factory=Cases)
    figures: tuple[Figure, ...] = ()
    search: Search = _finds_nothing
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

    def withholds(self, _: ShownAct) -> bool:
        return False

    def entry(self, commitment: bytes) -> int | None:
        """Return the position of an act's entry in the ledger, None where none commits to it."""
        return self.checked.entries.get(commitment)


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


class Gathering:
    """Gathers a register's cases in short while they are checked, so that each is read once.

    What cannot be read is not among them: the check names it.
    """

    def __init__(self, register: Register, index: Index) -> None:
        self._register = replace(register, bodies=_bodies_of(register))
        self._index, self._briefs = index, list[Brief]()

    def __call__(self, name: str, acts: Sequence[ShownAct]) -> None:
        """Take one case, as ``core/register/verifying.py`` gives it."""
        number = name.removeprefix(CASES).removesuffix(".json")
        with suppress(AnswerableError, KeyError, TypeError, ValueError):
            case = case_of_acts(number, acts, name)
            brief, text = _brief(self._register, case), text_of_case(case, self._register)
            self._index.add(number, case.first.envelope.at, text)
            self._briefs.append(brief)

    def register(self, checked: Checked) -> Register:
        """Return the register with what was gathered, its figures, and its proceedings."""
        figures = tuple(figures_of(checked.tally))
        # What figures were counted from is larger than they are, and is not needed any more.
        checked.tally = Tally()
        known = replace(self._register, checked=checked, figures=figures)
        responses = dict(_responses_of(known))
        for one in responses.values():
            self._index.add(one.number, one.first.at, text_of_response(one, known))
        return replace(
            known, responses=responses, cases=Cases(self._briefs), search=self._index.search()
        )


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
