"""Which procedure holds for a case, on which calendars, and what its clocks make of an act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from answerable.casework.ports import Clock
from answerable.casework.procedures import Checked, Procedures
from answerable.core.acts import ActCode, Draft, Envelope
from answerable.core.calendars import Calendar
from answerable.core.case.act_codes import SUBMITTED
from answerable.core.case.acts.answers import ANSWER_READ
from answerable.core.case.acts.citing import acts_of
from answerable.core.case.acts.windows import windows_in
from answerable.core.case.clocking import Clocks
from answerable.core.case.dated import ENTERED, Dated, events_of_lodging
from answerable.core.case.splits import every_allegation, made_by
from answerable.core.errors import Broken
from answerable.core.happened import EVENT_RECORDED
from answerable.core.mechanism import Mechanism
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure, ProcedureKind
from answerable.core.seats import COMPLAINANT

T = TypeVar("T")

SENT_BACK = frozenset({"upheld", "upheld-in-part"})
"""The results of a contest after which an allegation is examined again."""

PLAIN = "plain"
"""The procedure of a mechanism that has given itself none."""


class RulesUnreadable(Broken):
    """A procedure or a calendar that was installed cannot be read by this version."""

    code = "rules-unreadable"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules in force, read from the acts of the mechanism's own docket."""

    procedures: Procedures
    now: Clock
    # A text is read once in a process: the rules of a mechanism are few, and its acts are many.
    _procedures: dict[str, Procedure] = field(default_factory=dict, repr=False)
    _calendars: dict[str, Calendar] = field(default_factory=dict, repr=False)

    def in_force(self, mechanism: Mechanism) -> Procedure:
        """Return the procedure under which a case begins now.

        Each is in force from midnight where it counts its days.
        """
        installed = [
            one
            for text in mechanism.procedures
            if (one := self._read(text)).kind is ProcedureKind.CASE
        ]
        in_force = [one for one in installed if (one.in_force_from or date.min) <= self.day(one)]
        return in_force[-1] if in_force else self.procedures.procedure(PLAIN, self._day_in_utc())

    def named(self, mechanism: Mechanism, name: str) -> Procedure:
        """Return a procedure by ``id@version``, or ``id``: the last installed, else shipped.

        Raises:
            UnknownProcedure: there is none.
        """
        for text in reversed(mechanism.procedures):
            procedure = self._read(text)
            if name in {procedure.name, procedure.id}:
                return procedure
        return self.procedures.procedure(name, self._day_in_utc())

    def of_case(self, mechanism: Mechanism, acts: Sequence[Envelope]) -> Procedure:
        """Return the procedure under which a case began: a later one does not change it."""
        name = str(acts[0].facts.get("procedure", PLAIN))
        for text in mechanism.procedures:
            procedure = self._read(text)
            if procedure.name == name:
                return procedure
        return self.procedures.procedure(name, date.max)

    def windows(self, mechanism: Mechanism) -> frozenset[str]:
        """Return the codes of the clocks of which nobody is late, by all rules of a mechanism."""
        return windows_in([self._read(text) for text in mechanism.procedures])

    def calendars(self, mechanism: Mechanism, procedure: Procedure) -> Mapping[str, Calendar]:
        """Return the calendars of a procedure: the last installed, else those that are shipped."""
        wanted = {clock.counting.calendar for clock in procedure.clocks.values()} - {""}
        installed = {one.code: one for one in self.installed(mechanism)}
        return {
            code: installed.get(code) or self.procedures.calendar(code) for code in sorted(wanted)
        }

    def installed(self, mechanism: Mechanism) -> Sequence[Calendar]:
        """Return the calendars that a mechanism installed, the last one last."""
        return [self._calendar(text) for text in mechanism.calendars]

    def by_name(self, mechanism: Mechanism, procedure: Procedure) -> Mapping[str, Calendar]:
        """Return every calendar by which a date of this procedure can have been counted."""
        known = (*self.installed(mechanism), *self.calendars(mechanism, procedure).values())
        return {one.name: one for one in known}

    def clocks(self, mechanism: Mechanism, procedure: Procedure) -> Clocks:
        return Clocks(procedure, self.calendars(mechanism, procedure))

    def day(self, procedure: Procedure) -> date:
        """Return what day it is where the procedure counts its days."""
        return local(self.now(), procedure).date()

    def with_clocks(
        self, draft: Draft, clocks: Clocks, *, acts: Sequence[Envelope], owed: Sequence[Owed]
    ) -> Draft:
        """Return a draft whose facts say which clocks it starts, meets, moves and widens."""
        procedure = clocks.procedure
        sequence = len(acts) + 1
        made = made_by((*acts, draft)).get(sequence, ())
        new = dated(draft, sequence, local(self.now(), procedure), made)
        touched = clocks.facts(self.dated(procedure, acts), new, owed, every_allegation(acts))
        return (
            draft if touched is None else replace(draft, facts={**draft.facts, "clocks": touched})
        )

    def dated(self, procedure: Procedure, acts: Sequence[Envelope]) -> list[Dated]:
        """Return acts as clocks see them."""
        made = made_by(acts)
        return [
            dated(act, act.sequence, local(act.at, procedure), made.get(act.sequence, ()))
            for act in acts
        ]

    def _day_in_utc(self) -> date:
        return datetime.fromtimestamp(self.now() / 1000, UTC).date()

    def name_of(self, text: str) -> str:
        """Return the name of an installed procedure."""
        return self._read(text).name

    def _read(self, text: str) -> Procedure:
        if text not in self._procedures:
            checked = self.procedures.read_procedure(text.encode(), "installed.yaml", None)
            self._procedures[text] = _usable(checked)
        return self._procedures[text]

    def _calendar(self, text: str) -> Calendar:
        if text not in self._calendars:
            checked = self.procedures.read_calendar(text.encode(), "installed.yaml")
            self._calendars[text] = _usable(checked)
        return self._calendars[text]


def dated(act: Draft | Envelope, sequence: int, at: datetime, made: tuple[int, ...] = ()) -> Dated:
    """Return an act as clocks see it, with the events that it also is."""
    is_lodged = act.act == SUBMITTED
    codes = [*events_of_lodging(act.facts.get("host"))] if is_lodged else [act.act]
    if act.entered_by is not None:
        codes.append(ENTERED)
    if act.act == ANSWER_READ or (act.act == "opened" and act.by.seat == COMPLAINANT):
        codes.append(ActCode("finding-delivered"))
    sent_back = act.act == "contest-decided" and act.facts.get("result") in SENT_BACK
    # Both put an allegation back under examination, and an answer to it is owed anew.
    if sent_back or act.act == "finding-superseded":
        codes.append(ActCode("reopened"))
    on = None
    if act.act == EVENT_RECORDED:
        codes.append(ActCode(str(act.facts["event"])))
        on = date.fromisoformat(str(act.facts["on"]))
    until = act.facts.get("until")
    day = date.fromisoformat(until) if isinstance(until, str) else None
    # A disposition answers a concern or a request: it pays nothing that is owed on an allegation.
    allegations = (0,) if act.act == "disposition-given" else act.allegations
    return Dated(
        tuple(codes),
        sequence,
        at,
        allegations,
        day,
        act.by.seat,
        clock=str(act.facts.get("clock", "")),
        made=made,
        cites=acts_of(act),
        on=on,
    )


def local(at: int, procedure: Procedure) -> datetime:
    """Return an instant where a procedure counts its days."""
    instant = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=at)
    return instant.astimezone(ZoneInfo(procedure.time_zone))


def _usable(checked: Checked[T]) -> T:
    if checked.value is None:
        raise RulesUnreadable("installed rules cannot be read") from checked.faults[0]
    return checked.value
