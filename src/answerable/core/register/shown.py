"""A case as its file in a register shows it: its acts, where it stands, and what is owed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from answerable.core.acts import Envelope, Json
from answerable.core.case.acts.table import case_after
from answerable.core.case.now import CaseNow
from answerable.core.case.standings import Place, Standing, standing_of, summary_of
from answerable.core.owed import Owed, owed_after
from answerable.core.register.pages import (
    RegisterUnreadable,
    envelope_shown,
    openings_in,
    value_of,
)
from answerable.core.register.showing import is_answered, is_given, matters_in


class ShownAct(NamedTuple):
    """An act of a register: its envelope as it is shown, its public content, its commitment."""

    envelope: Envelope
    said: Mapping[str, Json]
    commitment: bytes


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A case of a register, folded from its acts: ``after`` is how each of them left it."""

    number: str
    acts: tuple[ShownAct, ...]
    after: tuple[CaseNow, ...]
    now: CaseNow
    owed: tuple[Owed, ...]

    @property
    def first(self) -> ShownAct:
        return self.acts[0]

    @property
    def envelopes(self) -> tuple[Envelope, ...]:
        return tuple(act.envelope for act in self.acts)

    @property
    def open(self) -> tuple[Owed, ...]:
        """What is owed and not done."""
        return tuple(item for item in self.owed if item.met_by is None)

    def act(self, sequence: int) -> ShownAct | None:
        """Return the act of a number, None where the register does not show it."""
        return next((act for act in self.acts if act.envelope.sequence == sequence), None)

    def place(self, number: int) -> Place:
        return standing_of(self.now, number)

    def summary(self) -> Place:
        return summary_of(self.now)

    def is_answered(self, number: int) -> bool:
        """Whether an allegation has an outcome; what is examined again has none for now."""
        return is_answered(self.now.allegations[number])

    def matters(self, kind: str) -> range:
        """Return the numbers of the concerns or requests that were handed in."""
        return matters_in(self.first.envelope, kind)

    def disposition(self, kind: str, number: int) -> ShownAct | None:
        """Return the act that answers a concern or request."""
        for act in self.acts:
            facts = act.envelope.facts
            wanted = (facts.get("matter"), facts.get("number")) == (kind, number)
            if is_given(act.envelope) and wanted:
                return act
        return None

    def since(self, seat: str) -> tuple[ShownAct, ...]:
        """Return what others did since this seat itself did something last: it cannot know that.

        What was entered for the seat by another is none of its own doing.
        """
        own = [
            act.envelope.sequence
            for act in self.acts
            if act.envelope.by.seat == seat and act.envelope.entered_by is None
        ]
        last = max(own, default=0)
        return tuple(act for act in self.acts if act.envelope.sequence > last)

    def cause(self, number: int | None = None) -> int:
        """Return the act by which an allegation, or the case, came to stand where it stands."""
        cause, before = self.first.envelope.sequence, None
        for act, case in zip(self.acts, self.after, strict=True):
            place = _standing(case, number)
            if place != before:
                cause, before = act.envelope.sequence, place
        return cause


def _standing(case: CaseNow, number: int | None) -> Standing | None:
    if number is None:
        return summary_of(case)[0]
    return standing_of(case, number)[0] if number in case.allegations else None


def shown_case(data: bytes, name: str) -> ShownCase:
    """Return the case that a file of a register holds.

    Raises:
        RegisterUnreadable, OpeningMalformed: it holds none.
    """
    value = value_of(data, name)
    return case_of_acts(str(value.get("number")), shown_acts(value, name), name)


def case_of_acts(number: str, acts: Sequence[ShownAct], name: str) -> ShownCase:
    """Return the case that these acts make.

    Raises:
        RegisterUnreadable: there are none.
    """
    case: CaseNow | None = None
    after: list[CaseNow] = []
    owed: tuple[Owed, ...] = ()
    for act in acts:
        case, owed = case_after(case, act.envelope), owed_after(owed, act.envelope)
        after.append(case)
    if case is None:
        raise RegisterUnreadable("a case without acts", file=name)
    return ShownCase(number, tuple(acts), tuple(after), case, owed)


def shown_acts(value: Mapping[str, Any], name: str) -> Sequence[ShownAct]:
    """Return the acts that the file of a docket shows, in their order."""
    acts = []
    for opening in openings_in(value, name):
        opened = opening.opened()
        said = {item.path: item.value for item in opened.content}
        acts.append(ShownAct(envelope_shown(opened), said, opened.commitment))
    return acts
