"""A party's own key: one small file that the party keeps, and nobody else."""

import os
import re
from pathlib import Path

from answerable.core.errors import Malformed
from answerable.keys import ed25519

HEADER = "answerable party key v1: keep this file to yourself"
_FORM = re.compile(rf"{re.escape(HEADER)}\n([0-9a-f]{{64}})\n")


class PartyKeyUnreadable(Malformed):
    """A file is no party key."""

    code = "party-key-unreadable"


def write_party_key(path: Path, seed: bytes) -> bytes:
    """Write a new key file, which must not exist yet, and return the public key."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as target:
        target.write(f"{HEADER}\n{seed.hex()}\n")
    return ed25519.public_of(seed)


def read_party_key(path: Path) -> bytes:
    """Return the 32-byte seed that a key file holds.

    Raises:
        PartyKeyUnreadable: the file is not there, or is something else.
    """
    try:
        found = _FORM.fullmatch(path.read_text(encoding="ascii"))
    except (OSError, UnicodeDecodeError):
        found = None
    if found is None:
        raise PartyKeyUnreadable("not a party key", path=path.name)
    return bytes.fromhex(found.group(1))
