"""The clocks of a case: how each date was counted, from acts, rules and calendar that are shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.casework.ruling import dated, local
from answerable.core.case.clocking import Clocks
from answerable.core.case.splits import made_by
from answerable.core.clocks import Due
from answerable.core.owed import Owed
from answerable.core.procedure import Procedure
from answerable.core.register.pages import CASES
from answerable.core.register.shown import ShownCase
from answerable.locale.step_words import step_in_words
from answerable.web.case_page import CasePage, Clock
from answerable.web.http import TEXT, Response
from answerable.web.register.rendering import RegisterWords, Room


@dataclass(frozen=True, slots=True)
class Counted:
    """A clock with its working, step by step, and the calendar by which the record has its date."""

    clock: Clock
    concerns: str
    working: tuple[str, ...]
    calendar: str
    is_known: bool


def clocks_page(room: Room, case: ShownCase, form: str) -> Response | None:
    """Return how the dates of a case were counted, as page or as text."""
    if form not in {"", "txt"}:
        return None
    number = case.number
    words = room.words
    title, counted = words.say("web.clocks-title", number=number), list(_counted(words, case))
    if form == "txt":
        text = room.text("clocks.txt", title=title, number=number, counted=counted)
        return Response(text.encode(), TEXT)
    foot = room.foot(f"{CASES}{number}.json", number)
    return room.page("clocks.html", title, number=number, counted=counted, **foot)


def _counted(words: RegisterWords, case: ShownCase) -> Iterator[Counted]:
    """Yield every clock of a case: what waits stands first, what was met stays readable."""
    clocks = zip(CasePage(words, case).clocks(), case.owed, strict=True)
    procedure = words.register.procedure(case)
    for clock, item in sorted(clocks, key=lambda pair: pair[0].met is not None):
        yield Counted(
            clock,
            words.numbers(item.allegations),
            tuple(_working(words, case, procedure, item)),
            item.calendar,
            item.calendar in words.register.rules.calendars,
        )


def _working(
    words: RegisterWords, case: ShownCase, procedure: Procedure | None, item: Owed
) -> Iterator[str]:
    clocks = None if procedure is None else _clocks(words, procedure, item)
    due = None if clocks is None else _due(case, clocks, item)
    if due is None or clocks is None:
        yield words.say("page.not-counted")
        return
    for step in due.working:
        yield step_in_words(words.catalogue, clocks.procedure, step, clocks.calendars)
    # Of a period in hours the record has the hour in UTC, whose day may be another.
    told = None if due.on is None or due.at is not None else due.on.isoformat()
    if told is not None and item.due_on is not None and told != item.due_on[:10]:
        yield words.say("web.counted-otherwise", due=words.due_on(told))


def _clocks(words: RegisterWords, procedure: Procedure, item: Owed) -> Clocks:
    """Return the clocks of a procedure on the calendar by which the record has a date."""
    calendars = words.register.rules.calendars
    found = {one.code: one for one in calendars.values()}
    if (named := calendars.get(item.calendar)) is not None:
        found[named.code] = named
    return Clocks(procedure, found)


def _due(case: ShownCase, clocks: Clocks, item: Owed) -> Due | None:
    # What had been met before it was recorded that it began is counted from both.
    acts, made = case.envelopes, made_by(case.envelopes)
    last = acts[-1].sequence if item.met_by is None else max(item.met_by, item.started_by)
    seen = [
        dated(act, act.sequence, local(act.at, clocks.procedure), made.get(act.sequence, ()))
        for act in acts
        if act.sequence <= last
    ]
    return clocks.due_of(item, seen, (item.allegations or (0,))[0])
