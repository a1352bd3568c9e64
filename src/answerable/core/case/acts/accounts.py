"""The account of the body or unit complained of: asked within the consent, and given."""

from dataclasses import replace

from answerable.core.act_days import require_day_ahead
from answerable.core.act_form import Carries, Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.citing import acts_of, party_of, the_one_cited
from answerable.core.case.acts.consent import CONSENT_ACTS, require_consent_checked
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.acts.windows import require_counted_day
from answerable.core.case.conflict import require_not_accused
from answerable.core.case.now import AllegationNow, CaseNow
from answerable.core.clock_facts import Clocks
from answerable.core.errors import Refusal
from answerable.core.seats import HANDLER, MEMBER

POSITIONS = (
    "acknowledges",
    "denies",
    "denies-responsibility",
    "other-explanation",
    "accepts",
)

ASKED = ActCode("account-asked")
GIVEN = ActCode("account-given")


class AccountNotAsked(Refusal):
    """The act that is cited asks this party for no account on these allegations."""

    code = "account-not-asked"


class AccountGivenBefore(Refusal):
    """The request was answered before."""

    code = "account-given-before"


def _require_handler_not_accused(deciding: Deciding) -> None:
    # The accused may be asked, and does not ask itself.
    require_not_accused(deciding, deciding.asked.by.party)


def _require_day(deciding: Deciding) -> None:
    require_day_ahead(deciding, "answer-by")


def _require_day_of_rule(deciding: Deciding, clocks: Clocks) -> None:
    require_counted_day(deciding, clocks, "answer-by", GIVEN)


def _require_asked(deciding: Deciding) -> None:
    request, party = the_one_cited(deciding), deciding.asked.by.party
    named = set(request.allegations)
    if request.act != ASKED or party_of(request) != party or not set(deciding.concerned()) <= named:
        raise AccountNotAsked(f"{request.sequence}", act=request.sequence, party=party)
    for act in deciding.of(GIVEN):
        if request.sequence in acts_of(act):
            raise AccountGivenBefore(f"by {act.sequence}", act=act.sequence)


def _asked(case: CaseNow, act: Envelope) -> CaseNow:
    return case.set(act.allegations, asked_unit=act.sequence)


def _given(case: CaseNow, act: Envelope) -> CaseNow:
    answered = acts_of(act)

    def counted(allegation: AllegationNow) -> AllegationNow:
        # Several may be asked; the newest request stays open until it is answered itself.
        still = 0 if allegation.asked_unit in answered else allegation.asked_unit
        return replace(allegation, asked_unit=still, accounts=allegation.accounts + 1)

    return case.change(act.allegations, counted)


ACCOUNTS = (
    ActKind(
        code=ASKED,
        verb="ask-account",
        by=(HANDLER,),
        when=When.ACCEPTED,
        parts=(
            Part("party", Shape.PARTY, fact="party"),
            Part("question"),
            Part("shown"),
            CONSENT_ACTS,
            Part("answer-by", Shape.DAY, fact="until"),
        ),
        rules=(_require_handler_not_accused, require_consent_checked, _require_day),
        counted=(_require_day_of_rule,),
        after=_asked,
    ),
    ActKind(
        code=GIVEN,
        verb="give-account",
        by=(MEMBER,),
        when=When.ACCEPTED,
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("position", Shape.CODE, fact="position", choices=POSITIONS),
            Part("words"),
        ),
        rules=(_require_asked,),
        after=_given,
        exhibits=Carries.MAY,
    ),
)
