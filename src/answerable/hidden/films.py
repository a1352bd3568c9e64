"""Films and sounds in boxes: MP4, MOV, 3GP, M4A. Tracks that nobody sees or hears are blanked."""

import re
from struct import error as unreadable
from struct import unpack_from

from answerable.hidden.boxes import FREE, Box, Boxes
from answerable.hidden.findings import Findings, broken, read_xmp, since_1904, text_of
from answerable.hidden.items import Items

_SEEN = frozenset([b"vide", b"soun", b"sbtl", b"text", b"subt", b"clcp", b"tmcd", b"pict", b"auxv"])
_HEARD_OR_SEEN = frozenset([b"vide", b"soun"])
_TAGS = {
    b"xyz": "gps", b"nam": "title", b"ART": "author", b"aut": "author", b"wrt": "author",
    b"day": "time", b"too": "software", b"swr": "software", b"enc": "software", b"cmt": "comment",
    b"des": "comment", b"inf": "comment", b"mak": "device", b"mod": "device", b"cpy": "author",
    b"alb": "title", b"dir": "author", b"PRD": "author", b"prf": "author",
}  # fmt: skip
_KEYS = {
    "location": "gps", "make": "device", "model": "device", "software": "software",
    "creationdate": "time", "author": "author", "title": "title", "comment": "comment",
    "artist": "author", "displayname": "title", "description": "comment", "encoder": "software",
}  # fmt: skip
_TAGGED = frozenset([b"udta", b"meta", b"ilst"])
_POSITIONED = frozenset([b"gpmd", b"camm"])
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_TEXT = re.compile(rb"[\x20-\x7e\x80-\xff]{3,}")


def film(data: bytes, found: Findings) -> bytes | None:
    """Return a film without what does not play, in place; None where that cannot be told apart."""
    boxes, kept = Boxes(data), list[tuple[int, int]]()
    every = list(boxes.all())
    for box in every:
        _of_any(boxes, box, found)
    tracks = [box for box in every if box.kind == b"trak"]
    seen = [track for track in tracks if _handler(boxes, track) in _SEEN]
    lost = len(seen) < len(tracks)
    for track in tracks:
        if track in seen:
            kept += _samples(boxes, track)
        else:
            _tell_track(boxes, track, found)
            boxes.free(track)
    items = Items(boxes, found)
    kept += items.kept()
    if not tracks and not items:
        raise broken("nothing plays")
    if any(box.kind == b"moof" for box in every):
        return None if lost else bytes(boxes.data)
    for box in boxes.inside(0, len(boxes.data)):
        if box.kind == b"mdat" and (rest := boxes.keep(box, kept)) and not lost and not items:
            found.add("attached", f"{rest} B")
    return bytes(boxes.data)


def _of_any(boxes: Boxes, box: Box, found: Findings) -> None:
    """Blank a box that does not play, and in one that does what says when and with what."""
    if box.kind in FREE:
        if any(content := boxes.content(box)):
            said = _TEXT.search(content)
            found.add("other", text_of(said[0]) if said else "free")
            boxes.blank(box.body, box.end)
    elif not box.plays:
        _tell(boxes, box, found)
        boxes.free(box)
    elif box.kind in {b"mvhd", b"tkhd", b"mdhd"}:
        _times(boxes, box, found)
    elif box.kind == b"hdlr":
        _name(boxes, box.body + 24, box.end, found)
    elif box.kind == b"stsd":
        _encoders(boxes, box, found)


def _times(boxes: Boxes, box: Box, found: Findings) -> None:
    wide = boxes.data[box.body : box.body + 1] == b"\x01"
    start, length = box.body + 4, 16 if wide else 8
    if start + length > box.end:
        raise broken("a header is cut off")
    for at in (start, start + length // 2):
        if seconds := unpack_from(">Q" if wide else ">I", boxes.data, at)[0]:
            found.add("time", since_1904(seconds))
    boxes.blank(start, start + length)


def _name(boxes: Boxes, start: int, end: int, found: Findings) -> None:
    """Blank the name of a handler or an encoder: a maker's, which may have a length before it."""
    said = bytes(boxes.data[start:end]).strip(b"\x00")
    if said and (text := text_of(said).lstrip("".join(map(chr, range(32))))):
        found.add("software", text)
    boxes.blank(start, end)


def _encoders(boxes: Boxes, box: Box, found: Findings) -> None:
    for entry in boxes.inside(box.body + 8, box.end, (b"stsd",)):
        # ISO/IEC 14496-12, 12.1.3: the name of the encoder in the entry of a film.
        if entry.end - entry.start >= 86 and _is_visual(boxes, entry):  # noqa: PLR2004 - its length
            _name(boxes, entry.start + 50, entry.start + 82, found)


def _is_visual(boxes: Boxes, entry: Box) -> bool:
    # Two fields that are the same in the entry of every film: a depth, and minus one.
    return bytes(boxes.data[entry.start + 84 : entry.start + 86]) == b"\xff\xff"


def _handler(boxes: Boxes, track: Box) -> bytes:
    media = _first(boxes, track, b"mdia")
    handler = _first(boxes, media, b"hdlr")
    return b"" if handler is None else bytes(boxes.data[handler.body + 8 : handler.body + 12])


def _first(boxes: Boxes, box: Box | None, *path: bytes) -> Box | None:
    for kind in path:
        if box is None:
            return None
        box = next((one for one in boxes.below(box) if one.kind == kind), None)
    return box


def _table(boxes: Boxes, track: Box) -> dict[bytes, Box]:
    table = _first(boxes, track, b"mdia", b"minf", b"stbl")
    return {} if table is None else {one.kind: one for one in boxes.below(table)}


def _tell_track(boxes: Boxes, track: Box, found: Findings) -> None:
    entries = _table(boxes, track).get(b"stsd")
    kind = b"" if entries is None else bytes(boxes.data[entries.body + 12 : entries.body + 16])
    found.add(
        "gps" if kind in _POSITIONED else "other", "" if kind in _POSITIONED else text_of(kind)
    )


def _samples(boxes: Boxes, track: Box) -> list[tuple[int, int]]:
    """Return where the samples of a track lie, chunk by chunk (8.7)."""
    table = _table(boxes, track)
    try:
        sizes = _sizes(boxes, table)
        chunks = _offsets(boxes, table)
        runs = _numbers(boxes, table[b"stsc"], ">III")
    except (KeyError, unreadable):
        raise broken("a track without its table") from None
    ranges, sample = [], 0
    for place, (first, count, _) in enumerate(runs):
        last = runs[place + 1][0] - 1 if place + 1 < len(runs) else len(chunks)
        for chunk in chunks[max(first - 1, 0) : last]:
            length = sum(sizes[sample : sample + count])
            ranges.append((chunk, chunk + length))
            sample += count
    return ranges


def _sizes(boxes: Boxes, table: dict[bytes, Box]) -> list[int]:
    if b"stsz" not in table:
        raise broken("sizes that are packed")
    box = table[b"stsz"]
    same, count = unpack_from(">II", boxes.data, box.body + 4)
    if same:
        # Every sample is at least an octet of the file, whatever is said.
        return [same] * min(count, len(boxes.data))
    return list(unpack_from(f">{_at_most(box, 12, count, 4)}I", boxes.data, box.body + 12))


def _offsets(boxes: Boxes, table: dict[bytes, Box]) -> list[int]:
    wide = b"co64" in table
    return [
        one
        for (one,) in _numbers(boxes, table[b"co64" if wide else b"stco"], ">Q" if wide else ">I")
    ]


def _numbers(boxes: Boxes, box: Box, form: str) -> list[tuple[int, ...]]:
    size = 4 * (len(form) - 1) if "Q" not in form else 8
    count = _at_most(box, 8, unpack_from(">I", boxes.data, box.body + 4)[0], size)
    return [unpack_from(form, boxes.data, box.body + 8 + size * at) for at in range(count)]


def _at_most(box: Box, head: int, count: int, size: int) -> int:
    return min(count, max(0, box.end - box.body - head) // size)


def _tell(boxes: Boxes, box: Box, found: Findings) -> None:
    """Tell what a box of tags says, as far as its names are known."""
    before = len(found.told())
    _tell_tags(boxes, box, found, [])
    if len(found.told()) == before and any(boxes.content(box)):
        found.add("other", text_of(box.kind))


def _tell_tags(boxes: Boxes, box: Box, found: Findings, keys: list[str]) -> None:
    content = boxes.content(box)
    if box.kind == b"loci":
        found.add("gps", _located(content))
    elif box.kind == b"covr":
        found.add("thumbnail")
    elif box.kind == b"XMP_" or content.startswith(_XMP):
        read_xmp(content, found)
    elif box.kind == b"keys":
        said = re.findall(rb"mdta([^\x00]+)", content)
        keys += [text_of(one).rpartition(".")[2].lower() for one in said]
    elif code := _code_of(box, keys):
        found.add(code, _tag(content))
    elif box.kind in _TAGGED and len(content) > 8:  # noqa: PLR2004 - the head of a box
        for one in boxes.below(box):
            _tell_tags(boxes, one, found, keys)


def _code_of(box: Box, keys: list[str]) -> str | None:
    """Return what a tag is about: by its name, or by the key whose number it has."""
    number = int.from_bytes(box.kind)
    if box.above[-1:] == (b"ilst",) and 0 < number <= len(keys):
        return next((_KEYS[one] for one in _KEYS if keys[number - 1].startswith(one)), None)
    return _TAGS.get(box.kind[1:]) if box.kind[:1] == b"\xa9" else None


def _tag(content: bytes) -> str:
    if content[4:8] == b"data":
        return text_of(content[16:])
    return text_of(content[4:])


def _located(content: bytes) -> str:
    """Return the position in a box of 3GPP (TS 26.244, 8.10): behind a name and a role."""
    _, _, rest = content[6:].partition(b"\x00")
    try:
        east, north = (one / 65536 for one in unpack_from(">ii", rest, 1))
    except unreadable:
        return ""
    return f"{north:.6f}, {east:.6f}"
