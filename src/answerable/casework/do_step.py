"""Anything that a body or the monitor does on a proceeding: decided on, and appended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from answerable.casework.deciding import decide
from answerable.casework.do_act import EVIDENCE_READERS
from answerable.casework.ports import Dockets, Issued, Ledger, Random
from answerable.casework.proceeding_points import PointsAsked
from answerable.casework.reading import Reading
from answerable.casework.rules_of_proceedings import RulesOfProceedings
from answerable.casework.same_act import AskedAgain
from answerable.core.act_form import Asked, facts_of, is_content
from answerable.core.acts import Draft, Envelope, Field, Json
from answerable.core.case.submission import PROTECTED
from answerable.core.docket import (
    Change,
    Docket,
    Kind,
    OnDocket,
    Unit,
    UnitKey,
    UnknownDocket,
)
from answerable.core.errors import Refusal
from answerable.core.mechanism import Mechanism
from answerable.core.numbers import typed_number
from answerable.core.owed import Owed
from answerable.core.proceeding.acts.contribution import CITED, CITED_IN, GIVEN
from answerable.core.proceeding.acts.edits import EDITED
from answerable.core.proceeding.acts.kind import Deciding, StepKind
from answerable.core.proceeding.acts.sending import RESPONSE_CLEARED, SENT
from answerable.core.proceeding.contradiction import Contradiction, contradictions_of
from answerable.core.proceeding.deciding import concerned, require
from answerable.core.proceeding.gaps import gaps_of
from answerable.core.proceeding.now import ProceedingNow, proceeding_of

INCLUDED = "consent/included"


class CaseNotIncluded(Refusal):
    """The sender of a protected report did not agree that it is included elsewhere."""

    code = "case-not-included"


@dataclass(frozen=True, slots=True)
class Found:
    """A proceeding as an act finds it."""

    docket: Docket
    acts: Sequence[Envelope]
    now: ProceedingNow
    owed: Sequence[Owed]


@dataclass(frozen=True, slots=True)
class DoStep:
    """Does one act on a proceeding, by its own table and the monitor's procedure."""

    ledger: Ledger
    dockets: Dockets
    reading: Reading
    rules: RulesOfProceedings
    points: PointsAsked
    random: Random

    def __call__(
        self,
        number: str,
        kind: StepKind,
        asked: Asked,
        *,
        request: UUID,
        says: Mapping[str, str] | None = None,
    ) -> Issued:
        """Record the act and return it with its receipt.

        ``says`` are further facts: the fingerprint of what is cleared, or of the file that is sent.

        Raises:
            UnknownDocket: no such proceeding, or no such case.
            Refusal: a rule says no; nothing was written.
        """
        key = UnitKey(request)

        def unit() -> Unit:
            found = self.found(number)
            draft, points = self._decided(kind, asked, found, says or {})
            return Unit(key, (_on(found.docket, draft), *self._beside(draft, points, found)))

        return decide(self.ledger, key, unit).acts[0]

    def known(
        self,
        number: str,
        kind: StepKind,
        asked: Asked,
        *,
        request: UUID,
        says: Mapping[str, str] | None = None,
    ) -> Issued | None:
        """Return the act that was done with this key before, None where none was.

        Raises:
            ActDiffers: that was another act than the one asked for now.
        """
        known = self.ledger.known([UnitKey(request)]).get(UnitKey(request))
        again = AskedAgain(
            reading=self.reading, number=number, form=kind, asked=asked, says=says or {}
        )
        return None if known is None else again.require_same(known.acts[0])

    def found(self, number: str) -> Found:
        """Return a proceeding as the next act finds it.

        Raises:
            UnknownDocket: no such proceeding.
        """
        docket = self.reading.proceeding(number)
        acts = self.reading.envelopes(docket)
        return Found(docket, acts, proceeding_of(docket.state), self.dockets.owed(docket.id))

    def _decided(
        self, kind: StepKind, asked: Asked, found: Found, says: Mapping[str, str]
    ) -> tuple[Draft, tuple[int, ...]]:
        mechanism = self.reading.mechanism()
        procedure = self.rules.of(mechanism, found.acts)
        deciding = Deciding(
            now=found.now,
            acts=found.acts,
            asked=asked,
            procedure=procedure,
            mechanism=mechanism,
            today=self.rules.day(procedure),
        )
        if kind.code in {GIVEN, EDITED}:
            deciding = replace(deciding, contradictions=self._contradictions(kind, deciding, found))
        require(kind, deciding)
        numbers = concerned(kind, deciding)
        draft = Draft(
            act=kind.code,
            by=asked.by,
            entered_by=asked.entered_by,
            secret=self.random(32),
            fields=_fields(kind, deciding),
            allegations=numbers,
            facts={**facts_of(kind, asked), **_told(kind, deciding), **says},
        )
        return self._with_clocks(draft, mechanism, found), numbers

    def _contradictions(
        self, kind: StepKind, deciding: Deciding, found: Found
    ) -> tuple[Contradiction, ...]:
        points = deciding.asked.allegations or tuple(found.now.points)
        if kind.code == EDITED:
            points = (deciding.contribution()[0],)
        text = deciding.asked.text("text")
        if not text.strip() or len(points) != 1 or points[0] not in found.now.points:
            return ()
        asked = next(p for p in self.points.request(found.docket).points if p.number == points[0])
        cases = [number for name in _CITING for number in _numbers(name, deciding.asked.values)]
        acts = self.dockets.acts(found.docket.id)
        counts = self.points.counts(asked, acts, self.rules.ruling.now(), cited=cases)
        return contradictions_of(text, counts)

    def _with_clocks(self, draft: Draft, mechanism: Mechanism, found: Found) -> Draft:
        return self.rules.with_clocks(draft, mechanism, acts=found.acts, owed=found.owed)

    def _beside(self, draft: Draft, points: tuple[int, ...], found: Found) -> tuple[Change, ...]:
        """Return what a citation puts on the dockets of the cases that it names.

        Each of them shows the number of the proceeding and of the point, and none of its words.
        """
        if draft.act not in {GIVEN, CITED}:
            return ()
        changes = []
        said = {item.path: item.value for item in draft.fields}
        for name in _CITING:
            for number in _numbers(name, said):
                other = self._citable(number)
                facts: dict[str, Json] = {"point": points[0], "proceeding": found.docket.number}
                if not self._is_cited(other, facts):
                    act = Draft(act=CITED_IN, by=draft.by, secret=self.random(32), facts=facts)
                    changes.append(_on(other, act))
        return tuple(changes)

    def _is_cited(self, case: Docket, facts: Mapping[str, Json]) -> bool:
        acts = self.reading.envelopes(case)
        return any(
            act.act == CITED_IN and all(act.facts.get(k) == v for k, v in facts.items())
            for act in acts
        )

    def _citable(self, number: str) -> Docket:
        docket = self.reading.docket(number)
        if docket.kind is not Kind.CASE:
            raise UnknownDocket(f"{number} is no case", number=number)
        if docket.facts.get("level") in PROTECTED:
            content = self.reading.content(self.dockets.acts(docket.id)[0])
            told = [item.value for item in content if item.path.endswith(INCLUDED)]
            if not told or set(told) != {"yes"}:
                raise CaseNotIncluded(f"{number}", number=docket.number)
        return docket


def _on(docket: Docket, draft: Draft) -> Change:
    return Change(OnDocket(docket.id, docket.sequence, docket.kind), (draft,))


def _fields(kind: StepKind, deciding: Deciding) -> tuple[Field, ...]:
    asked = deciding.asked
    fields = [
        Field(part.name, value, part.readers)
        for part in kind.parts
        if is_content(part) and (value := asked.values.get(part.name)) is not None
    ]
    if asked.entered_by is not None:
        fields.append(Field("entered/evidence", asked.evidence, EVIDENCE_READERS))
    if deciding.contradictions:
        told: list[Json] = [one.json() for one in deciding.contradictions]
        readers = next(part.readers for part in kind.parts if part.name == "despite")
        fields.append(Field("contradictions", told, readers))
    return tuple(fields)


def _told(kind: StepKind, deciding: Deciding) -> dict[str, Json]:
    """Return the facts that an act has beside those of its parts."""
    if kind.code in {GIVEN, EDITED}:
        found = len(deciding.contradictions)
        told: dict[str, Json] = {"contradictions": found} if found else {}
        return {**told, "words": True} if deciding.asked.text("text").strip() else told
    if kind.code == RESPONSE_CLEARED:
        return {**gaps_of(deciding.now)}
    if kind.code == SENT:
        return {"acts": [deciding.now.cleared]}
    return {}


_CITING = ("cases", "findings")
"""The parts that name cases: by their numbers, and by those of acts on them."""


def _numbers(name: str, said: Mapping[str, Json]) -> list[str]:
    value = said.get(name)
    typed = [str(one) for one in value] if isinstance(value, list) else []
    return [str(replace(typed_number(text), act=None)) for text in typed]
