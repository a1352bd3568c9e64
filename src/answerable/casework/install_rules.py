"""A mechanism gives itself a procedure or a calendar: an act that first tells what it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from answerable.casework.deciding import decide, on_docket, on_mechanism
from answerable.casework.found_mechanism import EVERYONE
from answerable.casework.ports import Dockets, Issued, Ledger, Random
from answerable.casework.reading import Reading
from answerable.casework.rules_of_proceedings import RulesOfProceedings
from answerable.casework.ruling import Ruling
from answerable.core.acts import ActCode, Draft, Field, Json
from answerable.core.calendars import Calendar
from answerable.core.case.clocking import Clocks
from answerable.core.case.now import case_of
from answerable.core.docket import Change, Docket, Kind, Unit, UnitKey
from answerable.core.errors import Refusal
from answerable.core.mechanism import (
    CALENDAR_INSTALLED,
    CLOCKS_MOVED,
    OPERATOR,
    PROCEDURE_INSTALLED,
    Mechanism,
)
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure


class ProcedureInstalled(Refusal):
    """The version of the procedure is installed already; a change of rules is a new version."""

    code = "procedure-installed"


@dataclass(frozen=True, slots=True)
class Move:
    """A date that a new calendar moves: on which docket, which clock, from when to when.

    ``titles`` are what the rules of the docket call the clock, by language.
    """

    docket: Docket
    owed: Owed
    titles: Mapping[str, str]
    entry: dict[str, Json]

    @property
    def to(self) -> str | None:
        due = self.entry["due"]
        return due if isinstance(due, str) else None


@dataclass(frozen=True, slots=True)
class InstallRules:
    """Installs what was read already: the file's own text is what the ledger keeps."""

    ledger: Ledger
    dockets: Dockets
    reading: Reading
    ruling: Ruling
    proceedings: RulesOfProceedings
    random: Random

    def procedure(self, procedure: Procedure, text: str, *, request: UUID) -> Issued:
        """Install a procedure: it holds for cases that begin from its day on.

        Raises:
            ProcedureInstalled: this version is there.
        """
        key = UnitKey(request)

        def unit() -> Unit:
            mechanism = self.reading.mechanism()
            if procedure.name in map(self.ruling.name_of, mechanism.procedures):
                raise ProcedureInstalled(procedure.name, procedure=procedure.name)
            facts: dict[str, Json] = {"procedure": procedure.name}
            draft = self._draft(PROCEDURE_INSTALLED, facts, text)
            return Unit(key, (on_mechanism(mechanism, draft),))

        return decide(self.ledger, key, unit).acts[0]

    def moves(self, calendar: Calendar) -> Sequence[Move]:
        """Return every date that this calendar would move: of each case, then each proceeding."""
        mechanism = self.reading.mechanism()
        return [
            move
            for kind in (Kind.CASE, Kind.PROCEEDING)
            for docket in self.dockets.dockets(kind)
            for move in self._moves_of(mechanism, docket, calendar)
        ]

    def calendar(self, calendar: Calendar, text: str, *, request: UUID) -> Issued:
        """Install a calendar, and move every date that it moves, all in one."""
        key = UnitKey(request)

        def unit() -> Unit:
            mechanism = self.reading.mechanism()
            facts: dict[str, Json] = {"calendar": calendar.name}
            draft = self._draft(CALENDAR_INSTALLED, facts, text)
            moved: dict[int, list[Move]] = {}
            for move in self.moves(calendar):
                moved.setdefault(move.docket.id, []).append(move)
            changes = [self._moved(moves, calendar) for moves in moved.values()]
            return Unit(key, (on_mechanism(mechanism, draft), *changes))

        return decide(self.ledger, key, unit).acts[0]

    def _moves_of(self, mechanism: Mechanism, docket: Docket, calendar: Calendar) -> list[Move]:
        owed = [item for item in self.dockets.owed(docket.id) if item.met_by is None]
        is_case = docket.kind is Kind.CASE
        if is_case and case_of(docket.state).erased:
            return []
        if not any(item.calendar.partition("@")[0] == calendar.code for item in owed):
            return []
        acts = self.reading.envelopes(docket)
        procedure = self.ruling.of_case(mechanism, acts)
        calendars = {**self.ruling.calendars(mechanism, procedure), calendar.code: calendar}
        dated = (self.ruling if is_case else self.proceedings).dated(procedure, acts)
        clocks = Clocks(procedure, calendars)
        return [
            Move(docket, item, procedure.clocks[item.code].titles, entry)
            for item in owed
            for entry in clocks.moved_dates(dated, [item])
        ]

    def _moved(self, moves: Sequence[Move], calendar: Calendar) -> Change:
        entries: list[Json] = [move.entry for move in moves]
        facts: dict[str, Json] = {"calendar": calendar.name, "clocks": {"moves": entries}}
        draft = Draft(act=CLOCKS_MOVED, by=OPERATOR, secret=self.random(32), facts=facts)
        return on_docket(moves[0].docket, draft)

    def _draft(self, act: ActCode, facts: dict[str, Json], text: str) -> Draft:
        return Draft(
            act=act,
            by=OPERATOR,
            secret=self.random(32),
            fields=(Field("rules/file", text, EVERYONE),),
            facts=facts,
        )
