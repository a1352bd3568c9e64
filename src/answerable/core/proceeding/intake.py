"""From the lines of a monitor's paper to its points: no word is lost, and every doubt is told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from answerable.core.case.text import is_blank
from answerable.core.proceeding.labels import Numbering, Taken, Where
from answerable.core.proceeding.request import PointAsked, Request
from answerable.core.proceeding.request_notes import (
    RequestNote,
    how_it_was_read,
    language_of,
    looked_over,
)

_HEADING = 120
"""Characters of the longest line that may be a heading."""
_ENDS = tuple(".?!;,។៕")
_OPENS = (":", "៖")
_SUBJECT = re.compile(r"(?:subject|re|objet|subj\.|ប្រធានបទ|កម្មវត្ថុ)\s*[:៖]\s*(?=\S)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"(?:(?:our |n/)?r[eé]f(?:[eé]rence)?\.?|យោង|លេខ)\s*[:៖]\s*(?=\S)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a paper. ``glue`` stands between it and the line before in its paragraph.

    ``begins`` where it begins a paragraph, ``sure`` where the paper itself says that it is
    numbered, ``heading`` where the paper says that it is a heading.
    """

    text: str
    page: str = ""
    begins: bool = True
    sure: bool = False
    heading: bool = False
    glue: str = "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedRequest:
    """A request as it was read, what a person should look at, and what is in no point of it."""

    request: Request
    notes: tuple[RequestNote, ...] = ()
    remainder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Paragraph:
    text: str
    page: str
    heading: bool
    taken: Taken | None = None

    @property
    def is_numbered(self) -> bool:
        return self.taken is not None and not self.taken.label.is_bullet

    @property
    def rest(self) -> str:
        """The text behind the label."""
        return self.text[self.taken.label.at :].strip() if self.taken else self.text


@dataclass(slots=True)
class _Point:
    label: str
    page: str
    text: list[str]


def gathered(lines: Sequence[Line]) -> HandedRequest:
    """Return the points of a paper: each numbered paragraph, with what follows it without a number.

    Headings, and what introduces points below it, stand at the beginning of the next point. Where
    nothing is numbered, bullets are points; where nothing is told apart, the whole is one.
    """
    paragraphs = list(_paragraphs(lines))
    if any(one.is_numbered and not one.heading for one in paragraphs):
        # A numbered heading is a section: where all numbers are of headings, these are the points.
        paragraphs = [replace(one, taken=None) if one.heading else one for one in paragraphs]
    by_number = any(one.is_numbered for one in paragraphs)
    marked = [one for one in paragraphs if one.is_numbered or (one.taken and not by_number)]
    first = paragraphs.index(marked[0]) if marked else len(paragraphs)
    preamble, context = _preamble(paragraphs[:first], whole=not marked)
    about, remainder, told = _told(preamble, whole=not marked)
    if marked:
        points = list(_points(paragraphs[first:], context, by_number=by_number))
    else:
        points = [_Point("", paragraphs[0].page, about)] if about else []
    request = Request(
        subject=told.get("subject", ""),
        reference=told.get("reference", ""),
        language=language_of("\n".join(line.text for line in lines)),
        points=tuple(_asked(points)),
    )
    by = "numbers" if by_number else "bullets" if marked else "nothing"
    notes = (*how_it_was_read(request, by=by), *looked_over(request))
    return HandedRequest(request=request, notes=notes, remainder=(*remainder,))


def _paragraphs(lines: Sequence[Line]) -> Iterator[_Paragraph]:
    numbering, before = Numbering(), ""
    first: tuple[Line, Taken | None] | None = None
    parts: list[str] = []
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        taken = numbering.taken(text, _where(line, before))
        if first is not None and not line.begins and taken is None:
            parts += (line.glue, text)
        else:
            if first is not None:
                yield _Paragraph("".join(parts), first[0].page, first[0].heading, first[1])
            first, parts = (line, taken), [text]
        before = text
    if first is not None:
        yield _Paragraph("".join(parts), first[0].page, first[0].heading, first[1])


def _where(line: Line, before: str) -> Where:
    if line.sure:
        return Where.SURE
    if line.begins:
        return Where.BEGINS
    ends = before.endswith((*_ENDS, *_OPENS)) or _name_of(before) != ""
    may_end = ends or len(before) < _HEADING // 2
    return Where.MAY_BEGIN if may_end else Where.WITHIN


def _is_heading(paragraph: _Paragraph) -> bool:
    text = paragraph.rest
    looks = "\n" not in text and len(text) <= _HEADING and not text.endswith((*_ENDS, *_OPENS))
    return paragraph.heading or (looks and not is_blank(text))


def _preamble(paragraphs: Sequence[_Paragraph], *, whole: bool) -> tuple[list[str], list[str]]:
    """Return what stands before the first point, and the heading of that point."""
    texts = [one.text for one in paragraphs]
    is_last = not whole and len(paragraphs) > 1 and _is_heading(paragraphs[-1])
    if is_last and not _name_of(texts[-1]):
        return texts[:-1], texts[-1:]
    return texts, []


def _told(preamble: list[str], *, whole: bool) -> tuple[list[str], list[str], dict[str, str]]:
    """Return the text of the one point there is, the remainder, and what is told of the whole.

    A line that names the subject stays in the remainder too: its first word is a word as well.
    """
    told: dict[str, str] = {}
    about: list[str] = []
    remainder: list[str] = []
    for text in preamble:
        named = [line for line in text.split("\n") if _name_of(line) not in {"", *told}]
        told.update((_name_of(line), _said_in(line)) for line in named)
        others = [line for line in text.split("\n") if line not in named]
        remainder += named if whole else [text]
        about += ["\n".join(others)] if others and (whole or not named) else []
    # Of a text that is one point, only its first paragraph can be a heading, and not all of it.
    headings = (about[:1] if len(about) > 1 else []) if whole else about
    heading = next((one for one in headings if _is_heading(_Paragraph(one, "", heading=False))), "")
    if heading and "subject" not in told:
        (about if whole else remainder).remove(heading)
        told["subject"] = heading
    return about, remainder, told


def _said_in(line: str) -> str:
    found = _SUBJECT.match(line) or _REFERENCE.match(line)
    return line[found.end() if found else 0 :].strip()


def _name_of(line: str) -> str:
    if _SUBJECT.match(line):
        return "subject"
    return "reference" if _REFERENCE.match(line) else ""


def _points(
    paragraphs: Sequence[_Paragraph], context: list[str], *, by_number: bool
) -> Iterator[_Point]:
    made: _Point | None = None
    for one, after in zip(paragraphs, [*paragraphs[1:], None], strict=True):
        is_point = one.is_numbered or (one.taken is not None and not by_number)
        if _leads(one, after, is_point=is_point):
            context.append(one.text)
        elif is_point:
            if made is not None:
                yield made
            name = one.taken.name if one.taken else ""
            made = _Point(name, one.page, [*context, one.rest])
            context = []
        elif context or made is None:
            context.append(one.text)
        else:
            made.text.append(one.text)
    if made is not None:
        made.text += context
        yield made
    elif context:
        yield _Point("", paragraphs[0].page, context)


def _leads(one: _Paragraph, after: _Paragraph | None, *, is_point: bool) -> bool:
    """Return whether a paragraph only leads to the next: a heading, or a stem before (a), (b)."""
    if after is None or after.taken is None or after.taken.label.is_bullet:
        return False
    if one.taken is None:
        return _is_heading(one)
    if not is_point:
        return False
    below = after.taken.is_below or (
        one.taken.label.is_section
        and after.taken.label.style.split("(")[0] != one.taken.label.style
    )
    return below and (_is_heading(one) or one.text.endswith(_OPENS))


def _asked(points: Sequence[_Point]) -> Iterator[PointAsked]:
    for number, point in enumerate(points, start=1):
        text = "\n\n".join(part for part in point.text if part)
        yield PointAsked(number=number, label=point.label, page=point.page, text=text)
