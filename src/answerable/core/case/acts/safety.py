"""Danger claimed and answered, and reprisals: these reach the monitor, and never the accused."""

from dataclasses import replace

from answerable.core.act_form import Carries, Part
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.citing import require_decider_not_accused
from answerable.core.case.acts.kind import ANY_SEAT, ActKind, Deciding
from answerable.core.case.now import CaseNow
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT, DUTY_OFFICER, MONITOR

NEVER_THE_ACCUSED = ("complainant", "secretariat", "monitor")
"""A member body may be the accused, or above it."""


class NoDanger(Refusal):
    """No claim of danger is open in this case."""

    code = "no-danger"


class DangerUnanswered(Refusal):
    """A claim of danger is answered by a measure, or by the reason why there is none."""

    code = "danger-unanswered"


class NoReprisal(Refusal):
    """No reprisal is reported in this case that nobody looked into."""

    code = "no-reprisal"


def _require_danger(deciding: Deciding) -> None:
    if not deciding.case.danger:
        raise NoDanger("no danger is claimed")


def _require_measure(deciding: Deciding) -> None:
    asked = deciding.asked
    if not asked.text("measure").strip() and not asked.text("reason").strip():
        raise DangerUnanswered("neither measure nor reason", danger=deciding.case.danger)


def _require_reprisal(deciding: Deciding) -> None:
    if not deciding.case.reprisal:
        raise NoReprisal("no reprisal is open")


def _claimed(case: CaseNow, act: Envelope) -> CaseNow:
    return replace(case, danger=act.sequence)


def _answered(case: CaseNow, _: Envelope) -> CaseNow:
    return replace(case, danger=0)


def _reported(case: CaseNow, act: Envelope) -> CaseNow:
    return replace(case, reprisal=act.sequence)


def _looked_into(case: CaseNow, _: Envelope) -> CaseNow:
    return replace(case, reprisal=0)


SAFETY = (
    ActKind(
        code=ActCode("danger-claimed"),
        verb="claim-danger",
        by=(COMPLAINANT,),
        parts=(
            Part("danger", readers=NEVER_THE_ACCUSED),
            Part("to-whom", readers=NEVER_THE_ACCUSED),
            Part("how-to-reach", required=False, readers=NEVER_THE_ACCUSED),
        ),
        after=_claimed,
        exhibits=Carries.MAY,
    ),
    ActKind(
        code=ActCode("danger-answered"),
        verb="answer-danger",
        by=(DUTY_OFFICER,),
        parts=(
            Part("measure", required=False, readers=NEVER_THE_ACCUSED),
            Part("reason", required=False, readers=NEVER_THE_ACCUSED),
        ),
        rules=(require_decider_not_accused, _require_danger, _require_measure),
        after=_answered,
    ),
    ActKind(
        code=ActCode("reprisal-reported"),
        verb="report-reprisal",
        by=ANY_SEAT,
        parts=(Part("reprisal", readers=NEVER_THE_ACCUSED),),
        after=_reported,
        exhibits=Carries.MAY,
    ),
    ActKind(
        code=ActCode("reprisal-looked-into"),
        verb="look-into-reprisal",
        by=(MONITOR,),
        parts=(Part("measure", readers=NEVER_THE_ACCUSED),),
        rules=(require_decider_not_accused, _require_reprisal),
        after=_looked_into,
    ),
)
