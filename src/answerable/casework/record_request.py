"""A monitor's request is recorded: it opens a proceeding, with its points and its original."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from answerable.casework.asked_request import Asking, RequestAgain, facts_of
from answerable.casework.deciding import decide
from answerable.casework.exhibits import Exhibits
from answerable.casework.ports import Issued, Ledger, Random
from answerable.casework.reading import Reading
from answerable.casework.rules_of_proceedings import RulesOfProceedings
from answerable.casework.sealing import Sealing
from answerable.casework.signing import signed_first
from answerable.core.act_days import require_come
from answerable.core.acts import Draft
from answerable.core.case.rules import NotThisSeat, SeatNotHeld, require_entry
from answerable.core.docket import Change, Kind, NewDocket, Unit, UnitKey
from answerable.core.errors import Refusal
from answerable.core.mechanism import Mechanism
from answerable.core.proceeding.acts.kind import ANSWERING
from answerable.core.proceeding.acts.outcome import RELIED_ON
from answerable.core.proceeding.acts.request import REQUESTED
from answerable.core.proceeding.now import proceeding_of
from answerable.core.proceeding.publication import PUBLISHES
from answerable.core.proceeding.request import MOST_POINTS, READERS
from answerable.core.seats import MONITOR


class NotAMonitor(Refusal):
    """Who is said to have asked does not sit in the monitor's seat."""

    code = "not-a-monitor"


class NoPoints(Refusal):
    """A request has at least one point, and no more than a list of points has."""

    code = "no-points"


class NothingLeftOpen(Refusal):
    """The proceeding before it left nothing open that another round could go on with."""

    code = "nothing-left-open"


@dataclass(frozen=True, slots=True)
class RecordRequest:
    """Opens a proceeding. Who records the request collects the one answer to it."""

    ledger: Ledger
    reading: Reading
    rules: RulesOfProceedings
    exhibits: Exhibits
    random: Random

    def __call__(self, asking: Asking, *, request: UUID) -> Issued:
        """Record the request, and return its act with the receipt.

        Raises:
            UnknownProcedure: no such procedure is installed or shipped for proceedings.
            Problem: the original cannot be read; nothing was recorded.
            Refusal: a rule says no; nothing was written.
        """
        key = UnitKey(request)
        sealing = Sealing(self.exhibits, self.random, asking.original)

        def unit() -> Unit:
            mechanism = self.reading.mechanism()
            draft = sealing.into(self._draft(mechanism, asking))
            draft = signed_first(draft, asking.key, self.ledger, Kind.PROCEEDING)
            return Unit(key, (Change(NewDocket(Kind.PROCEEDING), (draft,)),))

        with sealing.holding():
            return decide(self.ledger, key, unit).acts[0]

    def known(self, asking: Asking, *, request: UUID) -> Issued | None:
        """Return the request that was recorded with this key before, None where none was.

        Raises:
            ActDiffers: with this key something else was done.
        """
        key = UnitKey(request)
        known = self.ledger.known([key]).get(key)
        if known is None:
            return None
        return RequestAgain(self.reading, asking).require_same(known.acts[0])

    def open_points(self, number: str) -> Mapping[int, str]:
        """Return what a round left open: its points, each with its text.

        Open is what the monitor neither withdrew nor did without: what it relied on goes on, and
        what it said nothing of.

        Raises:
            UnknownDocket: there is no such proceeding.
            NothingLeftOpen: with its number.
        """
        docket = self.reading.proceeding(number)
        first = self.reading.dockets.acts(docket.id)[0]
        texts = {item.path: str(item.value) for item in self.reading.content(first)}
        points = proceeding_of(docket.state).points
        left = {
            number: texts.get(f"points/{number}/text", "")
            for number, point in points.items()
            if point.conclusion in {"", RELIED_ON}
        }
        if not left:
            raise NothingLeftOpen(docket.number, number=docket.number)
        return left

    def _draft(self, mechanism: Mechanism, asking: Asking) -> Draft:
        self._require(mechanism, asking)
        procedure = self.rules.named(mechanism, asking.procedure)
        facts = {**facts_of(self.reading, asking), "procedure": procedure.name}
        if procedure.publishes:
            facts[PUBLISHES] = procedure.publishes
        draft = Draft(
            act=REQUESTED,
            by=asking.by,
            entered_by=asking.entered_by,
            secret=self.random(32),
            fields=(
                *asking.words(),
                *(item for one in asking.original for item in one.fields(READERS)),
            ),
            allegations=tuple(point.number for point in asking.request.points),
            facts=facts,
        )
        return self.rules.with_clocks(draft, mechanism, acts=(), owed=())

    def _require(self, mechanism: Mechanism, asking: Asking) -> None:
        by, count = asking.by, len(asking.request.points)
        if by.seat not in ANSWERING:
            told = ", ".join(ANSWERING)
            raise NotThisSeat(f"{by.seat}", seat=by.seat, seats=told)
        if by.seat not in mechanism.party(by.party).seats:
            raise SeatNotHeld(f"{by.party} is not {by.seat}", party=by.party, seat=by.seat)
        if MONITOR not in mechanism.party(asking.monitor).seats:
            raise NotAMonitor(asking.monitor, party=asking.monitor)
        require_entry(by.party, asking.entered_by, asking.evidence)
        signer = None if asking.key is None else asking.key.public
        mechanism.require_signer(by.party, signer)
        if not 1 <= count <= MOST_POINTS:
            raise NoPoints(f"{count} points", found=count, limit=MOST_POINTS)
        procedure = self.rules.named(mechanism, asking.procedure)
        require_come(asking.received_on, self.rules.day(procedure))
        if asking.follows:
            self.open_points(asking.follows)
