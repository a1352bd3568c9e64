"""What is missing from a response: told before it is cleared, and printed in it."""

from answerable.core.proceeding.now import ProceedingNow


def gaps_of(now: ProceedingNow) -> dict[str, int]:
    """Return what is missing, in counts, each nought where nothing is.

    ``unassigned`` points that nobody was asked about, ``unanswered`` points on which no body said
    anything, ``silent`` bodies that were asked on a point and handed nothing over,
    ``not-confirmed`` edits that their body did not confirm, ``without-basis`` contributions whose
    words rest on nothing.
    """
    points = now.points.values()
    bodies = [body for point in points for body in point.asked().values()]
    given = [body for _, _, body in now.contributions()]
    return {
        "unassigned": sum(not point.asked() for point in points),
        "unanswered": sum(not any(b.given for b in point.bodies.values()) for point in points),
        "silent": sum(not body.given for body in bodies),
        "not-confirmed": sum(
            bool(body.edit) and (not body.answered or body.refused) for body in given
        ),
        "without-basis": sum(body.words and not body.bases for body in given),
    }
