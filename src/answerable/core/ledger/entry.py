"""What the ledger holds for one act: a fixed prefix and a commitment, and nothing else."""

from answerable.core.errors import Malformed

HASH_LENGTH = 32
ENTRY_PREFIX = b"answerable/v1\n"


class ForeignEntry(Malformed):
    """An entry is not ``answerable/v1``, a line feed and 32 bytes."""

    code = "foreign-entry"


class NotACommitment(Malformed):
    """A commitment is not 32 bytes."""

    code = "not-a-commitment"


def entry_of(commitment: bytes) -> bytes:
    """Return the entry that the ledger holds for a commitment: 46 bytes."""
    if len(commitment) != HASH_LENGTH:
        raise NotACommitment(f"expected 32 bytes, got {len(commitment)}", length=len(commitment))
    return ENTRY_PREFIX + commitment


def commitment_of(entry: bytes) -> bytes:
    """Return the commitment in an entry."""
    if len(entry) != len(ENTRY_PREFIX) + HASH_LENGTH or not entry.startswith(ENTRY_PREFIX):
        raise ForeignEntry("not an entry of answerable/v1", length=len(entry))
    return entry[len(ENTRY_PREFIX) :]
