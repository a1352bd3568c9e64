"""The fonts of documents, which come with packages and never from the system, and their letters."""

import struct
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_serif", "fontpkg_noto_sans_khmer")
SANS, SERIF, KHMER = "Noto Sans", "Noto Serif", "Noto Sans Khmer"

_ZERO_WIDTH = frozenset({0x200B, 0x200C, 0x200D})
"""Khmer is written with these. They have no shape, and break or join what stands around them."""


@cache
def folders() -> tuple[Path, ...]:
    """Return the folders in which the packages keep their fonts."""
    found = []
    for package in PACKAGES:
        spec = find_spec(package)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"the fonts of {package} are not installed", name=package)
        found.append(Path(spec.origin).parent / "files")
    return tuple(found)


@cache
def shown() -> frozenset[int]:
    """Return the code points that every face we set text in can show, in one font or another.

    Each package has an upright face; some have an italic one, which we do not use.
    """
    upright = [
        next(path for path in sorted(folder.glob("*.ttf")) if "Italic" not in path.name)
        for folder in folders()
    ]
    sans, serif, khmer = (frozenset(_code_points(path.read_bytes())) for path in upright)
    # What one Latin face lacks must not be asked of the other: a word may stand in both.
    return (sans & serif) | khmer | _ZERO_WIDTH


def _code_points(font: bytes) -> Iterator[int]:
    """Yield what a font has a glyph for, as its table cmap says (OpenType 1.9.1, cmap)."""
    for number in range(struct.unpack_from(">H", font, 4)[0]):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * number)
        if tag == b"cmap":
            yield from _mapped(font, offset)


def _mapped(font: bytes, cmap: int) -> Iterator[int]:
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        (offset,) = struct.unpack_from(">I", font, cmap + 8 + 8 * number)
        (form,) = struct.unpack_from(">H", font, cmap + offset)
        if form == 4:  # noqa: PLR2004 - the number of the format
            yield from _segments(font, cmap + offset)
        elif form == 12:  # noqa: PLR2004 - the number of the format
            yield from _groups(font, cmap + offset)


def _segments(font: bytes, table: int) -> Iterator[int]:
    """Yield the code points of a subtable of format 4; glyph 0 means that there is none."""
    doubled = struct.unpack_from(">H", font, table + 6)[0]
    ends, starts = table + 14, table + 16 + doubled
    deltas, ranges = starts + doubled, starts + 2 * doubled
    for at in range(0, doubled, 2):
        (first,), (last,) = (struct.unpack_from(">H", font, place + at) for place in (starts, ends))
        delta, (offset,) = (
            struct.unpack_from(">H", font, deltas + at)[0],
            struct.unpack_from(">H", font, ranges + at),
        )
        for code in range(first, last + 1):
            glyph = code + delta
            if offset:
                place = ranges + at + offset + 2 * (code - first)
                (listed,) = struct.unpack_from(">H", font, place)
                glyph = listed and listed + delta
            if glyph % 65536:
                yield code


def _groups(font: bytes, table: int) -> Iterator[int]:
    for number in range(struct.unpack_from(">I", font, table + 12)[0]):
        first, last, glyph = struct.unpack_from(">III", font, table + 16 + 12 * number)
        yield from (code for code in range(first, last + 1) if glyph + code - first)
