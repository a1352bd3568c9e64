"""What a person should look at in a request that was read from a paper, before it is recorded."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from answerable.core.errors import Fact
from answerable.core.proceeding.request import Request

_QUESTION = re.compile("[?\uff1f](?=\\s|$)")
_LOOKED_AT = 50_000
_NUMBER = re.compile(r"[0-9០-៩]{1,4}")
_ENGLISH = "the of and to in that for please which with by"
_FRENCH = "le la les des et est du une dans pour que aux sur"
_WORDS = {"en": frozenset(_ENGLISH.split()), "fr": frozenset(_FRENCH.split())}


@dataclass(frozen=True, slots=True)
class RequestNote:
    """One thing to look at. Nothing here blocks anything."""

    code: str
    facts: Mapping[str, Fact] = field(default_factory=dict)


def language_of(text: str) -> str:
    """Return the language that a text is most likely written in: km, fr or else en."""
    text = text[:_LOOKED_AT]
    khmer = sum("\u1780" <= sign <= "\u17ff" for sign in text)
    if khmer * 2 > sum(sign.isalpha() for sign in text):
        return "km"
    words = re.findall(r"\w+", text.lower())
    counts = {code: sum(word in known for word in words) for code, known in _WORDS.items()}
    return max(counts, key=lambda code: counts[code])


def how_it_was_read(request: Request, *, by: str) -> Iterator[RequestNote]:
    """Return what was guessed. ``by`` is what told points apart: numbers, bullets or nothing."""
    if not request.subject:
        yield RequestNote("no-subject")
    yield RequestNote("language-guessed", {"language": request.language})
    if by == "nothing" and request.points:
        yield RequestNote("one-point")
    if by == "bullets":
        yield RequestNote("points-by-bullets", {"points": len(request.points)})


def looked_over(request: Request) -> Iterator[RequestNote]:
    """Return what a person should look at in the points of a request, however it was read."""
    labels: dict[str, int] = {}
    before = 0
    for point in request.points:
        asked = len(_QUESTION.findall(point.text))
        if asked > 1:
            yield RequestNote("several-questions", {"point": point.number, "questions": asked})
        if not point.text:
            yield RequestNote("empty-point", {"point": point.number, "label": point.label})
        if point.label and labels.setdefault(point.label, point.number) != point.number:
            first = labels[point.label]
            yield RequestNote(
                "label-twice", {"label": point.label, "point": point.number, "first": first}
            )
        if number := _NUMBER.match(point.label):
            now = int(number[0])
            if before and now > before + 1:
                yield RequestNote("number-missing", {"before": before, "after": now})
            before = now
