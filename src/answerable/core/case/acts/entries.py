"""What was entered for another: its principal says whether it is theirs."""

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.citing import acts_of, the_one_cited
from answerable.core.case.acts.kind import ANY_SEAT, ActKind, Deciding
from answerable.core.errors import Refusal

CONFIRMED = ActCode("entry-confirmed")
DISPUTED = ActCode("entry-disputed")


class NotEntered(Refusal):
    """Nobody entered the act for another: there is nothing to confirm or to dispute."""

    code = "not-entered"


class NotPrincipal(Refusal):
    """Only the party for which an act was entered says whether it is theirs."""

    code = "not-principal"


class EntryAnswered(Refusal):
    """The principal confirmed or disputed the entry before."""

    code = "entry-answered"


def _require_principal(deciding: Deciding) -> None:
    entry = the_one_cited(deciding)
    if entry.entered_by is None:
        raise NotEntered(f"{entry.sequence} was entered for nobody", act=entry.sequence)
    if entry.by.party != deciding.asked.by.party:
        raise NotPrincipal(f"{entry.sequence} is of {entry.by.party}", act=entry.sequence)
    for act in deciding.acts:
        if act.act in {CONFIRMED, DISPUTED} and entry.sequence in acts_of(act):
            raise EntryAnswered(
                f"{entry.sequence} was answered", act=entry.sequence, answer=act.sequence
            )


ENTRIES = (
    ActKind(
        code=CONFIRMED,
        verb="confirm",
        by=ANY_SEAT,
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("words", required=False),
        ),
        rules=(_require_principal,),
        enterable=False,
        whole=True,
    ),
    ActKind(
        code=DISPUTED,
        verb="dispute",
        by=ANY_SEAT,
        parts=(
            Part("acts", Shape.ACTS, fact="acts"),
            Part("reason"),
        ),
        rules=(_require_principal,),
        enterable=False,
        whole=True,
    ),
)
