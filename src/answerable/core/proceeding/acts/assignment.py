"""Points are assigned to bodies: who leads, who contributes, and who is told only."""

from dataclasses import replace

from answerable.core.act_days import require_day_ahead
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.case.acts.citing import party_of
from answerable.core.errors import Refusal
from answerable.core.proceeding.acts.kind import Deciding, StepKind
from answerable.core.proceeding.now import LEAD, ROLES, PointNow, ProceedingNow
from answerable.core.seats import COLLECTOR, MEMBER, SECRETARIAT

ASSIGNED = ActCode("point-assigned")
TAKEN_BACK = ActCode("point-taken-back")

_BODIES = frozenset({SECRETARIAT, MEMBER})


class NotABody(Refusal):
    """A point is assigned to a body of the mechanism: its secretariat, or a member."""

    code = "not-a-body"


class AssignedAlready(Refusal):
    """The point is assigned to this body in this role, and no other date is given."""

    code = "assigned-already"


class LedByAnother(Refusal):
    """A point has one body that leads; ``leads`` names it."""

    code = "led-by-another"


class NothingAssigned(Refusal):
    """The point is not assigned to this body."""

    code = "nothing-assigned"


class GivenAlready(Refusal):
    """The body handed its contribution over: it stays, whoever the point is with."""

    code = "given-already"


def _require_body(deciding: Deciding) -> None:
    party = deciding.asked.text("party")
    if not deciding.mechanism.party(party).seats & _BODIES:
        raise NotABody(f"{party} is no body", party=party)


def _require_new(deciding: Deciding) -> None:
    party, role = deciding.asked.text("party"), deciding.asked.text("role")
    for number, point in deciding.points().items():
        body = point.bodies.get(party)
        if body is not None and body.role == role and not deciding.asked.text("until"):
            raise AssignedAlready(f"{number}", point=number, party=party)
        leads = next((one for one, told in point.bodies.items() if told.role == LEAD), party)
        if role == LEAD and leads != party:
            raise LedByAnother(f"{number}", point=number, leads=leads)


def _require_day(deciding: Deciding) -> None:
    require_day_ahead(deciding, "until")


def _require_takable(deciding: Deciding) -> None:
    party = deciding.asked.text("party")
    for number, point in deciding.points().items():
        body = point.bodies.get(party)
        if body is None:
            raise NothingAssigned(f"{number}", point=number, party=party)
        if body.given:
            raise GivenAlready(f"{number}", point=number, party=party)


def _assigned(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    return now.set(act.allegations, party_of(act), role=str(act.facts.get("role", "")))


def _taken_back(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    party = party_of(act)
    left = {
        number: replace(point, bodies={p: b for p, b in point.bodies.items() if p != party})
        if number in (act.allegations or now.points)
        else point
        for number, point in now.points.items()
    }
    return replace(now, points=left)


def lead_of(point: PointNow) -> str:
    """Return the body that leads on a point, "" where none does."""
    return next((party for party, body in point.bodies.items() if body.role == LEAD), "")


ASSIGNMENT = (
    StepKind(
        code=ASSIGNED,
        verb="assign",
        by=(COLLECTOR,),
        parts=(
            Part("party", Shape.PARTY, fact="party"),
            Part("role", Shape.CODE, fact="role", choices=ROLES),
            Part("until", Shape.DAY, required=False, fact="until"),
            Part("words", required=False, readers=("collector", "member", "secretariat")),
        ),
        rules=(_require_body, _require_new, _require_day),
        after=_assigned,
    ),
    StepKind(
        code=TAKEN_BACK,
        verb="take-back",
        by=(COLLECTOR,),
        parts=(
            Part("party", Shape.PARTY, fact="party"),
            Part("reason", readers=("collector", "member", "secretariat")),
        ),
        rules=(_require_takable,),
        after=_taken_back,
    ),
)
