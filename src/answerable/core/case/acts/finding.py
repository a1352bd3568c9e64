"""A finding on one allegation, issued once those concerned could comment, and a view beside it."""

from dataclasses import replace

from answerable.core.act_form import Part
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.citing import party_of
from answerable.core.case.acts.deciders import deciders, require_none_accused
from answerable.core.case.acts.drafts import require_commented
from answerable.core.case.acts.finding_parts import FINDING_PARTS
from answerable.core.case.acts.finding_rules import FINDING_RULES
from answerable.core.case.acts.kind import ActKind, Deciding, When
from answerable.core.case.conflict import require_new_to_it
from answerable.core.case.now import AllegationNow, CaseNow, Phase
from answerable.core.errors import Refusal
from answerable.core.seats import CHAIR, MEMBER

ISSUED = ActCode("finding-issued")


class NoFinding(Refusal):
    """There is no finding on the allegation."""

    code = "no-finding"


def require_finding(deciding: Deciding) -> None:
    """Return if there is a finding on every allegation concerned.

    Raises:
        NoFinding: with the allegation.
    """
    for number, allegation in deciding.concerned().items():
        if not allegation.finding:
            raise NoFinding(f"no finding on {number}", allegation=number)


def _require_new_chair(deciding: Deciding) -> None:
    # Whoever signed the finding that was reopened does not decide on it again.
    for party in deciders(deciding):
        require_new_to_it(deciding, party, ISSUED)


def _issued(case: CaseNow, act: Envelope) -> CaseNow:
    owed = (act.sequence,) if party_of(act) else ()

    def after(allegation: AllegationNow) -> AllegationNow:
        return replace(
            allegation,
            phase=Phase.ANSWERED,
            outcome=str(act.facts.get("fact", "")),
            finding=act.sequence,
            actions=(*allegation.actions, *owed),
            question=0,
            draft=0,
            reopened=0,
        )

    return case.change(act.allegations, after)


FINDINGS = (
    ActKind(
        code=ISSUED,
        verb="issue-finding",
        by=(CHAIR,),
        when=When.ACCEPTED,
        parts=FINDING_PARTS,
        rules=(require_none_accused, _require_new_chair, *FINDING_RULES, require_commented),
        after=_issued,
    ),
    ActKind(
        code=ActCode("separate-view"),
        verb="add-view",
        by=(MEMBER,),
        when=When.AFTER_FINDING,
        parts=(Part("view"),),
        rules=(require_none_accused, require_finding),
    ),
)
