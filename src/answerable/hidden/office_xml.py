"""The XML of office files: who wrote and when is taken out, and what was deleted is gone.

Parts are changed as trees that keep their prefixes, since ``mc:Ignorable`` names them in text.
"""

import posixpath
import re
from typing import Any

from lxml import etree

from answerable.casework.hidden_data import FileHarmful
from answerable.hidden.findings import Findings, broken

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_DC = "http://purl.org/dc/elements/1.1/"
_META = "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
_LOEXT = "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"

# In Word these are deleted and moved words, and how something looked before.
_DELETED = frozenset(
    b"del moveFrom rPrChange pPrChange sectPrChange tblPrChange tblPrExChange tcPrChange "
    b"trPrChange tblGridChange numberingChange cellDel cellIns cellMerge moveFromRangeStart "
    b"moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlDelRangeStart "
    b"customXmlDelRangeEnd customXmlInsRangeStart customXmlInsRangeEnd "
    b"customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart "
    b"customXmlMoveToRangeEnd".decode().split()
)
_ADDED = frozenset(["ins", "moveTo"])
_SETTINGS = frozenset(["rsids", "attachedTemplate", "docVars", "trackRevisions", "trackChanges"])
_OPEN_DELETED = frozenset(["tracked-changes", "change", "change-start", "change-end"])
_AUTHORS = frozenset(
    ["author", "initials", "userName", "refreshedBy", "userId", "providerId", "modifiedBy"]
)
_DATES = frozenset(
    ["date", "dateUtc", "dT", "dt", "dateTime", "refreshedDate", "created", "modified"]
)
_RSID = re.compile("rsid", re.IGNORECASE)
_PATHS = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\|/{3})")
_PROPERTIES = {
    "creator": "author", "lastModifiedBy": "author", "Manager": "author", "Company": "author",
    "initial-creator": "author", "printed-by": "author", "created": "time", "modified": "time",
    "lastPrinted": "time", "date": "time", "creation-date": "time", "print-date": "time",
    "title": "title", "subject": "title", "keywords": "title", "category": "title",
    "keyword": "title", "description": "comment", "Application": "software",
    "AppVersion": "software", "generator": "software", "Template": "path", "HyperlinkBase": "path",
    "template": "path",
}  # fmt: skip


def parsed(data: bytes) -> Any:
    """Return the root of a part, without comments. It has no document type, and fetches nothing.

    Raises:
        FileHarmful: broken; archive-bomb where it would repeat itself.
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise FileHarmful("a document type in a part", reason="archive-bomb")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise broken("a part is no XML") from None
    if root.getroottree().docinfo.doctype:
        raise FileHarmful("a document type in a part", reason="archive-bomb")
    return root


def _written(root: Any) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _name(node: Any) -> tuple[str, str]:
    name = etree.QName(node.tag)
    return name.namespace or "", name.localname


def cleaned(data: bytes, found: Findings) -> bytes:
    """Return a part without authors, times, and what was deleted. What stands in it stays."""
    if not data.strip():
        return data
    root = parsed(data)
    _accept(root, found)
    for node in root.iter(etree.Element):
        space, name = _name(node)
        _clean_attributes(node, found, is_comment="omment" in name or name in {"cm", "person"})
        if (space, name) in {
            (_DC, "creator"),
            (_META, "creator-initials"),
            (_LOEXT, "sender-initials"),
        }:
            _empty(node, "author", found)
        elif (space, name) == (_DC, "date") or (space, name) == (_META, "date-string"):
            _empty(node, "time", found)
        elif name == "author" and _name(node.getparent())[1] == "authors":
            _empty(node, "author", found)
    return _written(root)


def _empty(node: Any, code: str, found: Findings) -> None:
    if (said := (node.text or "").strip()) and said not in {"", "1970-01-01T00:00:00"}:
        found.add(code, said)
    node.text = "1970-01-01T00:00:00" if code == "time" else ""


def _clean_attributes(node: Any, found: Findings, *, is_comment: bool) -> None:
    for key, value in list(node.attrib.items()):
        name = etree.QName(key).localname
        if _RSID.search(name):
            del node.attrib[key]
        elif _names_author(node, name):
            if value.strip():
                found.add("author", value)
            node.attrib[key] = ""
        elif name in _DATES and (is_comment or "wordprocessingml" in key):
            found.add("time", value)
            del node.attrib[key]
        elif _PATHS.match(value) and name in {"url", "href", "filename", "path", "src"}:
            found.add("path", value)
            node.attrib[key] = ""


def _names_author(node: Any, name: str) -> bool:
    local = _name(node)[1]
    if name == "displayName":
        return local == "person"  # elsewhere it is what a table is called
    if name == "name":
        return local in {"cmAuthor", "author"}
    return name in _AUTHORS


def _accept(root: Any, found: Findings) -> None:
    """Take deleted words out and leave added ones in, as the page shows once changes are taken."""
    for row in [
        one for one in root.iter(f"{{{_WORD}}}tr", f"{{{_STRICT_WORD}}}tr") if _is_gone(one)
    ]:
        found.add("tracked-change")
        row.getparent().remove(row)
    for node in list(root.iter(etree.Element)):
        space, name = _name(node)
        if node.getparent() is None:
            continue
        if space in {_WORD, _STRICT_WORD}:
            _accept_in_word(node, name, found)
        elif space == _TEXT and name in _OPEN_DELETED:
            found.add("tracked-change")
            _tell_authors(node, found)
            _remove(node)
        elif name in {"absPath", "fileSharing"}:
            found.add(
                "path" if name == "absPath" else "author",
                node.get("url") or node.get("userName") or "",
            )
            _remove(node)


def _accept_in_word(node: Any, name: str, found: Findings) -> None:
    if name in _DELETED | _ADDED:
        found.add("tracked-change")
        for key, value in node.attrib.items():
            said = etree.QName(key).localname
            if said in {"author", "date"} and value.strip():
                found.add("author" if said == "author" else "time", value)
    if name in _ADDED:
        _unwrap(node)
    elif name in _DELETED | _SETTINGS:
        if name == "docVars":
            found.add("other", "docVars")
        _remove(node)


def _is_gone(row: Any) -> bool:
    space = f"{{{_name(row)[0]}}}"
    return row.find(f"{space}trPr/{space}del") is not None


def _tell_authors(node: Any, found: Findings) -> None:
    for tag, code in ((f"{{{_DC}}}creator", "author"), (f"{{{_DC}}}date", "time")):
        for one in node.iter(tag):
            found.add(code, one.text or "")


def _remove(node: Any) -> None:
    """Take an element out, and leave the text behind it."""
    parent, before = node.getparent(), node.getprevious()
    if node.tail:
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
    parent.remove(node)


def _unwrap(node: Any) -> None:
    parent, place = node.getparent(), node.getparent().index(node)
    for one in list(node)[::-1]:
        parent.insert(place, one)
    _remove(node)


def tell_properties(data: bytes, found: Findings) -> None:
    """Tell what the properties of a document say."""
    for node in parsed(data).iter(etree.Element):
        said, (_, name) = (node.text or "").strip(), _name(node)
        if code := _PROPERTIES.get(name):
            if said or node.attrib:
                found.add(code, said or next(iter(node.attrib.values())))
        elif name in {"property", "user-defined"}:
            named = next(
                (v for k, v in node.attrib.items() if etree.QName(k).localname == "name"), ""
            )
            found.add("other", f"{named}: {' '.join(node.itertext())}")


def tell_settings(data: bytes, found: Findings) -> None:
    """Tell which printer the settings of an OpenDocument name."""
    for node in parsed(data).iter(etree.Element):
        if "PrinterName" in node.attrib.values() and (node.text or "").strip():
            found.add("device", node.text)


def without_types(data: bytes, gone: set[str]) -> bytes:
    """Return the list of types without parts that are gone (ISO/IEC 29500-2)."""
    root = parsed(data)
    for node in [one for one in root if one.get("PartName", "").lstrip("/") in gone]:
        root.remove(node)
    return _written(root)


def without_relations(data: bytes, name: str, gone: set[str], found: Findings) -> bytes:
    """Return relations without those to parts that are gone, or to a file of someone's disk."""
    root = parsed(data)
    # word/_rels/document.xml.rels speaks of word/document.xml.
    folder = posixpath.dirname(posixpath.dirname(name))
    for node in list(root):
        target, kind = node.get("Target", ""), node.get("Type", "")
        if node.get("TargetMode") == "External":
            if _PATHS.match(target) or kind.endswith("/attachedTemplate"):
                found.add("path", target)
                if kind.endswith("/attachedTemplate"):
                    root.remove(node)
                else:
                    node.set("Target", "about:blank")
        elif _resolved(folder, target) in gone:
            root.remove(node)
    return _written(root)


def _resolved(folder: str, target: str) -> str:
    return (
        target[1:]
        if target.startswith("/")
        else posixpath.normpath(f"{folder}/{target}").lstrip("/")
    )


def without_entries(data: bytes, gone: set[str]) -> bytes:
    """Return the manifest of an OpenDocument without parts that are gone."""
    root = parsed(data)
    for node in list(root):
        if any(
            value in gone or value.startswith("Configurations2/") for value in node.attrib.values()
        ):
            root.remove(node)
    return _written(root)
