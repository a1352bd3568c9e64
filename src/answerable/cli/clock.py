"""``answerable clock``: by when an act is owed, with the working."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import click

from answerable.cli.events import happened
from answerable.cli.group import Noun, Verb
from answerable.cli.output import Json, Result
from answerable.cli.rule_words import Words, in_words
from answerable.cli.rules import calendar_of, procedure_of
from answerable.cli.surface import Surface
from answerable.core import clocks
from answerable.core.calendars import Calendar
from answerable.core.case.vocabulary import nearest
from answerable.core.counting import Step
from answerable.core.errors import Malformed
from answerable.core.procedure import Clock, Procedure


class UnknownClass(Malformed):
    """The procedure has no class of this code; ``known`` lists those it has."""

    code = "unknown-class"


@click.group(cls=Noun)
def clock() -> None:
    pass


@clock.command(cls=Verb)
@click.argument("procedure")
@click.argument("clock_code", metavar="CLOCK")
@click.option("--event", "events", metavar="ACT=DATE", multiple=True)
@click.option("--class", "class_", metavar="CLASS")
@click.option("--calendar", "calendar_name", metavar="FILE")
@click.pass_obj
def due(surface: Surface, /, procedure: str, clock_code: str, **options: object) -> int:
    """Say by when an act is owed, and show every step of the count."""
    given = options["calendar_name"]
    calendar = calendar_of(surface, given) if isinstance(given, str) else None
    rules = procedure_of(surface, procedure, [] if calendar is None else [calendar.code])
    asked = rules.clock(clock_code)
    class_ = _class(rules, options["class_"])
    events = options["events"] if isinstance(options["events"], tuple) else ()
    matter = clocks.Matter(
        events=tuple(happened(event, rules, asked) for event in events),
        calendars=_calendars(surface, rules, asked, calendar),
        class_=class_,
    )
    if calendar is not None and not matter.calendars:
        surface.talk("clock.calendar-not-used", calendar=calendar.code)
    answer = _Answer(Words(surface, rules), clocks.due(rules, clock_code, matter), matter)
    text = "\n".join(answer.lines())
    return surface.tell(Result("due", answer.facts(), text, summary=answer.date(), is_flat=True))


def _class(rules: Procedure, given: object) -> str:
    if given is None:
        return ""
    found = str(given)
    if found not in rules.classes:
        if not rules.classes:
            raise UnknownClass("no class", found=found, procedure=rules.name, reason="none")
        known, near = ", ".join(rules.classes), nearest(found, rules.classes)
        raise UnknownClass("no class", found=found, nearest=near, known=known, procedure=rules.name)
    return found


def _calendars(
    surface: Surface, rules: Procedure, asked: Clock, given: Calendar | None
) -> dict[str, Calendar]:
    """Return the calendars that a clock needs, each replaced by the one that was given."""
    codes = {one.counting.calendar for one in _with_those_before(rules, asked)} - {""}
    return {code: given or calendar_of(surface, code) for code in sorted(codes)}


def _with_those_before(rules: Procedure, asked: Clock) -> Iterator[Clock]:
    """Yield a clock and those at whose ends it begins; no procedure has them in a circle."""
    yield asked
    for start in asked.starts:
        if start.end_of is not None:
            yield from _with_those_before(rules, rules.clock(start.end_of))


@dataclass(frozen=True, slots=True)
class _Answer:
    """A date and its working, for programs and for people."""

    words: Words
    due: clocks.Due
    matter: clocks.Matter

    @property
    def calendars(self) -> Mapping[str, Calendar]:
        """The calendars that were counted by, under their own codes."""
        return {one.code: one for one in self.matter.calendars.values()}

    def facts(self) -> Mapping[str, Json]:
        due, calendar = self.due, self.due.calendar
        return {
            "due": due.on.isoformat() if due.on else None,
            "at": due.at.isoformat() if due.at else None,
            "bound": due.bound.value,
            "binding": due.binding,
            "confirmed": due.confirmed,
            "owes": due.owes,
            "clock": due.clock,
            "procedure": self.words.procedure.name,
            "calendar": {
                "code": calendar.code,
                "version": calendar.version,
                "confirmed": calendar.confirmed,
            },
            "time-zone": due.time_zone,
            "working": [
                {"step": step.code, "text": self.words.step(step, self.calendars), **step.facts}
                for step in due.working
            ],
        }

    def lines(self) -> Iterator[str]:
        say, due = self.words.surface.say, self.due
        rule = self.words.procedure.clock(due.clock)
        yield say("clock.owed", clock=self.words.clock(due.clock), seat=self.words.seat(due.owes))
        yield self.date()
        yield say("clock.binding" if due.binding else "clock.indicative")
        if not due.confirmed:
            yield say("clock.not-confirmed")
        if rule.missed:
            yield say("clock.missed", missed=in_words(self.words.surface, rule.missed))
        yield ""
        yield say("clock.working")
        yield from self._working(due.working, "  ")
        if not rule.counting.calendar:
            yield f"  {say('clock.every-day')}"
        yield ""
        title = in_words(self.words.surface, self.words.procedure.titles)
        yield say("clock.by-procedure", title=title, procedure=self.words.procedure.name)

    def _working(self, steps: Sequence[Step], margin: str) -> Iterator[str]:
        """Yield the steps, those of an earlier clock further in than those that follow from it."""
        at = 0
        while at < len(steps):
            step = steps[at]
            at += 1
            yield margin + self.words.step(step, self.calendars)
            if step.code == "end-of-clock":
                earlier = str(step.facts["clock"])
                inner = len(clocks.due(self.words.procedure, earlier, self.matter).working)
                yield from self._working(steps[at : at + inner], f"{margin}    ")
                at += inner

    def date(self) -> str:
        """Return by when it is owed, as one sentence."""
        say, due = self.words.surface.say, self.due
        rule = self.words.procedure.clock(due.clock)
        if due.at is not None:
            at = _local(due.at, due.time_zone).isoformat(timespec="minutes")
            return say(f"due.{due.bound}-hour", at=at, zone=due.time_zone)
        if due.on is not None:
            return say(f"due.{due.bound}", on=due.on.isoformat(), zone=due.time_zone)
        return say("clock.no-date" if rule.period or rule.by_class else "clock.no-period")


def _local(at: datetime, zone: str) -> datetime:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - only an hour asks for its zone

    return at.astimezone(ZoneInfo(zone))
