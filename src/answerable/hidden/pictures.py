"""Photos: what shows the picture is kept, octet for octet, and everything else is left out.

A list of what is kept is short and ends; one of what must go would never be whole.
"""

import re
import zlib
from struct import error as unreadable
from struct import pack, unpack_from

from answerable.hidden.exif import only_orientation, read_exif
from answerable.hidden.findings import Findings, broken, read_xmp, require_drawable, text_of

_EOI, _SOS, _APP0, _APP15, _COM = 0xD9, 0xDA, 0xE0, 0xEF, 0xFE
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SHOWS = _FRAMES | {0xC4, 0xCC, 0xDB, 0xDC, 0xDD, _SOS}
_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])", re.DOTALL)
_EXIF, _XMP = b"Exif\x00\x00", b"http://ns.adobe.com/xap/1.0/\x00"
_XMP_MORE, _ICC, _IPTC = b"http://ns.adobe.com/xmp/extension/\x00", b"ICC_PROFILE\x00", b"Photoshop"
_IPTC_CODES = {5: "title", 25: "title", 55: "time", 80: "author", 90: "place", 120: "comment"}
_IPTC_SET = re.compile(rb"\x1c\x02(.)(..)", re.DOTALL)


def jpeg(data: bytes, found: Findings) -> bytes:
    """Return a JPEG without what does not draw it (ITU-T T.81). Its turn and profile are kept."""
    kept, at, turn = _Jpeg(found), 2, 1
    while (marker := _MARKER.search(data, at)) is not None:
        number, at = marker[1][0], marker.end()
        if number == _EOI:
            _tell_rest(data[at:], found)
            break
        if at + 2 > len(data) or (length := unpack_from(">H", data, at)[0]) < 2:  # noqa: PLR2004 - itself
            raise broken("a segment without a length")
        body, at = data[at + 2 : at + length], at + length
        if number in _SHOWS:
            at = kept.draw(number, body, data, at)
        else:
            turn = kept.take(number, body) or turn
    if not kept.drawn:
        raise broken("nothing is drawn")
    return kept.whole(turn)


class _Jpeg:
    def __init__(self, found: Findings) -> None:
        self.found, self.drawn = found, False
        self.head: list[bytes] = []
        self.picture: list[bytes] = []

    def draw(self, number: int, body: bytes, data: bytes, at: int) -> int:
        """Keep a segment, and a scan that follows it; return where the next one is looked for."""
        if number in _FRAMES:
            require_drawable(*_size(body))
        self.picture.append(_segment(number, body))
        if number != _SOS:
            return at
        end = _MARKER.search(data, at)
        scan = data[at : end.start() if end else len(data)]
        self.picture.append(scan)
        self.drawn = True
        return at + len(scan)

    def take(self, number: int, body: bytes) -> int:
        """Keep what a segment says of drawing, tell the rest, and return the turn it names."""
        if number == _APP0 and body.startswith(b"JFIF\x00"):
            if any(body[12:14]):
                self.found.add("thumbnail")
            self.head.insert(0, _segment(number, (body[:12] + bytes(12))[:12] + b"\x00\x00"))
        elif number == 0xE2 and body.startswith(_ICC):  # noqa: PLR2004 - APP2
            self.head.append(_segment(number, body))
        elif number == 0xEE and body.startswith(b"Adobe"):  # noqa: PLR2004 - APP14
            self.head.append(_segment(number, body[:12]))
        elif number == 0xE1 and body.startswith(_EXIF):  # noqa: PLR2004 - APP1
            return read_exif(body[len(_EXIF) :], self.found)
        else:
            self._tell(number, body)
        return 0

    def _tell(self, number: int, body: bytes) -> None:
        if body.startswith((_XMP, _XMP_MORE)):
            read_xmp(body.partition(b"\x00")[2], self.found)
        elif body.startswith(_IPTC):
            _read_iptc(body, self.found)
        elif body.startswith(b"MPF\x00"):
            self.found.add("attached")
        elif body.startswith(b"JFXX\x00"):
            self.found.add("thumbnail")
        elif number == _COM:
            self.found.add("comment", text_of(body))
        else:
            self.found.add("other", f"APP{number - _APP0}" if _APP0 <= number <= _APP15 else "")

    def whole(self, turn: int) -> bytes:
        first = [one for one in self.head if one[1] == _APP0][:1]
        rest = [one for one in self.head if one[1] != _APP0]
        turned = [] if turn == 1 else [_segment(0xE1, _EXIF + only_orientation(turn))]
        return b"".join([b"\xff\xd8", *first, *turned, *rest, *self.picture, b"\xff\xd9"])


def _segment(number: int, body: bytes) -> bytes:
    return b"\xff" + bytes([number]) + pack(">H", len(body) + 2) + body


def _size(body: bytes) -> tuple[int, int]:
    try:
        height, width = unpack_from(">HH", body, 1)
    except unreadable:
        raise broken("a frame without a size") from None
    return width, height or 1  # no height: a DNL says it, after the first scan


def _tell_rest(rest: bytes, found: Findings) -> None:
    if rest.strip(b"\x00"):
        found.add("attached", f"{len(rest)} B")


def _read_iptc(body: bytes, found: Findings) -> None:
    told = False
    for one in _IPTC_SET.finditer(body):
        if code := _IPTC_CODES.get(one[1][0]):
            length = int.from_bytes(one[2])
            found.add(code, text_of(body[one.end() : one.end() + min(length, 2000)]))
            told = True
    if not told:
        found.add("other", "Photoshop")


_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs acTL fcTL fdAT cICP mDCV "
    b"cLLI".split()
)
_PNG_CODES = {
    b"title": "title", b"author": "author", b"description": "comment", b"comment": "comment",
    b"software": "software", b"creation time": "time", b"source": "device",
}  # fmt: skip
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


def png(data: bytes, found: Findings) -> bytes:
    """Return a PNG without what does not draw it (PNG, third edition). Its turn is kept."""
    chunks, turn, at = list[tuple[bytes, bytes]](), 1, len(_PNG)
    while at + 12 <= len(data):
        length, name = unpack_from(">I4s", data, at)
        body, at = data[at + 8 : at + 8 + length], at + 12 + length
        if name == b"eXIf":
            turn = read_exif(body, found)
        elif name in _PNG_KEPT:
            chunks.append((name, body))
        else:
            _tell_chunk(name, body, found)
        if name == b"IEND":
            _tell_rest(data[at:], found)
            break
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or b"IDAT" not in names or len(chunks[0][1]) != 13:  # noqa: PLR2004 - IHDR's
        raise broken("nothing is drawn")
    width, height = unpack_from(">II", chunks[0][1])
    require_drawable(width, height)
    if turn != 1:
        chunks.insert(1, (b"eXIf", only_orientation(turn)))
    if b"fdAT" not in names:
        chunks = _only_pixels(chunks, found)
    return _PNG + b"".join(_chunk(name, _plain(name, body)) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return pack(">I", len(body)) + name + body + pack(">I", zlib.crc32(name + body))


def _plain(name: bytes, body: bytes) -> bytes:
    # The name of a profile is free text.
    return b"ICC" + body[body.find(b"\x00") :] if name == b"iCCP" and b"\x00" in body else body


def _tell_chunk(name: bytes, body: bytes, found: Findings) -> None:
    keyword, _, rest = body.partition(b"\x00")
    if name == b"tIME" and len(body) == 7:  # noqa: PLR2004 - as the standard has it
        found.add("time", "{}-{:02}-{:02} {:02}:{:02}:{:02}".format(*unpack_from(">H5B", body)))
    elif name not in {b"tEXt", b"zTXt", b"iTXt"}:
        found.add("other", text_of(name))
    elif keyword == b"XML:com.adobe.xmp":
        read_xmp(_said(name, rest), found)
    else:
        said = text_of(_said(name, rest))
        found.add(_PNG_CODES.get(keyword.lower(), "comment"), said or text_of(keyword))


def _said(name: bytes, rest: bytes) -> bytes:
    packed = name == b"zTXt"
    if name == b"iTXt":
        packed = rest[:1] == b"\x01"
        rest = rest[2:].split(b"\x00", 2)[-1]
    elif packed:
        rest = rest[1:]
    if not packed:
        return rest
    try:
        return zlib.decompressobj().decompress(rest, 64 * 1024)
    except zlib.error:
        return b""


def _only_pixels(chunks: list[tuple[bytes, bytes]], found: Findings) -> list[tuple[bytes, bytes]]:
    """Return the chunks without what lies behind the pixels, where a cropped part can stay."""
    width, height, depth, colour = unpack_from(">IIBB", chunks[0][1])
    most = height * (width * _CHANNELS.get(colour, 4) * max(depth, 1) // 8 + 8) + 8 * height + 4096
    data = b"".join(body for name, body in chunks if name == b"IDAT")
    unpacking, left, total = zlib.decompressobj(), data, 0
    try:
        while left and not unpacking.eof:
            total += len(unpacking.decompress(left, 1024 * 1024))
            left = unpacking.unconsumed_tail
            if total > most:
                raise broken("more pixels than it has")
    except zlib.error:
        raise broken("its pixels cannot be unpacked") from None
    if not unpacking.unused_data:
        return chunks
    found.add("attached", f"{len(unpacking.unused_data)} B")
    first = [name for name, _ in chunks].index(b"IDAT")
    one = (b"IDAT", data[: -len(unpacking.unused_data)])
    return [*chunks[:first], one, *(chunk for chunk in chunks[first:] if chunk[0] != b"IDAT")]


_GIF_APPLICATIONS = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def gif(data: bytes, found: Findings) -> bytes:
    """Return a GIF (89a) without comments, foreign data, and what lies behind its end."""
    if len(data) < 13:  # noqa: PLR2004 - the screen descriptor
        raise broken("cut off")
    at = 13 + _table(data[10])
    kept = [b"GIF89a", data[6:at]]
    require_drawable(*unpack_from("<HH", data, 6))
    while at < len(data) and data[at] != 0x3B:  # noqa: PLR2004 - the trailer
        start = at
        if data[at] == 0x2C:  # noqa: PLR2004 - the head of a block
            at = _behind(data, at + 11 + _table(data[at + 9] if at + 9 < len(data) else 0))
            kept.append(data[start:at])
            continue
        if data[at] != 0x21:  # noqa: PLR2004 - an extension
            raise broken("an unknown block")
        at = _behind(data, at + 2)
        block = data[start:at]
        if block[1:2] == b"\xf9" or (block[1:2] == b"\xff" and block[3:14] in _GIF_APPLICATIONS):
            kept.append(block)
        elif block[1:2] == b"\xfe":
            found.add("comment", text_of(block[3:-1]))
        elif block[3:14] == b"XMP DataXMP":
            read_xmp(block[14:], found)
        else:
            found.add("other", text_of(block[3:14]))
    _tell_rest(data[at + 1 :], found)
    return b"".join([*kept, b"\x3b"])


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _behind(data: bytes, at: int) -> int:
    """Return where the sub-blocks that begin here end."""
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return at + 1
