"""Keys of parties are registered, replaced and retired by acts on the mechanism's own docket."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from answerable.casework.deciding import decide, on_mechanism
from answerable.casework.ports import Issued, Ledger, Random
from answerable.casework.reading import Reading
from answerable.core.acts import ActCode, Draft, Json
from answerable.core.docket import Unit, UnitKey
from answerable.core.mechanism import OPERATOR, Mechanism, Party
from answerable.core.party_keys import (
    KEY_REGISTERED,
    KEY_REPLACED,
    KEY_RETIRED,
    PUBLIC,
    REASONS,
    KeyInForce,
    KeyTaken,
    NoPartyKey,
    UnknownReason,
)

Facts = dict[str, Json]


@dataclass(frozen=True, slots=True)
class KeepPartyKeys:
    """Says from when on which key is a party's. Nobody may say so of an hour that is over."""

    ledger: Ledger
    reading: Reading
    random: Random

    def register(self, party: str, key: bytes, *, request: UUID) -> Issued:
        """Record the first key of a party, or the next one after another was retired.

        Raises:
            KeyInForce, KeyTaken, UnknownParty: nothing was recorded.
        """

        def facts(mechanism: Mechanism, found: Party) -> Facts:
            if found.key is not None:
                raise KeyInForce(f"{found.id} has a key", party=found.id)
            require_new(mechanism, key)
            return {"key": key.hex()}

        return self._recorded(KEY_REGISTERED, party, facts, request)

    def replace(self, party: str, key: bytes, *, request: UUID) -> Issued:
        """Record that another key takes the place of the one in force.

        Raises:
            NoPartyKey, KeyTaken, UnknownParty: nothing was recorded.
        """

        def facts(mechanism: Mechanism, found: Party) -> Facts:
            former = _in_force(found)
            require_new(mechanism, key)
            return {"key": key.hex(), "former": former.hex()}

        return self._recorded(KEY_REPLACED, party, facts, request)

    def retire(self, party: str, reason: str, *, request: UUID) -> Issued:
        """Record that the key in force is a party's no more, and why.

        Raises:
            NoPartyKey, UnknownReason, UnknownParty: nothing was recorded.
        """

        def facts(_: Mechanism, found: Party) -> Facts:
            if reason not in REASONS:
                raise UnknownReason(reason, reason=reason, known=", ".join(REASONS))
            return {"key": _in_force(found).hex(), "reason": reason}

        return self._recorded(KEY_RETIRED, party, facts, request)

    def _recorded(
        self,
        act: ActCode,
        party: str,
        facts: Callable[[Mechanism, Party], Facts],
        request: UUID,
    ) -> Issued:
        def unit() -> Unit:
            mechanism = self.reading.mechanism()
            found = mechanism.party(party)
            told: Facts = {"party": found.id, **facts(mechanism, found)}
            if found.is_body:
                told[PUBLIC] = True
            draft = Draft(act=act, by=OPERATOR, secret=self.random(32), facts=told)
            return Unit(UnitKey(request), (on_mechanism(mechanism, draft),))

        return decide(self.ledger, UnitKey(request), unit).acts[0]


def require_new(mechanism: Mechanism, key: bytes) -> None:
    """Return if no party is or was known by this key.

    Raises:
        KeyTaken: with the party.
    """
    for party in mechanism.parties.values():
        if key == party.key or any(one.public == key for one in party.keys):
            raise KeyTaken(f"of {party.id}", party=party.id)


def _in_force(party: Party) -> bytes:
    if party.key is None:
        raise NoPartyKey(f"{party.id} has no key", party=party.id)
    return party.key
