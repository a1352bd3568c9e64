"""The tables behind the points: positions that add up, clocks, and what the answers rest on."""

from collections import Counter

from answerable.core.proceeding.clock_told import ClockTold
from answerable.core.proceeding.response import CollectedResponse, PointAnswered
from answerable.documents.point_view import basis_view, label_of
from answerable.documents.saying import Saying, printable, shortened

NO_POSITION, DIFFERS = "none", "differs"


def positions_view(response: CollectedResponse, saying: Saying) -> object:
    """Return the position on each point and their sum, nothing where no body took any."""
    if not any(reply.position for point in response.points for reply in point.replies):
        return None
    taken = [(point, _position(point)) for point in response.points]
    tally = Counter(position for _, position in taken)
    parts = [
        saying.say("document.positions-of", count=count, position=_called(position, saying))
        for position, count in tally.most_common()
    ]
    return {
        "sum": saying.say(
            "document.positions-sum", total=len(response.points), parts=" + ".join(parts)
        ),
        "rows": [
            {
                "label": label_of(point),
                "number": point.number,
                "short": shortened(point.text),
                "position": _called(position, saying),
                "none": position == NO_POSITION,
                "bodies": _by_body(point, saying) if position == DIFFERS else [],
            }
            for point, position in taken
        ],
    }


def _position(point: PointAnswered) -> str:
    """Return the one position on a point; what bodies say apart is not made one."""
    taken = {reply.position for reply in point.replies if reply.position}
    if len(taken) > 1:
        return DIFFERS
    return taken.pop() if taken else NO_POSITION


def _called(position: str, saying: Saying) -> str:
    if position == DIFFERS:
        return saying.say("document.position-differs")
    if position == NO_POSITION:
        return saying.say("document.position-none")
    return saying.word(position, "choice")


def _by_body(point: PointAnswered, saying: Saying) -> list[str]:
    return [
        saying.say(
            "document.positions-body",
            body=printable(reply.body),
            position=saying.word(reply.position, "choice"),
        )
        for reply in point.replies
        if reply.position
    ]


def clocks_view(response: CollectedResponse, saying: Saying) -> list[object]:
    return [_clock(clock, saying) for clock in response.clocks]


def _clock(clock: ClockTold, saying: Saying) -> object:
    notes = []
    if not clock.binding:
        notes.append(saying.say("document.indicative"))
    if not clock.confirmed:
        notes.append(saying.say("document.period-not-confirmed"))
    return {
        "step": saying.of_languages(dict(clock.titles)),
        "owes": saying.of_languages(dict(clock.owes)),
        "due": saying.due(clock.due),
        "met": saying.due(clock.met),
        "late": clock.is_late,
        "notes": notes,
    }


def bases_view(response: CollectedResponse, saying: Saying) -> list[object]:
    """Return each basis once, with everyone who rests on it, in the order of the points."""
    rows: dict[tuple[str, str, str], dict[str, object]] = {}
    said_by: dict[tuple[str, str, str], list[str]] = {}
    for point in response.points:
        for place, reply in enumerate(point.replies):
            for basis in reply.basis:
                # Protected cases have no number, and must not be taken for one case.
                apart = "" if basis.text else f"{point.number}/{place}/{len(said_by)}"
                if "unit" in basis.told:
                    # Cited on another day, a figure may have been another number.
                    apart = f"{basis.told.get('cited')}/{saying.day(reply.at)}"
                key = (basis.kind, basis.text, apart)
                rows[key] = basis_view(basis, reply, saying)
                by = saying.say(
                    "document.bases-on", label=label_of(point), body=printable(reply.body)
                )
                said_by.setdefault(key, []).append(by)
    return [{**row, "by": said_by[key]} for key, row in rows.items()]
