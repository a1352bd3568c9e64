"""Sounds that stand by themselves: MP3, FLAC, Ogg (Opus, Vorbis) and AMR."""

import re
from struct import error as unreadable
from struct import pack, unpack_from

from answerable.hidden.findings import Findings, broken, text_of

_ID3 = {
    b"TIT1": "title", b"TIT2": "title", b"TIT3": "title", b"TALB": "title", b"TPE1": "author",
    b"TPE2": "author", b"TCOM": "author", b"TCOP": "author", b"TENC": "author", b"TOWN": "author",
    b"TSSE": "software", b"TDRC": "time", b"TYER": "time", b"TDEN": "time", b"TDTG": "time",
    b"TDAT": "time", b"TXXX": "comment",
    b"COMM": "comment", b"USLT": "comment", b"APIC": "thumbnail",
    b"GEOB": "attached", b"PRIV": "other", b"TT2\x00": "title", b"TP1\x00": "author",
}  # fmt: skip
_ENCODINGS = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
_FRAMES = 500


def mp3(data: bytes, found: Findings) -> bytes:
    """Return an MP3 without its tags: ID3 before it, and ID3, APE and Lyrics3 behind it."""
    while data[:3] == b"ID3" and len(data) > 10:  # noqa: PLR2004 - the header
        end = 10 + _seven(data[6:10]) + (10 if data[5] & 0x10 else 0)
        _tell_id3(data[10:end], data[3], found)
        data = data[end:]
    tail = None
    while tail != len(data):
        tail = len(data)
        data = _without_tail(data, found)
    start = re.search(rb"\xff[\xe2-\xff]", data[:65536])
    if start is None:
        raise broken("no sound")
    if data[: start.start()].strip(b"\x00"):
        found.add("other", f"{start.start()} B")
    return data[start.start() :]


def _without_tail(data: bytes, found: Findings) -> bytes:
    if data[-128:-125] == b"TAG":
        said = data[-125:]
        for code, (start, end) in {
            "title": (0, 30),
            "author": (30, 60),
            "comment": (94, 124),
        }.items():
            if text := text_of(said[start:end]):
                found.add(code, text)
        found.add("other", "ID3v1")
        return data[:-128]
    if data[-32:-24] == b"APETAGEX":
        size, _, flags = unpack_from("<III", data, len(data) - 20)
        found.add("other", "APE")
        return data[: -size - (32 if flags & 0x80000000 else 0)] if size else data[:-32]
    if data[-9:] == b"LYRICS200" and (begins := data.rfind(b"LYRICSBEGIN")) >= 0:
        found.add("other", "Lyrics3")
        return data[:begins]
    return data


def _seven(raw: bytes) -> int:
    return sum((octet & 0x7F) << (7 * place) for place, octet in enumerate(reversed(raw)))


def _tell_id3(body: bytes, version: int, found: Findings) -> None:
    at, name_size, head = 0, 3 if version == 2 else 4, 6 if version == 2 else 10  # noqa: PLR2004 - ID3v2.2
    told = False
    for _ in range(_FRAMES):
        name, said = body[at : at + name_size], body[at + name_size : at + head]
        if len(said) < head - name_size or not name.strip(b"\x00"):
            break
        size = _seven(said[:4]) if version == 4 else int.from_bytes(said[:name_size])  # noqa: PLR2004 - ID3v2.4
        frame, at = body[at + head : at + head + size], at + head + size
        code = _ID3.get(name.ljust(4, b"\x00"))
        told = told or code is not None
        if code in {"thumbnail", "attached", "other"}:
            found.add(code)
        elif code and (text := _spoken(name, frame)):
            found.add(code, text)
    if not told:
        found.add("other", "ID3v2")


def _spoken(name: bytes, frame: bytes) -> str:
    encoding = _ENCODINGS.get(frame[0] if frame else 0, "latin-1")
    body = frame[4:1000] if name in {b"COMM", b"USLT"} else frame[1:1000]
    said = body.decode(encoding, "replace").strip("\x00")
    return said.rpartition("\x00")[2] if name in {b"COMM", b"USLT"} else said


_FLAC_KEPT, _FLAC_TAGS, _FLAC_PICTURE, _FLAC_SPACE = (0, 3), 4, 6, 1


def flac(data: bytes, found: Findings) -> bytes:
    """Return a FLAC (RFC 9639) with its description and its sound alone."""
    kept, at, last = list[tuple[int, bytes]](), 4, False
    while not last:
        if at + 4 > len(data):
            raise broken("no sound")
        kind, last = data[at] & 0x7F, bool(data[at] & 0x80)
        body = data[at + 4 : at + 4 + int.from_bytes(data[at + 1 : at + 4])]
        at += 4 + len(body)
        if kind in _FLAC_KEPT:
            kept.append((kind, body))
        elif kind == _FLAC_TAGS:
            _tell_comments(body, found)
        elif kind == _FLAC_PICTURE:
            found.add("thumbnail")
        elif kind != _FLAC_SPACE or any(body):
            found.add("other", "FLAC")
    if not kept:
        raise broken("no description")
    heads = [
        bytes([kind | (0x80 if one == len(kept) - 1 else 0)]) + len(body).to_bytes(3) + body
        for one, (kind, body) in enumerate(kept)
    ]
    return b"".join([b"fLaC", *heads, data[at:]])


_COMMENTS = {
    "artist": "author", "author": "author", "performer": "author", "contact": "author",
    "title": "title", "album": "title", "date": "time", "encoder": "software", "comment": "comment",
    "description": "comment", "location": "place", "encoded-by": "author", "copyright": "author",
    "metadata_block_picture": "thumbnail", "creation_time": "time",
}  # fmt: skip


def _tell_comments(body: bytes, found: Findings) -> None:
    """Tell what a Vorbis comment says: who wrote the file, then names with values."""
    try:
        vendor = unpack_from("<I", body)[0]
        if said := text_of(body[4 : 4 + vendor]):
            found.add("software", said)
        at = 4 + vendor
        count, at = unpack_from("<I", body, at)[0], at + 4
        for _ in range(min(count, _FRAMES)):
            length = unpack_from("<I", body, at)[0]
            name, _, value = text_of(body[at + 4 : at + 4 + length]).partition("=")
            code = _COMMENTS.get(name.lower(), "other")
            found.add(code, "" if code == "thumbnail" else value if code != "other" else name)
            at += 4 + length
    except unreadable:
        if body.strip(b"\x00"):
            found.add("other", "Vorbis")


_Page = tuple[int, int, int]
"""Where a page begins, its body, and where it ends."""

_OGG_HEADS = {b"OpusHead": b"OpusTags", b"\x01vorbis": b"\x03vorbis"}
_NO_COMMENTS = bytes(8)


def ogg(data: bytes, found: Findings) -> bytes | None:
    """Return an Ogg (RFC 3533) whose comments are blanked where they lie; None for other streams.

    No page changes its length, so that only the pages of the comments get a new checksum.
    """
    pages = _pages(data)
    if not pages:
        raise broken("no sound")
    streams = _streams(data, pages)
    if not streams:
        return None
    if data[pages[-1][2] :].strip(b"\x00"):
        found.add("attached", f"{len(data) - pages[-1][2]} B")
    whole = bytearray(data[: pages[-1][2]])
    known = [_blank_comments(whole, *one, found) for one in streams]
    if not all(known):
        return None
    for start, body, end in pages:
        _check_again(whole, data, (start, body, end))
    return bytes(whole)


def _streams(data: bytes, pages: list[_Page]) -> list[tuple[bytes, list[_Page]]]:
    """Return each stream: the name of its comments, and its pages past the first; if known."""
    streams, names = dict[int, list[_Page]](), dict[int, bytes]()
    for start, body, end in pages:
        serial = unpack_from("<I", data, start + 14)[0]
        if data[start + 5] & 2:
            known = (tags for head, tags in _OGG_HEADS.items() if data.startswith(head, body))
            names[serial] = next(known, b"")
        else:
            streams.setdefault(serial, []).append((start, body, end))
    if not all(names.values()) or streams.keys() != names.keys():
        return []
    return [(names[serial], those) for serial, those in streams.items()]


def _pages(data: bytes) -> list[_Page]:
    pages, at = list[_Page](), 0
    while data[at : at + 4] == b"OggS" and at + 27 <= len(data):
        body = at + 27 + data[at + 26]
        end = body + sum(data[at + 27 : body])
        if end > len(data):
            break
        pages.append((at, body, end))
        at = end
    return pages


def _blank_comments(whole: bytearray, name: bytes, pages: list[_Page], found: Findings) -> bool:
    """Blank the second packet of a stream, and return whether it was found."""
    places = list[tuple[int, int]]()
    for start, body, _ in pages:
        length, ends = _packet(whole[start + 27 : body])
        places.append((body, body + length))
        if ends:
            break
    else:
        return False
    said = b"".join(bytes(whole[start:end]) for start, end in places)
    if not said.startswith(name) or len(said) < len(name) + 9:
        return False
    plain = name + _NO_COMMENTS + (b"\x01" if name[:1] == b"\x03" else b"")
    plain = plain.ljust(len(said), b"\x00")
    if said != plain:
        _tell_comments(said[len(name) :], found)
        if not found:
            found.add("other", "Ogg")
    for start, end in places:
        whole[start:end] = plain[: end - start]
        plain = plain[end - start :]
    return True


def _packet(lacing: bytearray) -> tuple[int, bool]:
    """Return the length of the first packet of a page, and whether it ends there."""
    length = 0
    for octets in lacing:
        length += octets
        if octets < 255:  # noqa: PLR2004 - the last of a packet
            return length, True
    return length, False


_CRC = [0] * 256
for _octet in range(256):
    _sum = _octet << 24
    for _ in range(8):
        _sum = (_sum << 1 ^ 0x04C11DB7 if _sum & 0x80000000 else _sum << 1) & 0xFFFFFFFF
    _CRC[_octet] = _sum


def _check_again(whole: bytearray, data: bytes, page: _Page) -> None:
    start, body, end = page
    if whole[body:end] == data[body:end]:
        return
    whole[start + 22 : start + 26] = bytes(4)
    checksum = 0
    for octet in whole[start:end]:
        checksum = (checksum << 8 & 0xFFFFFFFF) ^ _CRC[checksum >> 24 ^ octet]
    whole[start + 22 : start + 26] = pack("<I", checksum)


def amr(data: bytes, found: Findings) -> bytes:  # noqa: ARG001 - as every kind: it has no place to hide
    """Return an AMR (RFC 4867) as it is: behind its name there is sound and nothing else."""
    return data
