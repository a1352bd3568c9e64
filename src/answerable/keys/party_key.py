"""A party's own key: one small file that the party keeps, and nobody else."""

import re
from pathlib import Path

from answerable.core.errors import Malformed

HEADER = "answerable party key v1: keep this file to yourself"
_FORM = re.compile(rf"{re.escape(HEADER)}\n([0-9a-f]{{64}})\n")


class PartyKeyUnreadable(Malformed):
    """A file is no party key."""

    code = "party-key-unreadable"


def party_key_file(seed: bytes) -> bytes:
    """Return what the file of a key holds."""
    return f"{HEADER}\n{seed.hex()}\n".encode("ascii")


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
