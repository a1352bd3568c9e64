"""One kind of act on a case: who does it, when, what it must say, and what it changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from answerable.core.act_form import ActForm, Asked
from answerable.core.acts import Envelope, Json
from answerable.core.case.act_codes import CASE_SEATS
from answerable.core.case.exposure import Exposure
from answerable.core.case.now import AllegationNow, CaseNow
from answerable.core.case.splits import acts_on
from answerable.core.clock_facts import Clocks
from answerable.core.mechanism import Mechanism
from answerable.core.procedure import Procedure
from answerable.core.seats import HANDLER

ANY_SEAT = tuple(seat for seat in CASE_SEATS if seat != HANDLER)
"""All who may act on a case: the handler acts in the seat in which that party sits anyway."""


class When(StrEnum):
    """In which states of an allegation an act may be done (the third column of case.md 4)."""

    ANY = "any"
    INTAKE = "intake"
    BEFORE_FINDING = "before-finding"
    ACCEPTED = "accepted"
    AFTER_FINDING = "after-finding"
    BEFORE_CONCLUSION = "before-conclusion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """All that is known when an act is decided on: the case, its acts, the rules, and the day.

    ``may_be_named`` is True where its submission says of all in it that a body may be told.
    ``other`` are the acts of another case that the act names, none where there is no such case.
    ``exposure`` reads from content who reads what: it is asked for by rules about readers alone.
    """

    case: CaseNow
    acts: Sequence[Envelope]
    asked: Asked
    procedure: Procedure
    mechanism: Mechanism
    today: date
    may_be_named: bool = False
    other: Sequence[Envelope] = ()
    exposure: Callable[[], Exposure] = Exposure

    def concerned(self) -> Mapping[int, AllegationNow]:
        """Return the allegations that the act concerns: all of them where it names none."""
        numbers = self.asked.allegations or tuple(self.case.allegations)
        return {number: self.case.allegations[number] for number in numbers}

    def act(self, sequence: int) -> Envelope | None:
        """Return an act of the case by its number on the docket."""
        return self.acts[sequence - 1] if 0 < sequence <= len(self.acts) else None

    def of(self, *codes: str) -> list[Envelope]:
        """Return the acts of these codes on an allegation of this act, before it was split too."""
        found = acts_on(self.acts, tuple(self.concerned()))
        return [act for act in found if act.act in codes]


Rule = Callable[[Deciding], None]
"""Returns if the act may be done, and raises a Refusal if not."""

Readers = Callable[[Deciding], tuple[str, ...]]
"""Returns who reads the whole content of an act, where the procedure has a say in that."""

Counted = Callable[[Deciding, Clocks], None]
"""Returns if the act may do to the clocks what was counted for it, and raises a Refusal if not."""

After = Callable[[CaseNow, Envelope], CaseNow]


def changes_nothing(case: CaseNow, _: Envelope) -> CaseNow:
    """Return the case as it is: the act stands on the record, and moves nothing."""
    return case


@dataclass(frozen=True, slots=True, kw_only=True)
class ActKind(ActForm):
    """A row of the table of case.md 4.

    ``readers``, where given, goes before those of its parts, unless it names none. ``counted`` are
    rules about a date that the act names, and that the procedure counts: they are asked once it is
    counted. ``narrowed`` returns the kind with the seats and states that the procedure leaves it;
    ``adds`` are facts that it says of itself.
    """

    when: When = When.ANY
    rules: tuple[Rule, ...] = ()
    counted: tuple[Counted, ...] = ()
    after: After = changes_nothing
    readers: Readers | None = None
    narrowed: "Callable[[ActKind, Deciding], ActKind] | None" = None
    adds: Callable[[Deciding], Mapping[str, Json]] | None = None

    def read_by(self, deciding: Deciding) -> tuple[str, ...]:
        """Return who reads what the act says whatever its parts say of that, () if these say it."""
        return () if self.readers is None else self.readers(deciding)
