"""What happened beside the acts of a case: an event that the procedure declares, on its day."""

from collections.abc import Mapping
from dataclasses import replace

from answerable.core.act_days import require_day_come
from answerable.core.act_form import Part, Shape
from answerable.core.acts import ActCode, Json
from answerable.core.case.acts.deciders import require_none_accused
from answerable.core.case.acts.kind import ANY_SEAT, ActKind, Deciding, When
from answerable.core.errors import Refusal
from answerable.core.happened import EVENT_RECORDED
from answerable.core.procedure import Event
from answerable.core.seats import COMPLAINANT, HANDLER, MEMBER


class EventNotDeclared(Refusal):
    """The procedure has no event of this code to record; ``known`` lists those that it has."""

    code = "event-not-declared"


def _declared(deciding: Deciding) -> Event | None:
    event = deciding.procedure.events.get(ActCode(deciding.asked.text("event")))
    return event if event is not None and event.by else None


def _as_declared(kind: ActKind, deciding: Deciding) -> ActKind:
    """Return the kind with the seats and states that the procedure gives the event."""
    event = _declared(deciding)
    return kind if event is None else replace(kind, by=event.by, when=When(event.when))


def _public(deciding: Deciding) -> Mapping[str, Json]:
    # In the envelope: whoever folds a register knows what it shows without the procedure.
    event = _declared(deciding)
    return {"public": True} if event is not None and event.public else {}


def _require_declared(deciding: Deciding) -> None:
    if _declared(deciding) is None:
        events = deciding.procedure.events.values()
        asked, known = deciding.asked.text("event"), [one.code for one in events if one.by]
        raise EventNotDeclared(
            f"no event {asked}",
            event=asked,
            known=", ".join(known) or None,
            procedure=deciding.procedure.name,
        )


def _require_not_accused(deciding: Deciding) -> None:
    # Each side says what it did itself; of what others did, no accused keeps the record.
    if deciding.asked.by.seat not in {COMPLAINANT, MEMBER}:
        require_none_accused(deciding)


EVENTS = (
    ActKind(
        code=EVENT_RECORDED,
        verb="record-event",
        by=(*ANY_SEAT, HANDLER),
        parts=(
            Part("event", Shape.CODE, fact="event"),
            Part("on", Shape.DAY, fact="on"),
            Part("proof"),
            Part("new-date", Shape.DAY, required=False, fact="until"),
            Part("words", required=False),
        ),
        rules=(_require_declared, require_day_come, _require_not_accused),
        narrowed=_as_declared,
        adds=_public,
    ),
)
