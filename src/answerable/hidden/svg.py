"""SVG: a drawing that is also a page. One that could do something is refused."""

from typing import Any

from lxml import etree

from answerable.casework.hidden_data import FileHarmful
from answerable.hidden.findings import Findings, broken

_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ACTS = frozenset(["script", "foreignObject", "handler", "listener", "iframe", "embed", "object"])
_MOVES = frozenset(["set", "animate", "animateTransform", "animateMotion"])


def svg(data: bytes, found: Findings) -> bytes | None:
    """Return an SVG without comments and what its editor noted; None where it shows other files.

    Raises:
        FileHarmful: script-in-svg: it could run something, or repeat itself; broken.
    """
    if b"<!ENTITY" in data:
        raise _script()
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise broken("no XML") from None
    _require_still(root)
    shows_others = _clean(root, found)
    return None if shows_others else bytes(etree.tostring(root, encoding="UTF-8"))


def _script() -> FileHarmful:
    return FileHarmful("it could run something", reason="script-in-svg")


def _require_still(root: Any) -> None:
    for node in root.iter(etree.Element):
        name = etree.QName(node.tag).localname
        acts = name in _ACTS or (
            name in _MOVES and node.get("attributeName", "").lower().endswith("href")
        )
        for key, value in node.attrib.items():
            local = etree.QName(key).localname.lower()
            said = "".join(value.split()).lower()
            acts = acts or local.startswith("on")
            acts = acts or said.startswith(("javascript:", "vbscript:", "data:text/"))
        if acts:
            raise _script()


def _clean(root: Any, found: Findings) -> bool:
    """Take out what does not draw, and return whether it shows other files."""
    if not _is_drawn(root):
        raise broken("no drawing")
    for node in [one for one in root.iter() if not _is_drawn(one)]:
        if isinstance(node.tag, str):
            found.add("other", etree.QName(node.tag).localname)
        elif (node.text or "").strip():
            found.add("comment", node.text)
        if node.getparent() is not None:
            _take(node)
    drawn = list(root.iter(etree.Element))
    for node in drawn:
        _clean_attributes(node, found)
    etree.cleanup_namespaces(root)
    shows = any(_shows_others(node, etree.QName(node.tag).localname) for node in drawn)
    if shows:
        found.add("attached")
    return shows


def _clean_attributes(node: Any, found: Findings) -> None:
    for key, value in list(node.attrib.items()):
        if etree.QName(key).namespace not in {None, _XLINK, _XML}:
            found.add("path" if key.endswith(("docname", "filename")) else "other", value)
            del node.attrib[key]


def _is_drawn(node: Any) -> bool:
    # A comment and an instruction have a function for a tag.
    if not isinstance(node.tag, str):
        return False
    name = etree.QName(node.tag)
    return bool(name.namespace == _SVG and name.localname != "metadata")


def _take(node: Any) -> None:
    parent, before = node.getparent(), node.getprevious()
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _shows_others(node: Any, name: str) -> bool:
    links = [node.get("href"), node.get(f"{{{_XLINK}}}href")]
    if name != "a" and any(one and not one.startswith("#") for one in links):
        return True
    said = (node.text or "") if name == "style" else " ".join(node.attrib.values())
    return "@import" in said or said.count("url(") > said.replace("'", "").replace('"', "").count(
        "url(#"
    )
