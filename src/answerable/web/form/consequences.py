"""What follows from an act of the sender, told before it is done: who then owes what, by when."""

from collections.abc import Iterator

from answerable.core.acts import ActCode, Seat
from answerable.core.clock_facts import clocks_of
from answerable.core.register.shown import ShownCase
from answerable.core.seats import REVIEWER
from answerable.web.form.my_case import OwnWords
from answerable.web.form.returning import window_lines
from answerable.web.form.room import Visit

ANSWERED, ASKED = ActCode("clarification-answered"), ActCode("clarification-asked")
CONTESTED, DECIDED = ActCode("contested"), ActCode("contest-decided")
TO_MONITOR = frozenset({ANSWERED, "reprisal-reported", "withdrawal-asked"})
"""What the monitor alone may read, in whole or in part."""


def lines(visit: Visit, words: OwnWords, case: ShownCase, code: str) -> Iterator[str]:
    """Yield what is said of an act of this kind in this case, under what it is about."""
    if code == CONTESTED:
        yield from (told for _, told in window_lines(words, words.source))
        yield from _decides(visit, words)
    if code == ANSWERED:
        yield from _rests(words, case)
    if code in TO_MONITOR and visit.is_vacant("monitor"):
        yield visit.words.say("form.no-monitor")


def earlier_answers(case: ShownCase, code: str) -> list[int]:
    """Return the answers that the sender gave before on what the last question concerns."""
    asked = [act.envelope for act in case.acts if act.envelope.act == ASKED]
    if code != ANSWERED or not asked:
        return []
    concerned = asked[-1].allegations or tuple(case.now.allegations)
    return [
        act.envelope.sequence
        for act in case.acts
        if act.envelope.act == ANSWERED
        and (not act.envelope.allegations or set(concerned) & set(act.envelope.allegations))
    ]


def _decides(visit: Visit, words: OwnWords) -> Iterator[str]:
    """Yield who would decide on a contest that is recorded today, and by when."""
    source = words.source
    clocks = source.rules.clocks
    started = visit.host.application.returned.would_start(source.docket, CONTESTED)
    found = next((one for one in started if DECIDED in clocks[one["clock"]].met_by), None)
    seat = Seat(found["owes"]) if found else REVIEWER
    due = found.get("due") if found else None
    rule = source.rules.seats.get(seat)
    who = words.seat(seat) if rule is None else words.titled(rule.titles, seat)
    if due is None:
        yield words.say("form.contest-no-date", who=who)
    else:
        yield words.say("form.contest-due", who=who, due=words.due_on(due))
    parties = visit.host.application.reading.mechanism().parties.values()
    if not any(seat in one.seats for one in parties):
        yield words.say("form.contest-vacant", who=who)


def _rests(words: OwnWords, case: ShownCase) -> Iterator[str]:
    """Yield which clock of others waits for the answer to the last question, and its new date."""
    asked = next(act for act in reversed(case.acts) if act.envelope.act == ASKED)
    until = str(asked.envelope.facts.get("until") or "")
    for one in clocks_of(asked.envelope).get("moves", ()):
        if one["due"] and until:
            yield words.say(
                "form.rests",
                owed=words.owed(one["clock"], words.source.rules),
                first=words.day(asked.envelope.at),
                last=words.due_on(until),
                due=words.due_on(one["due"]),
            )
