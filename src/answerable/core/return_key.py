"""The return key: twenty digits by which a sender without an account opens their case again.

It is made before anything is lodged, shown once, and kept nowhere here: what is kept is its digest.
"""

import hashlib
from collections.abc import Iterator, Sequence
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

POSITIONS = (1, 2, 3, 4, 5)
COPY_POSITIONS = (6, 7, 8, 9, 0)
"""What the check digits of the five groups stand for beside the drawn ones: no return key is a copy
key (copy_key.py), so that whoever types the one for the other is told so."""

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


class KeyOfAnotherKind(Malformed):
    """It is a key of the other kind: ``kind`` is return, which opens a case, or copy."""

    code = "key-of-another-kind"


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
    return ReturnKey(drawn_digits(random, POSITIONS))


def drawn_digits(random: bytes, positions: Sequence[int]) -> str:
    """Return the twenty digits of a key whose groups have these positions."""
    if len(random) != RANDOM_BYTES:
        raise ValueError("a key is made of 32 random bytes")
    drawn = f"{int.from_bytes(random) % 10 ** (GROUPS * _DRAWN):0{GROUPS * _DRAWN}d}"
    groups = (drawn[at : at + _DRAWN] for at in range(0, len(drawn), _DRAWN))
    return "".join(
        f"{group}{_check(at, group)}" for at, group in zip(positions, groups, strict=True)
    )


def typed_return_key(text: str) -> ReturnKey:
    """Return the key that a person typed, in digits of any script and groups of any length.

    Found out before anything is looked up: every wrong digit, every two neighbours that changed
    places, within a group or across two, and every two groups that changed places.

    Raises:
        KeyUnreadable: it is not twenty digits with nothing but spaces and hyphens between them.
        KeyOfAnotherKind: it is a copy key.
        KeyGroupWrong: a digit of that group was mistyped, or the group stands in another's place.
    """
    digits = typed_digits(text)
    if (wrong := wrong_group(digits, POSITIONS)) is not None:
        if wrong_group(digits, COPY_POSITIONS) is None:
            raise KeyOfAnotherKind("a copy key", kind="copy")
        raise KeyGroupWrong(f"the check digit of group {wrong}", group=wrong)
    return ReturnKey(digits)


def typed_digits(text: str) -> str:
    """Return the twenty digits that a person typed, in digits of any script.

    Raises:
        KeyUnreadable: there are more or fewer, or something else than spaces and hyphens.
    """
    digits = "".join(_digits(text))
    if len(digits) != LENGTH:
        raise KeyUnreadable("a key has 20 digits", found=len(digits))
    if not all(_is_digit(sign) or category(sign) in _BETWEEN for sign in text):
        raise KeyUnreadable("a key is digits only", found=len(digits), reason="signs")
    return digits


def wrong_group(digits: str, positions: Sequence[int]) -> int | None:
    """Return the first group, counted from 1, whose check digit does not fit its position."""
    for at, position in enumerate(positions):
        group = digits[at * GROUP_LENGTH : (at + 1) * GROUP_LENGTH]
        if group[_DRAWN] != _check(position, group[:_DRAWN]):
            return at + 1
    return None


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
