"""Proceedings told act by act, by their rules, and the bodies that act in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

import pytest

from answerable.core.act_form import Asked, Part, Shape, facts_of
from answerable.core.acts import ActCode, By, Envelope, Json, PartyId, Seat
from answerable.core.errors import Refusal
from answerable.core.mechanism import Mechanism, Party
from answerable.core.owed import Owed, owed_after
from answerable.core.procedure import Event, Procedure, ProcedureKind
from answerable.core.proceeding.acts.kind import Deciding
from answerable.core.proceeding.acts.table import STEPS, proceeding_after
from answerable.core.proceeding.clocking import Step, debts
from answerable.core.proceeding.contradiction import Contradiction
from answerable.core.proceeding.deciding import concerned, require
from answerable.core.proceeding.now import ProceedingNow

NUMBER = "XA-2019-0001-0"
TODAY = date(2019, 11, 12)
WORDS = "យើងបានពិនិត្យបញ្ជី"


def by(party: str, seat: str) -> By:
    return By(PartyId(party), Seat(seat))


FOREIGN = by("p1", "secretariat")
"""Collects the answer."""
INTERIOR = by("p2", "member")
JUSTICE = by("p3", "member")
LABOUR = by("p4", "member")
UNION = by("p5", "monitor")
OTHER_MONITOR = by("p6", "monitor")
NGO = by("p7", "complainant")
BODIES = (FOREIGN, INTERIOR, JUSTICE, LABOUR)
EVERYONE = (*BODIES, UNION, OTHER_MONITOR, NGO)

MECHANISM = Mechanism(
    name="Training",
    parties={
        one.party: Party(
            one.party,
            f"{one.seat} {one.party}",
            seats=frozenset() if one.seat == "complainant" else frozenset({one.seat}),
        )
        for one in EVERYONE
    },
)
PROCEDURE = Procedure(
    id="monitor",
    version="1",
    in_force_from=None,
    kind=ProcedureKind.PROCEEDING,
    titles={"en": "Monitor"},
    time_zone="Europe/Brussels",
    seats={},
    clocks={},
    events={ActCode("report-sent"): Event(ActCode("report-sent"), {"en": "Report"})},
)


@dataclass(frozen=True)
class Told:
    """A proceeding as told so far. Every telling returns a new one."""

    acts: tuple[Envelope, ...] = ()
    owed: tuple[Owed, ...] = ()

    @cached_property
    def now(self) -> ProceedingNow:
        now = None
        for act in self.acts:
            now = proceeding_after(now, act)
        return now or ProceedingNow()

    def asking(
        self,
        code: str,
        who: By = FOREIGN,
        *points: int,
        contradictions: Sequence[Contradiction] = (),
        says: Mapping[str, str] | None = None,
        **said: Any,
    ) -> Deciding:
        """Return what is decided on when somebody asks for this act."""
        entered_by, evidence = said.pop("entered_by", None), said.pop("evidence", None)
        asked = Asked(
            by=who,
            allegations=points,
            values=_values(STEPS[ActCode(code)].parts, said),
            entered_by=entered_by,
            evidence=evidence,
        )
        return Deciding(
            now=self.now,
            acts=self.acts,
            asked=asked,
            procedure=PROCEDURE,
            mechanism=MECHANISM,
            today=TODAY,
            contradictions=tuple(contradictions),
            says=says or {},
        )

    def then(self, code: str, who: By = FOREIGN, *points: int, **said: Any) -> "Told":
        """Return the proceeding after an act that its rules allow."""
        kind = STEPS[ActCode(code)]
        deciding = self.asking(code, who, *points, **said)
        require(kind, deciding)
        facts = {**facts_of(kind, deciding.asked), **deciding.says}
        if deciding.contradictions:
            facts["contradictions"] = len(deciding.contradictions)
        if code == "contribution-given" and deciding.asked.text("text").strip():
            facts["words"] = True
        return self.recorded(code, who, concerned(kind, deciding), facts)

    def recorded(
        self, code: str, who: By, points: tuple[int, ...], facts: Mapping[str, Json]
    ) -> "Told":
        """Return the proceeding after an act, whatever its rules say."""
        until = facts.get("until")
        cited = facts.get("acts")
        step = Step(
            act=code,
            points=points,
            by=who.party,
            party=str(facts.get("party", "")),
            role=str(facts.get("role", "")),
            until=until if isinstance(until, str) else None,
            cites=tuple(n for n in cited if isinstance(n, int)) if isinstance(cited, list) else (),
        )
        told = {
            name: entries for name, entries in debts(step, self.acts, self.owed).items() if entries
        }
        clocks: dict[str, Json] = {name: [*entries] for name, entries in told.items()}
        sequence = len(self.acts) + 1
        at = datetime(2019, 11, 12, tzinfo=UTC) + timedelta(hours=sequence)
        act = Envelope(
            act=ActCode(code),
            kind="proceeding",
            docket=NUMBER,
            sequence=sequence,
            at=int(at.timestamp()) * 1000,
            by=who,
            entered_by=None,
            previous=None,
            allegations=points,
            facts={**facts, "clocks": clocks} if clocks else dict(facts),
            signature=None,
        )
        return Told((*self.acts, act), owed_after(self.owed, act))

    def refused(self, code: str, who: By = FOREIGN, *points: int, **said: Any) -> Refusal:
        """Return what the act is refused with."""
        with pytest.raises(Refusal) as refusal:
            require(STEPS[ActCode(code)], self.asking(code, who, *points, **said))
        return refusal.value

    def open(self) -> dict[tuple[str, str], tuple[int, ...]]:
        """Return what is owed and not met: clock and seat, with the points."""
        waiting = [item for item in self.owed if item.met_by is None]
        found: dict[tuple[str, str], tuple[int, ...]] = {}
        for item in waiting:
            key = (item.code, str(item.seat))
            found[key] = tuple(sorted((*found.get(key, ()), *item.allegations)))
        return found


def asked(points: int = 3) -> Told:
    """Return a proceeding just begun, with so many points."""
    facts: dict[str, Json] = {"monitor": UNION.party, "points": points, "on": "2019-11-12"}
    return Told().recorded("request-recorded", FOREIGN, tuple(range(1, points + 1)), facts)


def assigned() -> Told:
    """Return a proceeding of three points: two are with a body each, one with nobody."""
    return (
        asked()
        .then("point-assigned", FOREIGN, 1, party="p2", role="lead", until="2019-12-05")
        .then("point-assigned", FOREIGN, 2, party="p3", role="lead")
        .then("point-assigned", FOREIGN, 2, party="p2", role="contributes")
    )


def _values(parts: Sequence[Part], given: Mapping[str, Json]) -> dict[str, Json]:
    said = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    unknown = set(said) - {part.name for part in parts}
    assert not unknown, f"no part {unknown}"
    words: dict[Shape, Json] = {Shape.TEXT: WORDS, Shape.TEXTS: [WORDS]}
    filled = {p.name: words.get(p.shape) for p in parts if p.required and p.name not in said}
    return {name: value for name, value in {**filled, **said}.items() if value is not None}
