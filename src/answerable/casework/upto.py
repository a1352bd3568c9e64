"""A proceeding up to one of its acts, as a response that was cleared there has it."""

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.casework.moments import Moment
from answerable.casework.ports import ActOnFile
from answerable.core.acts import Envelope
from answerable.core.docket import Docket
from answerable.core.mechanism import Mechanism
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure
from answerable.core.proceeding.cited_figures import FiguresThen
from answerable.core.proceeding.now import ProceedingNow


@dataclass(frozen=True, slots=True)
class Upto:
    """A proceeding up to one of its acts: what is in a response that was cleared there."""

    docket: Docket
    acts: Sequence[ActOnFile]
    now: ProceedingNow
    owed: tuple[Owed, ...]
    procedure: Procedure
    mechanism: Mechanism
    moment: Moment
    figures: FiguresThen

    @property
    def at(self) -> int:
        return self.acts[-1].kept.envelope.at

    @property
    def envelopes(self) -> list[Envelope]:
        return [act.kept.envelope for act in self.acts]

    def name(self, party: str) -> str:
        found = self.mechanism.parties.get(party)  # type: ignore[call-overload]
        return party if found is None or found.name is None else found.name
