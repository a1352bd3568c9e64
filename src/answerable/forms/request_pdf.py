"""Reads the paper of a request from a PDF that has text: its lines, each with its page."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence

from answerable.core.papers import (
    PaperDamaged,
    PaperLocked,
    PaperTooLarge,
    PaperTooSlow,
    PaperWithoutText,
)
from answerable.core.proceeding.intake import Line
from answerable.core.proceeding.request_notes import RequestNote
from answerable.forms.paper import Paper
from answerable.forms.pdf_text import DAMAGED, LOCKED, SECONDS, TOO_LARGE

_KHMER = re.compile("[\u1780-\u17ff]")
_PAGE_NUMBER = re.compile(
    r"[-\u2013 ]*(?:page|p\.|ទំព័រ)? ?[0-9០-៩]{1,4}(?: ?(?:/|of|sur|de) ?[0-9]{1,4})?[-\u2013 ]*",
    re.IGNORECASE,
)
_DIGITS = re.compile("[0-9០-៩]+")
_OFTEN = 3
"""Pages on which a line stands at the same end before it is the margin of all of them."""
_EDGE = 3
_NAMED = 20
"""How many pages a note lists."""


def read_pdf(data: bytes) -> Paper:
    """Return what a PDF says. Its text is in the order in which it was painted, and often right.

    Raises:
        PaperProblem: it cannot be read, or has no text.
    """
    paper = Paper()
    pages = [_lines(paper.clean(text)) for text in _pages(data)]
    if not any(pages):
        raise PaperWithoutText("no page has text")
    blank = [str(number) for number, lines in enumerate(pages, start=1) if not lines]
    margins = _margins(pages)
    for number, lines in enumerate(pages, start=1):
        body, margin = _parted(lines, margins)
        paper.margin += [line for line in margin if line not in paper.margin]
        paper.lines += _read(body, str(number), begins=not paper.lines)
    if blank:
        named = ", ".join(blank[:_NAMED])
        paper.notes.append(RequestNote("pages-without-text", {"pages": named, "count": len(blank)}))
    if any(_KHMER.search(line.text) for line in paper.lines):
        paper.notes.append(RequestNote("khmer-from-pdf"))
    paper.notes.append(RequestNote("text-from-pdf"))
    return paper


def _pages(data: bytes) -> list[str]:
    command = [sys.executable, "-m", "answerable.forms.pdf_text"]
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter, and a module of this package
            command, input=data, capture_output=True, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise PaperTooSlow("took too long") from None
    if done.returncode:
        raise PaperTooSlow("took too much memory or time")
    answer = json.loads(done.stdout)
    match answer.get("fault"):
        case None:
            return list(answer["pages"])
        case fault if fault == LOCKED:
            raise PaperLocked("needs a password")
        case fault if fault == TOO_LARGE:
            raise PaperTooLarge("too many pages", limit=answer["limit"])
        case fault:
            raise PaperDamaged(f"cannot be read: {fault or DAMAGED}")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _margins(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the lines that stand at the head or foot of many pages, but for their numbers."""
    found = Counter(
        plain
        for lines in pages
        for plain in {_plain(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])}
    )
    often = max(_OFTEN, len(pages) // 2)
    return frozenset(line for line, count in found.items() if count >= often)


def _plain(line: str) -> str:
    return _DIGITS.sub("0", line)


def _parted(lines: Sequence[str], margins: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return the lines of a page without its margin, and its margin."""
    body: list[str] = []
    margin: list[str] = []
    last = len(lines) - 1
    for at, line in enumerate(lines):
        at_edge = at < _EDGE or at > last - _EDGE
        is_number = at in {0, last} and _PAGE_NUMBER.fullmatch(line)
        is_margin = is_number or (at_edge and _plain(line) in margins and not _is_label(line))
        (margin if is_margin else body).append(line)
    return body, margin


def _is_label(line: str) -> bool:
    """Return whether a line is a number and no more, which on a page of its own line is a point."""
    return line.rstrip(".)").isdecimal() and line != line.rstrip(".)")


def _read(lines: Sequence[str], page: str, *, begins: bool) -> Iterator[Line]:
    before = ""
    for line in lines:
        yield Line(line, page=page, begins=begins, glue=_glue(before, line))
        begins, before = False, line


def _glue(before: str, line: str) -> str:
    """Return what stands between two lines: nothing in Khmer, which has no spaces to lose."""
    if before and (
        before.endswith(("-", "\u00ad")) or (_KHMER.match(before[-1]) and _KHMER.match(line))
    ):
        return ""
    return " "
