"""Who reports together: a party joins with its consent, and leaves by itself."""

from collections.abc import Iterable

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.citing import party_of
from answerable.core.case.acts.kind import ActKind, Deciding
from answerable.core.case.conflict import require_not_accused
from answerable.core.errors import Refusal
from answerable.core.seats import COMPLAINANT

JOINED = ActCode("party-joined")
LEFT = ActCode("party-left")


class JoinedBefore(Refusal):
    """The party reports in this case already."""

    code = "joined-before"


class LeavesForAnother(Refusal):
    """A party leaves a case by itself: nobody makes another leave."""

    code = "leaves-for-another"


class FirstPartyStays(Refusal):
    """Who handed the case in does not leave it: that is a withdrawal, which has its own rules."""

    code = "first-party-stays"


def joined_parties(acts: Iterable[Envelope]) -> frozenset[str]:
    """Return the parties that joined whoever handed the case in, and did not leave since."""
    joined: set[str] = set()
    for act in acts:
        if act.act == JOINED:
            joined.add(party_of(act))
        elif act.act == LEFT:
            joined.discard(party_of(act))
    return frozenset(joined)


def _require_new(deciding: Deciding) -> None:
    party = deciding.asked.text("party")
    require_not_accused(deciding, party)
    if party in {deciding.acts[0].by.party, *joined_parties(deciding.acts)}:
        raise JoinedBefore(f"{party} is in the case", party=party)


def _require_itself(deciding: Deciding) -> None:
    party, by = deciding.asked.text("party"), deciding.asked.by.party
    if party != by:
        raise LeavesForAnother(f"{by} makes {party} leave", party=party)
    if party == deciding.acts[0].by.party:
        raise FirstPartyStays(f"{party} handed it in", party=party)


PARTIES_IN_IT = (
    ActKind(
        code=JOINED,
        verb="join",
        by=(COMPLAINANT,),
        parts=(
            Part("party", Shape.PARTY, fact="party"),
            Part("consent", readers=("complainant", "secretariat", "monitor")),
            Part("words", required=False),
        ),
        rules=(_require_new,),
        whole=True,
    ),
    ActKind(
        code=LEFT,
        verb="leave",
        by=(COMPLAINANT,),
        parts=(
            Part("party", Shape.PARTY, fact="party"),
            Part("reason", required=False, readers=("complainant", "secretariat", "monitor")),
        ),
        rules=(_require_itself,),
        # Leaving takes back a report: like a withdrawal, nobody does it for another.
        enterable=False,
        whole=True,
    ),
)
