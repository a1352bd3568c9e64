"""Reads the paper of a request from a Word file, with the numbers that Word shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from answerable.core.papers import PaperDamaged
from answerable.core.proceeding.intake import Line
from answerable.core.proceeding.labels import labels_at
from answerable.core.proceeding.request_notes import RequestNote
from answerable.forms.paper import Paper
from answerable.forms.word_numbers import WordNumbers, word_numbers
from answerable.ooxml import WordFile, child, sign_of, told

_APART = frozenset({"w:txbxContent", "w:p", "w:tbl"})
_PICTURES = frozenset({"w:drawing", "w:pict", "w:object", "w:altChunk"})


@dataclass(slots=True)
class _Reading:
    paper: Paper
    numbers: WordNumbers
    footnotes: dict[tuple[str, str], Element]
    told: int = 0
    notes: list[str] = field(default_factory=list)
    """Texts of the footnotes to the paragraph that is read."""


def read_docx(data: bytes) -> Paper:
    """Return what a Word file says: paragraphs, rows of tables, text boxes, notes, margins."""
    file = WordFile(data)
    document = file.xml(file.main)
    body = child(document, "w:body")
    if document is None or body is None:
        raise PaperDamaged("no body")
    numbers = word_numbers(_first(file, "numbering"), _first(file, "styles"))
    reading = _Reading(Paper(), numbers, _footnotes(file))
    reading.paper.lines += _blocks(body, reading)
    for kind in ("header", "footer"):
        for part in file.beside(kind):
            text = reading.paper.clean(_text(part, reading)).strip()
            if text and text not in reading.paper.margin:
                reading.paper.margin.append(text)
    _note(file, document, reading)
    return reading.paper


def _first(file: WordFile, kind: str) -> Element | None:
    return next(iter(file.beside(kind)), None)


def _footnotes(file: WordFile) -> dict[tuple[str, str], Element]:
    return {
        (one.tag, one.get("w:id", "")): one
        for kind in ("footnotes", "endnotes")
        for part in file.beside(kind)
        for one in part
    }


def _blocks(node: Element, reading: _Reading) -> Iterator[Line]:
    for one in node:
        if one.tag == "w:p":
            yield from _paragraph(one, reading)
        elif one.tag == "w:tbl":
            yield from _table(one, reading)
        elif one.tag in {"w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml"}:
            yield from _blocks(one, reading)
        elif one.tag == "mc:AlternateContent":
            yield from _blocks(next(iter(one), one), reading)


def _paragraph(node: Element, reading: _Reading) -> Iterator[Line]:
    properties = child(node, "w:pPr")
    text = reading.paper.clean(_text(node, reading)).strip()
    # An empty paragraph has no number in Word's eyes either, if nothing is in it.
    mark = reading.numbers.mark(properties) if text else ""
    heading = reading.numbers.is_heading(properties)
    begins = True
    for line in f"{mark} {text}".strip().split("\n"):
        yield Line(line, begins=begins, sure=begins and bool(mark), heading=heading and begins)
        begins = False
    notes, reading.notes = reading.notes, []
    for note in notes:
        yield Line(note, begins=False)
    for box in _boxes(node):
        yield from _blocks(box, reading)


def _boxes(node: Element) -> Iterator[Element]:
    for one in told(node, without=frozenset({"w:p", "w:tbl"})):
        if one.tag == "w:txbxContent":
            yield one


def _text(node: Element, reading: _Reading) -> str:
    """Return the text of a paragraph, or of all paragraphs of a part that is no paragraph."""
    if node.tag != "w:p":
        inner = [one for one in told(node) if one.tag == "w:p"]
        return "\n".join(_text(one, reading) for one in inner)
    said = []
    for one in told(node, without=_APART):
        kind = one.tag.removesuffix("Reference")
        note = reading.footnotes.get((kind, one.get("w:id", ""))) if kind != one.tag else None
        if note is not None:
            reading.told += 1
            said.append(f"[{reading.told}]")
            text = reading.paper.clean(_text(note, reading)).strip()
            reading.notes.append(f"[{reading.told}] {text}")
        else:
            said.append(sign_of(one))
    return "".join(said)


def _table(node: Element, reading: _Reading) -> Iterator[Line]:
    """Return the rows of a table: each is one paragraph, numbered if its first cell is a number."""
    for row in (one for one in _rows(node)):
        cells = [list(_blocks(cell, reading)) for cell in _cells(row)]
        filled = [[line for line in cell if line.text.strip()] for cell in cells]
        filled = [cell for cell in filled if cell]
        if child(row, "w:trPr", "w:tblHeader") is not None:
            text = " | ".join("\n".join(line.text for line in cell) for cell in filled)
            reading.paper.margin += [text] if text and text not in reading.paper.margin else []
            continue
        yield from _row(filled)


def _rows(node: Element) -> Iterator[Element]:
    for one in node:
        if one.tag == "w:tr":
            yield one
        elif one.tag in {"w:sdt", "w:sdtContent", "w:ins", "w:customXml"}:
            yield from _rows(one)


def _cells(row: Element) -> Iterator[Element]:
    for one in row:
        if one.tag == "w:tc":
            yield one
        elif one.tag in {"w:sdt", "w:sdtContent", "w:customXml"}:
            yield from _cells(one)


def _row(cells: list[list[Line]]) -> Iterator[Line]:
    if len(cells) > 1 and len(cells[0]) == 1 and (mark := _label(cells[0][0].text.strip())):
        first, *others = cells[1]
        yield Line(f"{mark} {first.text}", sure=True)
        yield from others
        cells = cells[2:]
        joins = True
    else:
        joins = False
    for cell in cells:
        for line in cell:
            yield Line(line.text, begins=line.sure or not joins, sure=line.sure, heading=False)
            joins = True


def _label(text: str) -> str:
    """Return the label that a cell holds and nothing else; a bare number is one in a table."""
    if text.isdecimal() and len(text) <= len("1000"):
        return f"{text}."
    found = next(labels_at(text), None)
    return text if found and not found.is_bullet and found.at == len(text) else ""


def _note(file: WordFile, document: Element, reading: _Reading) -> None:
    tags = [one.tag for one in document.iter()]
    changes = sum(tag in {"w:ins", "w:del", "w:moveFrom", "w:moveTo"} for tag in tags)
    pictures = sum(tag in _PICTURES for tag in tags)
    comments = sum(one.tag == "w:comment" for part in file.beside("comments") for one in part)
    notes = reading.paper.notes
    if changes:
        notes.append(RequestNote("tracked-changes", {"changes": changes}))
    if comments:
        notes.append(RequestNote("comments-left-out", {"comments": comments}))
    if pictures:
        notes.append(RequestNote("pictures-not-read", {"pictures": pictures}))
    notes += [
        RequestNote("numbers-in-another-form", {"form": form})
        for form in sorted(reading.numbers.unknown)
    ]
