"""A monitor's request as it is handed in: a file of the small language, or the paper itself."""

import json
import re
from collections.abc import Iterator
from functools import partial

from answerable.casework.procedures import Checked
from answerable.casework.requests import REQUEST_BYTES
from answerable.core.case import limits
from answerable.core.case.problems import DatesReversed, FileTooLarge, MissingField, TooMany
from answerable.core.case.schema import read_language
from answerable.core.case.text import clean
from answerable.core.case.vocabulary import KIND_CODES, code_among
from answerable.core.proceeding.intake import HandedRequest
from answerable.core.proceeding.request import MOST_POINTS, About, PointAsked, Request
from answerable.core.proceeding.request_notes import looked_over
from answerable.forms.request_paper import BYTE_ORDER_MARK, is_text, read_paper
from answerable.forms.rules_file import opened
from answerable.forms.sheet import Sheet, Value, count, day, line

FORMAT = "answerable/request/v1"
_ENDINGS = (".yaml", ".yml", ".json")
_LOOKED_AT = 4096
# What YAML takes for the end of a line, though it ends none here.
_BREAKS = re.compile("[\x85\u2028\u2029]")


def read_request(data: bytes, name: str) -> Checked[HandedRequest]:
    """Return the request that a file holds, with what to look at, or all that is wrong with it."""
    if len(data) > REQUEST_BYTES:
        sheet = Sheet({})
        found, limit = len(data), REQUEST_BYTES
        sheet.wrong("", FileTooLarge("too large", reason="request", found=found, limit=limit))
        return Checked(None, sheet.in_order())
    return _read_written(data, name) if _is_written(data, name) else read_paper(data)


def _is_written(data: bytes, name: str) -> bool:
    """Return whether a file is one of the small language, and not the paper itself."""
    if name.lower().endswith(_ENDINGS):
        return True
    lines = map(bytes.strip, data[:_LOOKED_AT].removeprefix(BYTE_ORDER_MARK).split(b"\n"))
    told = (one for one in lines if one and not one.startswith((b"#", b"---")))
    first = next(told, b"")
    return is_text(data) and (first == b"{" or first.startswith((b"format:", b'{"')))


def _read_written(data: bytes, name: str) -> Checked[HandedRequest]:
    checked = opened(data, name, FORMAT, "request").read(_request)
    if checked.value is None:
        return Checked(None, checked.faults)
    return Checked(HandedRequest(request=checked.value, notes=(*looked_over(checked.value),)))


def _request(value: Value) -> Request:
    fields = value.fields("format", "subject", "reference", "language", "points")
    listed = fields.given["points"].items() if fields.has("points") else []
    if not listed:
        fields.wrong("points", MissingField("no points"))
    if len(listed) > MOST_POINTS:
        fields.wrong("points", TooMany("too many points", found=len(listed), limit=MOST_POINTS))
        listed = []
    read = (one.read(partial(_point, number), None) for number, one in enumerate(listed, start=1))
    return Request(
        subject=fields.need("subject", line, ""),
        reference=fields.read("reference", line, ""),
        language=fields.need("language", lambda one: read_language(one.raw), "en"),
        points=tuple(one for one in read if one is not None),
    )


def _point(number: int, value: Value) -> PointAsked | None:
    if not isinstance(value.raw, dict):
        if value.raw is None:
            raise MissingField("no text")
        return PointAsked(number=number, text=_words(value))
    fields = value.fields("text", "label", "page", "about", "carries")
    return PointAsked(
        number=number,
        text=fields.need("text", _words, ""),
        label=fields.read("label", line, ""),
        page=fields.read("page", _page, ""),
        about=fields.read("about", _about, About()),
        carries=fields.read("carries", count(1), 0),
    )


def _words(value: Value) -> str:
    return clean(value.raw, limits.ACCOUNT)


def _page(value: Value) -> str:
    # JSON has numbers; a page is called by one.
    is_number = isinstance(value.raw, int) and not isinstance(value.raw, bool)
    return str(value.raw) if is_number else line(value)


def _about(value: Value) -> About:
    fields = value.fields("kinds", "from", "to")
    first, last = fields.read("from", day, None), fields.read("to", day, None)
    if first and last and last < first:
        fields.wrong("to", DatesReversed("the end is before the beginning"))
    kinds = fields.each("kinds", lambda one: code_among(one.raw, KIND_CODES))
    return About(kinds=kinds, from_=first, to=last)


def request_text(request: Request) -> str:
    """Return a request as a file of the small language, to be looked over, mended and handed in."""
    return "\n".join(_lines(request)) + "\n"


def _lines(request: Request) -> Iterator[str]:
    yield f"format: {FORMAT}"
    yield f"subject: {_quoted(request.subject)}"
    yield f"language: {_quoted(request.language)}"
    if request.reference:
        yield f"reference: {_quoted(request.reference)}"
    yield "points:"
    for point in request.points:
        yield f"  - label: {_quoted(point.label)}"
        if point.page:
            yield f"    page: {_quoted(point.page)}"
        if point.about != About():
            yield "    about:"
            yield from (f"      {key}: {json.dumps(said)}" for key, said in _said(point.about))
        if point.carries:
            yield f"    carries: {point.carries}"
        yield from _written(point.text)


def _said(about: About) -> Iterator[tuple[str, object]]:
    if about.kinds:
        yield "kinds", list(about.kinds)
    if about.from_:
        yield "from", about.from_.isoformat()
    if about.to:
        yield "to", about.to.isoformat()


def _written(text: str) -> Iterator[str]:
    is_plain = text == text.strip() and not _BREAKS.search(text)
    yield f"    text: {_quoted(text)}" if not is_plain else "    text: |-"
    if is_plain:
        yield from (f"      {line}" if line else "" for line in text.split("\n"))


def _quoted(text: str) -> str:
    """Return a text in quotation marks, which JSON and YAML write alike."""
    quoted = json.dumps(text, ensure_ascii=False)
    return _BREAKS.sub(lambda sign: f"\\u{ord(sign[0]):04x}", quoted)
