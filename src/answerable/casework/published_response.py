"""What everyone reads of a response once it is sent, where its procedure publishes it."""

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.casework.collect_response import CollectResponse
from answerable.casework.found_mechanism import EVERYONE
from answerable.casework.moments import Register
from answerable.core.acts import Envelope, Field, Json
from answerable.core.docket import Docket
from answerable.core.proceeding.cited_figures import FiguresThen
from answerable.core.proceeding.publication import RESPONSE, published_by
from answerable.core.proceeding.response import PointAnswered, Reply
from answerable.core.register.response_said import POINT, SAID


@dataclass(frozen=True, slots=True)
class PublishedResponse:
    """Makes public content of the act that sends: before it, there is none that could be shown."""

    collect: CollectResponse

    def fields(self, docket: Docket, first: Envelope, cleared: int) -> tuple[Field, ...]:
        """Return the response as it was cleared, as content that everyone reads; else nothing.

        Neither counts of the register nor numbers of cases are in it: they are told to who asked,
        and could point at a case that is protected. Nor is what a body said before it was edited.
        """
        return tuple(self._fields(docket, cleared)) if self.is_of(first) else ()

    @staticmethod
    def is_of(first: Envelope) -> bool:
        return published_by(first.facts) == RESPONSE

    def _fields(self, docket: Docket, cleared: int) -> Iterator[Field]:
        # Of a figure its code is told, so none is asked for.
        response = self.collect(docket, cleared, Register(figures=FiguresThen()))
        yield Field(f"{SAID}subject", response.subject, EVERYONE)
        yield Field(f"{SAID}language", response.language, EVERYONE)
        if response.reference:
            yield Field(f"{SAID}reference", response.reference, EVERYONE)
        for point in response.points:
            yield Field(f"{POINT}{point.number}", _point(point), EVERYONE)


def _point(point: PointAnswered) -> Json:
    replies: list[Json] = [_reply(reply) for reply in point.replies]
    return {"label": point.label, "page": point.page, "replies": replies, "text": point.text}


def _reply(reply: Reply) -> Json:
    rests_on = [(one.kind, one.text) for one in reply.basis if one.kind in {"figure", "law"}]
    return {
        "act": reply.act,
        "figures": [text for kind, text in rests_on if kind == "figure"],
        "laws": [text for kind, text in rests_on if kind == "law"],
        "late": reply.is_late,
        "text": reply.text,
    }
