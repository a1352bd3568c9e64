"""What the monitor made of it: point by point, and its decision in whole or in part."""

from dataclasses import replace

from answerable.core.act_days import require_day_come
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Envelope
from answerable.core.proceeding.acts.kind import StepKind
from answerable.core.proceeding.now import ProceedingNow
from answerable.core.seats import MONITOR

CONCLUDED = ActCode("point-concluded")
DECIDED = ActCode("proceeding-decided")

RELIED_ON, NOT_RELIED_ON, WITHDRAWN = "relied-on", "not-relied-on", "withdrawn"
CONCLUSIONS = (RELIED_ON, NOT_RELIED_ON, WITHDRAWN)
DECISIONS = ("in-whole", "in-part", "no-measure")
READERS = ("secretariat", "member", "monitor")


def _concluded(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    conclusion = str(act.facts.get("conclusion", ""))
    numbers = act.allegations or tuple(now.points)
    points = {
        number: replace(point, conclusion=conclusion) if number in numbers else point
        for number, point in now.points.items()
    }
    return replace(now, points=points)


def _decided(now: ProceedingNow, act: Envelope) -> ProceedingNow:
    return replace(now, decided=act.sequence)


OUTCOME = (
    StepKind(
        code=CONCLUDED,
        verb="conclude",
        by=(MONITOR,),
        parts=(
            Part("conclusion", Shape.CODE, fact="conclusion", choices=CONCLUSIONS),
            Part("words", required=False, readers=READERS),
        ),
        after=_concluded,
    ),
    StepKind(
        code=DECIDED,
        verb="decide",
        by=(MONITOR,),
        whole=True,
        parts=(
            Part("decision", Shape.CODE, fact="decision", choices=DECISIONS),
            Part("on", Shape.DAY, required=False, fact="on"),
            Part("words", required=False, readers=READERS),
        ),
        rules=(require_day_come,),
        after=_decided,
    ),
)
