"""Places among cases as the bits of one number: which cases are so, in 12 kB of a hundred thousand.

Whatever filters ask for together is then one number for each of them and an ``&`` between them.
"""

from array import array
from collections.abc import Iterable, Sequence
from itertools import compress, count

_DIGITS = bytes.maketrans(b"\0\1", b"01")
_FLAGS = bytes.maketrans(b"01", b"\0\1")


def marks_of(places: Iterable[int], size: int) -> int:
    """Return the number that has a bit for each of these places, of so many that there are."""
    flags = bytearray(size)
    for place in places:
        flags[place] = 1
    return int(flags.translate(_DIGITS)[::-1] or b"0", 2)


def flags_of(marks: int, size: int) -> bytes:
    """Return for each of so many places whether it is marked, as 1 or 0."""
    return f"{marks:0{size}b}".encode().translate(_FLAGS)[::-1]


def places_in(marks: int) -> Sequence[int]:
    """Return the places that are marked, in their order."""
    return array("I", compress(count(), flags_of(marks, marks.bit_length())))
