"""What adapters ask of a Word file alike: its parts within limits, and XML that fetches nothing.

Names of elements and attributes are short here: ``w:p`` for both of the namespaces that the
standard has for it (ISO/IEC 29500, transitional and strict).
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from answerable.core.papers import NotAPaper, PaperDamaged, PaperLocked, PaperTooLarge, PaperUnsafe

MIB = 1024 * 1024
PARTS = 2_000
UNPACKED = 64 * MIB
"""Bytes of all parts that are read, together. A hundred pages have one or two MiB."""
ELEMENTS = 600_000
DEPTH = 150

_OFFICE = "schemas.openxmlformats.org"
_NAMESPACES = {
    f"http://{_OFFICE}/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    f"http://{_OFFICE}/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    f"http://{_OFFICE}/markup-compatibility/2006": "mc",
    f"http://{_OFFICE}/officeDocument/2006/math": "m",
    f"http://{_OFFICE}/package/2006/relationships": "rel",
}
_ENCRYPTED = 1
_KINDS = (("xl/", "spreadsheet"), ("ppt/", "slides"))

# What is not text of the paper as it stands: deleted and moved words, codes of fields, properties.
_SILENT = frozenset(
    [
        *("w:del", "w:moveFrom", "w:instrText", "w:delText", "w:delInstrText", "mc:Fallback"),
        *("w:pPr", "w:rPr", "w:tblPr", "w:tcPr", "w:trPr", "w:sdtPr", "w:sectPr"),
    ],
)
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}


class WordFile:
    """The parts of a Word file. Nothing is unpacked but what is asked for, and no more than fits.

    Raises:
        PaperProblem: what is no Word file, is locked or damaged, or is made to do harm.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            raise PaperDamaged("not an archive") from None
        self._left = UNPACKED
        listed = self._zip.infolist()
        if len(listed) > PARTS:
            raise PaperTooLarge("too many parts", limit=PARTS)
        if any(count > 1 for count in Counter(one.filename for one in listed).values()):
            raise PaperUnsafe("two parts have one name")
        if any(one.flag_bits & _ENCRYPTED for one in listed):
            raise PaperLocked("encrypted parts")
        self.names = frozenset(one.filename for one in listed)
        self.main = self._main()

    def xml(self, name: str) -> Element | None:
        """Return a part, or None where there is none of this name."""
        return parsed(self._read(name)) if name in self.names else None

    def beside(self, kind: str) -> Iterator[Element]:
        """Return the parts of a kind that the main part refers to: ``header``, ``comments``."""
        folder, _, name = self.main.rpartition("/")
        relations = self.xml(f"{folder}/_rels/{name}.rels")
        for one in relations if relations is not None else ():
            if one.get("Type", "").endswith(f"/{kind}") and one.get("TargetMode") != "External":
                target = one.get("Target", "")
                path = target[1:] if target.startswith("/") else f"{folder}/{target}"
                part = self.xml(path)
                if part is not None:
                    yield part

    def _main(self) -> str:
        for one in self.xml("_rels/.rels") or ():
            if one.get("Type", "").endswith("/officeDocument"):
                name = one.get("Target", "").lstrip("/")
                kind = next((kind for start, kind in _KINDS if name.startswith(start)), None)
                if kind:
                    raise NotAPaper("another kind of file", found=kind)
                if name in self.names:
                    return name
                raise PaperDamaged("the main part is missing")
        is_open = "mimetype" in self.names and "content.xml" in self.names
        raise NotAPaper("another kind of file", found="open-document" if is_open else "archive")

    def _read(self, name: str) -> bytes:
        entry = self._zip.getinfo(name)
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise PaperDamaged("packed in a way that no word processor uses")
        try:
            with self._zip.open(entry) as part:
                # What the archive says of sizes is its maker's word: what comes out is counted.
                data = part.read(self._left + 1)
        except (BadZipFile, zlib.error, EOFError, ValueError, OSError):
            raise PaperDamaged("a part cannot be unpacked") from None
        self._left -= len(data)
        if self._left < 0:
            raise PaperTooLarge("unpacks to too much", limit=UNPACKED)
        return data


def parsed(data: bytes) -> Element:
    """Return the root of an XML part. It may have no document type, and so no entities."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    builder = TreeBuilder()
    open_now = made = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal open_now, made
        open_now, made = open_now + 1, made + 1
        if made > ELEMENTS:
            raise PaperTooLarge("too many elements", limit=ELEMENTS)
        if open_now > DEPTH:
            raise PaperUnsafe("nested too deep")
        builder.start(_short(name), {_short(key): said for key, said in attributes.items()})

    def end(name: str) -> None:
        nonlocal open_now
        open_now -= 1
        builder.end(_short(name))

    def refuse(*_: object) -> int:
        raise PaperUnsafe("a document type in a part")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place
        return builder.close()
    except expat.ExpatError:
        raise PaperDamaged("a part is no XML") from None


def _short(name: str) -> str:
    space, brace, local = name.rpartition("}")
    if not brace:
        return local
    prefix = _NAMESPACES.get(space)
    return f"{prefix}:{local}" if prefix and prefix != "rel" else local


def child(node: Element | None, *path: str) -> Element | None:
    """Return the first element at a path below a node."""
    for name in path:
        node = next((one for one in node if one.tag == name), None) if node is not None else None
    return node


def value(node: Element | None, *path: str) -> str | None:
    """Return what ``w:val`` says at a path below a node."""
    found = child(node, *path)
    return None if found is None else found.get("w:val")


def told(node: Element, *, without: frozenset[str] = frozenset()) -> Iterator[Element]:
    """Return the elements below a node in their order, without what is no text as it stands."""
    for one in node:
        if one.tag not in _SILENT and one.tag not in without:
            yield one
            yield from told(one, without=without)


def sign_of(node: Element) -> str:
    """Return what an element adds to the text of its paragraph."""
    if node.tag in {"w:t", "m:t"}:
        return node.text or ""
    if node.tag == "w:sym":
        code = node.get("w:char", "")
        is_code = 0 < len(code) <= len("FFFF") and all(
            sign in "0123456789abcdefABCDEF" for sign in code
        )
        return chr(int(code, 16)) if is_code else ""
    return _SIGNS.get(node.tag, "")
