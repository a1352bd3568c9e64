"""Anything that a body or the monitor does on a proceeding: decided on, and appended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from answerable.casework.citations import Citations
from answerable.casework.collect_response import CollectResponse
from answerable.casework.deciding import decide, on_docket
from answerable.casework.looking_up import LookUp
from answerable.casework.ports import Dockets, Issued, Ledger, Random
from answerable.casework.published_response import PublishedResponse
from answerable.casework.reading import Reading
from answerable.casework.rules_of_proceedings import RulesOfProceedings
from answerable.casework.same_act import AskedAgain
from answerable.casework.signing import signed
from answerable.core.act_form import Asked, evidence_fields, facts_of, is_content
from answerable.core.acts import Draft, Envelope, Field, Json
from answerable.core.docket import Docket, Unit, UnitKey
from answerable.core.mechanism import Mechanism
from answerable.core.owed import Owed
from answerable.core.proceeding.acts.contribution import GIVEN
from answerable.core.proceeding.acts.edits import EDITED
from answerable.core.proceeding.acts.kind import Deciding, StepKind
from answerable.core.proceeding.acts.sending import RESPONSE_CLEARED, SENT
from answerable.core.proceeding.deciding import concerned, require
from answerable.core.proceeding.gaps import gaps_of
from answerable.core.proceeding.now import ProceedingNow, proceeding_of


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
    collect: CollectResponse
    citations: Citations
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

        ``says`` are facts that nobody typed: the fingerprint of the file that is sent, and of the
        data that it carries.

        Raises:
            UnknownDocket: no such proceeding, or no such case.
            Refusal: a rule says no; nothing was written.
        """
        key = UnitKey(request)

        def unit() -> Unit:
            found = self.found(number)
            draft, points = self._decided(kind, asked, found, says or {})
            draft = signed(draft, asked.key, self.ledger, found.docket)
            beside = self.citations.beside(draft, points, found.docket.number)
            return Unit(key, (on_docket(found.docket, draft), *beside))

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
            says=says,
        )
        look = LookUp(self.collect)
        looked = look(kind, deciding, found.docket)
        deciding = replace(
            deciding,
            contradictions=looked.contradictions,
            figures=looked.figures.figures,
            printed=looked.printed,
        )
        require(kind, deciding)
        mechanism.require_signer(asked.by.party, asked.signer)
        cleared = look.cleared(kind, deciding, found.docket)
        numbers = concerned(kind, deciding)
        draft = Draft(
            act=kind.code,
            by=asked.by,
            entered_by=asked.entered_by,
            secret=self.random(32),
            fields=(
                *_fields(kind, deciding),
                *looked.fields,
                *cleared.fields,
                *self._published(kind, deciding, found),
            ),
            allegations=numbers,
            facts={
                **facts_of(kind, asked),
                **_told(kind, deciding),
                **cleared.facts,
                **says,
            },
        )
        return self._with_clocks(draft, mechanism, found), numbers

    def _published(self, kind: StepKind, deciding: Deciding, found: Found) -> tuple[Field, ...]:
        if kind.code != SENT:
            return ()
        published = PublishedResponse(self.collect)
        return published.fields(found.docket, found.acts[0], deciding.now.cleared)

    def _with_clocks(self, draft: Draft, mechanism: Mechanism, found: Found) -> Draft:
        return self.rules.with_clocks(draft, mechanism, acts=found.acts, owed=found.owed)


def _fields(kind: StepKind, deciding: Deciding) -> tuple[Field, ...]:
    asked = deciding.asked
    fields = [
        Field(part.name, value, part.readers)
        for part in kind.parts
        if is_content(part) and (value := asked.values.get(part.name)) is not None
    ]
    fields += evidence_fields(asked.entered_by, asked.evidence)
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
