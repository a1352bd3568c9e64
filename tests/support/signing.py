"""Keys of parties in tests: the same on every machine."""

from hashlib import sha256
from uuid import uuid4

from answerable.casework.keep_party_keys import KeepPartyKeys
from answerable.core.signed_act import PartyKey
from answerable.keys import ed25519
from tests.support.at_work import AtWork


def key_of(label: str) -> PartyKey:
    """Return a key that has this name in a test."""
    seed = sha256(f"answerable test party key {label}".encode()).digest()
    return PartyKey(ed25519.public_of(seed), lambda message: ed25519.sign(seed, message))


def keep_keys(work: AtWork) -> KeepPartyKeys:
    return KeepPartyKeys(work.store.ledger, work.reading, work.store.tools.random)


def give_key(work: AtWork, party: str, label: str = "") -> PartyKey:
    """Register a key for a party, and return it."""
    key = key_of(label or party)
    keep_keys(work).register(party, key.public, request=uuid4())
    return key
