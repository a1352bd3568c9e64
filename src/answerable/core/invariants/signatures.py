"""Signatures of parties: each fits the content of its act, and is by a key that was in force."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from answerable.core.acts import Envelope, PartyId
from answerable.core.invariants.view import (
    UNUSABLE,
    Finding,
    LedgerView,
    SeenAct,
    Signers,
    finding,
    place,
)
from answerable.core.mechanism import PARTY_ADDED, SEAT_GRANTED
from answerable.core.party_keys import GRACE, KEY_ACTS, Held, HeldKey, held_after
from answerable.core.record import Kept
from answerable.core.signed_act import fits

MECHANISM = "mechanism"


@dataclass(slots=True)
class KeysSeen:
    """The keys of parties, as far as envelopes of the mechanism's own docket tell them."""

    held: dict[PartyId, Held] = field(default_factory=dict)

    def take(self, envelope: Envelope) -> None:
        """Learn what an act says of a party's key.

        That a seat of a body was granted says again which key it has: a register shows that act,
        and not the one by which the party was added.
        """
        facts = envelope.facts
        if envelope.kind != MECHANISM or "key" not in facts:
            return
        party = PartyId(str(facts.get("party")))
        if envelope.act in KEY_ACTS:
            self.held[party] = held_after(self.held.get(party, ()), envelope)
        elif envelope.act in {PARTY_ADDED, SEAT_GRANTED} and party not in self.held:
            self.held[party] = (HeldKey(bytes.fromhex(str(facts["key"])), envelope.at),)

    def may_sign(self, envelope: Envelope) -> bool:
        """Whether the key of a signed act was its party's when the act was recorded.

        Of a party of whose keys no envelope tells anything, nothing is known here: an earlier
        version kept its key as content alone, and whoever gives no name signs with any.
        """
        held, signature = self.held.get(envelope.by.party, ()), envelope.signature
        return (
            signature is None
            or not held
            or any(
                key.public == signature.key and key.is_in_force(envelope.at, grace=GRACE)
                for key in held
            )
        )


class SignaturesFit:
    """Checks the signature of each act. The mechanism's own acts come first, and name the keys."""

    def __init__(self, view: LedgerView, signers: Signers | None) -> None:
        self._view, self._signers = view, signers
        self._keys = KeysSeen()

    def take(self, act: SeenAct) -> Iterator[Finding]:
        """Yield what is wrong with the signature of an act."""
        if act.kept is None:
            return
        try:
            wrong = [*self._wrong(act.position, act.kept)]
        except UNUSABLE:
            wrong = ["party-signature-differs"]
        for code in wrong:
            where = place(self._view, act.position)
            yield finding(code, **where, number=act.kept.envelope.receipt_number)

    def _wrong(self, position: int, kept: Kept) -> Iterator[str]:
        self._keys.take(kept.envelope)
        if not self._fits(position, kept):
            yield "party-signature-differs"
        if not self._keys.may_sign(kept.envelope):
            yield "party-key-not-in-force"

    def _fits(self, position: int, kept: Kept) -> bool:
        signature = kept.envelope.signature
        if signature is None or self._signers is None:
            return True
        origin = self._origin(position)
        return fits(signature, origin, kept.content_digests, self._signers.verify)

    def _origin(self, position: int) -> str:
        holding = [one for one in self._view.ledgers() if one.first <= position]
        return max(holding, key=lambda one: one.number).origin
