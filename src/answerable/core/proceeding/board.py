"""How far each body has come with each of its points: what the board of a proceeding shows."""

from enum import StrEnum

from answerable.core.proceeding.now import BodyNow, ProceedingNow


class Stage(StrEnum):
    """How far a body has come with its points: the furthest that all of them have reached."""

    NOT_OPENED = "not-opened"
    OPENED = "opened"
    DRAFTED = "drafted"
    CLEARED = "contribution-cleared"
    HANDED_OVER = "handed-over"
    TOLD_ONLY = "told-only"


def stage_of(now: ProceedingNow, party: str, body: BodyNow) -> Stage:
    """Return how far a body is with one point."""
    if body.given:
        return Stage.HANDED_OVER
    if body.cleared:
        return Stage.CLEARED
    if body.drafted:
        return Stage.DRAFTED
    if party in now.opened:
        return Stage.OPENED
    return Stage.NOT_OPENED if body.owes else Stage.TOLD_ONLY
