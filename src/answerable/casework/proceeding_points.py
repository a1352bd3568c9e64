"""The points of a proceeding as its request asks them, and what the register counts on each."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from answerable.casework.moments import Moment
from answerable.casework.ports import ActOnFile
from answerable.casework.reading import Reading
from answerable.casework.register_counts import RegisterCounts
from answerable.core.docket import Docket
from answerable.core.proceeding.acts.contribution import CITED, GIVEN
from answerable.core.proceeding.request import About, PointAsked, Request


@dataclass(frozen=True, slots=True)
class PointsAsked:
    """Reads a proceeding's request from its first act, and counts what is on file on a point."""

    reading: Reading
    register: RegisterCounts
    day_of: Callable[[int], date]

    def request(self, docket: Docket) -> Request:
        """Return the request, as far as its content was not erased."""
        first = self.reading.dockets.acts(docket.id)[0]
        said = self.reading.said(first)
        points = tuple(
            PointAsked(
                number=number,
                text=str(said.get(f"points/{number}/text", "")),
                label=str(said.get(f"points/{number}/label", "")),
                page=str(said.get(f"points/{number}/page", "")),
                about=_about(said.get(f"points/{number}/about")),
            )
            for number in first.kept.envelope.allegations
        )
        return Request(
            subject=str(said.get("request/subject", "")),
            language=str(said.get("request/language", "")),
            reference=str(said.get("request/reference", "")),
            points=points,
        )

    def counts(
        self,
        point: PointAsked,
        acts: Sequence[ActOnFile],
        moment: Moment,
        *,
        cited: Iterable[str] = (),
    ) -> Mapping[str, int]:
        """Return what the register counts on a point: what it is about, and what is cited on it."""
        known = self.cited(acts, point.number)
        return self.register(point.about, {*known, *cited}, moment)

    def cited(self, acts: Sequence[ActOnFile], point: int) -> list[str]:
        """Return the numbers of the cases that were cited on a point, each once."""
        found: dict[str, None] = {}
        for act in acts:
            envelope = act.kept.envelope
            if envelope.act in {GIVEN, CITED} and point in envelope.allegations:
                for item in self.reading.content(act):
                    if item.path == "cases" and isinstance(item.value, list):
                        found |= dict.fromkeys(map(str, item.value))
        return [*found]


def _about(value: object) -> About:
    if not isinstance(value, dict):
        return About()
    return About(
        kinds=tuple(map(str, value.get("kinds") or ())),
        from_=_day(value.get("from")),
        to=_day(value.get("to")),
    )


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None
