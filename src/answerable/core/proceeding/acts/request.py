"""The request is recorded by the body that collects the answer, and opened by those it reaches."""

from dataclasses import replace

from answerable.core.acts import ActCode, Envelope
from answerable.core.case.rules import OpenedBefore
from answerable.core.proceeding.acts.kind import ANSWERING, Deciding, StepKind
from answerable.core.proceeding.now import PointNow, ProceedingNow
from answerable.core.seats import BODY

REQUESTED = ActCode("request-recorded")
OPENED = ActCode("request-opened")


def _require_first(deciding: Deciding) -> None:
    party = deciding.asked.by.party
    if party in deciding.now.opened:
        number = deciding.acts[0].docket
        raise OpenedBefore(f"{party} opened it", number=number, reason="of-a-proceeding")


def _requested(_: ProceedingNow, act: Envelope) -> ProceedingNow:
    points = {number: PointNow() for number in act.allegations}
    return ProceedingNow(
        collector=act.by.party, monitor=str(act.facts.get("monitor", "")), points=points
    )


def _opened(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    return replace(now, opened=(*now.opened, act.by.party))


REQUEST = (
    StepKind(code=REQUESTED, verb="", by=ANSWERING, after=_requested),
    StepKind(
        code=OPENED,
        verb="read",
        by=(BODY,),
        whole=True,
        rules=(_require_first,),
        after=_opened,
        enterable=False,
    ),
)
