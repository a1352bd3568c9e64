"""Signatures in a register: each fits its act, and is by a key that the register names."""

from dataclasses import dataclass, field

from answerable.core.acts import Envelope
from answerable.core.errors import Fact
from answerable.core.invariants.signatures import KeysSeen
from answerable.core.invariants.view import UNUSABLE
from answerable.core.ledger.keys import Verify
from answerable.core.opening import Opened
from answerable.core.signed_act import fits


@dataclass(slots=True)
class SignedShown:
    """The signed acts of a register. The mechanism's own acts name the keys, and come late.

    ``ledgers`` are the ledgers with the position at which each begins, in their order.
    """

    verify: Verify
    ledgers: list[tuple[int, str]] = field(default_factory=list)
    _keys: KeysSeen = field(default_factory=KeysSeen)
    _signed: list[Envelope] = field(default_factory=list)

    def begin(self, position: int, origin: str) -> None:
        """Learn that a ledger begins at this position."""
        self.ledgers.append((position, origin))

    def fits(self, position: int, act: Envelope, opened: Opened) -> bool:
        """Whether the signature of an act is one of its content; its key is looked at later."""
        try:
            self._keys.take(act)
        except UNUSABLE:
            return False
        if act.signature is None:
            return True
        self._signed.append(act)
        origin = next(name for first, name in reversed(self.ledgers) if first <= position)
        return fits(act.signature, origin, opened.content_digests, self.verify)

    def of_no_key(self) -> list[dict[str, Fact]]:
        """Return the acts that were signed with a key that their body did not have then."""
        return [
            {"number": act.receipt_number, "party": act.by.party}
            for act in self._signed
            if not self._keys.may_sign(act)
        ]
