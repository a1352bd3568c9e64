"""Reads the paper of a request itself: plain text, a Word file or a PDF."""

from collections.abc import Callable, Iterator

from answerable.casework.procedures import Checked
from answerable.core.case import limits
from answerable.core.case.problems import EmptyFile, NotUtf8, Problem, TooLong, TooMany
from answerable.core.case.text import length
from answerable.core.errors import AnswerableError
from answerable.core.papers import NotAPaper, PaperLocked, PaperProblem, PaperTooLarge
from answerable.core.proceeding.intake import HandedRequest, Line, gathered
from answerable.core.proceeding.request import MOST_POINTS
from answerable.core.proceeding.request_notes import RequestNote
from answerable.forms.paper import Paper
from answerable.forms.request_docx import read_docx
from answerable.forms.request_pdf import read_pdf
from answerable.forms.sheet import Sheet

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MOST_TEXT = 4 * limits.MIB
"""Characters of the longest paper: some 1,500 pages."""
_MOST_LINES = 60_000
_OTHERS = (
    (b"{\\rtf", "rich-text"),
    (b"<!doctype html", "web-page"),
    (b"<html", "web-page"),
    (b"\x89png", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"ii*\x00", "picture"),
    (b"mm\x00*", "picture"),
)
_PDF = b"%PDF-"
_ARCHIVE = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"


def is_text(data: bytes) -> bool:
    """Return whether a file is not one of those that begin with signs of their own."""
    return not data.startswith((_ARCHIVE, _PDF, _OLD_OFFICE)) and b"\0" not in data[:512]


def read_paper(data: bytes) -> Checked[HandedRequest]:
    """Return the request that a paper holds, or what is wrong with the paper."""
    sheet = Sheet({})
    try:
        paper = _reader_of(data)(data)
        _check_size(paper)
    except (Problem, PaperProblem) as problem:
        sheet.wrong("", problem)
        return Checked(None, sheet.in_order())
    handed = gathered(paper.lines)
    for path, fault in _too_much(handed):
        sheet.wrong(path, fault)
    if sheet.faults:
        return Checked(None, sheet.in_order())
    notes = [*paper.notes, *handed.notes]
    if paper.left_out:
        notes.append(RequestNote("signs-left-out", {"signs": paper.left_out}))
    remainder = (*handed.remainder, *paper.margin)
    return Checked(HandedRequest(request=handed.request, notes=(*notes,), remainder=remainder))


def _check_size(paper: Paper) -> None:
    found = sum(len(line.text) for line in paper.lines)
    if found > _MOST_TEXT:
        raise PaperTooLarge("too much text", limit=_MOST_TEXT)
    if len(paper.lines) > _MOST_LINES:
        raise PaperTooLarge("too many lines", limit=_MOST_LINES)
    if not any(line.text.strip() for line in paper.lines):
        raise EmptyFile("nothing in the file")


def _reader_of(data: bytes) -> Callable[[bytes], Paper]:
    head = data[:64].removeprefix(BYTE_ORDER_MARK).lstrip().lower()
    other = next((kind for sign, kind in _OTHERS if head.startswith(sign)), None)
    if other:
        raise NotAPaper("another kind of file", found=other)
    if data.startswith(_OLD_OFFICE):
        raise PaperLocked("the old form of Word, or locked")
    if data.startswith(_PDF):
        return read_pdf
    if data.startswith(_ARCHIVE):
        return read_docx
    return _read_text


def _read_text(data: bytes) -> Paper:
    if data.startswith(_UTF_16):
        raise NotUtf8("another encoding", found="utf-16", line=1)
    try:
        text = data.removeprefix(BYTE_ORDER_MARK).decode()
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise NotUtf8("bytes that are no UTF-8", found="other", line=line) from None
    paper, begins = Paper(), True
    for line_read in paper.clean(text).split("\n"):
        if line_read.strip():
            paper.lines.append(Line(line_read, begins=begins))
        begins = not line_read.strip()
    return paper


def _too_much(handed: HandedRequest) -> Iterator[tuple[str, AnswerableError]]:
    request = handed.request
    if len(request.points) > MOST_POINTS:
        found = len(request.points)
        yield "points", TooMany("too many", reason="request", found=found, limit=MOST_POINTS)
    sizes = [("subject", request.subject, limits.LINE), ("reference", request.reference, 500)]
    sizes += [(f"points/{one.number}/text", one.text, limits.ACCOUNT) for one in request.points]
    for path, text, limit in sizes:
        if (found := length(text)) > limit:
            yield path, TooLong("too long", reason="request", found=found, limit=limit)
