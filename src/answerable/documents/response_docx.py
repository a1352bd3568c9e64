"""Writes the collected response as a Word file that bodies edit and hand back.

WordprocessingML as ISO/IEC 29500 has it, from the few elements that are needed: the file can be
read with nothing but unzip. Each row has a bookmark in its label's cell, so that it is known again
whatever is done to the text beside it; word processors keep bookmarks.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from answerable.core.proceeding.response import CollectedResponse
from answerable.documents.response_rows import Part, Placed, footer, instruction, parts_of
from answerable.locale.catalogue import Catalogue

LATIN, KHMER = "Noto Sans", "Khmer OS Battambang"
"""Where a font is missing, word processors take another; the one for Khmer is common there."""
_OFFICE = "http://schemas.openxmlformats.org"
_SPACES = (
    f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
)
_KIND = f"{_OFFICE}/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KHMER_RUN = re.compile("([\u1780-\u17ff\u19e0-\u19ff][\u1780-\u17ff\u19e0-\u19ff\u200b-\u200d ]*)")
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_DAY = (2000, 1, 1, 0, 0, 0)
"""The date of every part: the same response is the same file."""
_WIDTHS = (2600, 7000)
_FIXED, _FREE = "EDEDED", "FFFFFF"
_TAGS = {"en": ("en-GB", "km-KH"), "fr": ("fr-FR", "km-KH"), "km": ("en-GB", "km-KH")}


def response_docx(response: CollectedResponse, language: str) -> bytes:
    """Return the response as a Word file, with its fixed text in a language."""
    say = Catalogue(language)
    parts = parts_of(response, say)
    packed = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(
            ("styles", "styles.xml"), ("footer", "footer.xml"), ("settings", "settings.xml")
        ),
        "word/document.xml": _document(parts, say),
        "word/footer.xml": f"<w:ftr {_SPACES}>{_paragraphs(footer(response), 'Footer')}</w:ftr>",
        "word/settings.xml": f'<w:settings {_SPACES}><w:defaultTabStop w:val="720"/></w:settings>',
        "word/styles.xml": _styles(language),
    }
    octets = BytesIO()
    with ZipFile(octets, "w") as made:
        for name, text in packed.items():
            entry = ZipInfo(name, _DAY)
            entry.compress_type = ZIP_DEFLATED
            made.writestr(entry, _HEAD + text)
    return octets.getvalue()


def _document(parts: list[Part], say: Catalogue) -> str:
    counter = iter(range(1, 1_000_000))
    about, *points = parts
    body = [
        _paragraphs(about.heading, "Title"),
        _paragraphs(instruction(say), ""),
        _table(about, counter),
    ]
    for part in points:
        body += [_paragraphs(part.heading, "Heading1"), _table(part, counter)]
    # A table must be followed by a paragraph; the last one holds the form of the page.
    page = (
        '<w:p/><w:sectPr><w:footerReference w:type="default" r:id="footer"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" '
        'w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
    )
    return f"<w:document {_SPACES}><w:body>{''.join(body)}{page}</w:body></w:document>"


def _table(part: Part, counter: Iterator[int]) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    rows = "".join(_row(one, next(counter)) for one in part.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(one: Placed, number: int) -> str:
    start = f'<w:bookmarkStart w:id="{number}" w:name={quoteattr(one.row.key)}/>'
    label = f'<w:p>{start}{_runs(one.label)}<w:bookmarkEnd w:id="{number}"/></w:p>'
    colour = _FREE if one.row.is_free else _FIXED
    return (
        f"<w:tr>{_cell(label, _WIDTHS[0], _FIXED)}"
        f"{_cell(_paragraphs(one.row.text, ''), _WIDTHS[1], colour)}</w:tr>"
    )


def _cell(inside: str, width: int, colour: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{inside}</w:tc>'


def _paragraphs(text: str, style: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return "".join(f"<w:p>{properties}{_runs(line)}</w:p>" for line in text.split("\n"))


def _runs(text: str) -> str:
    """Return runs of text; Khmer is marked as complex script, else it is set in the Latin font."""
    made = []
    for at, piece in enumerate(_KHMER_RUN.split(text)):
        if piece:
            properties = '<w:rPr><w:cs/><w:lang w:bidi="km-KH"/></w:rPr>' if at % 2 else ""
            inside = "<w:tab/>".join(
                f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in piece.split("\t")
            )
            made.append(f"<w:r>{properties}{inside}</w:r>")
    return "".join(made)


def _styles(language: str) -> str:
    latin, khmer = _TAGS.get(language, _TAGS["en"])
    fonts = f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{KHMER}" w:eastAsia="{LATIN}"/>'
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val="21"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{latin}" w:bidi="{khmer}"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault><w:pPr><w:spacing w:after="80"/></w:pPr></w:pPrDefault></w:docDefaults>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f"<w:rPr>{fonts}</w:rPr></w:style>"
    )
    named = (
        ("Title", "Title", 32, ""),
        ("Heading1", "heading 1", 26, "0"),
        ("Footer", "footer", 16, ""),
    )
    return (
        f"<w:styles {_SPACES}>{defaults}{normal}{''.join(_style(*one) for one in named)}</w:styles>"
    )


def _style(code: str, name: str, size: int, outline: str) -> str:
    level = f'<w:keepNext/><w:outlineLvl w:val="{outline}"/>' if outline else ""
    bold = "" if code == "Footer" else "<w:b/><w:bCs/>"
    return (
        f'<w:style w:type="paragraph" w:styleId="{code}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="Normal"/><w:pPr>{level}</w:pPr>'
        f'<w:rPr>{bold}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr></w:style>'
    )


def _types() -> str:
    named = {
        "document": "document.main",
        "styles": "styles",
        "footer": "footer",
        "settings": "settings",
    }
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD_TYPE}.{kind}+xml"/>'
        for name, kind in named.items()
    )
    return (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{_KIND}/{kind}" Target="{target}"/>'
        for kind, target in targets
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{listed}</Relationships>'
