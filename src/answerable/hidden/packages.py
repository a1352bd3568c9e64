"""Word, Excel, PowerPoint and OpenDocument files: archives that are packed anew, part by part."""

import posixpath
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from answerable.casework.hidden_data import FileHarmful
from answerable.hidden import office_xml
from answerable.hidden.findings import Findings, broken
from answerable.hidden.pictures import gif, jpeg, png
from answerable.hidden.riff import webp

PARTS, UNPACKED = 5_000, 256 * 1024 * 1024
RATIO, SMALL = 200, 16 * 1024 * 1024
"""How much smaller than its content an archive may be, once its content is not small."""

_ENCRYPTED = 1
_BEFORE = (1980, 1, 1, 0, 0, 0)
_PICTURES: Mapping[bytes, Callable[[bytes, Findings], bytes]] = {
    b"\xff\xd8\xff": jpeg,
    b"\x89PNG": png,
    b"GIF8": gif,
    b"RIFF": webp,
}
_DRAWINGS = (".emf", ".wmf", ".odttf", ".ttf", ".otf", ".fntdata")
_OFFICE_GONE = ("docProps/", "customXml/", "_xmlsignatures/", "xl/revisions/", "userCustomization/")
_OFFICE_GONE_NAMES = (
    *("people.xml", "commentsIds.xml", "commentsExtensible.xml"),
    *("docMetadata/LabelInfo.xml", "thumbnail.jpeg", "thumbnail.wmf", "thumbnail.emf"),
)
_PRINTERS = "printerSettings"
_MANIFEST = "META-INF/manifest.xml"
_OPEN_GONE = ("Thumbnails/", "Configurations2/", "META-INF/")
_OPEN_GONE_NAMES = frozenset(["meta.xml", "settings.xml", "layout-cache", "manifest.rdf"])


def require_unpackable(data: bytes) -> ZipFile:
    """Return an archive that holds no more than a machine can.

    Raises:
        FileHarmful: archive-bomb, encrypted, broken.
    """
    try:
        archive = ZipFile(BytesIO(data))
        listed = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        raise broken("no archive") from None
    said = sum(one.file_size for one in listed)
    names = {one.filename for one in listed}
    if said > UNPACKED or len(listed) > PARTS or (said > SMALL and said > RATIO * len(data)):
        raise FileHarmful("unpacks to too much", reason="archive-bomb")
    if any(one.flag_bits & _ENCRYPTED for one in listed):
        raise FileHarmful("encrypted parts", reason="encrypted")
    if len(names) < len(listed):
        raise broken("two parts have one name")
    return archive


@dataclass(slots=True)
class _Package:
    """The parts of an archive while they are cleaned."""

    archive: ZipFile
    found: Findings
    left: int = UNPACKED
    is_clean: bool = True

    def read(self, name: str) -> bytes:
        entry = self.archive.getinfo(name)
        if entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
            raise broken("packed in a way that no office writes")
        try:
            with self.archive.open(entry) as part:
                # What the archive says of sizes is its maker's word: what comes out is counted.
                data = part.read(self.left + 1)
        except (BadZipFile, zlib.error, EOFError, ValueError, OSError):
            raise broken("a part cannot be unpacked") from None
        self.left -= len(data)
        if self.left < 0:
            raise FileHarmful("unpacks to too much", reason="archive-bomb")
        return data

    def other(self, name: str, data: bytes, depth: int) -> bytes:
        """Return a part that is no XML, without what is hidden in it."""
        clean = next((how for sign, how in _PICTURES.items() if data.startswith(sign)), None)
        if clean is not None:
            return clean(data, self.found)
        if data.startswith(b"PK\x03\x04") and not depth:
            inside = package(data, self.found, depth=1)
            if inside is not None:
                return inside
        if not name.lower().endswith(_DRAWINGS):
            self.is_clean = False
            is_script = "vbaProject" in name or name.startswith(("Basic/", "Scripts/"))
            self.found.add("script" if is_script else "attached", posixpath.basename(name))
        return data


def package(data: bytes, found: Findings, *, depth: int = 0) -> bytes | None:
    """Return an office file without what its pages do not show; None where a part is unknown.

    Raises:
        FileHarmful: archive-bomb, encrypted, broken; image-bomb of a picture in it.
    """
    with require_unpackable(data) as archive:
        names = archive.namelist()
        parts = _Package(archive, found)
        kind = kind_of(names)
        if kind is None:
            return None
        clean = _open_document if kind == "odf" else _office
        kept = clean(parts, [one for one in names if not one.endswith("/")], depth)
        if any(one.extra or one.comment for one in archive.infolist()) or archive.comment:
            _tell_entries(archive, found)
    return _packed(kept) if parts.is_clean else None


def kind_of(names: list[str]) -> str | None:
    """Return ``odf``, ``office`` or None by the names of the parts of an archive."""
    if "mimetype" in names and "content.xml" in names:
        return "odf"
    return "office" if "[Content_Types].xml" in names and "_rels/.rels" in names else None


def _tell_entries(archive: ZipFile, found: Findings) -> None:
    said = [archive.comment, *(one.comment for one in archive.infolist())]
    for one in said:
        if one:
            found.add("comment", one.decode("utf-8", "replace"))


def _is_gone(name: str) -> bool:
    base = posixpath.basename(name)
    return (
        name.startswith(_OFFICE_GONE)
        or name.endswith(_OFFICE_GONE_NAMES)
        or (_PRINTERS in name and base.endswith((".bin", ".xml")))
    )


def _office(parts: _Package, names: list[str], depth: int) -> dict[str, bytes]:
    gone = {name for name in names if _is_gone(name)}
    for name in gone & {"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"}:
        office_xml.tell_properties(parts.read(name), parts.found)
    for name in sorted(gone):
        _tell_part(name, parts.found)
    kept = {}
    for name in names:
        if name in gone:
            continue
        data = parts.read(name)
        if name == "[Content_Types].xml":
            kept[name] = office_xml.without_types(data, gone)
        elif name.endswith(".rels"):
            kept[name] = office_xml.without_relations(data, name, gone, parts.found)
        elif name.endswith((".xml", ".vml")):
            kept[name] = office_xml.cleaned(data, parts.found)
        else:
            kept[name] = parts.other(name, data, depth)
    return kept


def _tell_part(name: str, found: Findings) -> None:
    if "thumbnail" in name:
        found.add("thumbnail")
    elif name.startswith("_xmlsignatures/"):
        found.add("signature")
    elif not name.startswith("docProps/"):
        found.add("other", posixpath.basename(name))


def _open_document(parts: _Package, names: list[str], depth: int) -> dict[str, bytes]:
    kept, gone = dict[str, bytes](), set[str]()
    for name in names:
        data = parts.read(name)
        if _is_gone_open(name):
            _tell_open_part(name, data, parts.found)
            gone.add(name)
        elif posixpath.basename(name) in {"content.xml", "styles.xml"}:
            kept[name] = office_xml.cleaned(data, parts.found)
        elif name in {"mimetype", _MANIFEST}:
            kept[name] = data
        else:
            kept[name] = parts.other(name, data, depth)
    if _MANIFEST in kept:
        kept[_MANIFEST] = office_xml.without_entries(kept[_MANIFEST], gone)
    return kept


def _is_gone_open(name: str) -> bool:
    return posixpath.basename(name) in _OPEN_GONE_NAMES or (
        name.startswith(_OPEN_GONE) and name != _MANIFEST
    )


def _tell_open_part(name: str, data: bytes, found: Findings) -> None:
    base = posixpath.basename(name)
    if base == "meta.xml":
        office_xml.tell_properties(data, found)
    elif base == "settings.xml":
        office_xml.tell_settings(data, found)
    elif name.startswith("Thumbnails/"):
        found.add("thumbnail")
    elif name.startswith("META-INF/"):
        found.add("signature")


def _packed(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        for name, data in parts.items():
            # The same instant for all; the type of an OpenDocument stands first and unpacked.
            entry = ZipInfo(name, _BEFORE)
            entry.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, data)
    return target.getvalue()
