"""Which cases a register tells act by act, and which as a silhouette only."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from answerable.casework.ports import ActOnFile, Dockets
from answerable.core.acts import Envelope
from answerable.core.docket import DocketId, UnknownDocket
from answerable.core.register.protected import Protected, is_protected
from answerable.core.register.showing import is_tellable


def is_told(acts: Sequence[Envelope], protected: Protected) -> bool:
    """Whether the register shows a case, and not a silhouette only."""
    return not is_protected(acts[0].docket, protected) and is_tellable(acts)


@dataclass(frozen=True, slots=True)
class ToldCases:
    """Answers by a case's number, for a register of so many entries. Each case is read once."""

    dockets: Dockets
    protected: Protected
    size: int
    _known: dict[str, bool] = field(default_factory=dict, repr=False)

    def __call__(self, number: str) -> bool:
        if number not in self._known:
            self._known[number] = False
            with suppress(UnknownDocket):
                self.acts(self.dockets.docket(number).id)
        return self._known[number]

    def acts(self, docket: DocketId) -> list[ActOnFile]:
        """Return the acts of a case that are in the register's ledger.

        What came after its checkpoint waits for the next register.
        """
        acts = [act for act in self.dockets.acts(docket) if act.position < self.size]
        if acts:
            envelopes = [act.kept.envelope for act in acts]
            self._known[envelopes[0].docket] = is_told(envelopes, self.protected)
        return acts
