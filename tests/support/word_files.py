"""Builds small Word files, honest and hostile, out of their parts."""

from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_OFFICE = "http://schemas.openxmlformats.org"
W = f"{_OFFICE}/wordprocessingml/2006/main"
_RELATIONS = f"{_OFFICE}/package/2006/relationships"
_KIND = f"{_OFFICE}/officeDocument/2006/relationships"
PARTS_BESIDE = ("numbering", "styles", "comments", "footnotes", "header", "footer")


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def numbered(text: str, numbering: int = 1, level: int = 0) -> str:
    marks = f'<w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/>'
    return paragraph(text, f"<w:numPr>{marks}</w:numPr>")


def row(*cells: str, properties: str = "") -> str:
    inside = "".join(f"<w:tc>{cell}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def part(root: str, inside: str) -> str:
    return f'<w:{root} xmlns:w="{W}" xmlns:r="{_KIND}">{inside}</w:{root}>'


def word_file(body: str, **beside: str) -> bytes:
    """Return a Word file with this body, and parts beside it (``numbering``, ``styles``)."""
    parts = {"word/document.xml": part("document", f"<w:body>{body}</w:body>")}
    roots = {"header": "hdr", "footer": "ftr"}
    for kind, inside in beside.items():
        parts[f"word/{kind}.xml"] = part(roots.get(kind, kind), inside)
    return archive(parts, beside)


def archive(parts: Mapping[str, str], beside: Mapping[str, str] | None = None) -> bytes:
    """Return an archive of these parts, with the relations of a Word file."""
    main = f'<Relationship Id="m" Type="{_KIND}/officeDocument" Target="word/document.xml"/>'
    others = "".join(
        f'<Relationship Id="{kind}" Type="{_KIND}/{kind}" Target="{kind}.xml"/>'
        for kind in beside or ()
    )
    whole = {
        "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}">{main}</Relationships>',
        "word/_rels/document.xml.rels": (
            f'<Relationships xmlns="{_RELATIONS}">{others}</Relationships>'
        ),
        **parts,
    }
    octets = BytesIO()
    with ZipFile(octets, "w", ZIP_DEFLATED) as made:
        for name, text in whole.items():
            made.writestr(name, text)
    return octets.getvalue()
