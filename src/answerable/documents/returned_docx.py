"""Reads the Word file of a response that came back, and compares it with what was handed out."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from answerable.casework.response_docx import RETURNED_BYTES
from answerable.core.papers import PaperDamaged, PaperTooLarge
from answerable.core.proceeding.comparison import (
    Comment,
    Comparison,
    Returned,
    Row,
    compared,
    plain,
)
from answerable.core.proceeding.response import CollectedResponse
from answerable.documents.response_docx import response_docx
from answerable.documents.response_rows import PREFIX, all_rows, loose_texts, parts_of
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.ooxml import WordFile, child, sign_of, told

_APART = frozenset({"w:p", "w:tbl"})
_TRACKED = frozenset({"w:ins", "w:del", "w:moveFrom", "w:moveTo"})
_AROUND = frozenset({"w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:customXml"})
_FOOTER = f"{PREFIX}footer"


class WordResponses:
    """Casework's port ResponsesInWord."""

    def response_docx(self, response: CollectedResponse, language: str) -> bytes:
        return response_docx(response, language)

    def compared(self, response: CollectedResponse, docx: bytes) -> Comparison:
        if len(docx) > RETURNED_BYTES:
            raise PaperTooLarge("too large", limit=RETURNED_BYTES)
        file = WordFile(docx)
        # The file does not say in which language it was made: it is the one that fits best.
        read = [_read(response, file, Catalogue(language)) for language in LANGUAGES]
        return compared(*max(read, key=_fitting))


_Read = tuple[list[Row], list[str], Returned]


def _read(response: CollectedResponse, file: WordFile, say: Catalogue) -> _Read:
    parts = parts_of(response, say)
    rows = all_rows(parts, response)
    return rows, loose_texts(parts, say), returned(file, rows)


def _fitting(read: _Read) -> int:
    """Return how many rows and lines are as they were handed out."""
    rows, loose, back = read
    kept = sum(plain(row.text) in map(plain, back.rows.get(row.key, ())) for row in rows)
    return kept + len({*map(plain, loose)} & {*map(plain, back.loose)})


def returned(file: WordFile, rows: list[Row]) -> Returned:
    """Return what a file says by the keys of its rows."""
    body = child(file.xml(file.main), "w:body")
    if body is None:
        raise PaperDamaged("no body")
    by_label = _by_label(rows)
    found: dict[str, list[str]] = {}
    loose: list[str] = []
    for one in _blocks(body):
        if one.tag == "w:p":
            loose.append(_text(one))
            continue
        cells = [_inside(cell) for cell in one if cell.tag in {"w:tc", *_AROUND}]
        key = _key(one) or by_label.get(cells[0] if cells else "")
        if key is None:
            loose.append(" ".join(filter(None, cells)))
        else:
            found.setdefault(f"{key}_label", []).append(cells[0] if cells else "")
            found.setdefault(key, []).append("\n".join(cells[1:]))
    feet = [_inside(part) for part in file.beside("footer")]
    found[_FOOTER] = list(dict.fromkeys(filter(None, feet)))
    return Returned(
        rows=found, loose=(*loose,), comments=(*_comments(file),), tracked=(*_trackers(body),)
    )


def _by_label(rows: list[Row]) -> dict[str, str]:
    """Return keys by labels that one row alone has: all that is left where bookmarks are gone."""
    labels = [(row.text, row.key.removesuffix("_label")) for row in rows if _is_label(row)]
    count = Counter(text for text, _ in labels)
    return {text: key for text, key in labels if count[text] == 1}


def _is_label(row: Row) -> bool:
    return row.key.endswith("_label")


def _blocks(node: Element) -> Iterator[Element]:
    """Return the paragraphs outside tables, and the rows of tables, in their order."""
    for one in node:
        if one.tag in {"w:p", "w:tr"}:
            if not _is_deleted(one):
                yield one
        elif one.tag == "w:tbl" or one.tag in _AROUND:
            yield from _blocks(one)


def _is_deleted(row: Element) -> bool:
    return child(row, "w:trPr", "w:del") is not None


def _key(row: Element) -> str | None:
    names = (one.get("w:name", "") for one in row.iter() if one.tag == "w:bookmarkStart")
    return next((name for name in names if name.startswith(PREFIX)), None)


def _inside(node: Element) -> str:
    """Return the paragraphs inside a cell or a part, each a line."""
    return "\n".join(_text(one) for one in told(node) if one.tag == "w:p")


def _text(paragraph: Element) -> str:
    return "".join(sign_of(one) for one in told(paragraph, without=_APART))


def _comments(file: WordFile) -> Iterator[Comment]:
    for part in file.beside("comments"):
        for one in (inner for inner in part if inner.tag == "w:comment"):
            yield Comment(one.get("w:author", ""), _inside(one).strip())


def _trackers(body: Element) -> list[str]:
    authors = (one.get("w:author", "") for one in body.iter() if one.tag in _TRACKED)
    return list(dict.fromkeys(authors))
