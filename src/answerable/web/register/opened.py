"""A register as its pages read it: checked once, its cases in short, its files by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
from answerable.web.register.cases import Brief, Cases
from answerable.web.register.of_bodies import of_bodies
from answerable.web.register.texts import text_of_case, text_of_response
from answerable.web.source import due_in

Search = Callable[[str], Sequence[str]]
"""Returns the numbers of what says all that was typed, the newest first."""
Index = Callable[[Iterable[tuple[str, int, str]]], Search]


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

    def with_briefs(self, index: Index | None = None) -> "Register":
        """Return the register with every case in short, its proceedings, and who is a body.

        ``index`` makes of texts, each with its number and instant, what finds them again.

        What cannot be read is not among them: the check names it.
        """
        known = replace(
            self,
            figures=tuple(figures_of(self.checked.tally)),
            responses=dict(_responses_of(self)),
            bodies=_bodies_of(self),
        )
        briefs: list[Brief] = []
        texts = _told(known, briefs)
        if index is None:
            for _ in texts:
                pass
            return replace(known, cases=Cases(briefs))
        search = index(texts)
        return replace(known, cases=Cases(briefs), search=search)

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


def _told(register: Register, briefs: list[Brief]) -> Iterator[tuple[str, int, str]]:
    """Yield what every case and proceeding says that can be read, and gather cases in short.

    Each is read once: it is told to the index, and kept in short.
    """
    for name in sorted(register.checked.index.files):
        if name.startswith(CASES):
            number = name.removeprefix(CASES).removesuffix(".json")
            try:
                case = register.case(number)
            except AnswerableError:
                continue
            if case is not None:
                briefs.append(_brief(register, case))
                yield number, case.first.envelope.at, text_of_case(case, register)
    for one in register.responses.values():
        yield one.number, one.first.at, text_of_response(one, register)


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
