"""The collected response as data: folded from the acts of a proceeding up to one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from answerable.casework.cited_cases import CitedCases
from answerable.casework.figures_cited import CitedFigures, codes_in, recorded_in
from answerable.casework.moments import LIVE, Register
from answerable.casework.proceeding_points import PointsAsked
from answerable.casework.proceeding_view import bound_of
from answerable.casework.reading import Reading
from answerable.casework.rules_of_proceedings import RulesOfProceedings
from answerable.casework.upto import Upto
from answerable.core.acts import Envelope, Json, instant_text
from answerable.core.docket import Docket
from answerable.core.happened import happened_at
from answerable.core.lateness import left_of
from answerable.core.owed import Owed, owed_after
from answerable.core.proceeding.acts.assignment import ASSIGNED
from answerable.core.proceeding.acts.table import proceeding_after
from answerable.core.proceeding.basis import Basis, Beside
from answerable.core.proceeding.cited_figures import FiguresThen, beside_figure
from answerable.core.proceeding.clock_told import ClockTold
from answerable.core.proceeding.now import BodyNow, ProceedingNow, proceeding_of
from answerable.core.proceeding.request import PointAsked
from answerable.core.proceeding.response import (
    FIRST,
    CollectedResponse,
    Confirmation,
    PointAnswered,
    Reply,
    Warned,
)


@dataclass(frozen=True, slots=True)
class CollectResponse:
    """Puts the response together, the same at any later time for the same acts."""

    reading: Reading
    rules: RulesOfProceedings
    points: PointsAsked
    zone: str
    origin: str
    figures: CitedFigures

    @property
    def cited(self) -> CitedCases:
        return CitedCases(self.reading, self.points.register)

    def cleared(self, docket: Docket, clearance: Envelope) -> CollectedResponse:
        """Return the response that an act cleared, in the words that are still there."""
        act = self.reading.dockets.acts(docket.id)[clearance.sequence - 1]
        register = replace(Register.when(clearance), figures=self.figures.recorded(act))
        return self(docket, clearance.sequence - 1, register)

    def codes_cited(self, docket: Docket) -> list[str]:
        """Return the codes of the figures on which contributions that count rest."""
        acts, now = self.reading.dockets.acts(docket.id), proceeding_of(docket.state)
        given = dict.fromkeys(body.given for _, _, body in now.contributions())
        return [code for number in given for code in codes_in(self.reading.said(acts[number - 1]))]

    def __call__(
        self, docket: Docket, last: int | None = None, register: Register = LIVE
    ) -> CollectedResponse:
        """Return the response as the acts up to ``last`` make it, all of them without it."""
        if register.figures is None:
            register = replace(register, figures=self.figures.now(self.codes_cited(docket)))
        upto = self._upto(docket, last, register)
        request, first = self.points.request(docket), upto.envelopes[0]
        response = CollectedResponse(
            number=docket.number,
            subject=request.subject,
            reference=request.reference,
            language=request.language,
            mechanism=upto.mechanism.name or "",
            monitor=upto.name(upto.now.monitor),
            collector=upto.name(upto.now.collector),
            procedure=upto.procedure.name,
            titles=upto.procedure.titles,
            zone=self.zone,
            procedure_zone=upto.procedure.time_zone,
            as_of=instant_text(upto.at),
            received=str(first.facts["on"]),
            round_of=_text(first.facts.get("follows")),
            points=tuple(self._point(upto, point) for point in request.points),
            clocks=tuple(self._clocks(upto)),
            training=self.is_training,
            format=register.format,
        )
        # What stands beside what is cited is of the second version.
        if register.format == FIRST:
            return response.with_bases(Basis.alone)
        return response.saying_signed()

    @property
    def is_training(self) -> bool:
        # Names below .example are nobody's (RFC 2606): a mechanism there is one for training.
        return self.origin.partition("/")[0].endswith(".example")

    def _upto(self, docket: Docket, last: int | None, register: Register) -> Upto:
        mechanism = self.reading.mechanism()
        acts = self.reading.dockets.acts(docket.id)[:last]
        now, owed = ProceedingNow(), tuple[Owed, ...]()
        for act in acts:
            now = proceeding_after(now, act.kept.envelope)
            owed = owed_after(owed, act.kept.envelope)
        procedure = self.rules.of(mechanism, [act.kept.envelope for act in acts])
        moment = register.moment(acts[-1].kept.envelope.at)
        figures = register.figures or FiguresThen()
        return Upto(docket, acts, now, owed, procedure, mechanism, moment, figures)

    def _point(self, upto: Upto, asked: PointAsked) -> PointAnswered:
        point = upto.now.points[asked.number]
        given = [(party, body) for party, body in point.bodies.items() if body.given]
        return PointAnswered(
            number=asked.number,
            label=asked.label,
            text=asked.text,
            page=asked.page,
            replies=tuple(self._reply(upto, asked.number, *one) for one in given),
            silent=tuple(
                upto.name(party) for party, body in point.asked().items() if not body.given
            ),
            unassigned=not point.asked(),
            cases=self.points.counts(asked, upto.acts, upto.moment),
            conclusion=point.conclusion or None,
        )

    def _reply(self, upto: Upto, point: int, party: str, body: BodyNow) -> Reply:
        act = upto.acts[body.given - 1]
        said, facts = self.reading.said(act), act.kept.envelope.facts
        edit = self.reading.said(upto.acts[body.edit - 1]) if body.edit else {}
        return Reply(
            body=upto.name(party),
            role=body.role,
            act=body.given,
            at=instant_text(act.kept.envelope.at),
            given=str(said.get("text") or "") if body.words or facts.get("position") else None,
            edited=_text(edit.get("text")),
            why=_text(edit.get("reason")),
            confirmation=_confirmation(body),
            position=_text(facts.get("position")),
            is_late=self._is_late(upto, point, party, body),
            basis=tuple(self._basis(upto, said)),
            warned=tuple(self._warned(upto, said, body)),
            signed=act.kept.envelope.signed_with,
        )

    def _is_late(self, upto: Upto, point: int, party: str, body: BodyNow) -> bool:
        """Whether a handover came after its day, or after the first response was cleared."""
        if any(act.act == "response-cleared" for act in upto.envelopes[: body.given - 1]):
            return True
        untils = [
            str(act.facts["until"])
            for act in upto.envelopes[: body.given]
            if act.act == ASSIGNED
            and act.facts.get("party") == party
            and point in act.allegations
            and act.facts.get("until")
        ]
        given_on = self.points.day_of(upto.envelopes[body.given - 1].at).isoformat()
        return bool(untils) and given_on > untils[-1]

    def _basis(self, upto: Upto, said: Mapping[str, Json]) -> Iterator[Basis]:
        for kind, name in (("case", "cases"), ("finding", "findings")):
            for text in _texts(said.get(name)):
                yield self.cited.told(kind, text, upto.moment)
        for code in codes_in(said):
            told = beside_figure(code, recorded_in(said), upto.figures)
            yield Basis(kind="figure", text=code, told=told, beside=Beside())
        for text in _texts(said.get("laws")):
            yield Basis(kind="law", text=text, beside=Beside())

    def _warned(self, upto: Upto, said: Mapping[str, Json], body: BodyNow) -> Iterator[Warned]:
        told = said.get("contradictions")
        decided = self.reading.said(upto.acts[body.decided - 1]) if body.decided else {}
        for one in told if isinstance(told, list) else ():
            if isinstance(one, dict):
                register = one.get("register")
                counts = register if isinstance(register, dict) else {}
                yield Warned(
                    code=str(one.get("code")),
                    said=str(one.get("said")),
                    register={name: n for name, n in counts.items() if isinstance(n, int)},
                    writer=str(said.get("despite") or ""),
                    collector=_text(decided.get("decision")),
                )

    def _clocks(self, upto: Upto) -> Iterator[ClockTold]:
        procedure, acts = upto.procedure, upto.envelopes
        zone = ZoneInfo(procedure.time_zone)
        dated = {one.sequence: one for one in self.rules.dated(procedure, acts)}
        for item in upto.owed:
            clock = procedure.clocks.get(item.code)
            if clock is None:
                continue
            met = dated.get(item.met_by or 0)
            # A step that was recorded later is judged by the day on which it happened.
            ended = None if item.met_by is None else happened_at(acts[item.met_by - 1], zone)
            at = ended or datetime.fromtimestamp(upto.at / 1000, UTC).astimezone(zone)
            seat = procedure.seats.get(item.seat)
            left = left_of(item, at, bound_of(procedure, item))
            yield ClockTold(
                clock=item.code,
                titles=clock.titles,
                owes={"en": item.seat} if seat is None else seat.titles,
                due=item.due_on,
                met=None if met is None else met.day.isoformat(),
                is_late=left is not None and left.late,
                binding=item.binding,
                confirmed=item.confirmed,
            )


def _confirmation(body: BodyNow) -> Confirmation:
    if not body.edit:
        return Confirmation.NOT_EDITED
    if not body.answered:
        return Confirmation.NOT_CONFIRMED
    return Confirmation.REFUSED if body.refused else Confirmation.CONFIRMED


def _texts(value: Json) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _text(value: Json) -> str | None:
    return value if isinstance(value, str) else None
