"""The return key: twenty digits by which a sender without an account opens their case again.

It is made before anything is lodged, shown once, and kept nowhere here: what is kept is its digest.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from unicodedata import category, decimal

from answerable.core.errors import Malformed

RANDOM_BYTES = 32
GROUPS = 5
GROUP_LENGTH = 4
LENGTH = GROUPS * GROUP_LENGTH

DIGEST_LABEL = b"answerable/return-key/v1\x00"
_COST, _BLOCK = 2**14, 8
"""Of scrypt: 16 MiB and some hundredths of a second for each key that is tried."""

_DRAWN = GROUP_LENGTH - 1
_BETWEEN = frozenset(("Zs", "Zl", "Zp", "Pd", "Cf", "Cc"))
"""Spaces, line ends, hyphens and dashes, and what is not seen at all."""

_DAMM = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)
"""Damm's quasigroup of order ten, totally anti-symmetric (H. M. Damm, thesis, Marburg 2004)."""


class KeyUnreadable(Malformed):
    """What was typed is no return key: ``found`` are the digits in it, where 20 are wanted."""

    code = "key-unreadable"


class KeyGroupWrong(Malformed):
    """The check digit of a group does not fit: ``group`` is the first such, counted from 1."""

    code = "key-group-wrong"


@dataclass(frozen=True, slots=True)
class ReturnKey:
    """A return key whose check digits fit. Its representation does not show it."""

    digits: str = field(repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        """The five groups of four digits, in their order."""
        return tuple(self.digits[at : at + GROUP_LENGTH] for at in range(0, LENGTH, GROUP_LENGTH))

    @property
    def text(self) -> str:
        """The key as it is shown and printed: its groups with spaces between them."""
        return " ".join(self.groups)


def return_key(random: bytes) -> ReturnKey:
    """Return the key that 32 random bytes make: in each group three drawn digits, one to check.

    The fifteen drawn digits are the remainder of 256 bits by 10**15: no key is likelier than
    another by more than one part in 2**206. They are worth 49.8 bits.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError("a return key is made of 32 random bytes")
    drawn = f"{int.from_bytes(random) % 10 ** (GROUPS * _DRAWN):0{GROUPS * _DRAWN}d}"
    groups = (drawn[at : at + _DRAWN] for at in range(0, len(drawn), _DRAWN))
    return ReturnKey("".join(f"{group}{_check(at, group)}" for at, group in enumerate(groups, 1)))


def typed_return_key(text: str) -> ReturnKey:
    """Return the key that a person typed, in digits of any script and groups of any length.

    Found out before anything is looked up: every wrong digit, every two neighbours that changed
    places, within a group or across two, and every two groups that changed places.

    Raises:
        KeyUnreadable: it is not twenty digits with nothing but spaces and hyphens between them.
        KeyGroupWrong: a digit of that group was mistyped, or the group stands in another's place.
    """
    digits = "".join(_digits(text))
    if len(digits) != LENGTH:
        raise KeyUnreadable("a return key has 20 digits", found=len(digits))
    if not all(_is_digit(sign) or category(sign) in _BETWEEN for sign in text):
        raise KeyUnreadable("a return key is digits only", found=len(digits), reason="signs")
    key = ReturnKey(digits)
    for at, group in enumerate(key.groups, 1):
        if group[_DRAWN] != _check(at, group[:_DRAWN]):
            raise KeyGroupWrong(f"the check digit of group {at}", group=at)
    return key


def digest_of(key: ReturnKey, origin: str) -> bytes:
    """Return the 32 bytes by which a key is found: scrypt (RFC 7914), N 2**14, r 8, p 1.

    Fifteen random digits are 49.8 bits: far too many to try at a page, and few enough that whoever
    steals the table could try them all if each cost one SHA-256. Slow as this is, all of them cost
    more than a million years of one processor core, and in a table of many keys the first is found
    sooner in proportion. The salt is the same for all keys of a mechanism, since a key is looked up
    by its digest alone; the origin in it keeps what is tried on one table from serving on another.
    """
    salt = DIGEST_LABEL + origin.encode()
    return hashlib.scrypt(key.digits.encode(), salt=salt, n=_COST, r=_BLOCK, p=1, dklen=32)


def _check(position: int, drawn: str) -> str:
    """Return Damm's check digit of a group's position followed by its drawn digits.

    Over a position that stands for a digit, a group in another's place is one wrong digit.
    """
    interim = 0
    for digit in (position, *map(int, drawn)):
        interim = int(_DAMM[interim][digit])
    return str(interim)


def _digits(text: str) -> Iterator[str]:
    return (str(decimal(sign)) for sign in text if _is_digit(sign))


def _is_digit(sign: str) -> bool:
    return category(sign) == "Nd"
