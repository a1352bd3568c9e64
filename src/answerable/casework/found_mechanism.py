"""The first act of a ledger: the mechanism, its name, and who runs its server."""

from dataclasses import dataclass
from uuid import UUID

from answerable.casework.ports import Issued, Ledger, Random
from answerable.core.acts import Draft, Field
from answerable.core.docket import Change, Kind, NewDocket, Unit, UnitKey
from answerable.core.mechanism import FOUNDED, OPERATOR

EVERYONE = ("complainant", "secretariat", "member", "monitor", "public")


@dataclass(frozen=True, slots=True)
class FoundMechanism:
    """Founds the mechanism on its own docket. Once."""

    ledger: Ledger
    random: Random

    def __call__(self, name: str, *, host: str, request: UUID) -> Issued:
        draft = Draft(
            act=FOUNDED,
            by=OPERATOR,
            secret=self.random(32),
            fields=(Field("mechanism/name", name, EVERYONE),),
            facts={"host": host},
        )
        unit = Unit(UnitKey(request), (Change(NewDocket(Kind.MECHANISM), (draft,)),))
        outcome = self.ledger.append([unit])[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome.acts[0]
