"""A report is taken back: it waits seven days, can be revoked, or goes on without the person."""

from dataclasses import replace
from datetime import date, timedelta

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.acts.outcomes import WITHDRAWAL_DAYS
from answerable.core.case.deciding import CaseConcluded
from answerable.core.case.now import CaseNow
from answerable.core.errors import Refusal
from answerable.core.seats import CHAIR, COMPLAINANT

ASKED = ActCode("withdrawal-asked")
PRESSURE = ("nobody-asked", "someone-asked", "not-said")


class WithdrawalOpen(Refusal):
    """A withdrawal was asked already, and waits."""

    code = "withdrawal-open"


class WithdrawalTooSoon(Refusal):
    """A withdrawal does not take effect before its days are over."""

    code = "withdrawal-too-soon"


class NothingWithdrawn(Refusal):
    """No withdrawal waits."""

    code = "nothing-withdrawn"


def _require_no_withdrawal(deciding: Deciding) -> None:
    if deciding.case.concluded:
        raise CaseConcluded("concluded", act=deciding.case.concluded)
    if deciding.case.withdrawal:
        raise WithdrawalOpen("asked before", act=deciding.case.withdrawal)


def _require_days(deciding: Deciding) -> None:
    named = deciding.asked.text("takes-effect")
    earliest = deciding.today + timedelta(days=WITHDRAWAL_DAYS)
    if named and date.fromisoformat(named) < earliest:
        raise WithdrawalTooSoon(f"{named}", on=named, earliest=earliest.isoformat())


def _require_withdrawal(deciding: Deciding) -> None:
    if not deciding.case.withdrawal:
        raise NothingWithdrawn("no withdrawal waits")


def _asked(case: CaseNow, act: Envelope) -> CaseNow:
    return replace(case, withdrawal=act.sequence)


def _revoked(case: CaseNow, _: Envelope) -> CaseNow:
    return replace(case, withdrawal=0)


def _continued(case: CaseNow, act: Envelope) -> CaseNow:
    return replace(case, withdrawal=0, continued=act.sequence)


WITHDRAWALS = (
    ActKind(
        code=ASKED,
        verb="withdraw",
        by=(COMPLAINANT,),
        parts=(
            # Whoever asked for it might read the answer: only the monitor does.
            Part("did-anyone-ask", Shape.CODE, choices=PRESSURE, readers=("monitor",)),
            Part("who-asked", required=False, readers=("monitor",)),
            Part("reason", required=False),
            Part("takes-effect", Shape.DAY, required=False, fact="until"),
        ),
        rules=(_require_no_withdrawal, _require_days),
        after=_asked,
        enterable=False,
    ),
    ActKind(
        code=ActCode("withdrawal-revoked"),
        verb="revoke-withdrawal",
        by=(COMPLAINANT,),
        parts=(Part("reason", required=False),),
        rules=(_require_withdrawal,),
        after=_revoked,
        enterable=False,
        whole=True,
    ),
    ActKind(
        code=ActCode("continued-without-person"),
        verb="continue-without",
        by=(CHAIR,),
        parts=(Part("legal-basis"), Part("reason")),
        rules=(require_none_accused, _require_withdrawal),
        after=_continued,
        whole=True,
    ),
)
