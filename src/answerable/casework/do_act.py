"""Anything that a person does on a case: the act is decided on, and appended with its clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from uuid import UUID

from answerable.casework.deciding import decide, on_docket
from answerable.casework.erasures import ERASE_CASE, Erasures
from answerable.casework.exhibits import Exhibits
from answerable.casework.exposures import exposure_of
from answerable.casework.ports import Dockets, Issued, Ledger, Random
from answerable.casework.reading import Reading
from answerable.casework.ruling import Ruling
from answerable.casework.sealing import Sealing
from answerable.casework.signing import signed
from answerable.core.act_form import Asked, evidence_fields, is_content
from answerable.core.acts import By, Draft, Envelope, Field
from answerable.core.case.acts.consent import CONSENT_ACTS, all_may_be_named
from answerable.core.case.acts.erasure import ERASED
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.acts.links import LINKED, UNLINKED, linked_cases
from answerable.core.case.acts.possible import is_possible
from answerable.core.case.acts.table import ACTS
from answerable.core.case.deciding import facts_told, require, require_counted
from answerable.core.case.exhibit_rules import base_readers
from answerable.core.case.exposure import Exposure
from answerable.core.case.now import CaseNow, case_of
from answerable.core.docket import (
    Change,
    Docket,
    Job,
    Kind,
    Unit,
    UnitKey,
    UnknownDocket,
)
from answerable.core.mechanism import Mechanism
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Before:
    """A case as an act finds it: what was done, where that leaves it, and what is owed."""

    docket: Docket
    acts: Sequence[Envelope]
    case: CaseNow
    owed: Sequence[Owed]


@dataclass(frozen=True, slots=True)
class DoAct:
    """Does one act on a case, by the rules of the procedure under which the case began."""

    ledger: Ledger
    dockets: Dockets
    reading: Reading
    ruling: Ruling
    random: Random
    exhibits: Exhibits
    erasures: Erasures | None = None

    def __call__(
        self, number: str, kind: ActKind, asked: Asked, *, request: UUID, item: int = 0
    ) -> Issued:
        """Record the act and return it with its receipt; ``item`` is its place in the request.

        Raises:
            UnknownDocket: no such case.
            Refusal: a rule says no; nothing was written.
            Problem: a file of an exhibit cannot be read; nothing was recorded.
            Unfinished: it is recorded that the case is erased, and the next start destroys its key.
        """
        key = UnitKey(request, item)
        sealing = Sealing(self.exhibits, self.random, asked.exhibits)

        def unit() -> Unit:
            before = self.before(number)
            # Decided on first: of what is refused no file is kept.
            draft = sealing.into(self.decided(kind, asked, before))
            draft = signed(draft, asked.key, self.ledger, before.docket)
            changes = (on_docket(before.docket, draft), *self._beside(kind, asked, before))
            return Unit(key, changes, jobs_of(before.docket, kind.code))

        with sealing.holding():
            issued = decide(self.ledger, key, unit).acts[0]
        # Without it at hand the next start does it.
        if kind.code == ERASED and self.erasures is not None:
            self.erasures.finish()
        return issued

    def before(self, number: str) -> Before:
        """Return a case as the next act finds it.

        Raises:
            UnknownDocket: no such case.
        """
        docket = self.reading.docket(number)
        if docket.kind is not Kind.CASE:
            raise UnknownDocket(f"{number} is no case", number=number)
        acts, owed = self.reading.envelopes(docket), self.dockets.owed(docket.id)
        return Before(docket, acts, case_of(docket.state), owed)

    def decided(self, kind: ActKind, asked: Asked, before: Before) -> Draft:
        """Return the draft of an act that may be done, with what it does to the clocks.

        Raises:
            Refusal: a rule says no.
        """
        mechanism = self.reading.mechanism()
        deciding = self.deciding(kind, asked, before, mechanism)
        require(kind, deciding)
        mechanism.require_signer(asked.by.party, asked.signer)
        if kind.code in {LINKED, UNLINKED}:
            self.before(asked.text("case"))
        draft = self._with_clocks(self._draft(kind, deciding), mechanism, before)
        require_counted(kind, deciding, draft)
        return draft

    def possible(self, by: By, before: Before, *, by_key: bool = False) -> tuple[ActKind, ...]:
        """Return what a party may do on a case now, to one of its allegations at least.

        What an act would say is not known yet, so it may be refused all the same.
        """
        mechanism = self.reading.mechanism()
        single = [(number,) for number in before.case.allegations]

        def may(kind: ActKind) -> bool:
            each = (Asked(by=by, allegations=numbers, by_key=by_key) for numbers in single)
            return any(
                is_possible(kind, self.deciding(kind, asked, before, mechanism)) for asked in each
            )

        own = (kind for kind in ACTS.values() if kind.verb and by.seat in kind.by)
        return tuple(filter(may, own))

    def deciding(
        self, kind: ActKind, asked: Asked, before: Before, mechanism: Mechanism | None = None
    ) -> Deciding:
        """Return all that is known when an act is decided on."""
        mechanism = mechanism or self.reading.mechanism()
        procedure = self.ruling.of_case(mechanism, before.acts)
        return Deciding(
            case=before.case,
            acts=before.acts,
            asked=asked,
            procedure=procedure,
            mechanism=mechanism,
            today=self.ruling.day(procedure),
            may_be_named=self._may_be_named(kind, before.docket),
            other=self._other(kind, asked),
            exposure=cache(partial(self._exposure, before.docket, procedure)),
        )

    def _with_clocks(self, draft: Draft, mechanism: Mechanism, before: Before) -> Draft:
        if before.case.erased:
            # Nothing can be owed on it any more, and nothing is moved or paid.
            return draft
        procedure = self.ruling.of_case(mechanism, before.acts)
        clocks = self.ruling.clocks(mechanism, procedure)
        return self.ruling.with_clocks(draft, clocks, acts=before.acts, owed=before.owed)

    def _other(self, kind: ActKind, asked: Asked) -> Sequence[Envelope]:
        """Return the acts of the case that a link names, none where there is no such case."""
        if kind.code not in {LINKED, UNLINKED} or not asked.text("case"):
            return ()
        try:
            return self.before(asked.text("case")).acts
        except UnknownDocket:
            return ()

    def _exposure(self, docket: Docket, procedure: Procedure) -> Exposure:
        return exposure_of(self.reading, self.dockets.acts(docket.id), procedure)

    def _may_be_named(self, kind: ActKind, docket: Docket) -> bool:
        """Whether the submission says of each person in it that a body may be told names."""
        if all(part.name != CONSENT_ACTS.name for part in kind.parts):
            return False
        content = self.reading.content(self.dockets.acts(docket.id)[0])
        return all_may_be_named({item.path: item.value for item in content})

    def _beside(self, kind: ActKind, asked: Asked, before: Before) -> tuple[Change, ...]:
        """Return what a link, or its end, puts on the docket of the case that it names.

        That case shows the number of this one, and none of its words.
        """
        if kind.code not in {LINKED, UNLINKED}:
            return ()
        other, number = self.before(asked.text("case")), before.docket.number
        if (number in linked_cases(other.acts)) is (kind.code == LINKED):
            return ()
        draft = Draft(
            act=kind.code,
            by=asked.by,
            entered_by=asked.entered_by,
            secret=self.random(32),
            allegations=tuple(other.case.allegations),
            facts={"case": number},
        )
        return (on_docket(other.docket, self._with_clocks(draft, self.reading.mechanism(), other)),)

    def _draft(self, kind: ActKind, deciding: Deciding) -> Draft:
        asked = deciding.asked
        numbers = () if kind.whole else tuple(sorted(deciding.concerned()))
        return Draft(
            act=kind.code,
            by=asked.by,
            entered_by=asked.entered_by,
            secret=self.random(32),
            fields=fields_of(kind, deciding),
            allegations=numbers,
            facts=facts_told(kind, deciding),
        )


def jobs_of(docket: Docket, *acts: str) -> tuple[Job, ...]:
    """Return what is to be done when acts on a case are on record.

    The jobs are in the acts' own transaction: no erasure on record is ever forgotten.
    """
    return (Job(ERASE_CASE, {"docket": docket.id}),) if ERASED in acts else ()


def fields_of(kind: ActKind, deciding: Deciding) -> tuple[Field, ...]:
    """Return what an act says as content, each part for its readers."""
    asked = deciding.asked
    readers = kind.read_by(deciding)
    fields = [
        Field(part.name, value, readers or part.readers)
        for part in kind.parts
        if is_content(part) and (value := asked.values.get(part.name)) is not None
    ]
    fields += evidence_fields(asked.entered_by, asked.evidence)
    if asked.exhibits:
        base = base_readers(kind, deciding)
        fields += [item for one in asked.exhibits for item in one.fields(base)]
    return tuple(fields)
