"""The body opens a submission for the first time, and says that it has it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from answerable.casework.deciding import decide
from answerable.casework.ports import Issued, Ledger, Random
from answerable.casework.reading import Reading
from answerable.core.acts import ActCode, By, Draft, Envelope, Json
from answerable.core.case.rules import require_openable, require_seat, require_unacknowledged
from answerable.core.case.standing import ACKNOWLEDGED, OPENED
from answerable.core.docket import Change, Kind, OnDocket, Unit, UnitKey, UnknownDocket


@dataclass(frozen=True, slots=True)
class OpenSubmission:
    """Records that a reader opened a submission for the first time."""

    ledger: Ledger
    reading: Reading
    random: Random

    def __call__(self, number: str, by: By, *, request: UUID) -> Issued:
        return _append(self, number, by, act=OPENED, rule=require_openable, request=request)


@dataclass(frozen=True, slots=True)
class AcknowledgeSubmission:
    """Records that the body acknowledges a submission: the third of three different facts."""

    ledger: Ledger
    reading: Reading
    random: Random

    def __call__(self, number: str, by: By, *, request: UUID) -> Issued:
        def rule(acts: Sequence[Envelope], _: By) -> None:
            require_unacknowledged(acts)

        return _append(self, number, by, act=ACKNOWLEDGED, rule=rule, request=request)


def _append(
    use_case: OpenSubmission | AcknowledgeSubmission,
    number: str,
    by: By,
    *,
    act: ActCode,
    rule: Callable[[Sequence[Envelope], By], None],
    request: UUID,
) -> Issued:
    reading, key = use_case.reading, UnitKey(request)

    def unit() -> Unit:
        docket = reading.docket(number)
        if docket.kind is not Kind.CASE:
            raise UnknownDocket(f"{number} is no case", number=number)
        require_seat(reading.mechanism(), by, act)
        acts = reading.envelopes(docket)
        rule(acts, by)
        facts: dict[str, Json] = {}
        draft = Draft(
            act=act,
            by=by,
            secret=use_case.random(32),
            allegations=acts[0].allegations,
            facts=facts,
        )
        return Unit(key, (Change(OnDocket(docket.id, docket.sequence), (draft,)),))

    return decide(use_case.ledger, key, unit).acts[0]
