"""One version of the rules as its page tells it: who, by when, what moves a date, other doors."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from answerable.core.acts import ActCode, Seat
from answerable.core.procedure import Clock, Procedure, Start
from answerable.locale.catalogue import capital
from answerable.locale.step_words import duration_in_words, event_in_words
from answerable.locale.visible import visible
from answerable.web.register.rendering import RegisterWords
from answerable.web.rule_words import period_of


@dataclass(frozen=True, slots=True)
class ClockTold:
    """A clock of the rules: what is owed, by whom, from what, how long, and what moves it."""

    title: str
    owes: str
    begins: str
    period: str
    met_by: str
    notes: tuple[str, ...]
    calendar: str
    calendar_known: str


@dataclass(frozen=True, slots=True)
class ProcedureTold:
    """A procedure in one language."""

    words: RegisterWords
    rules: Procedure

    def clocks(self) -> Iterator[ClockTold]:
        for clock in (*self.rules.clocks.values(), *self.rules.recurring.values()):
            code, calendars = clock.counting.calendar, self.words.register.rules.calendars
            period, *doubts = period_of(self.words.catalogue, clock)
            yield ClockTold(
                self.words.titled(clock.titles, clock.code),
                self._seat(clock.owes),
                capital(self.words.say("procedure.or-else").join(map(self._start, clock.starts))),
                period,
                capital(self._events(clock.met_by)),
                (*doubts, *self._notes(clock)),
                code,
                next((name for name in calendars if name.partition("@")[0] == code), ""),
            )

    def seats(self) -> Iterator[str]:
        yield from map(self._seat, self.rules.seats)

    def acts(self) -> Iterator[str]:
        """Yield how the rules narrow who does an act, how often, and whether two persons sign."""
        say = self.words.say
        for rule in self.rules.acts.values():
            yield say(
                "procedure.act",
                act=capital(self._event(rule.code)),
                seats=", ".join(map(self._seat, rule.by)) or None,
                two_persons=say("procedure.two-persons") if rule.two_persons else None,
                signed=say("procedure.signed") if rule.signed else None,
                at_most=rule.at_most,
            )

    def rest(self) -> Iterator[str]:
        """Yield what of it is public, who reads drafts, and which other doors there are."""
        say, rules = self.words.say, self.rules
        yield say("procedure.zone", zone=self.words.catalogue.city(rules.time_zone))
        if rules.publication:
            yield say("procedure.publication", text=self.words.titled(rules.publication))
        if rules.publishes:
            yield say(f"published.{rules.publishes}")
        if rules.drafts_read_by:
            yield say("procedure.drafts", seats=", ".join(map(self._seat, rules.drafts_read_by)))
        for door in rules.outside_doors:
            titles, how = self.words.titled(door.titles), self.words.titled(door.how)
            yield say("procedure.door", door=titles, how=how)
        for source in rules.sources:
            facts = {"confidence": source.confidence, "title": source.title, "url": source.url}
            yield say("procedure.source", **{k: visible(v) or None for k, v in facts.items()})

    def _notes(self, clock: Clock) -> Iterator[str]:
        say = self.words.say
        for pause in clock.pauses:
            starts, ends = self._events(pause.starts), self._events(pause.ends)
            yield say("procedure.pause", starts=starts, ends=ends, at_most=pause.at_most)
        if clock.resets:
            yield say("procedure.resets", events=self._events(clock.resets))
        for more in clock.extensions:
            by = more.by and duration_in_words(
                self.words.catalogue, more.by.length, more.by.unit.value
            )
            times = more.times if more.times > 1 else None
            event = self._event(more.event)
            yield say("procedure.extension", event=event, duration=by or None, times=times)
        if clock.missed:
            yield say("clock.missed", missed=self.words.titled(clock.missed))
        if clock.note:
            yield say("procedure.note", note=self.words.titled(clock.note))

    def _seat(self, code: Seat) -> str:
        rule = self.rules.seats.get(code)
        if rule is None:
            return self.words.seat(code)
        name = self.words.titled(rule.titles, code)
        return self.words.say("procedure.outside", seat=name) if rule.outside else name

    def _start(self, start: Start) -> str:
        if start.event is not None:
            return self._event(start.event)
        title = self.words.titled(self.rules.clock(str(start.end_of)).titles, str(start.end_of))
        return self.words.say("procedure.end-of", clock=title)

    def _event(self, code: ActCode) -> str:
        return event_in_words(self.words.catalogue, self.rules, code)

    def _events(self, codes: Sequence[ActCode]) -> str:
        return ", ".join(map(self._event, codes))
