"""The response as rows of a Word file: each with its key, its label and its text."""

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.core.proceeding.basis import Basis
from answerable.core.proceeding.comparison import Row, RowKind
from answerable.core.proceeding.response import CollectedResponse, PointAnswered, Reply
from answerable.documents.point_view import no_places
from answerable.locale.catalogue import Catalogue
from answerable.locale.cited_figure_words import ON_PAPER, cited_figure_words
from answerable.locale.contest_words import contest_words, finding_words

PREFIX = "answerable_"
"""The beginning of the names of bookmarks, which are the keys of rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A row with the label that stands left of it. The label is a row too, under ``key_label``."""

    row: Row
    label: str

    @property
    def label_row(self) -> Row:
        row = self.row
        return Row(
            key=f"{row.key}_label",
            kind=RowKind.ABOUT,
            text=self.label,
            point=row.point,
            body=row.body,
            act=row.act,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading and the rows below it."""

    heading: str
    rows: tuple[Placed, ...]


def parts_of(response: CollectedResponse, say: Catalogue) -> list[Part]:
    """Return all of the document: what it is, and then point by point."""
    about = Part(heading=_title(response, say), rows=(*_about(response, say),))
    points = [
        Part(
            heading=say.say("editable.point", label=point.label or str(point.number)),
            rows=(*_point(point, response, say),),
        )
        for point in response.points
    ]
    return [about, *points]


def instruction(say: Catalogue) -> str:
    return say.say("editable.how")


def footer(response: CollectedResponse) -> str:
    return f"{response.number}  SHA-256 {response.digest()}"


def all_rows(parts: list[Part], response: CollectedResponse) -> list[Row]:
    """Return every row of a document whose text is compared."""
    placed = [row for part in parts for row in part.rows]
    rows = [one for row in placed for one in (row.label_row, row.row)]
    foot = Row(key=f"{PREFIX}footer", kind=RowKind.ABOUT, text=footer(response))
    return [*rows, foot]


def loose_texts(parts: list[Part], say: Catalogue) -> list[str]:
    """Return the fixed lines of a document that are in no row."""
    return [instruction(say), *(part.heading for part in parts)]


def _title(response: CollectedResponse, say: Catalogue) -> str:
    key = "editable.title-training" if response.training else "editable.title"
    return say.say(key, number=response.number)


def _about(response: CollectedResponse, say: Catalogue) -> Iterator[Placed]:
    told = {
        "number": response.number,
        "subject": response.subject,
        "reference": response.reference,
        "monitor": response.monitor,
        "mechanism": response.mechanism,
        "collector": response.collector,
        "as-of": response.as_of,
        "fingerprint": response.digest(),
    }
    for name, text in told.items():
        row = Row(key=f"{PREFIX}{name.replace('-', '_')}", kind=RowKind.ABOUT, text=text)
        if text:
            yield Placed(row=row, label=say.say(f"editable.{name}"))


def _point(point: PointAnswered, response: CollectedResponse, say: Catalogue) -> Iterator[Placed]:
    key, number = f"{PREFIX}p{point.number}", point.number
    asked = Row(key=f"{key}_asked", kind=RowKind.QUESTION, text=point.text, point=number)
    page = say.say("editable.asked", page=point.page)
    yield Placed(row=asked, label=page)
    for at, (code, count) in enumerate(point.cases.items(), start=1):
        row = Row(key=f"{key}_count{at}", kind=RowKind.COUNT, text=str(count), point=number)
        named = code.replace("/", "-")
        what = say.word("figure" if say.has(f"figure.{named}") else "counted", named)
        yield Placed(row=row, label=say.say("editable.count", what=what))
    for reply in point.replies:
        yield _reply(point, reply, response, say)
        yield from _beside(point, reply, say)
    for at, body in enumerate(point.silent, start=1):
        text = say.say("editable.silent", body=body)
        row = Row(key=f"{key}_silent{at}", kind=RowKind.SILENCE, text=text, point=number, body=body)
        yield Placed(row=row, label=body)
    if point.unassigned:
        text = say.say("editable.unassigned")
        row = Row(key=f"{key}_unassigned", kind=RowKind.SILENCE, text=text, point=number)
        yield Placed(row=row, label=response.collector)
    end = Row(key=f"{key}_end", kind=RowKind.CONCLUSION, text=point.conclusion or "", point=number)
    yield Placed(row=end, label=say.say("editable.conclusion"))


def _reply(
    point: PointAnswered, reply: Reply, response: CollectedResponse, say: Catalogue
) -> Placed:
    text = say.say("editable.nothing") if reply.text is None else reply.text
    row = Row(
        key=f"{PREFIX}p{point.number}_act{reply.act}",
        kind=RowKind.REPLY,
        text=text,
        point=point.number,
        body=reply.body,
        act=reply.act,
    )
    label = say.say(
        "editable.reply",
        body=reply.body,
        number=f"{response.number}/{reply.act}",
        at=reply.at,
        signed=say.say("document.signed", key=reply.signed[:16]) if reply.signed else None,
    )
    return Placed(row=row, label=label)


def _beside(point: PointAnswered, reply: Reply, say: Catalogue) -> Iterator[Placed]:
    """Yield a row for each case that a reply cites and somebody contests, and for each figure."""
    for at, basis in enumerate(reply.basis, start=1):
        lines = _lines(basis, reply, say)
        if not lines:
            continue
        row = Row(
            key=f"{PREFIX}p{point.number}_act{reply.act}_basis{at}",
            kind=RowKind.BASIS,
            text="\n".join(lines),
            point=point.number,
            body=reply.body,
        )
        yield Placed(row=row, label=say.say("editable.basis", body=reply.body, number=basis.text))


def _lines(basis: Basis, reply: Reply, say: Catalogue) -> list[str]:
    if basis.kind == "figure" and "unit" in basis.told:
        return [*cited_figure_words(say, basis, day=reply.at, place_names=no_places, now=ON_PAPER)]
    if not basis.contests:
        return []
    told = [contest_words(say, one, hour=str) for one in basis.contests]
    findings = [finding_words(say, one) for one in basis.findings]
    return [*findings, *(line for one in told for line in one.lines())]
