"""The keys of parties: which of them is in force when, by acts on the mechanism's own docket.

A party has one key in force at most. What was signed with a key while it was in force stays signed,
whatever becomes of the key.
"""

from dataclasses import dataclass, replace
from typing import Final

from answerable.core.acts import ActCode, Envelope, PartyId
from answerable.core.errors import Refusal

KEY_REGISTERED: Final = ActCode("party-key-registered")
KEY_REPLACED: Final = ActCode("party-key-replaced")
KEY_RETIRED: Final = ActCode("party-key-retired")
KEY_ACTS: Final = frozenset((KEY_REGISTERED, KEY_REPLACED, KEY_RETIRED))

PUBLIC: Final = "public"
"""The fact of a key's act that is there, and true, where the party is a body: everyone reads it."""

REASONS: Final = ("lost", "stolen", "not-used")
"""Why a key is retired: in codes, since the envelope keeps it for ever."""

REPLACED: Final = "replaced"

GRACE: Final = 60_000
"""Milliseconds for which a check takes a key after it ended: an act that was decided on just before
may have been appended just after."""


class KeyTaken(Refusal):
    """The key was registered here before, for this party or another: one key means one party."""

    code = "key-taken"


class KeyInForce(Refusal):
    """The party has a key in force: it is replaced by another, not joined by one."""

    code = "key-in-force"


class NoPartyKey(Refusal):
    """The party has no key in force: nothing can be signed, replaced or retired."""

    code = "no-party-key"


class PastPartyKey(Refusal):
    """The key was the party's, and is not any more; ``reason`` says what became of it."""

    code = "past-party-key"


class AnotherPartyKey(Refusal):
    """The act is signed with another key than the one that its party is known by."""

    code = "another-party-key"


class UnknownReason(Refusal):
    """A key is retired for one of the reasons that there are."""

    code = "unknown-reason"


@dataclass(frozen=True, slots=True)
class HeldKey:
    """A key of a party, from an instant, until another one once it is replaced or retired."""

    public: bytes
    since: int
    until: int | None = None
    reason: str = ""

    def is_in_force(self, at: int, *, grace: int = 0) -> bool:
        """Whether what is recorded at this instant may be signed with it."""
        return self.since <= at and (self.until is None or at <= self.until + grace)


Held = tuple[HeldKey, ...]
"""The keys of a party, in the order in which they began."""


def held_after(held: Held, envelope: Envelope) -> Held:
    """Return the keys of a party after an act that is about one of them."""
    facts, at = envelope.facts, envelope.at
    is_over = envelope.act == KEY_RETIRED
    ends = facts["key"] if is_over else facts.get("former")
    if ends is not None and not any(one.public.hex() == ends for one in held):
        # It was given when the party was added, by a version that kept it as content alone.
        held = (*held, HeldKey(bytes.fromhex(str(ends)), 0))
    ended = _ended(held, at, str(facts["reason"]) if is_over else REPLACED)
    return ended if is_over else (*ended, HeldKey(bytes.fromhex(str(facts["key"])), at))


def key_in(held: Held) -> bytes | None:
    """Return the key that is in force, None where there is none."""
    return next((one.public for one in held if one.until is None), None)


def require_signer(party: PartyId, key: bytes | None, held: Held, public: bytes) -> None:
    """Return if a party may sign an act with this public key now; ``key`` is the one in force.

    Raises:
        PastPartyKey, NoPartyKey, AnotherPartyKey: with the party.
    """
    if key == public:
        return
    past = next((one for one in held if one.public == public), None)
    if past is not None:
        raise PastPartyKey(f"a past key of {party}", party=party, reason=past.reason)
    if key is None:
        raise NoPartyKey(f"{party} has no key", party=party)
    raise AnotherPartyKey(f"not the key of {party}", party=party)


def _ended(held: Held, at: int, reason: str) -> Held:
    return tuple(
        replace(one, until=at, reason=reason) if one.until is None else one for one in held
    )
