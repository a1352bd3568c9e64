"""Who handles an allegation: never the accused, and nobody who judged or answered it before."""

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope, PartyId
from answerable.core.case.acts.citing import party_of, require_decider_not_accused
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.conflict import require_new_to_it, require_not_accused
from answerable.core.case.now import CaseNow
from answerable.core.errors import Refusal
from answerable.core.seats import CHAIR, MEMBER, SECRETARIAT

RECUSED = ActCode("recused")

JUDGING = ("account-given", "disposition-given", "finding-issued", "contest-decided")
"""Who signed one of these on an allegation is a side or a judge of it, and inquires no more."""


class CannotHandle(Refusal):
    """An officer of the secretariat or a member body handles allegations, and nobody else."""

    code = "cannot-handle"


class RecusedBefore(Refusal):
    """The party was recused from the allegation, and does not come back to it."""

    code = "recused-before"


class HandledAlready(Refusal):
    """The allegation has a handler: it is handed to another, with a reason."""

    code = "handled-already"


class HandledByNobody(Refusal):
    """The allegation is assigned to nobody yet."""

    code = "handled-by-nobody"


class NotItsHandler(Refusal):
    """The party that would be recused does not handle the allegation."""

    code = "not-its-handler"


def require_impartial(deciding: Deciding, party: str) -> None:
    """Return if the party may inquire into every allegation concerned (case.md 4).

    Raises:
        AccusedDecides, SignedBefore, RecusedBefore: with the party, and where it stands against it.
    """
    require_not_accused(deciding, party)
    require_new_to_it(deciding, party, *JUDGING)
    for act in deciding.of(RECUSED):
        if party_of(act) == party:
            raise RecusedBefore(f"{party} was recused", party=party, act=act.sequence)


def _require_able(deciding: Deciding) -> None:
    party = deciding.asked.text("party")
    if not deciding.mechanism.party(party).seats & {SECRETARIAT, MEMBER}:
        raise CannotHandle(f"{party} handles nothing", party=party)
    require_impartial(deciding, PartyId(party))


def _require_unassigned(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if allegation.handler:
            raise HandledAlready(
                f"{number} has a handler", allegation=number, party=allegation.handler
            )


def _require_handled_by_another(deciding: Deciding) -> None:
    party = deciding.asked.text("party")
    for number, allegation in deciding.concerned().items():
        if not allegation.handler:
            raise HandledByNobody(f"{number} has no handler", allegation=number)
        if allegation.handler == party:
            raise HandledAlready(f"{party} handles {number}", allegation=number, party=party)


def _require_handler(deciding: Deciding) -> None:
    party = deciding.asked.text("party")
    for number, allegation in deciding.concerned().items():
        if allegation.handler != party:
            raise NotItsHandler(f"{party} on {number}", allegation=number, party=party)


def _assigned(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, handler=party_of(act))


def _recused(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, handler="")


PERSON_AND_REASON = (Part("party", Shape.PARTY, fact="party"), Part("reason"))

ASSIGNMENT = (
    ActKind(
        code=ActCode("assigned"),
        verb="assign",
        by=(CHAIR,),
        parts=PERSON_AND_REASON,
        rules=(require_decider_not_accused, _require_unassigned, _require_able),
        after=_assigned,
    ),
    ActKind(
        code=ActCode("reassigned"),
        verb="reassign",
        by=(CHAIR,),
        parts=PERSON_AND_REASON,
        rules=(require_decider_not_accused, _require_handled_by_another, _require_able),
        after=_assigned,
    ),
    ActKind(
        code=RECUSED,
        verb="recuse",
        by=(CHAIR,),
        parts=PERSON_AND_REASON,
        rules=(require_decider_not_accused, _require_handler),
        after=_recused,
    ),
)
