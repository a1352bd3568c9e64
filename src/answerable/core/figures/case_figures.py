"""What one case contributes to the figures, as plain data: true at every instant, in every zone.

What is open, late or met in time is judged when figures are told (judging.py).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from answerable.core.acts import Json
from answerable.core.canonical import encode


class Waited(NamedTuple):
    """A step that someone owes, or owed: since when, by when, and when it was met."""

    clock: str
    confirmed: bool
    since: int
    due_on: str | None
    met_at: int | None


class DaysGiven(NamedTuple):
    """A question that names the day by which a side is to answer, and when it was asked."""

    side: str
    asked_at: int
    until: str


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """What a case contributes. Its text is canonical, so equal contributions have equal texts.

    ``counts`` leaves noughts out. ``across`` holds named facts that are counted over several cases,
    as those by which one incident is known in many reports. ``open_since`` is when the case was
    lodged, where an allegation of it has no answer.
    """

    number: str
    counts: Mapping[str, int]
    steps: tuple[Waited, ...] = ()
    given: tuple[DaysGiven, ...] = ()
    across: Mapping[str, Json] = field(default_factory=dict)
    open_since: int | None = None

    def text(self) -> str:
        return encode(
            {
                "across": dict(self.across),
                "counts": dict(self.counts),
                "given": self.given,
                "number": self.number,
                "open_since": self.open_since,
                "steps": self.steps,
            }
        ).decode()


def case_figures_of(text: str) -> CaseFigures:
    """Return the contribution that text was written from."""
    # Nothing but CaseFigures.text writes these: looking whether it is canonical costs five times
    # as much, for every case and every time that figures are told.
    value = json.loads(text)
    return CaseFigures(
        value["number"],
        value["counts"],
        tuple(Waited(*one) for one in value["steps"]),
        tuple(DaysGiven(*one) for one in value["given"]),
        value["across"],
        value["open_since"],
    )
