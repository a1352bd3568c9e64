"""What a procedure calls its clocks, seats and events, and each step of a clock's working."""

from collections.abc import Mapping
from dataclasses import dataclass

from answerable.cli.surface import Surface
from answerable.core.acts import Seat
from answerable.core.calendars import Calendar
from answerable.core.counting import Step
from answerable.core.period import Period
from answerable.core.procedure import (
    Clock,
    Procedure,
    Start,
    Titles,
)
from answerable.locale.step_words import (
    duration_in_words,
    event_in_words,
    step_in_words,
    titled,
)


def in_words(surface: Surface, titles: Titles, code: str = "") -> str:
    """Return a text in the language of the answer, in English where it has no such text."""
    return titled(surface.catalogue, titles, code)


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
        return event_in_words(self.surface.catalogue, self.procedure, code)

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
        return duration_in_words(self.surface.catalogue, length, unit)

    def step(self, step: Step, calendars: Mapping[str, Calendar]) -> str:
        """Return a step of the working as a sentence."""
        return step_in_words(self.surface.catalogue, self.procedure, step, calendars)
