"""The steps of the monitor's procedure, as they happen: recorded on their day, with proof."""

from datetime import date

from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode
from answerable.core.case.acts.citing import DayNotYet
from answerable.core.case.acts.events import EventNotDeclared
from answerable.core.happened import EVENT_RECORDED
from answerable.core.proceeding.acts.kind import COLLECTOR, MONITOR, Deciding, StepKind


def _require_declared(deciding: Deciding) -> None:
    asked, events = deciding.asked.text("event"), deciding.procedure.events
    if ActCode(asked) not in events:
        name, known = deciding.procedure.name, ", ".join(events) or None
        raise EventNotDeclared(f"no event {asked}", event=asked, known=known, procedure=name)


def _require_come(deciding: Deciding) -> None:
    on = deciding.asked.text("on")
    if on and date.fromisoformat(on) > deciding.today:
        raise DayNotYet(f"{on} has not come", on=on)


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
        rules=(_require_declared, _require_come),
    ),
)
