"""The end of a case: every matter is answered, and every action done or given up with a reason."""

from dataclasses import replace

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.acts.outcomes import undisposed, withdrawal_takes_effect
from answerable.core.case.acts.windows import CONTESTED, last_day, met_by, running
from answerable.core.case.acts.withdrawal import WithdrawalOpen
from answerable.core.case.deciding import CaseConcluded
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.errors import Refusal
from answerable.core.seats import CHAIR


class OutcomeMissing(Refusal):
    """An allegation has no outcome yet, so the case is not at its end."""

    code = "outcome-missing"


class DispositionMissing(Refusal):
    """A concern or a request is not answered yet."""

    code = "disposition-missing"


class ContestOpen(Refusal):
    """A contest waits for its decision."""

    code = "contest-open"


class ContestWindowOpen(Refusal):
    """Someone may still contest."""

    code = "contest-window-open"


class ActionOpen(Refusal):
    """A promised action is neither done nor given up with a reason."""

    code = "action-open"


class GivenUpWithoutReason(Refusal):
    """Actions are given up, and it is not said why."""

    code = "given-up-without-reason"


def _require_open_case(deciding: Deciding) -> None:
    case = deciding.case
    if case.concluded:
        raise CaseConcluded("concluded", act=case.concluded)
    withdrawal = deciding.act(case.withdrawal)
    if withdrawal is not None and deciding.today < withdrawal_takes_effect(withdrawal):
        raise WithdrawalOpen("a withdrawal waits", act=case.withdrawal)


def _require_outcomes(deciding: Deciding) -> None:
    for number, allegation in deciding.case.allegations.items():
        if allegation.contest:
            raise ContestOpen(f"{number}", allegation=number, act=allegation.contest)
        if allegation.phase not in {Phase.ANSWERED, Phase.OVER} or not allegation.outcome:
            raise OutcomeMissing(f"{number} has none", allegation=number)
    for matter, number in undisposed(deciding.acts):
        raise DispositionMissing(f"{matter} {number}", matter=matter, number=number)


def _require_window_over(deciding: Deciding) -> None:
    for item in running(deciding, *(clock.code for clock in met_by(deciding, CONTESTED))):
        last = last_day(item)
        if last is not None and deciding.today <= last:
            raise ContestWindowOpen(f"until {last}", until=last.isoformat(), seat=item.seat)


def _require_actions(deciding: Deciding) -> None:
    given_up = deciding.asked.acts("given-up")
    for number, allegation in deciding.case.allegations.items():
        for action in allegation.actions:
            if action not in given_up:
                raise ActionOpen(f"{action}", allegation=number, act=action)
    if given_up and not deciding.asked.text("given-up-because").strip():
        raise GivenUpWithoutReason("no reason", count=len(given_up))


def _concluded(case: CaseNow, act: Envelope) -> CaseNow:
    def over(allegation: AllegationNow) -> AllegationNow:
        return replace(allegation, phase=Phase.OVER, actions=())

    return replace(case.change((), over), concluded=act.sequence)


CONCLUSION = (
    ActKind(
        code=ActCode("concluded"),
        verb="conclude",
        by=(CHAIR,),
        parts=(
            Part("given-up", Shape.ACTS, required=False, fact="given-up"),
            Part("given-up-because", required=False),
            Part("words", required=False),
        ),
        rules=(
            _require_open_case,
            _require_outcomes,
            _require_window_over,
            _require_actions,
        ),
        after=_concluded,
        whole=True,
    ),
)
