"""What a proceeding's bodies, acts and dates are called, and what one party may read of it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from answerable.casework.proceeding_view import ProceedingView
from answerable.cli.docket_words import DocketWords, plain
from answerable.cli.rule_words import in_words
from answerable.cli.surface import Surface
from answerable.core.act_form import EVIDENCE
from answerable.core.acts import Json, PartyId, instant_of
from answerable.core.happened import EVENT_RECORDED
from answerable.core.proceeding.acts.assignment import lead_of
from answerable.core.proceeding.acts.table import STEPS
from answerable.locale.catalogue import capital
from answerable.locale.cited_figure_words import cited_figure_words
from answerable.locale.contest_words import contest_words, finding_words
from answerable.locale.visible import visible

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.case_view import OwedToday
    from answerable.casework.ports import ActOnFile
    from answerable.core.proceeding.basis import Basis


@dataclass(frozen=True, slots=True)
class ProceedingWords(DocketWords[ProceedingView]):
    """The words of one proceeding, for one party; None is whoever runs the server."""

    zone: str = "UTC"
    for_party: str | None = None
    _content: dict[int, dict[str, Json]] = field(default_factory=dict, repr=False)

    def party(self, party: str) -> str:
        """Return a party's name: who answers a monitor, and who asked, is known to all of them."""
        known = self.view.mechanism.parties.get(PartyId(party))
        return visible(party if known is None or known.name is None else known.name)

    def turn(self, seat: str | None) -> str:
        """Return whose turn it is."""
        say, now = self.surface.say, self.view.now
        if seat is None:
            return say("page.nobody")
        waiting = {
            party: None
            for point in now.points.values()
            for party, body in point.asked().items()
            if not body.given
        }
        parties = {"collector": [now.collector], "monitor": [now.monitor], "body": [*waiting]}
        names = ", ".join(map(self.party, parties.get(seat, [])))
        return say("page.seat", seat=self.seat(seat), parties=names or None)

    def owner(self, owed: "OwedToday") -> str:
        """Return who owes something: bodies by name, others as the procedure calls them."""
        seat = self.view.procedure.seats.get(owed.seat)
        if owed.owners or seat is None:
            names = ", ".join(map(self.party, owed.owners))
            return names or self.seat(owed.seat)
        return in_words(self.surface, seat.titles, owed.seat)

    def reads(self, act: "ActOnFile", readers: tuple[str, ...]) -> bool:
        """Whether the party may read a field of an act with these readers."""
        return self.for_party is None or bool(self._codes(act) & {*readers}) or "public" in readers

    def _codes(self, act: "ActOnFile") -> set[str]:
        party, now, envelope = self.for_party, self.view.now, act.kept.envelope
        known = self.view.mechanism.parties.get(PartyId(party or ""))
        codes: set[str] = set() if known is None else {str(seat) for seat in known.seats}
        if party == now.collector:
            codes.add("collector")
        if party == envelope.by.party:
            codes.add("author")
        leads = {lead_of(now.points[n]) for n in envelope.allegations if n in now.points}
        return codes | ({"lead"} if party in leads else set())

    def reads_of_case(self, readers: Collection[str]) -> bool:
        """Whether the party may read a field of a case with these readers."""
        known = self.view.mechanism.parties.get(PartyId(self.for_party or ""))
        seats = frozenset[str]() if known is None else frozenset(map(str, known.seats))
        return self.for_party is None or bool((seats | {"public"}) & {*readers})

    def beside(self, cited: "Basis") -> Iterator[str]:
        """Yield what stands beside a case that is cited: findings, contests, decisions."""
        words = self.surface.catalogue
        for finding in cited.findings:
            yield finding_words(words, finding)
        for contest in cited.contests:
            told = contest_words(
                words, contest, hour=lambda at: self.instant(instant_of(at)), shown=plain
            )
            for line in told.lines():
                yield from line.split("\n")

    def figure(self, basis: "Basis", at: int) -> str:
        """Return a figure that was cited at an instant: what it was then, and what it is now."""
        told = cited_figure_words(
            self.surface.catalogue,
            basis,
            day=self.day_here(at),
            place_names=self.surface.offline.place_names,
        )
        return self.surface.say(
            "proceeding.figure",
            code=basis.text,
            definition=told.definition,
            then=told.then,
            now=told.now,
        )

    def day_here(self, at: int) -> str:
        """Return the day of an instant, where the mechanism is."""
        on = datetime.fromtimestamp(at / 1000, ZoneInfo(self.zone)).date()
        return self.surface.catalogue.day(on.isoformat())

    def content(self, act: "ActOnFile") -> dict[str, Json]:
        """Return what the party may read of an act, by the paths of its fields."""
        at = act.kept.envelope.sequence
        if at not in self._content:
            self._content[at] = {
                item.path: item.value
                for item in self.reading.content(act)
                if self.reads(act, item.readers) and not item.path.endswith("/identity")
            }
        return self._content[at]

    def heading(self, act: "ActOnFile", *, to_the_second: bool = False) -> str:
        """Return which act it is, who did it and when."""
        envelope = act.kept.envelope
        word = capital(self.surface.catalogue.word("act", envelope.act))
        if envelope.act == EVENT_RECORDED:
            word = self.rules.event(str(envelope.facts.get("event")))
        every = len(envelope.allegations) == len(self.view.now.points)
        points = "" if every else self.surface.catalogue.numbers(envelope.allegations)
        return self.surface.say(
            "proceeding.act",
            sequence=envelope.sequence,
            act=word,
            points=None
            if len(envelope.allegations) == len(self.view.now.points)
            else points or None,
            who=self.party(envelope.by.party),
            at=self.surface.when(envelope.at) if to_the_second else self.instant(envelope.at),
        )

    def said(self, act: "ActOnFile", *without: str) -> Iterator[str]:
        """Yield what an act says, part by part, each with its label."""
        kind, said = STEPS.get(act.kept.envelope.act), self.content(act)
        for part in () if kind is None else kind.parts:
            value = said.get(part.name)
            if value is None and part.fact:
                value = act.kept.envelope.facts.get(part.fact)
            if value is not None and part.name not in without:
                yield self.part(part, value)

    def entered(self, act: "ActOnFile") -> Iterator[str]:
        """Yield that an act was entered for another."""
        envelope = act.kept.envelope
        if envelope.entered_by is not None:
            evidence = self.content(act).get(EVIDENCE)
            yield self.surface.say(
                "page.according-to",
                principal=self.party(envelope.by.party),
                typist=self.who(envelope.entered_by),
                evidence=" ".join(str(evidence).split()) if evidence else None,
            )

    def instant(self, at: int) -> str:
        """Return an instant to the minute, where the mechanism is, with its zone named."""
        moment = datetime.fromtimestamp(at / 1000, ZoneInfo(self.zone))
        return self.moment(moment)

    def moment(self, at: datetime) -> str:
        """Return a moment in words, with its place."""
        told = self.surface.catalogue.hour(at.replace(tzinfo=None).isoformat(timespec="minutes"))
        return self.surface.say("proceeding.moment", at=told, place=place_of(str(at.tzinfo)))

    def deadline(self, due_on: str) -> tuple[datetime, str]:
        """Return the instant at which a date is over, and its words in both time zones."""
        theirs, ours = ZoneInfo(self.view.procedure.time_zone), ZoneInfo(self.zone)
        if "T" in due_on:
            end = datetime.fromisoformat(due_on).astimezone(theirs)
            told = self.moment(end)
        else:
            on = date.fromisoformat(due_on)
            end = datetime(on.year, on.month, on.day, tzinfo=theirs) + timedelta(days=1)
            told = self.surface.say(
                "proceeding.end-of-day",
                day=self.surface.catalogue.day(due_on),
                place=place_of(str(theirs)),
            )
        if str(theirs) == str(ours):
            return end, told
        both = self.surface.say(
            "proceeding.both", theirs=told, ours=self.moment(end.astimezone(ours))
        )
        return end, both


def words_of(
    surface: Surface, application: "Application", number: str, party: str | None
) -> ProceedingWords:
    """Return the words of a proceeding for one party, or for whoever runs the server.

    Raises:
        UnknownDocket, UnknownParty.
    """
    view = application.proceedings.views.of(application.reading.proceeding(number))
    known = None if party is None else view.mechanism.party(party).id
    return ProceedingWords(surface, application.reading, view, application.zone, known)


def place_of(zone: str) -> str:
    """Return the place that a time zone is named after: Asia/Phnom_Penh is Phnom Penh."""
    return zone.rpartition("/")[2].replace("_", " ")
