"""PDF (ISO 32000-2): written anew from what its pages need, so that no earlier version stays.

What stands on a page stays, also what lies under something black.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PasswordType, PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    StreamObject,
)

from answerable.casework.hidden_data import FileHarmful
from answerable.hidden.findings import Findings, broken, read_xmp, text_of
from answerable.hidden.pictures import jpeg

OBJECTS = 500_000
_DEPTH = 100
_FAULTS = (
    *(PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError),
    *(RecursionError, NotImplementedError, AssertionError, OverflowError),
)
_INFO = {
    "/Author": "author", "/Creator": "software", "/Producer": "software", "/Title": "title",
    "/Subject": "title", "/Keywords": "title", "/CreationDate": "time", "/ModDate": "time",
    "/Company": "author", "/SourceModified": "time",
}  # fmt: skip
# Of the whole document, and of anything in it: what no page needs to be drawn.
_GONE = {
    "/Metadata": "", "/PieceInfo": "other", "/LastModified": "time", "/Thumb": "thumbnail",
    "/AF": "attached", "/AA": "script", "/JS": "script", "/JavaScript": "script",
    "/EmbeddedFiles": "attached", "/EF": "attached", "/Collection": "attached",
    "/XFA": "script", "/Perms": "signature", "/DSS": "signature", "/SourceInfo": "other",
    "/SpiderInfo": "other", "/Threads": "", "/Legal": "", "/RichMedia": "attached",
}  # fmt: skip
_OF_NOTES = {
    "/T": "author", "/M": "time", "/CreationDate": "time", "/NM": "", "/Subj": "title", "/RC": "",
}  # fmt: skip
_ACTIONS = frozenset(["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition"])
_HOLDS_FILES = frozenset(["/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"])


def pdf(data: bytes, found: Findings) -> bytes:
    """Return a PDF with its pages, their links, notes and forms, and nothing beside them.

    Raises:
        FileHarmful: encrypted; broken.
    """
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise FileHarmful("needs a password", reason="encrypted")
        _tell_whole(reader, data, found)
        writer = PdfWriter(clone_from=reader)
        _clean(writer, found)
        # Once more, so that objects that are gone leave no gaps in the count.
        return _written(PdfWriter(clone_from=PdfReader(BytesIO(_written(writer)))))
    except _FAULTS:
        raise broken("cannot be read") from None


def _written(writer: PdfWriter) -> bytes:
    writer.metadata = None
    # A random name of the file, and one of what it was made of.
    writer._ID = None  # noqa: SLF001 - no other way; the trailer has it otherwise
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _tell_whole(reader: PdfReader, data: bytes, found: Findings) -> None:
    if not len(reader.pages):
        raise broken("no pages")
    for name, value in (reader.metadata or {}).items():
        if said := str(value).strip():
            found.add(_INFO.get(name, "other"), said if name in _INFO else f"{name[1:]}: {said}")
    earlier = data.count(b"startxref") - 1 - (b"/Linearized" in data[:2048])
    if earlier > 0:
        found.add("earlier-version", str(earlier))
    end = data.rfind(b"%%EOF")
    if end >= 0 and data[end + 5 :].strip():
        found.add("attached", f"{len(data) - end - 5} B")
    begins = data.find(b"%PDF-")
    if data[: max(begins, 0)].strip():
        found.add("attached", f"{begins} B")


def _clean(writer: PdfWriter, found: Findings) -> None:
    root = writer.root_object
    opens = root.get("/OpenAction")
    if opens is not None and isinstance(opens.get_object(), DictionaryObject):
        # An array says on which page to begin; a dictionary may do anything.
        del root["/OpenAction"]
        found.add("script")
    for one in _dictionaries(writer):
        _clean_one(one, found)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)


def _dictionaries(writer: PdfWriter) -> Iterator[DictionaryObject]:
    """Yield every dictionary of a document, those that stand in others too."""
    waiting: list[tuple[Any, int]] = [(one, 0) for one in writer._objects if one is not None]  # noqa: SLF001 - no other way to all of them
    counted = 0
    while waiting:
        one, depth = waiting.pop()
        counted += 1
        if counted > OBJECTS or depth > _DEPTH:
            raise broken("too many parts")
        if isinstance(one, DictionaryObject):
            yield one
            waiting += [(raw, depth + 1) for raw in one.values() if not _is_far(raw)]
        elif isinstance(one, ArrayObject):
            waiting += [(raw, depth + 1) for raw in one if not _is_far(raw)]


def _is_far(one: PdfObject) -> bool:
    return isinstance(one, IndirectObject)


def _clean_one(one: DictionaryObject, found: Findings) -> None:
    subtype = one.get("/Subtype")
    if subtype in _HOLDS_FILES and "/Rect" in one:
        found.add("attached", str(one.get("/Contents", "")))
        one.clear()
        # An array of notes may name it; a note that nothing shows takes no place.
        one.update({NameObject("/Type"): NameObject("/Annot")})
        return
    if one.get("/S") in _ACTIONS:
        found.add("script")
        one.clear()
        return
    gone = _GONE | (
        _OF_NOTES if subtype is not None and "/Rect" in one and "/FT" not in one else {}
    )
    if one.get("/FT") == "/Sig" and "/V" in one:
        _tell_signature(one["/V"], found)
        del one["/V"]
    for name in gone.keys() & one.keys():
        _tell_gone(one, name, gone[name], found)
        del one[NameObject(name)]
    if isinstance(one, StreamObject):
        _clean_stream(one, found)


def _tell_gone(one: DictionaryObject, name: str, code: str, found: Findings) -> None:
    value = one[name]
    if name == "/Metadata" and isinstance(value, StreamObject):
        read_xmp(value.get_data(), found)
    elif code:
        found.add(code, str(value) if isinstance(value, str) and name in _OF_NOTES else "")


def _tell_signature(value: PdfObject, found: Findings) -> None:
    said = value.get_object()
    name = said.get("/Name") if isinstance(said, DictionaryObject) else None
    found.add("signature", "" if name is None or isinstance(name, NullObject) else str(name))


def _clean_stream(one: StreamObject, found: Findings) -> None:
    if one.get("/Filter") not in ("/DCTDecode", ["/DCTDecode"]):
        return
    try:
        cleaned = jpeg(one._data, found)  # noqa: SLF001 - get_data would decode it
    except FileHarmful:
        found.add("other", text_of(b"DCT"))
        return
    one._data = cleaned  # noqa: SLF001 - as above
