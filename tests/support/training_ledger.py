"""An invented ledger, whose keys and entries are the same on every machine."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import (
    COSIGNATURE,
    ED25519,
    Signer,
    VerifierKey,
    cosigner,
    sign_note,
)
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.tree import Subtree, entry_of, inclusion_path, leaf_hash, root_of

ORIGIN = "training.example/xa"
MAY, JUNE, JULY = 1_778_544_845, 1_780_272_000, 1_782_864_000
"""2026-05-12T00:14:05Z, 2026-06-01T00:00:00Z and 2026-07-01T00:00:00Z."""


def private_key(label: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(
        sha256(f"answerable test key {label}".encode()).digest()
    )


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


class Key:
    """A key pair with the name it signs under."""

    def __init__(self, label: str, name: str, kind: int) -> None:
        self.private = private_key(label)
        self.verifier = VerifierKey.of(name, kind, self.private.public_key().public_bytes_raw())

    def signer(self) -> Signer:
        return Signer(self.verifier.name, self.verifier.key_id, self.private.sign)

    def at(self, seconds: int) -> Signer:
        return cosigner(self.verifier, seconds, self.private.sign)


LOG = Key("log", ORIGIN, ED25519)
NEW_LOG = Key("log, second", ORIGIN, ED25519)
OTHER_LOG = Key("log, other", "other.example/xb", ED25519)
TIME = Key("time", f"{ORIGIN}/time", COSIGNATURE)
NEW_TIME = Key("time, second", f"{ORIGIN}/time", COSIGNATURE)
NORTH = Key("north", "witness.north.example", COSIGNATURE)
SOUTH = Key("south", "witness.south.example/w", COSIGNATURE)
GREASE = Key("grease", "grease.example", ED25519)


def commitment(index: int) -> bytes:
    return sha256(f"answerable test commitment {index}".encode()).digest()


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(entry_of(commitment(index))) for index in range(size)]


def subtree_of(leaf_hashes: Sequence[bytes]) -> Subtree:
    """Return the subtrees of leaves held in a list, and refuse those that are not complete."""

    def subtree(level: int, n: int) -> bytes:
        within = leaf_hashes[n << level : (n + 1) << level]
        if len(within) != 1 << level:
            raise AssertionError(f"subtree {n} at level {level} is not complete")
        return root_of(within)

    return subtree


def checkpoint(size: int) -> Checkpoint:
    return Checkpoint(ORIGIN, size, root_of(leaves(size)))


def receipt(index: int, size: int, signers: Iterable[Signer]) -> Receipt:
    hashes = leaves(size)
    note = sign_note(Checkpoint(ORIGIN, size, root_of(hashes)).text(), tuple(signers))
    path = inclusion_path(index, size, subtree_of(hashes))
    return Receipt(commitment(index), index, tuple(path), note.encode())
