"""The collector edits a body's words, says why, and the body confirms or refuses the edit."""

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.errors import Refusal
from answerable.core.proceeding.acts.contribution import require_reconciled
from answerable.core.proceeding.acts.kind import INSIDE, Deciding, StepKind
from answerable.core.proceeding.now import ProceedingNow
from answerable.core.seats import BODY, COLLECTOR

EDITED = ActCode("contribution-edited")
CONFIRMED = ActCode("edit-confirmed")
REFUSED = ActCode("edit-refused")


class NothingToEdit(Refusal):
    """The body said no words on the point: that it has nothing, or a position alone."""

    code = "nothing-to-edit"


class EditsItself(Refusal):
    """The collector's own contribution: it hands over another one."""

    code = "edits-itself"


class EditAnswered(Refusal):
    """The body answered this edit before."""

    code = "edit-answered"


class NotYourWords(Refusal):
    """The edited words are another body's."""

    code = "not-your-words"


def _require_editable(deciding: Deciding) -> None:
    _, party, body = deciding.contribution()
    if not body.words:
        raise NothingToEdit(f"{body.given}", act=body.given, party=party)
    if party == deciding.asked.by.party:
        raise EditsItself(f"{party}", party=party)


def _require_own_edit(deciding: Deciding) -> None:
    _, party, body = deciding.edit()
    if party != deciding.asked.by.party:
        raise NotYourWords(f"{party}", party=party)
    if body.answered:
        raise EditAnswered(f"{body.edit}", act=body.answered)


def _edited(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    cited = act.facts.get("acts")
    for number, party, body in now.contributions():
        if cited == [body.given]:
            return now.set((number,), party, edit=act.sequence, answered=0, refused=False)
    return now


def _answered(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    cited = act.facts.get("acts")
    for number, party, body in now.contributions():
        if body.edit and cited == [body.edit]:
            refused = act.act == REFUSED
            return now.set((number,), party, answered=act.sequence, refused=refused)
    return now


EDITS = (
    StepKind(
        code=EDITED,
        verb="edit",
        by=(COLLECTOR,),
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("text", readers=INSIDE),
            Part("reason", readers=INSIDE),
            Part("despite", required=False, readers=INSIDE),
        ),
        rules=(_require_editable, require_reconciled),
        after=_edited,
        one=True,
    ),
    StepKind(
        code=CONFIRMED,
        verb="confirm",
        by=(BODY,),
        parts=(Part("acts", Shape.ACTS, fact="acts"),),
        rules=(_require_own_edit,),
        after=_answered,
        one=True,
    ),
    StepKind(
        code=REFUSED,
        verb="refuse-edit",
        by=(BODY,),
        parts=(Part("acts", Shape.ACTS, fact="acts"), Part("reason", readers=INSIDE)),
        rules=(_require_own_edit,),
        after=_answered,
        one=True,
    ),
)
