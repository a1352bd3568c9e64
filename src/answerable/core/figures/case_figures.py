"""What one case contributes to the figures, as plain data: true at every instant, in every zone.

What is open, late or met in time is judged when figures are told (judging.py).
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from answerable.core.acts import Json
from answerable.core.canonical import encode


class Waited(NamedTuple):
    """A step that someone owes, or owed: since when, by when, and when it was met.

    ``since_on`` and ``met_on`` are the days on which an event happened that began or met it, and
    was recorded at those instants: they count. ``ended_at`` is when nobody could do it any more,
    since the case was erased: it is told for ever as it stood then.
    """

    clock: str
    confirmed: bool
    since: int
    due_on: str | None
    met_at: int | None
    since_on: str | None = None
    met_on: str | None = None
    ended_at: int | None = None


class DaysGiven(NamedTuple):
    """A question that names the day by which a side is to answer, and when it was asked."""

    side: str
    asked_at: int
    until: str


class CaseFigures(NamedTuple):
    """What a case contributes. Its text is canonical, so equal contributions have equal texts.

    ``counts`` leaves noughts out. ``across`` holds named facts that are counted over several cases,
    as those by which one incident is known in many reports. ``open_since`` is when the case was
    lodged, where an allegation of it has no answer; ``ended_at`` when the case was erased.
    """

    number: str
    counts: Mapping[str, int]
    steps: tuple[Waited, ...] = ()
    given: tuple[DaysGiven, ...] = ()
    across: Mapping[str, Json] = MappingProxyType({})
    open_since: int | None = None
    ended_at: int | None = None

    def json(self) -> dict[str, Json]:
        return {
            "across": dict(self.across),
            "counts": dict(self.counts),
            "given": [list(one) for one in self.given],
            "number": self.number,
            **({} if self.ended_at is None else {"ended_at": self.ended_at}),
            "open_since": self.open_since,
            "steps": [list(_without_last_nones(one)) for one in self.steps],
        }

    def text(self) -> str:
        return encode(self.json()).decode()


def _without_last_nones(one: Waited) -> tuple[str | int | None, ...]:
    # They are the rule, and reading them takes as long as reading anything else.
    if one.ended_at is not None:
        return one
    return one[:7] if one.since_on or one.met_on else one[:5]


def case_figures_in(value: Mapping[str, Any]) -> CaseFigures:
    """Return what CaseFigures.json told."""
    return CaseFigures(
        value["number"],
        value["counts"],
        tuple([Waited(*one) for one in value["steps"]]),
        tuple([DaysGiven(*one) for one in value["given"]]),
        value["across"],
        value["open_since"],
        value.get("ended_at"),
    )
