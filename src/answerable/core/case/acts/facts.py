"""What is added to a report or an answer, and what its author corrects: nothing is replaced."""

from answerable.core.act_form import Carries, Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.citing import the_one_cited
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.vocabulary import HOW_KNOWN
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT, MEMBER

CORRECTED = ActCode("corrected")

SAYING = frozenset(
    {
        *("submitted", "fact-added", "exhibit-added", "corrected", "clarification-answered"),
        *("account-given", "draft-commented", "handed-over", "delivered"),
    }
)
"""What can be corrected: acts that say something. A decision is contested or superseded."""


class NotYourAllegation(Refusal):
    """A body speaks where it is asked: the allegation is neither with it nor against it."""

    code = "not-your-allegation"


class CorrectsAnother(Refusal):
    """A party corrects what it said itself."""

    code = "corrects-another"


class NotCorrectable(Refusal):
    """The act decides something: it is contested or superseded, and never corrected."""

    code = "not-correctable"


def _require_concerned(deciding: Deciding) -> None:
    by = deciding.asked.by
    if by.seat != MEMBER:
        return
    for number, allegation in deciding.concerned().items():
        if by.party not in {allegation.member, allegation.handler, allegation.accused}:
            raise NotYourAllegation(f"{by.party} on {number}", allegation=number, party=by.party)


def _require_own_words(deciding: Deciding) -> None:
    act = the_one_cited(deciding)
    if act.act not in SAYING:
        raise NotCorrectable(f"{act.act} is corrected", act=act.sequence)
    if act.by.party != deciding.asked.by.party:
        raise CorrectsAnother(f"{act.sequence} is of {act.by.party}", act=act.sequence)


FACTS = (
    ActKind(
        code=ActCode("fact-added"),
        verb="add-fact",
        by=(COMPLAINANT, MEMBER),
        parts=(
            Part("words"),
            Part("origin", Shape.CODE, fact="origin", choices=HOW_KNOWN),
        ),
        rules=(_require_concerned,),
    ),
    ActKind(
        code=ActCode("exhibit-added"),
        verb="add-exhibit",
        by=(COMPLAINANT, MEMBER),
        parts=(Part("caption"), Part("origin")),
        rules=(_require_concerned,),
        exhibits=Carries.MUST,
    ),
    ActKind(
        code=CORRECTED,
        verb="correct",
        by=(COMPLAINANT, MEMBER),
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("words"),
            Part("reason", required=False),
        ),
        rules=(_require_own_words,),
        exhibits=Carries.MAY,
    ),
)
