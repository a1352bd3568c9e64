"""Lodging: a submission, or a delivery of many, becomes acts with receipts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from answerable.casework.delivery import Delivery
from answerable.casework.exhibits import Exhibits
from answerable.casework.hidden_data import HiddenData
from answerable.casework.ports import Appended, Ledger, Random
from answerable.casework.reading import Reading
from answerable.casework.ruling import Ruling
from answerable.casework.same_delivery import difference, differs, require_same
from answerable.casework.sealing import Sealing, require_openable
from answerable.core.acts import By, Draft, Field, PartySignature
from answerable.core.case import limits
from answerable.core.case.act_codes import SUBMITTED
from answerable.core.case.attached import Attached
from answerable.core.case.counted import counted_facts
from answerable.core.case.rules import require_entry, require_key, require_no_sealing
from answerable.core.case.submission import Submission
from answerable.core.docket import Change, Job, NewDocket, Unit, UnitKey
from answerable.core.errors import AnswerableError
from answerable.core.mechanism import Mechanism
from answerable.core.seats import COMPLAINANT
from answerable.core.signed_act import PartyKey, content_signature

TOGETHER = 50
"""How many submissions of a delivery are appended in one call: they share a sync of the disk."""

Outcome = Appended | AnswerableError


@dataclass(frozen=True, slots=True)
class LodgeSubmission:
    """Lodges every submission of a delivery as a case of its own, each with its receipt."""

    ledger: Ledger
    reading: Reading
    exhibits: Exhibits
    ruling: Ruling
    random: Random
    hidden_data: HiddenData

    def __call__(
        self, delivery: Delivery, progress: Callable[[int], None] = lambda _: None
    ) -> Sequence[Outcome]:
        """Return the result of each submission, in their order.

        Where something gives out in the middle, its error stands for each submission that has no
        receipt, so that the receipts there are can be given.

        Raises:
            Refusal, Malformed: of the delivery as a whole, before anything of it was written.
            DeliveryDiffers: another delivery was lodged with its key.
            AnswerableError: no receipt can be given for any of it.
        """
        # No surface can forget it.
        delivery = replace(delivery, hidden_data=self.hidden_data)
        mechanism = self.reading.mechanism()
        require_entry(delivery.party, delivery.entered_by, delivery.evidence)
        require_key(
            mechanism, delivery.party, None if delivery.key is None else delivery.key.public
        )
        for submission in delivery.submissions:
            require_no_sealing(submission)
        known = self._known(delivery.request, len(delivery.submissions))
        require_same(self.reading, delivery, known)
        # What was lodged before is not sealed again: its exhibits would be kept twice.
        waiting = [
            (key, submission)
            for item, submission in enumerate(delivery.submissions)
            if (key := UnitKey(delivery.request, item)) not in known
        ]
        _open_every_exhibit(delivery, waiting)
        outcomes: dict[UnitKey, Outcome] = dict(known)
        for start in range(0, len(waiting), TOGETHER):
            part = waiting[start : start + TOGETHER]
            try:
                with self.exhibits.lodging():
                    units = [self._unit(mechanism, delivery, *one) for one in part]
                    answers = self.ledger.append(units)
            except AnswerableError as problem:
                if not outcomes:
                    raise
                outcomes.update((key, problem) for key, _ in waiting[start:])
                break
            for (key, submission), answer in zip(part, answers, strict=True):
                outcomes[key] = self._own(delivery, key, submission, answer)
            progress(len(outcomes))
        asked = range(len(delivery.submissions))
        return [outcomes[UnitKey(delivery.request, item)] for item in asked]

    def was_lodged(self, request: UUID) -> bool:
        """Whether anything was lodged with this key."""
        return bool(self._known(request, 1) or self._known(request, limits.SUBMISSIONS))

    def _known(self, request: UUID, count: int) -> Mapping[UnitKey, Appended]:
        """Return what was lodged with this key: all of it, where any of the first count was."""
        known = self.ledger.known([UnitKey(request, item) for item in range(count)])
        if not known:
            # Thousands more keys would take as long as all the rest of a report.
            return known
        others = [UnitKey(request, item) for item in range(count, limits.SUBMISSIONS)]
        return {**known, **self.ledger.known(others)}

    def _own(
        self, delivery: Delivery, key: UnitKey, submission: Submission, answer: Outcome
    ) -> Outcome:
        """Return the answer, unless another delivery took its key since this one looked."""
        if isinstance(answer, Appended) and answer.again:
            path = difference(self.reading, delivery, submission, answer)
            if path is not None:
                return differs({key.item + 1: path})
        return answer

    def _unit(
        self, mechanism: Mechanism, delivery: Delivery, key: UnitKey, submission: Submission
    ) -> Unit:
        secret, procedure = self.random(32), self.ruling.in_force(mechanism)
        attached, place = _attached(delivery, submission), _place(delivery, key)
        draft = Sealing(self.exhibits, self.random, attached, place).into(
            Draft(
                act=SUBMITTED,
                by=By(delivery.party, COMPLAINANT),
                entered_by=delivery.entered_by,
                secret=secret,
                fields=(*submission.fields(), *delivery.entered()),
                allegations=tuple(item.ordinal for item in submission.allegations),
                facts={
                    **submission.facts(),
                    **counted_facts(submission),
                    "channel": delivery.channel,
                    "host": mechanism.host,
                    "procedure": procedure.name,
                },
            )
        )
        # Only now is the whole content there that a party's key signs.
        signature = self._signature(delivery.key, draft.fields, secret)
        clocks = self.ruling.clocks(mechanism, procedure)
        draft = self.ruling.with_clocks(
            replace(draft, signature=signature), clocks, acts=(), owed=()
        )
        docket = NewDocket(protected=submission.is_protected)
        return Unit(key, (Change(docket, (draft,)),), (Job("submission-lodged", {}),))

    def _signature(
        self, key: PartyKey | None, fields: tuple[Field, ...], secret: bytes
    ) -> PartySignature | None:
        return None if key is None else content_signature(key, self.ledger.origin, fields, secret)


def _open_every_exhibit(delivery: Delivery, waiting: Sequence[tuple[UnitKey, Submission]]) -> None:
    # One that cannot be opened is found before anything is written, not after half of a delivery.
    for key, submission in waiting:
        for one in _attached(delivery, submission):
            require_openable(one, at=_place(delivery, key))


def _attached(delivery: Delivery, submission: Submission) -> list[Attached]:
    return [
        Attached(ordinal=one.ordinal, said={}, open=delivery.opens(one))
        for one in submission.exhibits
    ]


def _place(delivery: Delivery, key: UnitKey) -> str:
    """Return the path of a submission in its delivery, which is "" where it is alone there."""
    return f"submissions/{key.item + 1}/" if len(delivery.submissions) > 1 else ""
