"""A point and its replies as a template shows them: words, states and boxes, no layout."""

from collections.abc import Mapping

from answerable.core.case.standings import Standing
from answerable.core.proceeding.basis import Basis, ContestTold
from answerable.core.proceeding.response import (
    CollectedResponse,
    Confirmation,
    PointAnswered,
    Reply,
    Warned,
)
from answerable.documents.saying import Saying, printable, shortened
from answerable.locale.cited_figure_words import (
    ON_PAPER,
    basis_name,
    cited_figure_words,
    figure_name,
    is_defined,
)
from answerable.locale.contest_words import contest_words, finding_words

SHORT_REPLY, SHORT_WARNING = 600, 1200
"""Letters up to which a page is not broken within: a quarter of a page, in a column."""

_KINDS = {
    "case": "document.basis-case",
    "finding": "document.basis-finding",
    "figure": "document.basis-figure",
    "law": "document.basis-law",
}
_WARNED = {
    "no-evidence": "document.warned-no-evidence",
    "no-cases": "document.warned-no-cases",
    "number": "document.warned-number",
    "figure": "document.warned-figure",
}
_SAID_OF_EDIT = {
    Confirmation.CONFIRMED: "document.confirmed",
    Confirmation.REFUSED: "document.refused",
    Confirmation.NOT_CONFIRMED: "document.not-confirmed",
}


def label_of(point: PointAnswered) -> str:
    """Return what a point is called: the monitor's label, or its number."""
    return printable(point.label or str(point.number))


def point_view(point: PointAnswered, response: CollectedResponse, saying: Saying) -> object:
    return {
        "number": point.number,
        "label": label_of(point),
        "title": saying.say("document.point", label=label_of(point)),
        "asked": saying.say("document.asked-in", label=label_of(point)),
        "short": shortened(point.text),
        "page": saying.say("document.on-page", page=printable(point.page)) if point.page else "",
        "text": printable(point.text),
        "state": _state(point, saying),
        "gap": point.is_gap,
        "register": counts(point.cases, saying),
        "conclusion": _conclusion(point, response, saying),
        "replies": [_reply(reply, response, saying) for reply in point.replies],
        "boxes": _boxes(point, response, saying),
    }


def counts(found: Mapping[str, int], saying: Saying) -> list[str]:
    """Return counts of the register in words, in the order in which it has them."""
    said = []
    for code, count in found.items():
        what = saying.word(code.replace("/", "-"), "unit", "figure", "counted")
        if "/" in code and is_defined(saying.catalogue, code):
            what = figure_name(saying.catalogue, code, no_places)
        said.append(saying.say("document.count", count=count, what=what))
    return said


def basis_view(basis: Basis, reply: Reply, saying: Saying) -> dict[str, object]:
    """Return a basis as it stands beside an answer and in the annex."""
    return {
        "kind": saying.say(_KINDS.get(basis.kind, basis.kind)),
        "name": _basis_name(basis, saying),
        "told": _figure(basis, reply, saying) or _told(basis, saying),
        "contested": _contested(basis, saying),
        "findings": [finding_words(saying.catalogue, one) for one in basis.findings],
        "contests": [_contest(one, saying) for one in basis.contests],
    }


def _contest(contest: ContestTold, saying: Saying) -> object:
    told = contest_words(saying.catalogue, contest, hour=saying.here, shown=printable)
    words = [text for one in told.grounds for text in (one.ground, one.answer)]
    return {
        "short": _length(*words) < SHORT_WARNING,
        "head": told.head,
        "grounds": [one._asdict() for one in told.grounds],
        "kept": [*told.kept],
        "decided": told.decided,
        "open": contest.decided is None,
    }


def _basis_name(basis: Basis, saying: Saying) -> str:
    """Return what a basis is called: its number, the law as cited, or that it is protected."""
    if basis.kind == "figure" and is_defined(saying.catalogue, basis.text):
        what = basis_name(saying.catalogue, basis, no_places)
        return saying.say("document.figure", what=what, code=basis.text)
    return printable(basis.text) if basis.text else saying.say("document.protected")


def no_places(_: str) -> Mapping[str, str]:
    """Return no name: on paper a place stands by its code."""
    return {}


def _figure(basis: Basis, reply: Reply, saying: Saying) -> list[str]:
    """Return what a cited figure was and is, nothing of what is none or was not looked up."""
    if basis.kind != "figure":
        return []
    told = cited_figure_words(
        saying.catalogue, basis, day=saying.day(reply.at), place_names=no_places, now=ON_PAPER
    )
    return [told.then, told.now] if told.then else []


def _told(basis: Basis, saying: Saying) -> list[str]:
    """Return what the register says of a basis, in words: standing, fact, value."""
    said = []
    for name, value in basis.told.items():
        if name == "value":
            said.append(saying.say("document.told-value", value=str(value)))
        elif name == "contested" or value is None:
            continue
        elif isinstance(value, str):
            said.append(saying.word(value, "standing", "choice", "outcome"))
        else:
            said.append(saying.say("document.told", name=name, value=str(value).lower()))
    return said


def _contested(basis: Basis, saying: Saying) -> str:
    """Return that it is contested, in the words of who contested it where they are known."""
    value = basis.told.get("contested")
    if isinstance(value, str) and value:
        return printable(saying.say("document.contest", words=value))
    is_said = basis.told.get("standing") == Standing.CONTESTED
    return saying.say("document.contested") if value and not is_said else ""


def _state(point: PointAnswered, saying: Saying) -> str:
    if point.unassigned and point.is_gap:
        return saying.say("document.state-unassigned")
    if point.is_gap:
        return saying.say("document.state-nobody")
    given, missing = len(point.replies), len(point.silent)
    if missing:
        return saying.say("document.state-partly", count=given, missing=missing)
    return saying.say("document.state-answers", count=given)


def _conclusion(
    point: PointAnswered, response: CollectedResponse, saying: Saying
) -> Mapping[str, str] | None:
    if point.conclusion is None:
        return None
    return {
        "by": saying.say("document.conclusion", monitor=printable(response.monitor)),
        "is": saying.word(point.conclusion, "choice"),
    }


def _boxes(point: PointAnswered, response: CollectedResponse, saying: Saying) -> list[str]:
    """Return what each empty box says: one for every body that is silent, and for nobody."""
    boxes = [saying.say("document.no-answer-from", body=printable(body)) for body in point.silent]
    if point.unassigned:
        boxes.append(
            saying.say("document.nobody-asked", collector=printable(response.collector)),
        )
    elif point.is_gap and not boxes:
        boxes.append(saying.say("document.nobody-said"))
    return boxes


def _reply(reply: Reply, response: CollectedResponse, saying: Saying) -> object:
    body = printable(reply.body)
    position = reply.position and saying.word(reply.position, "choice")
    words = (reply.given, reply.edited, reply.why, *(basis.text for basis in reply.basis))
    told_words = (basis.told.get("contested") for basis in reply.basis)
    apart = bool(reply.warned) or any(basis.contests for basis in reply.basis)
    return {
        "short": not apart and _length(*words, *told_words) < SHORT_REPLY,
        "body": body,
        "role": saying.word(reply.role, "choice"),
        "act": saying.say("document.act", number=f"{response.number}/{reply.act}"),
        "at": saying.say("document.handed-over", at=saying.here(reply.at)),
        "late": reply.is_late,
        "signed": signed_or_not(reply.signed, saying),
        "position": position and saying.say("document.position", position=position),
        "text": None if reply.text is None else printable(reply.text),
        "nothing_means": saying.say("document.nothing-means", body=body),
        "edit": _edit(reply, response, saying),
        "basis": [basis_view(basis, reply, saying) for basis in reply.basis],
        "rests": reply.given is not None,
        "warned": [_warned(one, reply, response, saying) for one in reply.warned],
    }


def signed_or_not(key: str, saying: Saying) -> str:
    """Return that a body signed an act, with the beginning of its key; or that it did not."""
    return saying.say("document.signed", key=key[:16]) if key else saying.say("document.unsigned")


def _length(*words: object) -> int:
    return sum(len(one) for one in words if isinstance(one, str))


def _edit(reply: Reply, response: CollectedResponse, saying: Saying) -> object:
    if reply.edited is None:
        return None
    said = _SAID_OF_EDIT.get(reply.confirmation)
    return {
        "given": printable(reply.given or ""),
        "edited": printable(reply.edited),
        "edited_by": saying.say("document.edited", collector=printable(response.collector)),
        "why": printable(reply.why or ""),
        "state": said and saying.say(said, body=printable(reply.body)),
        "confirmed": reply.confirmation is Confirmation.CONFIRMED,
    }


def _warned(one: Warned, reply: Reply, response: CollectedResponse, saying: Saying) -> object:
    body, collector = printable(reply.body), printable(response.collector)
    return {
        "short": _length(one.said, one.writer, one.collector) < SHORT_WARNING,
        "title": saying.say(_WARNED.get(one.code, one.code)),
        "said": printable(one.said),
        "register": counts(one.register, saying),
        "writer_label": saying.say("document.warned-writer", body=body),
        "writer": printable(one.writer),
        "collector_label": saying.say("document.warned-collector", collector=collector),
        "collector": None if one.collector is None else printable(one.collector),
        "not_looked": saying.say("document.warned-not-looked", collector=collector),
    }
