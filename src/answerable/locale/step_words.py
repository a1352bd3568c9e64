"""Each step of a clock's working as a sentence, with the names that its procedure gives things."""

from collections.abc import Mapping

from answerable.core.acts import ActCode
from answerable.core.calendars import Calendar
from answerable.core.counting import Step
from answerable.core.errors import Fact
from answerable.core.procedure import Procedure, Titles
from answerable.locale.catalogue import Catalogue
from answerable.locale.day_off_words import day_off_in_words
from answerable.locale.spoken import spoken
from answerable.locale.visible import visible


def titled(words: Catalogue, titles: Titles, code: str = "") -> str:
    """Return a text in a language, in English where it has no such text."""
    if own := titles.get(words.language):
        return visible(own)
    english = visible(titles.get("en") or "")
    return spoken(english, english, "en") or visible(code)


def event_in_words(words: Catalogue, procedure: Procedure, code: str) -> str:
    """Return what an event is called: by the procedure, as an act of a case, or its code."""
    event = procedure.events.get(ActCode(code))
    return words.word("act", code) if event is None else titled(words, event.titles, code)


def duration_in_words(words: Catalogue, length: int, unit: str) -> str:
    number = "one" if length == 1 else "many"
    return words.say(f"duration.{unit}-{number}", length=length)


def step_in_words(
    words: Catalogue, procedure: Procedure, step: Step, calendars: Mapping[str, Calendar]
) -> str:
    """Return a step of the working as a sentence."""
    facts: dict[str, Fact] = dict(step.facts)
    event, clock = facts.get("event"), facts.get("clock")
    facts["event_name"] = None if event is None else event_in_words(words, procedure, str(event))
    facts["clock_name"] = (
        None if clock is None else titled(words, procedure.clock(str(clock)).titles, str(clock))
    )
    if (calendar := calendars.get(str(facts.get("calendar")))) is not None:
        facts["calendar_name"] = titled(words, calendar.titles, calendar.code)
    if name := facts.get("name"):
        facts["name"] = day_off_in_words(words, str(name))
    if facts.get("last") == facts.get("first"):
        facts["last"] = None
    length = facts.get("length")
    if isinstance(length, int):
        told = duration_in_words(words, length, str(facts.get("unit") or "hour"))
        facts["back" if facts.get("backwards") else "duration"] = told
    return words.say(f"step.{step.code}", **facts)
