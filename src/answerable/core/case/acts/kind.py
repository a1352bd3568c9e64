"""One kind of act on a case: who does it, when, what it must say, and what it changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from answerable.core.acts import ActCode, By, Envelope, Json, PartyId, Seat
from answerable.core.case.now import AllegationNow, CaseNow
from answerable.core.mechanism import Mechanism
from answerable.core.procedure import Procedure

COMPLAINANT = Seat("complainant")
SECRETARIAT = Seat("secretariat")
CHAIR = Seat("chair")
MEMBER = Seat("member")
LEGAL_EXPERT = Seat("legal-expert")
MONITOR = Seat("monitor")
REVIEWER = Seat("reviewer")
DUTY_OFFICER = Seat("duty-officer")
HANDLER = Seat("handler")
"""Not a seat that is granted: whoever the allegation is assigned to, in that party's own seat."""

ANYONE = (
    *(COMPLAINANT, SECRETARIAT, CHAIR, MEMBER, LEGAL_EXPERT),
    *(MONITOR, REVIEWER, DUTY_OFFICER),
)

PARTIES = ("complainant", "secretariat", "member", "monitor")
"""Who reads what an act says, unless its kind or its author says otherwise."""


class Shape(StrEnum):
    """What a part of an act is."""

    TEXT = "text"
    TEXTS = "texts"
    DAY = "day"
    CODE = "code"
    COUNT = "count"
    ACTS = "acts"
    PARTY = "party"
    YES_NO = "yes-no"
    NUMBER = "case-number"


class Part(NamedTuple):
    """One thing that an act says.

    ``fact`` names the fact of the envelope that it becomes: it is never erased, and holds no
    words. Without one it is content, for ``readers``. A code is one of ``choices``. Texts that
    name a fact are content, and the fact is how many they are.
    """

    name: str
    shape: Shape = Shape.TEXT
    required: bool = True
    fact: str = ""
    choices: tuple[str, ...] = ()
    readers: tuple[str, ...] = PARTIES


def is_content(part: Part) -> bool:
    """Return whether a part is kept as content, which can be erased."""
    return not part.fact or part.shape is Shape.TEXTS


class When(StrEnum):
    """In which states of an allegation an act may be done (the third column of case.md 4)."""

    ANY = "any"
    INTAKE = "intake"
    BEFORE_FINDING = "before-finding"
    ACCEPTED = "accepted"
    AFTER_FINDING = "after-finding"
    BEFORE_CONCLUSION = "before-conclusion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """An act that someone wants to do. ``values`` are read already, by the shapes of the parts."""

    by: By
    allegations: tuple[int, ...] = ()
    values: Mapping[str, Json] = field(default_factory=dict)
    entered_by: By | None = None
    evidence: str | None = None
    second: PartyId | None = None

    def text(self, name: str) -> str:
        """Return a text or code, "" where there is none."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def acts(self, name: str) -> tuple[int, ...]:
        """Return the numbers of acts that a part cites."""
        value = self.values.get(name)
        return tuple(n for n in value if isinstance(n, int)) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """All that is known when an act is decided on: the case, its acts, the rules, and the day.

    ``may_be_named`` is True where the submission says that its sender may be named to a body.
    """

    case: CaseNow
    acts: Sequence[Envelope]
    asked: Asked
    procedure: Procedure
    mechanism: Mechanism
    today: date
    may_be_named: bool = False

    def concerned(self) -> Mapping[int, AllegationNow]:
        """Return the allegations that the act concerns: all of them where it names none."""
        numbers = self.asked.allegations or tuple(self.case.allegations)
        return {number: self.case.allegations[number] for number in numbers}

    def act(self, sequence: int) -> Envelope | None:
        """Return an act of the case by its number on the docket."""
        return self.acts[sequence - 1] if 0 < sequence <= len(self.acts) else None

    def of(self, *codes: str) -> list[Envelope]:
        """Return the acts of these codes that concern an allegation of this act."""
        numbers = set(self.concerned())
        return [
            act
            for act in self.acts
            if act.act in codes and (not act.allegations or numbers & set(act.allegations))
        ]


Rule = Callable[[Deciding], None]
"""Returns if the act may be done, and raises a Refusal if not."""

Readers = Callable[[Deciding], tuple[str, ...]]
"""Returns who reads the whole content of an act, where the procedure has a say in that."""

After = Callable[[CaseNow, Envelope], CaseNow]


def changes_nothing(case: CaseNow, _: Envelope) -> CaseNow:
    """Return the case as it is: the act stands on the record, and moves nothing."""
    return case


@dataclass(frozen=True, slots=True, kw_only=True)
class ActKind:
    """A row of the table of case.md 4.

    ``verb`` is the command that does it. ``readers``, where given, goes before those of its parts.
    ``enterable`` is False where it may never be entered for another. ``whole`` is True where it
    concerns the case and names no allegation.
    """

    code: ActCode
    verb: str
    by: tuple[Seat, ...]
    when: When = When.ANY
    parts: tuple[Part, ...] = ()
    rules: tuple[Rule, ...] = ()
    after: After = changes_nothing
    readers: Readers | None = None
    enterable: bool = True
    whole: bool = False
