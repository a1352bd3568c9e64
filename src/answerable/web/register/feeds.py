"""Feeds: the last acts of all cases or of one, and what is late now. Silence is told in each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from answerable.core.acts import Envelope, instant_text
from answerable.core.register.shown import ShownCase
from answerable.locale.catalogue import capital
from answerable.web.http import ATOM, Request, Response
from answerable.web.register.briefs import Brief
from answerable.web.register.rendering import RegisterWords, Room
from answerable.web.source import Due, at_turn, owed_in

FEED = 50
MOST = 4 * FEED
"""Among so many late cases, the last to be late, what became late last is looked for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed: what it is, for good, when that was, and where it stands."""

    id: str
    title: str
    at: str
    address: str
    summary: str


_FEEDS = {"act": "web.feed-act", "body": "web.feed-body"}


def acts_feed(room: Room, request: Request) -> Response:
    """Return the last acts of cases, newest first: all, those of a kind, or a body's answers."""
    for name, title in _FEEDS.items():
        if value := request.query.get(name, ""):
            called = room.words.word("act", value) if name == "act" else room.words.body(value)
            of = f"acts.atom?{name}={quote(value)}"
            return _feed(room, of, room.words.say(title, told=called), _last(room, name, value))
    found: list[tuple[Envelope, str]] = []
    for brief in room.register.cases.newest(FEED):
        case = room.register.case(brief.number)
        if case is not None:
            found += _acts(room.words, case)
    return _feed(room, "acts.atom", room.words.say("web.feed"), _entries(room, found))


def acts_fed(room: Room) -> list[tuple[str, str]]:
    """Return the acts that cases show, each with what it is called, by which feeds can be had."""
    found = ((one, room.words.word("act", one)) for one in room.register.lately.values("act"))
    return sorted(found, key=lambda one: one[1])


def _last(room: Room, name: str, value: str) -> list[Entry]:
    """Return the last acts of a kind, or the last answers of a body."""
    wanted: dict[str, list[int]] = {}
    for number, sequence in room.register.lately.of(name, value):
        wanted.setdefault(number, []).append(sequence)
    found: list[tuple[Envelope, str]] = []
    for number, sequences in wanted.items():
        if (case := room.register.case(number)) is not None:
            found += [one for one in _acts(room.words, case) if one[0].sequence in sequences]
    return _entries(room, found)


def case_feed(room: Room, case: ShownCase) -> Response:
    """Return the last acts of one case, newest first."""
    title = room.words.say("web.case-title", number=case.number)
    found = _acts(room.words, case)
    return _feed(room, f"register/{case.number}.atom", title, _entries(room, found))


def late_feed(room: Room) -> Response:
    """Return what is late, that which became so last first."""
    cases = room.register.cases
    late = cases.chosen({"owed": "late"}, cases.among({}))[-MOST:]
    found = [(due, one) for one in cases.at(late) for due in one.due if due.is_late]
    found.sort(key=lambda pair: pair[0].order, reverse=True)
    entries = [_late(room, due, one) for due, one in found[:FEED]]
    return _feed(room, "late.atom", room.words.say("web.late"), entries)


def _acts(words: RegisterWords, case: ShownCase) -> list[tuple[Envelope, str]]:
    summary = " ".join(_summed_up(words, case))
    return [(act, summary) for act in case.envelopes]


def _entries(room: Room, found: Sequence[tuple[Envelope, str]]) -> list[Entry]:
    last = sorted(found, key=lambda one: (-one[0].at, one[0].docket, -one[0].sequence))[:FEED]
    return [
        Entry(
            f"{act.docket}/{act.sequence}",
            f"{act.docket}/{act.sequence} {room.words.word('act', str(act.act))}",
            instant_text(act.at),
            f"register/{act.docket}#act-{act.sequence}",
            summary,
        )
        for act, summary in last
    ]


def _late(room: Room, due: Due, one: Brief) -> Entry:
    """Return that something is late, under the name of its clock: late once, however long."""
    words, item = room.words, due.item
    owed = words.owed(item.code, words.register.rules.procedures.get(one.procedure))
    late = {"late": capital(words.left(due)), "owed": owed, "owner": words.by(due.owner)}
    on = str(item.due_on)
    return Entry(
        f"{due.number}/{item.started_by}/{item.code}/{item.part}/{on}",
        f"{due.number} {capital(words.say('page.late-line', **late))}",
        f"{on}T23:59:59Z" if len(on) == len("2026-12-10") else on,
        f"register/{due.number}",
        words.by_when(due),
    )


def _feed(room: Room, name: str, title: str, entries: Sequence[Entry]) -> Response:
    index = room.register.checked.index
    # A feed keeps its identity: it has no form in it.
    told = {"feed": name.replace(".atom", "", 1), "address": name, "feed_title": title}
    facts = {"origin": index.origin, "updated": index.at_text, **told}
    return Response(room.text("acts.atom", entries=entries, **facts).encode(), ATOM)


def _summed_up(words: RegisterWords, case: ShownCase) -> Iterator[str]:
    """Yield where a case stands, what of it has no answer, and who owes what: silence too."""
    standing, turn = case.summary()
    told = words.turn(turn, at_turn(case))
    yield words.say("page.standing", standing=words.word("standing", standing), turn=told)
    silent = [("allegation", one) for one in case.now.allegations if not case.is_answered(one)]
    silent += [
        (kind, number)
        for kind in ("concern", "request")
        for number in case.matters(kind)
        if case.disposition(kind, number) is None
    ]
    if silent:
        what = ", ".join(words.say(f"web.{kind}", number=number) for kind, number in silent)
        yield words.say("web.no-answer-to", what=what)
    for due in owed_in(words.register, case):
        yield words.say(
            "web.owed-of",
            owed=words.owed(due.item.code, words.register.procedure(case)),
            owner=words.by(due.owner),
            when=words.by_when(due),
            left=words.left_sentence(due) or None,
        )
