"""Lodging, and whether each allegation is taken up: with reason, other door, right to contest."""

from dataclasses import replace

from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.kind import COMPLAINANT, ActKind
from answerable.core.case.now import AllegationNow, CaseNow
from answerable.core.case.standing import HOST_IS_BODY


def _submitted(case: CaseNow, act: Envelope) -> CaseNow:
    count = act.facts.get("allegations")
    numbers = {*act.allegations, *range(1, (count if isinstance(count, int) else 0) + 1)}
    return replace(
        case,
        allegations={number: AllegationNow() for number in sorted(numbers)},
        delivered=act.facts.get("host") == HOST_IS_BODY,
        danger=act.sequence if act.facts.get("danger") is True else 0,
    )


INTAKE = (
    # Done by lodging, which makes the case: no command of its own.
    ActKind(code=ActCode("submitted"), verb="", by=(COMPLAINANT,), after=_submitted, whole=True),
)
