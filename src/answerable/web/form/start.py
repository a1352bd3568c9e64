"""F1: what this is, who reads what, by when what is answered, and the ways to hand in.

The same on a card of paper, in two languages, for whoever learns of it from somebody else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from answerable.casework.if_lodged_now import Begun, IfLodgedNow, Today, if_lodged_now
from answerable.core.procedure import Procedure
from answerable.core.seats import COMPLAINANT
from answerable.locale.catalogue import Catalogue
from answerable.locale.day_off_words import day_off_in_words
from answerable.locale.step_words import titled
from answerable.qr import qr_svg
from answerable.web.form.room import Visit
from answerable.web.http import Response
from answerable.web.rendering import catalogue_of
from answerable.web.rule_words import period_of, title_of

LODGED = "submitted"
BEGINS = frozenset({LODGED, "delivered", "opened", "accepted"})
"""From what the clocks run that the first page tells: these happen to every report."""

MODULE = 0.6
"""The side of a module of a printed code in millimetres: 0.5 at least (ux.md, C.7)."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is owed first: its name, how long there is, from which act, and by which days."""

    name: str
    period: str
    since: str
    days: str


def start(visit: Visit) -> Response:
    """Show the first page. Nothing is kept of who looks at it."""
    application, words = visit.host.application, visit.words
    now = if_lodged_now(application.ruling, application.reading.mechanism())
    return visit.page(
        "start.html",
        words.say("form.start-title"),
        steps=list(timetable(words, now)),
        closed=list(closed(words, now)),
        undertaking=undertaking(words, now.procedure),
        is_begun=visit.draft is not None and not visit.draft.number,
    )


def timetable(words: Catalogue, now: IfLodgedNow) -> Iterator[Step]:
    """Yield what bodies owe first, by the rules under which a case would begin now."""
    for clock in now.procedure.clocks.values():
        starts = [one.event for one in clock.starts if one.event in BEGINS]
        if starts and clock.owes != COMPLAINANT:
            begun = now.begun.get(clock.code)
            since = "" if begun else words.word("act", str(starts[0]))
            period = ", ".join(period_of(words, clock))
            yield Step(title_of(words, clock), period, since, _days(words, begun))


def _days(words: Catalogue, begun: Begun | None) -> str:
    """Say by which days it is owed where nobody would guess them: today is off, or unspoken of."""
    if begun is None or not begun.clock.counting.calendar:
        return ""
    if begun.due_on is None:
        return words.say("form.not-counted-yet") if begun.clock.period else ""
    if begun.today is Today.WORKED or begun.first is None:
        return ""
    return words.say("form.counted-days", first=begun.first.isoformat(), last=begun.due_on)


def closed(words: Catalogue, now: IfLodgedNow) -> Iterator[str]:
    """Yield what is said where the secretariat does not work today, or nobody knows if it does."""
    begun = next((one for one in now.begun.values() if one.today is not Today.WORKED), None)
    if begun is None:
        return
    today, name = now.day.isoformat(), begun.calendar.holiday(now.day)
    if begun.today is Today.UNSPOKEN:
        title = titled(words, begun.calendar.titles, begun.calendar.code)
        yield words.say("form.calendar-silent", calendar=title, today=today)
    else:
        reason = "holiday" if name else "weekend"
        told = name and day_off_in_words(words, name)
        yield words.say("form.closed", today=today, reason=reason, name=told)
    yield words.say("form.closed-send")


def undertaking(words: Catalogue, procedure: Procedure) -> str:
    """Say the host's word against reprisals, or that there is none."""
    given = procedure.undertaking
    if given is None:
        return words.say("web.no-undertaking")
    return words.say(
        "page.undertaking",
        text=titled(words, given.text),
        by=given.signed_by,
        on=given.signed_on.isoformat(),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where the form is reached: what that is called in each language, and its QR code."""

    labels: tuple[tuple[str, str], ...]
    address: str
    qr: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """The half of the card that is in one language."""

    lang: str
    say: Callable[..., str]
    steps: tuple[Step, ...]
    rules: str


def card(visit: Visit) -> Response:
    """Show the card that is handed from one to another on paper: no date of today's is counted."""
    application, host = visit.host.application, visit.host
    now = if_lodged_now(application.ruling, application.reading.mechanism())
    # Whoever is shown it may read another language than who prints it.
    both = (visit.words, catalogue_of("en" if visit.language == "km" else "km"))
    return visit.page(
        "card.html",
        visit.words.say("form.way-card"),
        places=[
            _place(visit, both, host.address, ("form.card-address", "form.card-no-address")),
            _place(visit, both, host.onion, ("form.card-onion", "form.card-no-onion")),
        ],
        sides=[_side(words, now) for words in both],
    )


def _place(visit: Visit, both: tuple[Catalogue, ...], site: str, keys: tuple[str, str]) -> Place:
    labels = tuple((words.language, words.say(keys[0 if site else 1])) for words in both)
    address = f"{site}{visit.address()}" if site else ""
    code = qr_svg(address.encode(), module_mm=MODULE) if site else None
    return Place(labels, address, code)


def _side(words: Catalogue, now: IfLodgedNow) -> Side:
    steps = tuple(replace(one, days="") for one in timetable(words, now))
    title = titled(words, now.procedure.titles, now.procedure.id)
    rules = words.say("form.card-rules", rules=title, today=now.day.isoformat())
    return Side(words.language, words.say, steps, rules)
