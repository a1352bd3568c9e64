"""What went to whom and arrived: claims noted, notices delivered, opened, acknowledged, passed on.

Lodged, delivered and acknowledged are three acts: none stands for another (case.md 2).
"""

from dataclasses import replace

from answerable.core.act_days import require_day_come
from answerable.core.act_form import Carries, Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.act_codes import ACKNOWLEDGED, OPENED
from answerable.core.case.acts.citing import acts_of, cited, require_cited
from answerable.core.case.acts.kind import ANY_SEAT, ActKind, Deciding
from answerable.core.case.conflict import require_not_accused
from answerable.core.case.now import CaseNow
from answerable.core.case.rules import AcknowledgedBefore, require_openable
from answerable.core.seats import COMPLAINANT, MEMBER, MONITOR, SECRETARIAT

CHANNELS = ("by-hand", "registered-post", "post", "e-mail", "fax", "messenger", "portal", "other")


def _require_unacknowledged(deciding: Deciding) -> None:
    by, wanted = deciding.asked.by, {act.sequence for act in cited(deciding)} or {1}
    for act in deciding.of(ACKNOWLEDGED):
        # The secretariat is one body, whoever of it acts; each member body acknowledges by itself.
        same = act.by.party == by.party or act.by.seat == by.seat == SECRETARIAT
        if same and wanted & {*(acts_of(act) or (1,))}:
            number = act.docket
            raise AcknowledgedBefore(f"{number} was acknowledged before", number=number)


def _require_openable(deciding: Deciding) -> None:
    # Each sealed part is opened by itself: only an opening of the same parts comes before this one.
    parts = {act.sequence for act in cited(deciding)} or {1}
    same = [act for act in deciding.acts if act.act != OPENED or parts <= {*(acts_of(act) or (1,))}]
    require_openable(same, deciding.asked.by)


def _require_not_to_accused(deciding: Deciding) -> None:
    require_not_accused(deciding, deciding.asked.text("party"))


def _of_submission(act: Envelope) -> bool:
    return 1 in (acts_of(act) or (1,))


def _delivered(case: CaseNow, act: Envelope) -> CaseNow:
    return replace(case, delivered=case.delivered or _of_submission(act))


def _acknowledged(case: CaseNow, act: Envelope) -> CaseNow:
    by_body = act.by.seat == SECRETARIAT and _of_submission(act)
    return replace(case, acknowledged=case.acknowledged or by_body)


def _opened(case: CaseNow, act: Envelope) -> CaseNow:
    by_body = act.by.seat == SECRETARIAT and _of_submission(act)
    return replace(case, opened=case.opened or by_body)


NOTICE = (
    ActKind(
        code=ActCode("claim-noted"),
        verb="note-claim",
        by=(SECRETARIAT, MONITOR),
        parts=(
            # Whoever said it has handed in nothing here, and is shown nothing yet.
            Part("source", readers=("secretariat", "monitor")),
            Part("words", readers=("secretariat", "monitor")),
            Part("invitation", readers=("secretariat", "monitor")),
        ),
        whole=True,
        exhibits=Carries.MAY,
    ),
    ActKind(
        code=ActCode("delivered"),
        verb="deliver",
        by=(COMPLAINANT, SECRETARIAT),
        parts=(
            Part("addressee"),
            Part("channel", Shape.CODE, fact="channel", choices=CHANNELS),
            Part("proof"),
            Part("on", Shape.DAY, required=False, fact="on"),
            Part("acts", Shape.ACTS, required=False, fact="acts"),
        ),
        rules=(require_cited, require_day_come),
        after=_delivered,
        whole=True,
        exhibits=Carries.MAY,
    ),
    ActKind(
        code=OPENED,
        verb="open",
        by=tuple(seat for seat in ANY_SEAT if seat != COMPLAINANT),
        parts=(Part("acts", Shape.ACTS, required=False, fact="acts"),),
        rules=(_require_openable,),
        after=_opened,
        whole=True,
    ),
    ActKind(
        code=ACKNOWLEDGED,
        verb="acknowledge",
        by=(SECRETARIAT, MEMBER),
        parts=(
            Part("acts", Shape.ACTS, required=False, fact="acts"),
            Part("words", required=False),
        ),
        rules=(_require_unacknowledged,),
        after=_acknowledged,
        whole=True,
    ),
    ActKind(
        code=ActCode("handed-over"),
        verb="hand-over",
        by=(SECRETARIAT, MEMBER),
        parts=(
            Part("addressee"),
            Part("party", Shape.PARTY, required=False, fact="party"),
            Part("channel", Shape.CODE, fact="channel", choices=CHANNELS),
            Part("proof"),
            Part("on", Shape.DAY, required=False, fact="on"),
            Part("acts", Shape.ACTS, required=False, fact="acts"),
        ),
        rules=(require_cited, require_day_come, _require_not_to_accused),
        exhibits=Carries.MAY,
    ),
)
