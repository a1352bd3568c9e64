"""A case as its pages show it: its acts, where it stands today, what is owed and what is late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from answerable.casework.ports import ActOnFile, Dockets
from answerable.casework.reading import Reading
from answerable.casework.ruling import Ruling
from answerable.core.acts import Envelope, PartyId, Seat
from answerable.core.calendars import Calendar
from answerable.core.case.acts.citing import acts_of, party_of
from answerable.core.case.acts.windows import is_owed, left_by
from answerable.core.case.dated import is_of_docket
from answerable.core.case.now import CaseNow, case_of
from answerable.core.case.standings import Place, standing_of, summary_of
from answerable.core.docket import Docket, Kind, UnknownDocket
from answerable.core.lateness import Left, late_actions
from answerable.core.mechanism import Mechanism
from answerable.core.owed import Owed
from answerable.core.procedure import Bound, Procedure
from answerable.core.seats import COMPLAINANT, HANDLER, MEMBER, SENDER

ENTRY = "entry-confirmation"


@dataclass(frozen=True, slots=True)
class OwedToday:
    """An owed act, the parties that owe it, and how far off its date is today.

    Of a window ``is_owed`` is False, and the parties are those for whom it stands open.
    """

    item: Owed
    seat: Seat
    owners: tuple[PartyId, ...]
    bound: Bound
    left: Left | None
    is_owed: bool = True

    @property
    def is_late(self) -> bool:
        return self.left is not None and self.left.late

    def order(self) -> tuple[int, str, tuple[int, str, int]]:
        """Late first, then by date, then what has none; what lapsed is no longer waited for."""
        if self.left is None:
            return 2, "", self.item.key
        rank = 0 if self.is_late else 3 if self.left.passed else 1
        return rank, self.item.due_on or "", self.item.key


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case today. ``open`` is what is owed and not met, in the order of its need.

    ``windows`` are no debts: what may be done for some days, or might have been.
    Of a case that was erased ``now`` is the instant of that, and ``open`` what was late then.
    """

    docket: Docket
    mechanism: Mechanism
    procedure: Procedure
    acts: Sequence[ActOnFile]
    envelopes: Sequence[Envelope]
    case: CaseNow
    owed: Sequence[Owed]
    open: tuple[OwedToday, ...]
    windows: tuple[OwedToday, ...]
    late_actions: frozenset[int]
    calendars: Mapping[str, Calendar]
    now: datetime

    def place(self, allegation: int) -> Place:
        return standing_of(self.case, allegation, late=self.late_actions)

    def summary(self) -> Place:
        return summary_of(self.case, late=self.late_actions)

    def owed_for(self, allegation: int) -> list[OwedToday]:
        """Return what is owed for an allegation; 0 is the case as a whole."""
        return [one for one in self.open if self._is_for(one.item, allegation)]

    def windows_for(self, allegation: int) -> list[OwedToday]:
        """Return the windows of the answers to an allegation."""
        return [one for one in self.windows if self._is_for(one.item, allegation)]

    def _is_for(self, item: Owed, allegation: int) -> bool:
        return not allegation if self._is_whole(item) else allegation in item.allegations

    def _is_whole(self, item: Owed) -> bool:
        """Whether something is owed once for the case: what pays it is about all of it."""
        clock = self.procedure.clocks.get(item.code)
        return not item.allegations or (clock is not None and is_of_docket(clock))

    def owners(self, seat: Seat | None, numbers: Sequence[int] = ()) -> tuple[PartyId, ...]:
        """Return the parties in a seat of this case, for some of its allegations or for all."""
        if seat in {COMPLAINANT, SENDER}:
            return (self.docket.party,)
        ones = [self.case.allegations[n] for n in numbers or self.case.allegations]
        if seat == HANDLER:
            named = [one.handler for one in ones]
        elif seat == MEMBER:
            named = [one.member or one.accused for one in ones]
        else:
            named = [party.id for party in self.mechanism.parties.values() if seat in party.seats]
        return tuple(dict.fromkeys(PartyId(party) for party in named if party))

    def today(self, item: Owed) -> "OwedToday":
        """Return an owed act with who owes it, and how far off its date is."""
        clock = self.procedure.clocks.get(item.code)
        bound = Bound.AT_LATEST if clock is None else clock.bound
        began = self.envelopes[item.started_by - 1]
        # Who answers an entry is its principal, in whatever seat that party did the act.
        entry = item.code == ENTRY and began.entered_by is not None
        seat = began.by.seat if entry else item.seat
        left = left_by(clock, item, self.now, self.calendars.get(item.calendar))
        return OwedToday(item, seat, self._owing(item), bound, left, is_owed(clock))

    def _owing(self, item: Owed) -> tuple[PartyId, ...]:
        began = self.envelopes[item.started_by - 1]
        if began.entered_by is not None and item.code == ENTRY:
            return (began.by.party,)
        # Who was asked, or whom a promise names, owes it; not every body of the mechanism.
        asked = party_of(began) if item.seat == MEMBER and began.act != "accepted" else ""
        return (PartyId(asked),) if asked else self.owners(item.seat, item.allegations)

    def first(self, *codes: str) -> Envelope | None:
        """Return the first act of these codes on the submission itself."""
        found = (a for a in self.envelopes if a.act in codes and 1 in (acts_of(a) or (1,)))
        return next(found, None)


@dataclass(frozen=True, slots=True)
class CaseViews:
    """Puts cases together for pages."""

    dockets: Dockets
    reading: Reading
    ruling: Ruling

    def of(self, docket: Docket, mechanism: Mechanism) -> CaseView:
        """Return a case as it is today.

        Raises:
            UnknownDocket: the docket is of another kind.
        """
        if docket.kind is not Kind.CASE:
            raise UnknownDocket(f"{docket.number} is no case", number=docket.number)
        acts = self.dockets.acts(docket.id)
        envelopes = [act.kept.envelope for act in acts]
        owed = self.dockets.owed(docket.id)
        procedure = self.ruling.of_case(mechanism, envelopes)
        zone = ZoneInfo(procedure.time_zone)
        case = case_of(docket.state)
        at = self.ruling.now()
        if case.erased:
            # Nothing is owed any more by people who cannot see it: told is what was, that day.
            at = min(at, envelopes[case.erased - 1].at)
        now = datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)
        view = CaseView(
            docket=docket,
            mechanism=mechanism,
            procedure=procedure,
            acts=acts,
            envelopes=envelopes,
            case=case,
            owed=owed,
            open=(),
            windows=(),
            late_actions=late_actions(envelopes, owed, procedure, now),
            calendars=self.ruling.by_name(mechanism, procedure),
            now=now,
        )
        waiting = (view.today(item) for item in owed if item.met_by is None)
        told = sorted((o for o in waiting if o.is_late or not case.erased), key=OwedToday.order)
        debts, windows = (tuple(o for o in told if o.is_owed is owed) for owed in (True, False))
        return replace(view, open=debts, windows=windows)
