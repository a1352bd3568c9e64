"""Files that say more than they show. Every word that is planted in one begins with Planted."""

from collections.abc import Iterator
from io import BytesIO
from struct import pack
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.errors import PyPdfError
from pypdf.generic import (
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

WORD = b"lanted"
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-'
    b'syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"<dc:creator><rdf:Seq>"
    b"<rdf:li>PlantedXmp</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
)
_IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x12"
POSITION = "11.556361, 104.928250"


def exif() -> Image.Exif:
    """Return what a telephone writes: Phnom Penh, 12 May 2026, turned by a quarter."""
    said = Image.Exif()
    said[0x010F], said[0x0110], said[0x0112] = "PlantedMake", "PlantedModel", 6
    said[0x0132] = "2026:05:12 10:21:00"
    said.get_ifd(0x8825).update(
        {1: "N", 2: (11.0, 33.0, 22.9), 3: "E", 4: (104.0, 55.0, 41.7), 29: "2026:05:12"}
    )
    said.get_ifd(0x8769).update({0x9003: "2026:05:12 10:21:07", 0x927C: b"PlantedNote"})
    return said


def picture() -> Image.Image:
    drawn = Image.new("RGB", (64, 48), (200, 30, 30))
    drawn.paste((30, 90, 200), (10, 10, 40, 30))
    return drawn


def photo(form: str = "JPEG", **more: object) -> bytes:
    target = BytesIO()
    picture().save(target, form, exif=exif(), **more)
    return target.getvalue()


def jpeg() -> bytes:
    """Return a JPEG with every kind of segment that hides something, and a film behind its end."""
    plain = photo(comment=b"PlantedComment", icc_profile=b"a profile of colours")
    more = (
        _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP),
        _segment(0xED, _IPTC + b"\x1c\x02\x50\x00\x0dPlantedByline"),
        _segment(0xE2, b"MPF\x00PlantedIndex"),
        _segment(0xEB, b"PlantedClaim"),
    )
    return plain[:2] + b"".join(more) + plain[2:] + b"PlantedFilm"


def _segment(number: int, body: bytes) -> bytes:
    return b"\xff" + bytes([number]) + pack(">H", len(body) + 2) + body


def png() -> bytes:
    """Return a PNG with text in each of its three forms, and something behind its end."""
    said = PngInfo()
    said.add_text("Author", "PlantedAuthor")
    said.add_text("Comment", "PlantedPacked", zip=True)
    said.add_itxt("Title", "PlantedTitle")
    return photo("PNG", pnginfo=said) + b"PlantedTail"


def pdf(*, with_earlier: bool = True) -> bytes:
    """Return a PDF with properties, a photo with Exif, a file in it, a script, and a note."""
    target = BytesIO()
    picture().save(target, "PDF")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(target.getvalue())))
    writer.add_metadata({"/Author": "PlantedAuthor", "/Custom": "PlantedCustom"})
    writer.xmp_metadata = XMP
    writer.add_attachment("planted.txt", b"Planted words")
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("Planted"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    for one in writer._objects:  # noqa: SLF001 - to put a photo in the place of another
        if isinstance(one, StreamObject) and one.get("/Subtype") == "/Image":
            one._data = photo()  # noqa: SLF001 - as above
    note = Text(rect=(10, 10, 20, 20), text="a note that shows")
    note[NameObject("/T")] = TextStringObject("PlantedReviewer")
    writer.add_annotation(0, note)
    target = BytesIO()
    writer.write(target)
    if not with_earlier:
        return target.getvalue()
    revised = PdfWriter(PdfReader(target), incremental=True)
    revised.add_metadata({"/Author": "Another"})
    changed = BytesIO()
    revised.write(changed)
    return changed.getvalue()


_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PKG = "http://schemas.openxmlformats.org/package/2006"
_BY = 'w:author="PlantedReviser" w:date="2026-05-12T10:00:00Z"'
_DOCUMENT = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="{_W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"><w:body>
<w:p w:rsidR="00AB12CD"><w:r><w:t xml:space="preserve">kept </w:t></w:r>
<w:del w:id="1" {_BY}><w:r><w:delText>Planted deleted</w:delText></w:r></w:del>
<w:ins w:id="2" {_BY}><w:r><w:t>added</w:t></w:r></w:ins></w:p>
<w:tbl><w:tr><w:trPr><w:del w:id="3" {_BY}/></w:trPr><w:tc><w:p><w:r>
<w:delText>Planted row</w:delText></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>"""
_CORE = f"""<cp:coreProperties xmlns:cp="{_PKG}/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>PlantedAuthor</dc:creator>
<cp:lastModifiedBy>PlantedEditor</cp:lastModifiedBy></cp:coreProperties>"""
_COMMENTS = f"""<w:comments xmlns:w="{_W}"><w:comment w:id="0" w:initials="PlantedI" {_BY}>
<w:p><w:r><w:t>a comment that shows</w:t></w:r></w:p></w:comment></w:comments>"""


def docx() -> bytes:
    """Return a Word file with an author, changes that are tracked, a comment and a photo."""
    parts = {
        "[Content_Types].xml": f"""<Types xmlns="{_PKG}/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/core"/></Types>""",
        "_rels/.rels": f"""<Relationships xmlns="{_PKG}/relationships">
<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/>
<Relationship Id="r2" Type="{_PKG}/relationships/metadata/core-properties"
 Target="docProps/core.xml"/>
</Relationships>""",
        "word/document.xml": _DOCUMENT,
        "word/comments.xml": _COMMENTS,
        "word/_rels/document.xml.rels": f"""<Relationships xmlns="{_PKG}/relationships">
<Relationship Id="r1" Type="{_REL}/comments" Target="comments.xml"/>
<Relationship Id="r2" Type="{_REL}/attachedTemplate" Target="file:///C:/Users/Planted/a.dotx"
 TargetMode="External"/></Relationships>""",
        "docProps/core.xml": _CORE,
        "customXml/item1.xml": "<a>Planted</a>",
    }
    return archive(
        {**{name: text.encode() for name, text in parts.items()}, "word/media/image1.jpeg": photo()}
    )


def odt() -> bytes:
    """Return an OpenDocument with an author, a change that is tracked, and a printer."""
    office, text = (
        f"urn:oasis:names:tc:opendocument:xmlns:{one}:1.0" for one in ("office", "text")
    )
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    content = f"""<office:document-content xmlns:office="{office}" xmlns:text="{text}" {dc}>
<office:body><office:text><text:tracked-changes><text:changed-region text:id="c1"><text:deletion>
<office:change-info><dc:creator>PlantedReviser</dc:creator><dc:date>2026-05-12T10:00:00</dc:date>
</office:change-info><text:p>Planted deleted</text:p></text:deletion></text:changed-region>
</text:tracked-changes><text:p>kept<text:change text:change-id="c1"/></text:p></office:text>
</office:body>
</office:document-content>"""
    meta = f"""<office:document-meta xmlns:office="{office}" {dc}><office:meta>
<dc:creator>PlantedAuthor</dc:creator></office:meta></office:document-meta>"""
    config = 'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
    settings = f"""<a {config}><config:config-item config:name="PrinterName">PlantedPrinter
</config:config-item></a>"""
    manifest = """<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<m:file-entry m:full-path="meta.xml"/><m:file-entry m:full-path="content.xml"/></m:manifest>"""
    return archive(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": content.encode(),
            "meta.xml": meta.encode(),
            "settings.xml": settings.encode(),
            "META-INF/manifest.xml": manifest.encode(),
            "Thumbnails/thumbnail.png": photo("PNG"),
        }
    )


def archive(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return target.getvalue()


def box(kind: bytes, *inside: bytes) -> bytes:
    body = b"".join(inside)
    return pack(">I", len(body) + 8) + kind + body


def film() -> bytes:
    """Return an MP4 of two tracks: one of sound, and one of positions that no player shows."""
    head = box(b"ftyp", b"isom\x00\x00\x00\x00")
    sound, positions = b"sound sound", b"PlantedPosition"

    def moov(start: int) -> bytes:
        at = start + 8
        tags = box(b"\xa9xyz", pack(">HH", 18, 0x15C7), b"+11.5564+104.9282/")
        brand = box(b"meta", bytes(4), box(b"hdlr", bytes(8), b"mdir", bytes(13)), _ilst())
        return box(
            b"moov",
            box(b"mvhd", bytes(4), pack(">II", 3861426060, 3861426060), bytes(88)),
            _track(b"soun", b"mp4a", at, len(sound)),
            _track(b"meta", b"gpmd", at + len(sound), len(positions)),
            box(b"udta", tags, brand),
        )

    start = len(head) + len(moov(0))
    return (
        head
        + moov(start)
        + box(b"mdat", sound, positions, b"PlantedRest")
        + box(b"free", b"Planted")
    )


def _ilst() -> bytes:
    return box(b"ilst", box(b"\xa9too", box(b"data", pack(">II", 1, 0), b"PlantedEncoder")))


def _track(handler: bytes, kind: bytes, at: int, length: int) -> bytes:
    table = box(
        b"stbl",
        box(b"stsd", bytes(4), pack(">I", 1), box(kind, bytes(28))),
        box(b"stsz", bytes(4), pack(">III", 0, 1, length)),
        box(b"stsc", bytes(4), pack(">IIII", 1, 1, 1, 1)),
        box(b"stco", bytes(4), pack(">II", 1, at)),
    )
    name = box(b"hdlr", bytes(8), handler, bytes(12), b"PlantedHandler\x00")
    return box(b"trak", box(b"mdia", name, box(b"minf", table)))


def mp3() -> bytes:
    """Return one frame of silence, with tags before and behind it."""
    title = b"TIT2" + pack(">IH", 13, 0) + b"\x03PlantedTitle"
    frame = b"\xff\xfb\x10\x00" + bytes(100)
    return (
        b"ID3\x04\x00\x00"
        + bytes([0, 0, 0, len(title)])
        + title
        + frame
        + b"TAG"
        + b"PlantedOld".ljust(125, b"\x00")
    )


def wav() -> bytes:
    form = b"fmt " + pack("<IHHIIHH", 16, 1, 1, 8000, 8000, 1, 8)
    info = b"LIST" + pack("<I", 26) + b"INFOIART" + pack("<I", 14) + b"PlantedArtist\x00"
    inside = b"WAVE" + form + info + b"data" + pack("<I", 4) + b"\x80\x81\x80\x7f"
    return b"RIFF" + pack("<I", len(inside)) + inside


def flac() -> bytes:
    vendor = pack("<I", 13) + b"PlantedVendor" + pack("<I", 0)
    blocks = b"\x00" + (34).to_bytes(3) + bytes(34) + b"\x84" + len(vendor).to_bytes(3) + vendor
    return b"fLaC" + blocks + b"\xff\xf8" + b"sound"


def ogg() -> bytes:
    tags = b"OpusTags" + pack("<I", 13) + b"PlantedVendor" + pack("<I", 1)
    tags += pack("<I", 19) + b"TITLE=Planted title"
    return b"".join(
        b"OggS\x00"
        + bytes([flag])
        + bytes(8)
        + pack("<III", 7, number, 0)
        + bytes([1, len(body)])
        + body
        for number, (flag, body) in enumerate(
            [(2, b"OpusHead" + bytes(11)), (0, tags), (4, b"sound")]
        )
    )


def gif() -> bytes:
    target = BytesIO()
    picture().save(target, "GIF", comment=b"PlantedComment")
    return target.getvalue() + b"PlantedTail"


def svg() -> bytes:
    return (
        b'<?xml version="1.0"?><!-- PlantedComment --><svg xmlns="http://www.w3.org/2000/svg" '
        b'xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:docname="Planted.svg"><metadata>'
        b'PlantedAuthor</metadata><rect width="4" height="4"/></svg>'
    )


def every() -> dict[str, bytes]:
    """Return a file of each kind that can be cleaned and hides something, by its extension."""
    return {
        "jpg": jpeg(), "png": png(), "webp": photo("WEBP", xmp=XMP),
        "gif": gif(), "svg": svg(), "pdf": pdf(), "docx": docx(), "odt": odt(), "mp4": film(),
        "mp3": mp3(), "wav": wav(), "flac": flac(), "ogg": ogg(),
    }  # fmt: skip


def all_octets(data: bytes) -> bytes:
    """Return a file, and whatever is packed in it, unpacked."""
    found = [data]
    if data[:2] == b"PK":
        with ZipFile(BytesIO(data)) as packed:
            found += [name.encode() + all_octets(packed.read(name)) for name in packed.namelist()]
    if data[:5] == b"%PDF-":
        found += _streams(data)
    return b"".join(found)


def _streams(data: bytes) -> Iterator[bytes]:
    reader = PdfReader(BytesIO(data))
    for number in range(1, 100):
        try:
            one = reader.get_object(number)
            if isinstance(one, StreamObject):
                yield one.get_data()
        except (PyPdfError, NotImplementedError):
            continue
