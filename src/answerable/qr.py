"""A receipt as a QR code and as text that can be typed in."""

import binascii
from base64 import b32decode, b32encode

# ISO/IEC 18004:2015, table 7: what version 40 holds in byte mode at the levels of correction.
_MOST = (("m", 2331), ("l", 2953))

GROUP, GROUPS_A_LINE = 5, 16
MOST_LINES = 60
"""What is longer is not typed in by anyone; it is attached as a file."""


QUIET = 4
"""How many modules wide the zone around a code is in which nothing stands (ISO/IEC 18004)."""


def qr_svg(content: bytes, *, module_mm: float = 0) -> str | None:
    """Return the QR code of some bytes as SVG, None where no code holds as many.

    With the side of a module in millimetres it has this size, and its quiet zone. Without, a module
    is one unit, and the page leaves the quiet zone.
    """
    import segno  # noqa: PLC0415 - only who makes a document waits for it

    level = next((level for level, most in _MOST if len(content) <= most), None)
    if level is None:
        return None
    code = segno.make(content, error=level, mode="byte", micro=False, boost_error=False)
    if module_mm:
        sized = {"border": QUIET, "scale": module_mm, "unit": "mm"}
    else:
        sized = {"border": 0, "omitsize": True}
    return str(code.svg_inline(svgclass=None, lineclass=None, **sized))


def lines_of_groups(content: bytes) -> list[str]:
    """Return bytes in base32 (RFC 4648) as lines of groups of five, empty where they are too many.

    base32 has no letter that is told from another by its case alone, and neither 0 nor 1.
    """
    text = b32encode(content).decode().rstrip("=")
    groups = [text[at : at + GROUP] for at in range(0, len(text), GROUP)]
    lines = [
        " ".join(groups[at : at + GROUPS_A_LINE]) for at in range(0, len(groups), GROUPS_A_LINE)
    ]
    return lines if len(lines) <= MOST_LINES else []


def bytes_of_groups(text: str) -> bytes | None:
    """Return the bytes that lines_of_groups wrote, blanks and case forgiven; None if it is others.

    Bits that are left over are zero: no two texts stand for the same bytes.
    """
    signs = "".join(text.split()).upper()
    if not signs.isascii():
        return None
    try:
        content = b32decode(signs + "=" * (-len(signs) % 8))
    except binascii.Error:
        return None
    return content if content and b32encode(content).decode().rstrip("=") == signs else None
