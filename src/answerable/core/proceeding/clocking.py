"""Which debts among the bodies an act starts and meets; the monitor's clocks the procedure has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answerable.core.acts import Draft, Envelope, Json, Seat
from answerable.core.case.acts.citing import acts_of, party_of
from answerable.core.owed import Owed
from answerable.core.proceeding.acts.assignment import ASSIGNED, TAKEN_BACK
from answerable.core.proceeding.acts.contribution import GIVEN
from answerable.core.proceeding.acts.edits import CONFIRMED, EDITED, REFUSED
from answerable.core.proceeding.acts.request import REQUESTED
from answerable.core.proceeding.acts.sending import ACKNOWLEDGED, SENT
from answerable.core.proceeding.now import INFORMED
from answerable.core.seats import BODY, COLLECTOR, MONITOR

ASSIGNMENT = "point-assignment"
CONTRIBUTION = "contribution"
CONFIRMATION = "edit-confirmation"
ACKNOWLEDGEMENT = "sending-acknowledgement"
INSIDE = (ASSIGNMENT, CONTRIBUTION, CONFIRMATION, ACKNOWLEDGEMENT)
"""What is owed on every proceeding, whatever the monitor's procedure is."""

Entries = dict[str, list[Json]]


@dataclass(frozen=True, slots=True)
class Step:
    """An act as these debts see it: its code, its points, who does it, and what its facts name."""

    act: str
    points: tuple[int, ...]
    by: str
    party: str
    role: str = ""
    until: str | None = None
    cites: tuple[int, ...] = ()


def step_of(act: Draft | Envelope) -> Step:
    """Return an act as debts see it."""
    until = act.facts.get("until")
    return Step(
        act=act.act,
        points=act.allegations,
        by=act.by.party,
        party=party_of(act),
        role=str(act.facts.get("role", "")),
        until=until if isinstance(until, str) else None,
        cites=acts_of(act),
    )


def debts(step: Step, acts: Sequence[Envelope], owed: Sequence[Owed]) -> Entries:
    """Return what an act starts and meets among the bodies, as the fact ``clocks`` has it."""
    still = [item for item in owed if item.met_by is None]
    starts = [*_started(step, acts), *_left_to_nobody(step, acts, still)]
    return {"starts": starts, "meets": list(_met(step, acts, still))}


def owner(item: Owed, acts: Sequence[Envelope]) -> str:
    """Return the party that owes a debt of this page, "" where its seat alone tells."""
    begun = acts[item.started_by - 1]
    if item.code == CONTRIBUTION:
        return party_of(begun)
    if item.code == CONFIRMATION:
        return _words_of(acts_of(begun), acts)
    if item.code == ASSIGNMENT:
        return begun.by.party
    return ""


def _started(step: Step, acts: Sequence[Envelope]) -> Iterator[Json]:
    if step.act == REQUESTED:
        yield _entry(ASSIGNMENT, COLLECTOR, None)
    elif step.act == ASSIGNED and step.role != INFORMED and not _gave(step, acts):
        yield _entry(CONTRIBUTION, BODY, step.until)
    elif step.act == EDITED:
        yield _entry(CONFIRMATION, BODY, None)
    elif step.act == SENT:
        yield _entry(ACKNOWLEDGEMENT, MONITOR, None)


def _left_to_nobody(step: Step, acts: Sequence[Envelope], still: Sequence[Owed]) -> Iterator[Json]:
    """Yield the debt of points from which this act takes the last body that was asked."""
    if step.act not in {ASSIGNED, TAKEN_BACK}:
        return
    owed = {n for item in still if item.code == ASSIGNMENT for n in item.allegations}
    asked = _asked((*map(step_of, acts), step))
    points = [n for n in step.points if not asked.get(n) and n not in owed]
    if points:
        entry: dict[str, Json] = {"clock": ASSIGNMENT, "owes": COLLECTOR}
        yield entry if points == [*step.points] else {**entry, "allegations": [*points]}


def _asked(steps: Sequence[Step]) -> dict[int, set[str]]:
    """Return for each point the bodies that were asked to say something on it."""
    asked: dict[int, set[str]] = {}
    for step in steps:
        for point in step.points if step.act in {ASSIGNED, TAKEN_BACK} else ():
            parties = asked.setdefault(point, set())
            if step.act == ASSIGNED and step.role != INFORMED:
                parties.add(step.party)
            else:
                parties.discard(step.party)
    return asked


def _entry(clock: str, owes: Seat, due: str | None) -> Json:
    entry: dict[str, Json] = {"clock": clock, "owes": owes}
    # Without a calendar: the collector names the day, and counts none.
    return entry if due is None else {**entry, "due": due}


def _gave(step: Step, acts: Sequence[Envelope]) -> bool:
    given = [act for act in acts if act.act == GIVEN and act.by.party == step.party]
    return all(any(point in act.allegations for act in given) for point in step.points)


def _met(step: Step, acts: Sequence[Envelope], still: Sequence[Owed]) -> Iterator[Json]:
    for item in still:
        if not _pays(step, item, acts):
            continue
        hit = [number for number in item.allegations if number in step.points]
        if hit or not item.allegations:
            met: dict[str, Json] = {"clock": item.code, "started-by": item.started_by}
            yield {**met, "allegations": [*hit]} if hit else met


def _pays(step: Step, item: Owed, acts: Sequence[Envelope]) -> bool:
    begun = acts[item.started_by - 1]
    if item.code == ASSIGNMENT:
        return step.act == ASSIGNED and step.role != INFORMED
    if item.code == CONTRIBUTION:
        owes = party_of(begun)
        # Asked anew, by another day or in another role, it owes the new thing and not both.
        again = step.act in {ASSIGNED, TAKEN_BACK} and step.party == owes
        return again or (step.act == GIVEN and step.by == owes)
    if item.code == CONFIRMATION:
        return _answers(step, begun, item, acts)
    return item.code == ACKNOWLEDGEMENT and step.act == ACKNOWLEDGED


def _answers(step: Step, edit: Envelope, item: Owed, acts: Sequence[Envelope]) -> bool:
    if step.act in {CONFIRMED, REFUSED}:
        return step.cites == (item.started_by,)
    if step.act == EDITED:
        return step.cites == acts_of(edit)
    # Other words take the place of those that were edited.
    return step.act == GIVEN and step.by == _words_of(acts_of(edit), acts)


def _words_of(cites: tuple[int, ...], acts: Sequence[Envelope]) -> str:
    return acts[cites[0] - 1].by.party if cites else ""
