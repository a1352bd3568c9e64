"""Which monitor's procedure holds for a proceeding, and what an act does to its clocks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from answerable.casework.procedures import UnknownProcedure
from answerable.casework.ruling import Ruling, dated, local
from answerable.core.acts import Draft, Envelope, Json
from answerable.core.calendars import EVERY_DAY, Calendar
from answerable.core.case.dated import Dated
from answerable.core.happened import EVENT_RECORDED
from answerable.core.mechanism import Mechanism
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure, ProcedureKind
from answerable.core.proceeding.acts.sending import SENT
from answerable.core.proceeding.clocking import debts, step_of


@dataclass(frozen=True, slots=True)
class RulesOfProceedings:
    """A monitor's rules, read as the rules of cases are; and the debts among the bodies."""

    ruling: Ruling

    def named(self, mechanism: Mechanism, name: str) -> Procedure:
        """Return the monitor's procedure of this name, the latest version where none is named.

        Raises:
            UnknownProcedure: there is none, or it is one for cases.
        """
        procedure = self.ruling.named(mechanism, name)
        if procedure.kind is not ProcedureKind.PROCEEDING:
            shipped = self.ruling.procedures.shipped()
            known = [one.name for one in shipped if one.kind is ProcedureKind.PROCEEDING]
            raise UnknownProcedure(name, found=name, known=", ".join(known), nearest=None)
        return procedure

    def of(self, mechanism: Mechanism, acts: Sequence[Envelope]) -> Procedure:
        """Return the procedure of a proceeding: the version under which it began."""
        return self.ruling.of_case(mechanism, acts)

    def day(self, procedure: Procedure) -> date:
        """Return what day it is where the monitor's procedure counts its days."""
        return self.ruling.day(procedure)

    def calendars(self, mechanism: Mechanism, procedure: Procedure) -> tuple[Calendar, Calendar]:
        """Return the calendars by which days are told: the mechanism's own, and the monitor's.

        Its own is that of the rules for cases, else the last that it installed.
        """
        theirs = self._first(mechanism, procedure)
        ours = self._first(mechanism, self.ruling.in_force(mechanism))
        installed = [one for one in self.ruling.installed(mechanism) if one.code != theirs.code]
        return (installed[-1] if ours == EVERY_DAY and installed else ours), theirs

    def _first(self, mechanism: Mechanism, procedure: Procedure) -> Calendar:
        found = self.ruling.calendars(mechanism, procedure)
        return next(iter(found.values()), EVERY_DAY)

    def with_clocks(
        self,
        draft: Draft,
        mechanism: Mechanism,
        *,
        acts: Sequence[Envelope],
        owed: Sequence[Owed],
    ) -> Draft:
        """Return a draft whose facts say which clocks and debts it starts, meets and moves."""
        ruling, procedure = self.ruling, self._procedure(draft, mechanism, acts)
        clocks = ruling.clocks(mechanism, procedure)
        new = self._dated(procedure, draft, len(acts) + 1, ruling.now())
        before = [self._dated(procedure, act, act.sequence, act.at) for act in acts]
        touched: dict[str, list[Json]] = {}
        for told in (clocks.facts(before, new, owed) or {}, debts(step_of(draft), acts, owed)):
            for name, entries in told.items():
                if isinstance(entries, list) and entries:
                    touched[name] = [*touched.get(name, ()), *entries]
        facts: dict[str, Json] = {name: [*entries] for name, entries in touched.items()}
        return replace(draft, facts={**draft.facts, "clocks": facts}) if facts else draft

    def dated(self, procedure: Procedure, acts: Sequence[Envelope]) -> list[Dated]:
        """Return acts as the monitor's clocks see them."""
        return [self._dated(procedure, act, act.sequence, act.at) for act in acts]

    def _procedure(self, draft: Draft, mechanism: Mechanism, acts: Sequence[Envelope]) -> Procedure:
        if acts:
            return self.of(mechanism, acts)
        return self.named(mechanism, str(draft.facts["procedure"]))

    def _dated(self, procedure: Procedure, act: Draft | Envelope, sequence: int, at: int) -> Dated:
        one = dated(act, sequence, local(at, procedure))
        event = None
        if act.act == SENT and procedure.answer:
            # To send the response is the step by which the monitor's procedure is answered.
            event = procedure.answer
            one = one._replace(codes=(*one.codes, event))
        elif act.act == EVENT_RECORDED:
            event = one.codes[-1]
        declared = procedure.events.get(event) if event else None
        # Who records a step is not who took it: the procedure says whose step it is.
        return one._replace(seat=declared.by[0]) if declared and declared.by else one
