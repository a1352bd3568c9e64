"""May this body do this act on a proceeding now? Every surface meets these same refusals."""

from answerable.core.case.rules import NotThisSeat, SeatNotHeld, require_entered, require_parts
from answerable.core.errors import Refusal
from answerable.core.proceeding.acts.contribution import OnePointWanted
from answerable.core.proceeding.acts.kind import ANSWERING, Deciding, StepKind
from answerable.core.seats import BODY, COLLECTOR, MONITOR


class NoSuchPoint(Refusal):
    """The proceeding has no point of this number; ``count`` is how many it has."""

    code = "no-such-point"


class NotTheCollector(Refusal):
    """Only the body that collects the response does this; ``collector`` is its number."""

    code = "not-the-collector"


class NotAssigned(Refusal):
    """The point is not assigned to this body."""

    code = "not-assigned"


class NotTheMonitor(Refusal):
    """Only the monitor that asked does this, or it is entered for it."""

    code = "not-the-monitor"


def require(kind: StepKind, deciding: Deciding) -> None:
    """Return if the act may be done.

    Raises:
        Refusal: the first rule that says no.
    """
    _require_points(kind, deciding)
    _require_doer(kind, deciding)
    require_entered(kind, deciding.asked)
    require_parts(kind, deciding.asked)
    for rule in kind.rules:
        rule(deciding)


def _require_points(kind: StepKind, deciding: Deciding) -> None:
    numbers, count = deciding.asked.allegations, len(deciding.now.points)
    for number in numbers:
        if number not in deciding.now.points:
            raise NoSuchPoint(f"no point {number}", point=number, count=count)
    if kind.one and not (len(numbers) == 1 or (count == 1 and not numbers)):
        # An act that cites a contribution is about its point: there, it need not be said.
        if not numbers and any(part.name == "acts" for part in kind.parts):
            return
        raise OnePointWanted("one point is wanted", found=len(numbers))


def _require_doer(kind: StepKind, deciding: Deciding) -> None:
    by, told = deciding.asked.by, ", ".join(kind.by)
    seats = deciding.mechanism.party(by.party).seats
    if by.seat not in (*ANSWERING, MONITOR):
        raise NotThisSeat(f"{kind.code} is no act of {by.seat}", seat=by.seat, seats=told)
    if by.seat not in seats:
        raise SeatNotHeld(f"{by.party} is not {by.seat}", party=by.party, seat=by.seat)
    if COLLECTOR in kind.by and by.party == deciding.now.collector:
        return
    if MONITOR in kind.by and by.seat == MONITOR and by.party == deciding.now.monitor:
        return
    if BODY in kind.by:
        _require_assigned(deciding)
    elif COLLECTOR in kind.by:
        collector = deciding.now.collector
        raise NotTheCollector(f"{by.party} does not collect", party=by.party, collector=collector)
    elif MONITOR in kind.by:
        monitor = deciding.now.monitor
        raise NotTheMonitor(f"{by.party} did not ask", party=by.party, monitor=monitor)


def _require_assigned(deciding: Deciding) -> None:
    party = deciding.asked.by.party
    numbers = deciding.asked.allegations
    if not numbers:
        if party not in deciding.now.bodies():
            raise NotAssigned(f"{party} is in none", party=party, point=0)
        return
    for number in numbers:
        if party not in deciding.now.points[number].bodies:
            raise NotAssigned(f"{party} on {number}", party=party, point=number)


def concerned(kind: StepKind, deciding: Deciding) -> tuple[int, ...]:
    """Return the points that an act concerns, as its envelope names them."""
    if kind.whole:
        return ()
    if kind.one and not deciding.asked.allegations and len(deciding.now.points) > 1:
        found = deciding.edit() if kind.code in _OF_EDITS else deciding.contribution()
        return (found[0],)
    if not deciding.asked.allegations and BODY in kind.by and not kind.one:
        party = deciding.asked.by.party
        return tuple(n for n, point in deciding.now.points.items() if party in point.bodies)
    return tuple(sorted(deciding.points()))


_OF_EDITS = frozenset({"edit-confirmed", "edit-refused"})
