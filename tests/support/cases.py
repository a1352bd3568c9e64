"""Cases told act by act, by the rules or past them, and the people who act in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from io import BytesIO
from types import MappingProxyType
from typing import Any

import pytest

from answerable.core.act_form import Asked, Carries, Part, Shape
from answerable.core.acts import ActCode, By, Envelope, Json, PartyId, Seat
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.acts.possible import is_possible
from answerable.core.case.acts.table import ACTS, case_after
from answerable.core.case.attached import Attached
from answerable.core.case.deciding import facts_told, require
from answerable.core.case.exposure import Exposure
from answerable.core.case.now import AllegationNow, CaseNow
from answerable.core.errors import Refusal
from answerable.core.happened import EVENT_RECORDED
from answerable.core.mechanism import Mechanism, Party
from answerable.core.procedure import (
    ActRule,
    Clock,
    Extension,
    Procedure,
    ProcedureKind,
    Start,
)
from tests.support.act_refusals import refusals_of

TODAY = date(2026, 5, 12)
NUMBER = "XA-2026-0061-7"
WORDS = "ការិយាល័យត្រូវបានបិទ"


def by(party: str, seat: str) -> By:
    return By(PartyId(party), Seat(seat))


NGO = by("p1", "complainant")
UNION = by("p2", "complainant")
OFFICE = by("p3", "secretariat")
CHAIR = by("p4", "chair")
BODY = by("p5", "member")
OTHER_BODY = by("p6", "member")
LAWYER = by("p7", "legal-expert")
MONITOR = by("p8", "monitor")
REVIEWER = by("p9", "reviewer")
DUTY = by("p10", "duty-officer")
OFFICER = by("p11", "secretariat")
"""Of the secretariat too: to this party an allegation is assigned."""
OTHER_REVIEWER = by("p12", "reviewer")
OTHER_CHAIR = by("p13", "chair")
PEOPLE = (
    *(NGO, UNION, OFFICE, CHAIR, BODY, OTHER_BODY, LAWYER, MONITOR, REVIEWER, DUTY, OFFICER),
    *(OTHER_REVIEWER, OTHER_CHAIR),
)

MECHANISM = Mechanism(
    name="Training",
    parties={
        one.party: Party(
            one.party,
            f"{one.seat} {one.party}",
            seats=frozenset() if one.seat == "complainant" else frozenset({one.seat}),
        )
        for one in PEOPLE
    },
)

PROCEDURE = Procedure(
    id="training",
    version="1",
    in_force_from=None,
    kind=ProcedureKind.CASE,
    titles={"en": "Training"},
    time_zone="Asia/Phnom_Penh",
    seats={},
    clocks={},
    standard_of_proof="balance-of-probabilities",
    drafts_read_by=(Seat("complainant"), Seat("member")),
)


def with_rule(rule: ActRule) -> Procedure:
    return replace(PROCEDURE, acts={rule.code: rule})


def _value(part: Part, value: Json) -> Json:
    if value is None and part.required:
        words: dict[Shape, Json] = {Shape.TEXT: WORDS, Shape.TEXTS: [WORDS]}
        return words.get(part.shape)
    return value


def photo(ordinal: int = 1, readers: tuple[str, ...] = (), octets: bytes = b"light") -> Attached:
    """Return an exhibit as an act asks for it."""
    said: dict[str, Any] = {"file": f"photo-{ordinal}.jpg"}
    if readers:
        said["readers"] = list(readers)
    return Attached(ordinal=ordinal, said=said, open=lambda: BytesIO(octets))


def files_of(kind: ActKind) -> tuple[Attached, ...]:
    """Return the exhibit of an act that comes with one."""
    return (photo(),) if kind.exhibits is Carries.MUST else ()


def values_of(kind: ActKind, given: Mapping[str, Json]) -> dict[str, Json]:
    """Return what is said by the names of the parts; required words that a test leaves out, too.

    Names are written as Python has them: ``answer_by``. None is "not said", also of words.
    """
    said = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    unknown = set(said) - {part.name for part in kind.parts}
    assert not unknown, f"{kind.code} has no part {unknown}"
    filled = {p.name: said[p.name] if p.name in said else _value(p, None) for p in kind.parts}
    return {name: value for name, value in filled.items() if value is not None}


@dataclass(frozen=True)
class Told:
    """A case as told so far. Every telling returns a new one."""

    acts: tuple[Envelope, ...] = ()
    procedure: Procedure = PROCEDURE
    mechanism: Mechanism = MECHANISM
    today: date = TODAY
    may_be_named: bool = True
    other: tuple[Envelope, ...] = ()
    exposure: Exposure = field(default_factory=Exposure)

    @cached_property
    def now(self) -> CaseNow:
        case = None
        for act in self.acts:
            case = case_after(case, act)
        assert case is not None
        return case

    def allegation(self, number: int = 1) -> AllegationNow:
        return self.now.allegations[number]

    @property
    def last(self) -> Envelope:
        return self.acts[-1]

    def did(
        self,
        code: str,
        who: By,
        allegations: tuple[int, ...] = (1,),
        facts: Mapping[str, Json] = MappingProxyType({}),
        *,
        entered_by: By | None = None,
    ) -> "Told":
        """Return the case with an act that no rule was asked about."""
        sequence = len(self.acts) + 1
        at = datetime(2026, 5, 12, tzinfo=UTC) + timedelta(minutes=sequence)
        act = Envelope(
            act=ActCode(code),
            kind="case",
            docket=NUMBER,
            sequence=sequence,
            at=int(at.timestamp() * 1000),
            by=who,
            entered_by=entered_by,
            previous=None,
            allegations=allegations,
            facts=dict(facts),
            signature=None,
        )
        return replace(self, acts=(*self.acts, act))

    def deciding(self, asked: Asked) -> Deciding:
        return Deciding(
            case=self.now,
            acts=self.acts,
            asked=asked,
            procedure=self.procedure,
            mechanism=self.mechanism,
            today=self.today,
            may_be_named=self.may_be_named,
            other=self.other,
            exposure=lambda: self.exposure,
        )

    def does(
        self,
        code: str,
        who: By,
        allegations: tuple[int, ...] = (1,),
        *,
        entered_by: By | None = None,
        evidence: str | None = None,
        second: By | None = None,
        **values: Any,
    ) -> "Told":
        """Return the case with an act done by its rules, with ``exhibits`` or those it must have.

        Raises:
            Refusal: a rule says no.
        """
        kind = ACTS[ActCode(code)]
        files, by_key = values.pop("exhibits", files_of(kind)), values.pop("by_key", False)
        asked = Asked(
            by=who,
            allegations=() if kind.whole else allegations,
            values=values_of(kind, values),
            entered_by=entered_by,
            evidence=evidence,
            second=None if second is None else second.party,
            exhibits=files,
            by_key=by_key,
        )
        deciding = self.deciding(asked)
        require(kind, deciding)
        if kind.code != EVENT_RECORDED and entered_by is None:
            # What can be done is never kept from a page that offers what can be done.
            bare = Asked(by=who, allegations=asked.allegations, by_key=by_key)
            assert is_possible(kind, self.deciding(bare)), code
        facts = facts_told(kind, deciding)
        return self.did(code, who, asked.allegations, facts, entered_by=entered_by)

    def refuses(
        self, code: str, who: By, allegations: tuple[int, ...] = (1,), **said: object
    ) -> str:
        """Return the code of the refusal that an act meets."""
        with pytest.raises(Refusal) as refused:
            self.does(code, who, allegations, **said)  # type: ignore[arg-type] # said is as in does
        # docs/reference says what each act may be refused for: nothing else is met here.
        assert refused.value.code in refusals_of(ActCode(code))
        return refused.value.code


def lodged(allegations: int = 2, *, host: str = "body", danger: bool = False) -> Told:
    """Return a case that the NGO handed in."""
    numbers = tuple(range(1, allegations + 1))
    facts: dict[str, Json] = {"allegations": allegations, "danger": danger, "host": host}
    return Told().did("submitted", NGO, numbers, facts)


def read() -> Told:
    """Return a case that the secretariat opened."""
    return lodged().did("opened", OFFICE, ())


def accepted(*, accused: str = "p6") -> Told:
    """Return a case with both allegations accepted; the accused is OTHER_BODY."""
    return read().did("accepted", OFFICE, (1, 2), {"party": accused})


def assigned() -> Told:
    """Return a case with both allegations assigned to OFFICER."""
    return accepted().did("assigned", CHAIR, (1, 2), {"party": "p11"})


def inquired() -> Told:
    """Return a case with a visit on allegation 1, which is act 5."""
    return assigned().does("inquiry-step", OFFICER, method="visit", on="2026-05-11")


FINDING: Mapping[str, Any] = {
    "fact": "happened",
    "actor": "as-alleged",
    "law": "not-assessed",
    "basis": [5],
    "nothing_because": WORDS,
}


def found(**said: Any) -> Told:
    """Return a case with a finding on allegation 1, which is act 6."""
    return inquired().does("finding-issued", CHAIR, **{**FINDING, **said})


def with_clock(told: Told, code: str, *, starts: str, meets: str, extends: str = "") -> Told:
    """Return the case under a procedure that has this clock too."""
    clock = Clock(
        code=code,
        titles={"en": code},
        owes=NGO.seat,
        starts=(Start(ActCode(starts)),),
        met_by=(ActCode(meets),),
        extensions=(Extension(ActCode(extends), None),) if extends else (),
    )
    clocks = {**told.procedure.clocks, code: clock}
    return replace(told, procedure=replace(told.procedure, clocks=clocks))


def starting(clock: str, due: str | None) -> dict[str, Json]:
    """Return the facts of an act that starts a clock, which the complainant owes by a day."""
    entry: dict[str, Json] = {"clock": clock, "owes": "complainant", "due": due}
    return {"clocks": {"starts": [entry]}}
