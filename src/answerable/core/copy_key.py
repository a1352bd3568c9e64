"""The copy key: twenty digits that open a copy of a form which its writer took along.

It has the shape of a return key, and other check digits: neither is ever taken for the other.
"""

import hashlib
from dataclasses import dataclass, field

from answerable.core.errors import Malformed
from answerable.core.return_key import (
    COPY_POSITIONS,
    GROUP_LENGTH,
    LENGTH,
    POSITIONS,
    KeyOfAnotherKind,
    KeyUnreadable,
    drawn_digits,
    typed_digits,
    wrong_group,
)

SEALING_LABEL = b"answerable/form-copy/v1\x00"
_COST, _BLOCK = 2**14, 8
"""Of scrypt, as for return keys: 16 MiB and some hundredths of a second for each key tried."""


class CopyKeyUnreadable(Malformed):
    """What was typed is no copy key: ``found`` are the digits in it, where 20 are wanted."""

    code = "copy-key-unreadable"


class CopyKeyGroupWrong(Malformed):
    """The check digit of a group does not fit: ``group`` is the first such, counted from 1."""

    code = "copy-key-group-wrong"


@dataclass(frozen=True, slots=True)
class CopyKey:
    """A copy key whose check digits fit. Its representation does not show it."""

    digits: str = field(repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.digits[at : at + GROUP_LENGTH] for at in range(0, LENGTH, GROUP_LENGTH))


def copy_key(random: bytes) -> CopyKey:
    """Return the key that 32 random bytes make, worth 49.8 bits as a return key is."""
    return CopyKey(drawn_digits(random, COPY_POSITIONS))


def typed_copy_key(text: str) -> CopyKey:
    """Return the key that a person typed, in digits of any script and groups of any length.

    Raises:
        CopyKeyUnreadable: it is not twenty digits with nothing but spaces and hyphens between them.
        KeyOfAnotherKind: it is a return key.
        CopyKeyGroupWrong: a digit of that group was mistyped.
    """
    try:
        digits = typed_digits(text)
    except KeyUnreadable as problem:
        raise CopyKeyUnreadable("no copy key", **problem.facts) from None
    if (wrong := wrong_group(digits, COPY_POSITIONS)) is not None:
        if wrong_group(digits, POSITIONS) is None:
            raise KeyOfAnotherKind("a return key", kind="return")
        raise CopyKeyGroupWrong(f"the check digit of group {wrong}", group=wrong)
    return CopyKey(digits)


def sealing_key(key: CopyKey, salt: bytes) -> bytes:
    """Return the 32 bytes that seal one copy: scrypt (RFC 7914), N 2**14, r 8, p 1.

    Each copy has a salt of its own: what is tried on one tells nothing of another.
    """
    salted = SEALING_LABEL + salt
    return hashlib.scrypt(key.digits.encode(), salt=salted, n=_COST, r=_BLOCK, p=1, dklen=32)
