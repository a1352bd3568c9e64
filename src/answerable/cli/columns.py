"""Text in columns: lines broken at blanks, and inside a word only between clusters of letters."""

import re
import shutil
from collections.abc import Callable, Iterator, Sequence

from answerable.cli.demonstration.layout import width_of
from answerable.core.case.text import clusters

Piece = Callable[[int], list[str]]
"""Something that is laid out once the width of its column is known."""

RULE = " ║ "
"""Claim left, answer right: the double rule between them (ux.md C.1)."""

LEAST = 76
"""In a narrower window, what answers stands under what is answered."""

_BREAKS = re.compile("(?<=[ \u200b])")


def columns() -> int:
    """Return how wide the window is, 80 where there is none."""
    return max(24, shutil.get_terminal_size((80, 24)).columns)


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text in a column; a zero-width space is a blank of Khmer."""
    return [part for line in text.split("\n") for part in _wrapped(line, width)]


def _wrapped(line: str, width: int) -> Iterator[str]:
    begun = ""
    for word in _BREAKS.split(line):
        if width_of((begun + word).rstrip()) <= width:
            begun += word
            continue
        if begun.strip():
            yield begun.rstrip()
        begun = ""
        for cluster in clusters(word):
            if begun and width_of((begun + cluster).rstrip()) > width:
                yield begun
                begun = ""
            begun += cluster
    yield begun.rstrip()


def indented(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return the lines of a text, begun with ``first``, and those that go on with ``rest``."""
    lines = wrapped(text, width - max(width_of(first), width_of(rest)))
    return [(rest if at else first) + line for at, line in enumerate(lines)]


def padded(line: str, width: int) -> str:
    return line + " " * max(0, width - width_of(line))


def text(said: str, *, first: str = "", rest: str = "") -> Piece:
    return lambda width: indented(said, width, first=first, rest=rest)


def box(lines: Sequence[str], *, least: int = 0) -> Piece:
    """Return an empty box with its label: silence takes the room that an answer would have."""

    def drawn(width: int) -> list[str]:
        hatch = ("/ " * width)[: width - (1 - width % 2)]
        label = [part for line in lines for part in indented(line, width, first="| ", rest="|   ")]
        room = max(1, least - len(label) - 1)
        return [hatch, *label, *([hatch] * room)]

    return drawn


def pair(
    left: Sequence[Piece], right: Sequence[Piece], width: int, empty: Piece | None = None
) -> list[str]:
    """Return two columns, or in a narrow window one after the other.

    ``empty`` fills what the right column leaves free beside a longer left one.
    """
    if width < LEAST:
        under = [line for piece in right for line in (*piece(width - 2), "")]
        return [
            *(line for piece in left for line in (*piece(width), "")),
            "═" * width,
            *(f"  {line}".rstrip() for line in under[:-1]),
        ]
    half = (width - len(RULE)) // 2
    rest = width - len(RULE) - half
    lefts, rights = _stacked(left, half), _stacked(right, rest)
    if empty is not None:
        rights += (empty(rest) * (len(lefts) + 1))[: max(0, len(lefts) - len(rights))]
    height = max(len(lefts), len(rights))
    lefts += [""] * (height - len(lefts))
    rights += [""] * (height - len(rights))
    rows = zip(lefts, rights, strict=True)
    return [f"{padded(one, half)}{RULE}{other}".rstrip() for one, other in rows]


def _stacked(pieces: Sequence[Piece], width: int) -> list[str]:
    lines = [line for piece in pieces for line in (*piece(width), "")]
    return lines[:-1]
