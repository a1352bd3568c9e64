"""What is found in a file, collected in its order, each thing once."""

import re
from datetime import UTC, datetime, timedelta

from answerable.casework.hidden_data import CODES, FileHarmful, Hidden, shown

MOST = 40
"""How many things are told of one file."""

PIXELS = 250_000_000
"""A telephone of today makes 200 million."""


class Findings:
    """Things that were found. What a file says is cleaned on its way in."""

    def __init__(self) -> None:
        self._found: dict[Hidden, None] = {}

    def __bool__(self) -> bool:
        return bool(self._found)

    def add(self, code: str, value: str = "") -> None:
        if len(self._found) < MOST:
            self._found.setdefault(Hidden(code, shown(value)))

    def told(self) -> tuple[Hidden, ...]:
        """Return what was found, the gravest first, which is the order of the codes.

        A thing without a value is left out where one of its code has a value.
        """
        said = {one.code for one in self._found if one.value}
        told = (one for one in self._found if one.value or one.code not in said)
        return tuple(sorted(told, key=lambda one: CODES.index(one.code)))


def broken(why: str) -> FileHarmful:
    return FileHarmful(why, reason="broken")


def require_drawable(width: int, height: int) -> None:
    """Return if a picture has no more pixels than a machine can hold.

    Raises:
        FileHarmful: image-bomb; broken where it has none.
    """
    if width * height > PIXELS:
        raise FileHarmful(f"{width} x {height}", reason="image-bomb")
    if not width * height:
        raise broken("a picture without pixels")


def text_of(raw: bytes) -> str:
    """Return text whose encoding nobody states."""
    raw = raw[:2000].strip(b"\x00 ")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def since_1904(seconds: int) -> str:
    try:
        at = datetime(1904, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except OverflowError:
        return ""
    return f"{at:%Y-%m-%d %H:%M:%S}"


_XMP = (
    ("gps", rb"GPS(?:Latitude|Longitude|Position)"),
    ("device", rb"tiff:(?:Make|Model)|aux:(?:SerialNumber|Lens|OwnerName)"),
    ("time", rb"xmp:(?:CreateDate|ModifyDate)|photoshop:DateCreated|exif:DateTimeOriginal"),
    ("author", rb"dc:creator|photoshop:AuthorsPosition|pdf:Author"),
    ("software", rb"xmp:CreatorTool|pdf:Producer|stEvt:softwareAgent"),
    ("title", rb"dc:title|dc:subject|photoshop:Headline"),
    ("comment", rb"dc:description|exif:UserComment"),
    ("place", rb"photoshop:(?:City|Country|State)|Iptc4xmpCore:Location"),
)
_SAID = rb"(?:=[\"']([^\"']*)|[^>]*>(?:\s*<[^>]*>)*\s*([^<]*))"


def read_xmp(packet: bytes, found: Findings) -> None:
    """Tell what a packet of XMP says: by its usual names, since it may be no XML at all."""
    packet = packet[: 256 * 1024]
    if not packet.strip(b"\x00 \r\n\t"):
        return
    told = False
    for code, names in _XMP:
        for one in re.finditer(rb"(?:" + names + rb")" + _SAID, packet):
            found.add(code, text_of(one[1] or one[2] or b""))
            told = True
    if not told:
        found.add("other", "XMP")
