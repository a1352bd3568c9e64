"""Consent that is narrowed, and the word of those who hold what it covers that they know."""

from answerable.core.acts import ActCode
from answerable.core.case.acts.citing import acts_of, cited
from answerable.core.case.acts.kind import (
    COMPLAINANT,
    MEMBER,
    MONITOR,
    SECRETARIAT,
    ActKind,
    Deciding,
    Part,
    Shape,
)
from answerable.core.errors import Refusal

NARROWED = ActCode("consent-narrowed")
ACKNOWLEDGED = ActCode("consent-acknowledged")
PURPOSES = ("included", "named-to-body", "contacted", "published")


class NothingNarrowed(Refusal):
    """The act that is cited narrows no consent."""

    code = "nothing-narrowed"


class ConsentAcknowledgedBefore(Refusal):
    """The party acknowledged before that the consent is narrower."""

    code = "consent-acknowledged-before"


def _require_narrowed(deciding: Deciding) -> None:
    for act in cited(deciding):
        if act.act != NARROWED:
            raise NothingNarrowed(f"{act.sequence}", act=act.sequence)


def _require_first(deciding: Deciding) -> None:
    cites, party = set(deciding.asked.acts("acts")), deciding.asked.by.party
    for act in deciding.acts:
        if act.act == ACKNOWLEDGED and act.by.party == party and cites <= set(acts_of(act)):
            raise ConsentAcknowledgedBefore(f"by {act.sequence}", act=act.sequence)


CONSENTS = (
    ActKind(
        code=NARROWED,
        verb="narrow-consent",
        by=(COMPLAINANT,),
        parts=(
            Part("purpose", Shape.CODE, fact="purpose", choices=PURPOSES),
            Part("scope"),
            Part("whose", required=False, readers=("complainant", "secretariat", "monitor")),
        ),
    ),
    ActKind(
        code=ACKNOWLEDGED,
        verb="acknowledge-consent",
        by=(SECRETARIAT, MEMBER, MONITOR),
        parts=(Part("acts", Shape.ACTS, fact="acts"), Part("holds", required=False)),
        rules=(_require_narrowed, _require_first),
    ),
)
