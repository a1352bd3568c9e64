"""What a procedure calls its clocks, seats and events, and each step of a clock's working."""

from collections.abc import Mapping
from dataclasses import dataclass

from answerable.cli.surface import Surface
from answerable.core.acts import ActCode, Seat
from answerable.core.calendars import Calendar
from answerable.core.counting import Step
from answerable.core.errors import Fact
from answerable.core.procedure import Clock, Period, Procedure, Start, Titles
from answerable.locale.visible import visible


def in_words(surface: Surface, titles: Titles, code: str = "") -> str:
    """Return a text in the language of the answer, in English where it has no such text."""
    return visible(titles.get(surface.manner.language) or titles.get("en") or code)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one procedure in one language."""

    surface: Surface
    procedure: Procedure

    def clock(self, code: str) -> str:
        return in_words(self.surface, self.procedure.clock(code).titles, code)

    def seat(self, code: str) -> str:
        seat = self.procedure.seats[Seat(code)]
        name = in_words(self.surface, seat.titles, code)
        return self.surface.say("procedure.outside", seat=name) if seat.outside else name

    def event(self, code: str) -> str:
        """Return what an event is called: by the procedure, as an act of a case, or its code."""
        event = self.procedure.events.get(ActCode(code))
        if event is not None:
            return in_words(self.surface, event.titles, code)
        return self.surface.catalogue.word("act", code)

    def start(self, start: Start) -> str:
        """Return what a clock begins with, with the code that is typed for it."""
        if start.event is not None:
            name = self.event(start.event)
            return self.surface.say("procedure.start", event=name, code=start.event)
        return self.surface.say("procedure.end-of", clock=self.clock(start.end_of or ""))

    def starts(self, clock: Clock) -> str:
        return self.surface.say("procedure.or-else").join(map(self.start, clock.starts))

    def period(self, period: Period) -> str:
        return self.duration(period.length, period.unit.value)

    def duration(self, length: int, unit: str) -> str:
        number = "one" if length == 1 else "many"
        return self.surface.say(f"duration.{unit}-{number}", length=length)

    def step(self, step: Step, calendars: Mapping[str, Calendar]) -> str:
        """Return a step of the working as a sentence."""
        return self.surface.say(f"step.{step.code}", **self._facts(step, calendars))

    def _facts(self, step: Step, calendars: Mapping[str, Calendar]) -> dict[str, Fact]:
        facts = dict(step.facts)
        facts["event_name"] = self.event(str(facts["event"])) if "event" in facts else None
        facts["clock_name"] = self.clock(str(facts["clock"])) if "clock" in facts else None
        if (calendar := calendars.get(str(facts.get("calendar")))) is not None:
            facts["calendar_name"] = in_words(self.surface, calendar.titles, calendar.code)
        if facts.get("last") == facts.get("first"):
            facts["last"] = None
        length = facts.get("length")
        if isinstance(length, int):
            words = self.duration(length, str(facts.get("unit") or "hour"))
            facts["back" if facts.get("backwards") else "duration"] = words
        return facts
