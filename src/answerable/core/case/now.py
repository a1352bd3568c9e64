"""A case as its acts leave it: one state for each allegation, and what lies over all of them."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, cast

from answerable.core.acts import Json
from answerable.core.canonical import decode, encode


class Phase(StrEnum):
    """How far an allegation has come. What is open within a phase is told by its other facts."""

    INTAKE = "intake"
    ACCEPTED = "accepted"
    ANSWERED = "answered"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class AllegationNow:
    """Where one allegation stands. Numbers are those of acts on the docket; 0 is none.

    ``handler``, ``member`` and ``accused`` are parties. ``asked_unit`` is an open request for an
    account; ``accounts`` counts those given. ``outcome`` is the code of a finding's fact or of an
    outcome that is no finding (case.md 5). ``actions`` are those promised and not yet done.
    """

    phase: Phase = Phase.INTAKE
    handler: str = ""
    member: str = ""
    accused: str = ""
    referral: int = 0
    question: int = 0
    asked_unit: int = 0
    accounts: int = 0
    held: int = 0
    agreement: int = 0
    draft: int = 0
    finding: int = 0
    contest: int = 0
    reopened: int = 0
    outcome: str = ""
    actions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseNow:
    """A case after its acts. What is open is told by the number of its act, 0 where nothing is."""

    allegations: Mapping[int, AllegationNow] = field(default_factory=dict)
    delivered: bool = False
    opened: bool = False
    acknowledged: bool = False
    danger: int = 0
    reprisal: int = 0
    withdrawal: int = 0
    continued: int = 0
    concluded: int = 0
    erased: int = 0

    def change(
        self, numbers: tuple[int, ...], change: Callable[[AllegationNow], AllegationNow]
    ) -> "CaseNow":
        """Return the case with these allegations changed; all of them where none is named."""
        moved = {number: change(self.allegations[number]) for number in numbers or self.allegations}
        return replace(self, allegations={**self.allegations, **moved})

    def set(self, numbers: tuple[int, ...], **facts: Any) -> "CaseNow":
        """Return the case with facts of these allegations set."""
        return self.change(numbers, lambda allegation: replace(allegation, **facts))


def text_of(case: CaseNow) -> str:
    """Return a case's state as storage keeps it: what differs from a case just begun."""
    moved = {str(n): _differing(a, _NEW) for n, a in case.allegations.items() if a != _NEW}
    over = _differing(replace(case, allegations={}), _BEGUN)
    return encode({**over, "count": len(case.allegations), "moved": moved}).decode()


def case_of(text: str) -> CaseNow:
    """Return the case of a stored state."""
    value = cast("dict[str, Any]", decode(text.encode()))
    moved, count = value.pop("moved"), value.pop("count")
    allegations = dict.fromkeys(range(1, count + 1), _NEW)
    for number, facts in moved.items():
        allegations[int(number)] = _allegation_of(facts)
    return replace(_BEGUN, **value, allegations=allegations)


def _allegation_of(facts: dict[str, Any]) -> AllegationNow:
    if "phase" in facts:
        facts["phase"] = Phase(facts["phase"])
    if "actions" in facts:
        facts["actions"] = tuple(facts["actions"])
    return replace(_NEW, **facts)


def _differing(one: Any, other: Any) -> dict[str, Json]:
    names = [item.name for item in fields(one)]
    told = asdict(one)
    return {name: told[name] for name in names if getattr(one, name) != getattr(other, name)}


_NEW = AllegationNow()
_BEGUN = CaseNow()
