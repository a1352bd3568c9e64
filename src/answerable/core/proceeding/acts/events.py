"""The steps of the monitor's procedure, as they happen: recorded on their day, with proof."""

from answerable.core.act_days import require_day_come
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.events import EventNotDeclared
from answerable.core.happened import EVENT_RECORDED
from answerable.core.proceeding.acts.kind import Deciding, StepKind
from answerable.core.seats import COLLECTOR, MONITOR


def _require_declared(deciding: Deciding) -> None:
    asked, events = deciding.asked.text("event"), deciding.procedure.events
    if ActCode(asked) not in events:
        name, known = deciding.procedure.name, ", ".join(events) or None
        raise EventNotDeclared(f"no event {asked}", event=asked, known=known, procedure=name)


EVENTS = (
    StepKind(
        code=EVENT_RECORDED,
        verb="record-event",
        by=(COLLECTOR, MONITOR),
        whole=True,
        parts=(
            Part("event", Shape.CODE, fact="event"),
            Part("on", Shape.DAY, fact="on"),
            Part("proof"),
            Part("new-date", Shape.DAY, required=False, fact="until"),
            Part("words", required=False),
        ),
        rules=(_require_declared, require_day_come),
    ),
)
