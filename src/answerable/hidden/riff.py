"""WebP pictures and WAV sounds: chunks of RIFF, of which those that show or sound are kept."""

from collections.abc import Iterator
from struct import pack, unpack_from

from answerable.hidden.exif import only_orientation, read_exif
from answerable.hidden.findings import Findings, broken, read_xmp, require_drawable, text_of

_WEBP = frozenset([b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ICCP"])
_FRAME = frozenset([b"VP8 ", b"VP8L", b"ALPH"])
_WAV = frozenset([b"fmt ", b"data", b"fact"])
_INFO = {
    b"IART": "author", b"INAM": "title", b"ICMT": "comment", b"ICRD": "time", b"ISFT": "software",
    b"IENG": "author", b"ISRC": "device", b"ICOP": "author", b"ISBJ": "title",
}  # fmt: skip
_EXIF_FLAG, _XMP_FLAG = 0x08, 0x04


def webp(data: bytes, found: Findings) -> bytes:
    """Return a WebP without Exif, XMP and what is unknown. Its turn is kept."""
    kept, turn = list[tuple[bytes, bytes]](), 1
    for name, body in _chunks(_inside(data, found)):
        if name == b"EXIF":
            turn = read_exif(body.removeprefix(b"Exif\x00\x00"), found)
        elif name == b"XMP ":
            read_xmp(body, found)
        elif name == b"ANMF":
            kept.append((name, _frame(body, found)))
        elif name in _WEBP:
            kept.append((name, body))
        else:
            found.add("other", text_of(name))
    names = {name for name, _ in kept}
    if not names & {b"VP8 ", b"VP8L", b"ANMF"}:
        raise broken("nothing is drawn")
    if turn != 1:
        kept.append((b"EXIF", only_orientation(turn)))
    flags = _EXIF_FLAG if turn != 1 else 0
    return _riff(b"WEBP", [(name, _described(name, body, flags)) for name, body in kept])


def _frame(body: bytes, found: Findings) -> bytes:
    frame = _joined([(one, said) for one, said in _chunks(body[16:]) if one in _FRAME])
    if len(frame) != len(body[16:]):
        found.add("other", "ANMF")
    return body[:16] + frame


def _described(name: bytes, body: bytes, flags: int) -> bytes:
    if name != b"VP8X":
        return body
    if len(body) < 10:  # noqa: PLR2004 - as the format has it
        raise broken("no size")
    width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
    require_drawable(width, height)
    return bytes([body[0] & ~(_EXIF_FLAG | _XMP_FLAG) | flags]) + body[1:10]


def wav(data: bytes, found: Findings) -> bytes:
    """Return a WAV with its format and its sound alone."""
    kept = list[tuple[bytes, bytes]]()
    for name, body in _chunks(_inside(data, found)):
        if name in _WAV:
            kept.append((name, body))
        elif name == b"LIST" and body[:4] == b"INFO":
            for one, said in _chunks(body[4:]):
                found.add(_INFO.get(one, "other"), text_of(said))
        elif name == b"bext":
            found.add("comment", text_of(body[:256]))
            found.add("author", text_of(body[256:288]))
            found.add("time", text_of(body[320:338]))
        elif body.strip(b"\x00"):
            found.add("other", text_of(name))
    if not {b"fmt ", b"data"} <= {name for name, _ in kept}:
        raise broken("no sound")
    return _riff(b"WAVE", kept)


def _inside(data: bytes, found: Findings) -> bytes:
    end = 8 + unpack_from("<I", data, 4)[0]
    end += end % 2
    if data[end:].strip(b"\x00"):
        found.add("attached", f"{len(data) - end} B")
    return data[12:end]


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        name, length = unpack_from("<4sI", data, at)
        yield name, data[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _joined(chunks: list[tuple[bytes, bytes]]) -> bytes:
    return b"".join(
        name + pack("<I", len(body)) + body + b"\x00" * (len(body) % 2) for name, body in chunks
    )


def _riff(form: bytes, chunks: list[tuple[bytes, bytes]]) -> bytes:
    inside = form + _joined(chunks)
    return b"RIFF" + pack("<I", len(inside)) + inside
