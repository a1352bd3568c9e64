"""An agreement between the sides. It takes away no other remedy, and nobody makes it alone."""

from dataclasses import replace

from answerable.core.act_days import require_day_ahead
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.citing import party_of
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT, MEMBER

PROPOSED = ActCode("agreement-proposed")
ACCEPTED = ActCode("agreement-accepted")
AGREED = "agreed"
"""An outcome that is no finding (case.md 5)."""

SIDES = (COMPLAINANT, MEMBER)


class AgreementOpen(Refusal):
    """A proposal waits for an answer, or an agreement holds already."""

    code = "agreement-open"


class NothingProposed(Refusal):
    """No proposal waits for an answer."""

    code = "nothing-proposed"


class SameSideAnswers(Refusal):
    """The side that proposed answers its own proposal."""

    code = "same-side-answers"


class NothingAgreed(Refusal):
    """No agreement holds on the allegation."""

    code = "nothing-agreed"


class OwnerSaysKept(Refusal):
    """Who owes what was agreed does not say alone that it was kept."""

    code = "owner-says-kept"


def _require_none_open(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if allegation.agreement:
            raise AgreementOpen(f"{number}", allegation=number, act=allegation.agreement)


def _require_day(deciding: Deciding) -> None:
    require_day_ahead(deciding, "action-by")


def _require_other_side(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        proposal = deciding.act(allegation.agreement)
        if proposal is None or proposal.act != PROPOSED:
            raise NothingProposed(f"nothing proposed on {number}", allegation=number)
        # Two bodies do not agree past the complainant: of the two seats one is always theirs.
        if proposal.by.seat == deciding.asked.by.seat:
            raise SameSideAnswers(f"{proposal.sequence}", act=proposal.sequence)


def agreed(deciding: Deciding, allegation: AllegationNow) -> Envelope | None:
    """Return the act that accepted the agreement which holds on an allegation."""
    act = deciding.act(allegation.agreement)
    return act if act is not None and act.act == ACCEPTED else None


def owner_of(deciding: Deciding, acceptance: Envelope) -> str:
    """Return the party that owes what was agreed: the newest proposal before names it."""
    numbers = set(acceptance.allegations) or set(deciding.case.allegations)
    for act in reversed(deciding.acts[: acceptance.sequence]):
        if act.act == PROPOSED and (not act.allegations or numbers & set(act.allegations)):
            return party_of(act)
    return ""


def _require_agreed(deciding: Deciding) -> None:
    for number, allegation in deciding.concerned().items():
        if agreed(deciding, allegation) is None:
            raise NothingAgreed(f"nothing agreed on {number}", allegation=number)


def _require_not_owner(deciding: Deciding) -> None:
    party = deciding.asked.by.party
    for allegation in deciding.concerned().values():
        acceptance = agreed(deciding, allegation)
        if acceptance is not None and owner_of(deciding, acceptance) == party:
            raise OwnerSaysKept(f"{party} owes it", party=party, act=acceptance.sequence)


def _proposed(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, agreement=act.sequence)


def _accepted(case: CaseNow, act: Envelope) -> CaseNow:
    def after(allegation: AllegationNow) -> AllegationNow:
        owed = (*allegation.actions, act.sequence)
        return replace(allegation, agreement=act.sequence, actions=owed)

    return case.change(act.allegations, after)


def _refused(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, agreement=0)


def _without_action(allegation: AllegationNow) -> tuple[int, ...]:
    return tuple(n for n in allegation.actions if n != allegation.agreement)


def _kept(case: CaseNow, act: Envelope) -> CaseNow:
    return case.change(act.allegations, lambda a: replace(a, actions=_without_action(a)))


def _broken(case: CaseNow, act: Envelope) -> CaseNow:
    def after(allegation: AllegationNow) -> AllegationNow:
        left = replace(allegation, agreement=0, actions=_without_action(allegation))
        # What was settled by agreement alone is unsettled again; a finding stays what it is.
        return replace(left, phase=Phase.ACCEPTED, outcome="") if left.outcome == AGREED else left

    after_it = case.change(act.allegations, after)
    back = any(one.phase is Phase.ACCEPTED for one in after_it.allegations.values())
    return replace(after_it, concluded=0) if back else after_it


AGREEMENT = (
    ActKind(
        code=PROPOSED,
        verb="propose-agreement",
        by=SIDES,
        when=When.BEFORE_CONCLUSION,
        parts=(
            Part("agreed-terms"),
            Part("party", Shape.PARTY, fact="party"),
            Part("action-by", Shape.DAY, fact="until"),
        ),
        rules=(_require_none_open, _require_day),
        after=_proposed,
        enterable=False,
    ),
    ActKind(
        code=ACCEPTED,
        verb="accept-agreement",
        by=SIDES,
        when=When.BEFORE_CONCLUSION,
        rules=(_require_other_side,),
        after=_accepted,
        enterable=False,
    ),
    ActKind(
        code=ActCode("agreement-refused"),
        verb="refuse-agreement",
        by=SIDES,
        when=When.BEFORE_CONCLUSION,
        parts=(Part("reason", required=False),),
        rules=(_require_other_side,),
        after=_refused,
        enterable=False,
    ),
    ActKind(
        code=ActCode("agreement-kept"),
        verb="agreement-kept",
        by=SIDES,
        parts=(Part("words", required=False),),
        rules=(_require_agreed, _require_not_owner),
        after=_kept,
        enterable=False,
    ),
    ActKind(
        code=ActCode("agreement-broken"),
        verb="agreement-broken",
        by=SIDES,
        parts=(Part("reason"),),
        rules=(_require_agreed,),
        after=_broken,
        enterable=False,
    ),
)
