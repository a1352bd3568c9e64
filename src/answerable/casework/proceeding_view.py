"""A proceeding as its pages show it: where it stands today, its board, what is owed by whom."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from answerable.casework.case_view import OwedToday
from answerable.casework.ports import ActOnFile
from answerable.casework.proceeding_points import PointsAsked
from answerable.casework.reading import Reading
from answerable.casework.rules_of_proceedings import RulesOfProceedings
from answerable.core.acts import ActCode, Envelope, PartyId
from answerable.core.calendars import Calendar
from answerable.core.docket import Docket
from answerable.core.lateness import days_by, left_of
from answerable.core.mechanism import Mechanism
from answerable.core.owed import Owed
from answerable.core.procedure import Bound, Procedure
from answerable.core.proceeding.board import Stage, stage_of
from answerable.core.proceeding.clocking import INSIDE, owner
from answerable.core.proceeding.now import ProceedingNow, proceeding_of
from answerable.core.proceeding.request import Request
from answerable.core.seats import COLLECTOR, MONITOR


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One body on the board: its stage, its points by stage, and when it last did something.

    ``signed`` are the points on which what it handed over last is signed with its own key,
    ``unsigned`` those on which it is not.
    """

    party: PartyId
    stage: Stage
    points: dict[Stage, tuple[int, ...]]
    last_at: int | None
    signed: tuple[int, ...] = ()
    unsigned: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceedingView:
    """One proceeding today. ``open`` is what is owed and not met, in the order of its need."""

    docket: Docket
    mechanism: Mechanism
    procedure: Procedure
    ours: Calendar
    theirs: Calendar
    acts: Sequence[ActOnFile]
    envelopes: Sequence[Envelope]
    now: ProceedingNow
    request: Request
    owed: Sequence[Owed]
    open: tuple[OwedToday, ...]
    at: datetime

    def board(self) -> list[BoardRow]:
        """Return a row for each body, in the order in which points were assigned."""
        return [self._row(party) for party in self.now.bodies()]

    def _row(self, party: str) -> BoardRow:
        points: dict[Stage, tuple[int, ...]] = {}
        for number, point in self.now.points.items():
            body = point.bodies.get(party)
            if body is not None:
                stage = stage_of(self.now, party, body)
                points[stage] = (*points.get(stage, ()), number)
        reached = [stage for stage in Stage if stage in points]
        acts = [act.at for act in self.envelopes if act.by.party == party]
        given = {
            n: one.bodies[party].given
            for n, one in self.now.points.items()
            if party in one.bodies and one.bodies[party].given
        }
        signed = {n for n, at in given.items() if self.envelopes[at - 1].signature is not None}
        return BoardRow(
            PartyId(party),
            reached[0],
            points,
            max(acts, default=None),
            signed=tuple(n for n in given if n in signed),
            unsigned=tuple(n for n in given if n not in signed),
        )

    def the_answer(self) -> OwedToday | None:
        """Return what is owed until the response is sent, None where nothing waits for it."""
        answer = self.procedure.events.get(self.procedure.answer or ActCode(""))
        answering = {
            code
            for code, clock in self.procedure.clocks.items()
            # A reply may also end what the monitor owes: an appeal for want of one, say.
            if answer and answer.code in clock.met_by and clock.owes in answer.by
        }
        return next((one for one in self.open if one.item.code in answering), None)


@dataclass(frozen=True, slots=True)
class ProceedingViews:
    """Puts proceedings together for pages."""

    reading: Reading
    rules: RulesOfProceedings
    points: PointsAsked
    zone: str

    def of(self, docket: Docket) -> ProceedingView:
        """Return a proceeding as it is today."""
        mechanism = self.reading.mechanism()
        acts = self.reading.dockets.acts(docket.id)
        envelopes = [act.kept.envelope for act in acts]
        procedure = self.rules.of(mechanism, envelopes)
        now = datetime.fromtimestamp(self.rules.ruling.now() / 1000, UTC)
        at = now.astimezone(ZoneInfo(procedure.time_zone))
        owed = self.reading.dockets.owed(docket.id)
        ours, theirs = self.rules.calendars(mechanism, procedure)
        here = now.astimezone(ZoneInfo(self.zone))
        waiting = [
            # What bodies owe one another is counted where the mechanism is.
            _today(
                item,
                procedure,
                envelopes,
                known=mechanism.parties,
                calendars={one.name: one for one in (ours, theirs)},
                at=here if item.code in INSIDE else at,
            )
            for item in owed
            if item.met_by is None
        ]
        return ProceedingView(
            docket=docket,
            mechanism=mechanism,
            procedure=procedure,
            ours=ours,
            theirs=theirs,
            acts=acts,
            envelopes=envelopes,
            now=proceeding_of(docket.state),
            request=self.points.request(docket),
            owed=owed,
            open=tuple(sorted(waiting, key=OwedToday.order)),
            at=at,
        )


def _today(
    item: Owed,
    procedure: Procedure,
    acts: Sequence[Envelope],
    *,
    known: Collection[str],
    calendars: Mapping[str, Calendar],
    at: datetime,
) -> OwedToday:
    bound = bound_of(procedure, item)
    party = owner(item, acts)
    owners: tuple[PartyId, ...] = (PartyId(party),) if party else ()
    if item.seat == MONITOR:
        owners = (PartyId(str(acts[0].facts.get("monitor"))),)
    elif item.seat == COLLECTOR:
        owners = (acts[0].by.party,)
    named = tuple(one for one in owners if one in known)
    clock = procedure.clocks.get(item.code)
    counted = days_by(clock, calendars.get(item.calendar))
    return OwedToday(item, item.seat, named, bound, left_of(item, at, bound, counted))


def bound_of(procedure: Procedure, item: Owed) -> Bound:
    """Return what the date of an owed act means. A period that no act meets only ends then."""
    clock = procedure.clocks.get(item.code)
    if clock is None:
        return Bound.AT_LATEST
    return clock.bound if clock.met_by else Bound.NOT_BEFORE
