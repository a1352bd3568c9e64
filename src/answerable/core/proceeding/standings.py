"""Where a proceeding stands, and whose turn it is: told by acts, never selected by anyone."""

from enum import StrEnum

from answerable.core.acts import Seat
from answerable.core.proceeding.now import ProceedingNow
from answerable.core.seats import BODY, COLLECTOR, MONITOR


class Standing(StrEnum):
    """Where a proceeding stands, in its order."""

    REQUESTED = "requested"
    WITH_BODIES = "with-bodies"
    COLLECTED = "collected"
    CLEARED = "cleared-not-sent"
    SENT = "sent-not-acknowledged"
    ACKNOWLEDGED = "sent-acknowledged"
    DECIDED = "decided"


def standing_of(now: ProceedingNow) -> tuple[Standing, Seat | None]:
    """Return where a proceeding stands, and whose turn it is, None where nobody's."""
    if now.decided:
        return Standing.DECIDED, None
    if now.cleared and not any(sent > now.cleared for sent in now.sent):
        return Standing.CLEARED, COLLECTOR
    if now.sent:
        acknowledged = now.sent[-1] in now.acknowledged
        return (Standing.ACKNOWLEDGED if acknowledged else Standing.SENT), MONITOR
    asked = [body for point in now.points.values() for body in point.asked().values()]
    if not asked:
        return Standing.REQUESTED, COLLECTOR
    if all(body.given for body in asked):
        return Standing.COLLECTED, COLLECTOR
    return Standing.WITH_BODIES, BODY
