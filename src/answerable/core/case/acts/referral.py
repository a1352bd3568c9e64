"""Referral: the competent member body is asked, takes it on, or gives it back with a reason."""

from dataclasses import replace

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.assignment import require_impartial
from answerable.core.case.acts.citing import party_of, require_decider_not_accused
from answerable.core.case.acts.consent import CONSENT_ACTS, require_consent_checked
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.now import AllegationNow, CaseNow
from answerable.core.errors import Refusal
from answerable.core.seats import MEMBER, SECRETARIAT


class NotAMemberBody(Refusal):
    """Only a member body of the mechanism is referred to."""

    code = "not-a-member-body"


class ReferredAlready(Refusal):
    """The allegation is with a body: it is recalled first."""

    code = "referred-already"


class NothingReferred(Refusal):
    """The allegation is with no body, or this body took it on before."""

    code = "nothing-referred"


class ReferredToAnother(Refusal):
    """The allegation is with another body."""

    code = "referred-to-another"


def _require_body(deciding: Deciding) -> None:
    party = deciding.asked.text("party")
    if MEMBER not in deciding.mechanism.party(party).seats:
        raise NotAMemberBody(f"{party} is no member body", party=party)
    require_impartial(deciding, party)


def _require_with_nobody(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if allegation.member:
            raise ReferredAlready(f"{number}", allegation=number, party=allegation.member)


def _require_with_body(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if not allegation.member:
            raise NothingReferred(f"{number}", allegation=number)


def _require_with_this_body(deciding: Deciding) -> None:
    _require_with_body(deciding)
    for number, allegation in deciding.concerned().items():
        if allegation.member != deciding.asked.by.party:
            raise ReferredToAnother(f"{number}", allegation=number, party=allegation.member)


def _require_not_taken(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if not allegation.referral:
            raise NothingReferred(f"{number} was taken on", allegation=number)
    # Who is accused, and who answered, may have become known since it was referred.
    require_impartial(deciding, deciding.asked.by.party)


def _referred(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, referral=act.sequence, member=party_of(act))


def _taken(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, referral=0, handler=act.by.party)


def _back(allegation: AllegationNow) -> AllegationNow:
    # Who handled it before the body took it on handles it no longer: the chair assigns it anew.
    handler = "" if allegation.handler == allegation.member else allegation.handler
    return replace(allegation, referral=0, member="", handler=handler)


def _given_back(case: CaseNow, act: Envelope) -> CaseNow:
    return case.change(act.allegations, _back)


REFERRAL = (
    ActKind(
        code=ActCode("referred"),
        verb="refer",
        by=(SECRETARIAT,),
        when=When.ACCEPTED,
        parts=(
            Part("party", Shape.PARTY, fact="party"),
            Part("question"),
            Part("shown"),
            CONSENT_ACTS._replace(required=False),
        ),
        rules=(
            require_decider_not_accused,
            _require_with_nobody,
            _require_body,
            require_consent_checked,
        ),
        after=_referred,
    ),
    ActKind(
        code=ActCode("referral-recalled"),
        verb="recall",
        by=(SECRETARIAT,),
        when=When.ACCEPTED,
        parts=(Part("reason"),),
        rules=(require_decider_not_accused, _require_with_body),
        after=_given_back,
    ),
    ActKind(
        code=ActCode("referral-accepted"),
        verb="take-on",
        by=(MEMBER,),
        when=When.ACCEPTED,
        parts=(Part("words", required=False),),
        rules=(_require_with_this_body, _require_not_taken),
        after=_taken,
    ),
    ActKind(
        code=ActCode("referral-returned"),
        verb="give-back",
        by=(MEMBER,),
        when=When.ACCEPTED,
        parts=(Part("reason"), Part("competent", required=False)),
        rules=(_require_with_this_body,),
        after=_given_back,
    ),
)
