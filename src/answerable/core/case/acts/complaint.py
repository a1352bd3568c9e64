"""A complaint about the mechanism itself: an act of it, or its silence; answered from outside."""

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.citing import acts_of, cited, require_cited, the_one_cited
from answerable.core.case.acts.kind import ANY_SEAT, ActKind, Deciding
from answerable.core.case.conflict import SignedBefore
from answerable.core.errors import Refusal
from answerable.core.seats import REVIEWER

COMPLAINED = ActCode("mechanism-complained")
ANSWERED = ActCode("mechanism-complaint-answered")


class NothingComplainedOf(Refusal):
    """A complaint names the act, or the silence, that it is about."""

    code = "nothing-complained-of"


class NotAComplaint(Refusal):
    """The act that is cited is no complaint about the mechanism."""

    code = "not-a-complaint"


class ComplaintAnsweredBefore(Refusal):
    """The complaint was answered before."""

    code = "complaint-answered-before"


def _require_act_or_silence(deciding: Deciding) -> None:
    if not deciding.asked.acts("acts") and not deciding.asked.text("silence").strip():
        raise NothingComplainedOf("neither act nor silence")


def _require_complaint(deciding: Deciding) -> None:
    complaint = the_one_cited(deciding)
    if complaint.act != COMPLAINED:
        raise NotAComplaint(f"{complaint.sequence}", act=complaint.sequence)
    for act in deciding.acts:
        if act.act == ANSWERED and complaint.sequence in acts_of(act):
            raise ComplaintAnsweredBefore(f"by {act.sequence}", act=act.sequence)


def _require_not_own(deciding: Deciding) -> None:
    party = deciding.asked.by.party
    for complaint in cited(deciding):
        for number in (complaint.sequence, *acts_of(complaint)):
            act = deciding.act(number)
            if act is not None and party in {act.by.party, act.facts.get("second")}:
                raise SignedBefore(f"{party} signed {number}", party=party, act=number)


COMPLAINTS = (
    ActKind(
        code=COMPLAINED,
        verb="complain",
        by=ANY_SEAT,
        parts=(
            Part("acts", Shape.ACTS, required=False, fact="acts"),
            Part("silence", required=False),
            Part("words"),
        ),
        rules=(require_cited, _require_act_or_silence),
    ),
    ActKind(
        code=ANSWERED,
        verb="answer-complaint",
        by=(REVIEWER,),
        parts=(Part("acts", Shape.ACTS, fact="acts"), Part("words")),
        rules=(_require_complaint, _require_not_own),
    ),
)
