"""Lists of cases: filters that are links with counts, rows, and the same as a table and as text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from answerable.casework.extract_ports import Found
from answerable.core.acts import instant_text
from answerable.core.canonical import encode
from answerable.locale.visible import visible
from answerable.web.http import CSV, JSON, TEXT, Request, Response
from answerable.web.register.briefs import Brief
from answerable.web.register.cases import periods_of
from answerable.web.register.filters import NAMES, address, groups, only, value
from answerable.web.register.of_bodies import means
from answerable.web.register.opened import Register
from answerable.web.register.rendering import RegisterWords, Room
from answerable.web.source import Due
from answerable.web.table import table

PAGE = 50
MONDAY, SUNDAY = 1, 7
_WEEKS = 1 << 10
"""Of so many weeks it is kept in which periods they lie: many protected cases share each."""
UNDATED = "undated"
"""What a table says of what is owed and has no date."""
_LONGEST = 200
"""Of what is chosen or searched for so much is read: it stands in the address of every filter."""

_WORDS = {"standing": "web.stands", "turn": "web.turn", "kinds": "web.alleged"}
_WORDS |= {"owed": "web.owed-next"}
COLUMNS = (
    *("number", "lodged", "standing", "turn", "kinds", "allegations", "answered"),
    *("matters", "matters_answered", "owed", "due", "late"),
)
"""Of a table: each column of codes has one beside it with what they are called."""


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list, in words; ``note`` says that nothing is owed, or since when."""

    number: str
    standing: str
    standing_word: str
    turn: str
    cause: int
    answers: str
    owed: str
    note: str
    is_late: bool
    box: str


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list of cases, with the addresses of the pages beside it, "" for none."""

    rows: Sequence[Row]
    page: int
    pages: int
    before: str
    after: str


def row_of(words: RegisterWords, one: Brief) -> Row:
    owed = box = ""
    if one.due:
        first = min(one.due, key=lambda due: (not due.is_late, due.order))
        rules = words.register.rules.procedures.get(one.procedure)
        name, box = words.owed(first.item.code, rules), words.box(first, rules)
        owed = words.say(
            "web.owed-line", owed=name, when=words.by_when(first), left=words.left_sentence(first)
        )
    note = "" if owed else words.say("web.nothing-owed")
    if one.erased_at:
        note = words.say("web.erased-line", day=words.day(one.erased_at))
    answers = words.say(
        "web.answered-of",
        answered=one.answered + one.disposed,
        count=one.allegations + one.matters,
    )
    return Row(
        one.number,
        one.standing,
        words.word("standing", one.standing),
        words.turn(one.turn, one.bodies),
        one.cause,
        answers,
        owed,
        note,
        one.is_late,
        box,
    )


def debt_told(words: RegisterWords, due: Due, procedure: str) -> dict[str, Any]:
    """Return what is owed on a case, as a box."""
    rules = words.register.rules.procedures.get(procedure)
    told = {"owner": words.by(due.owner), "when": words.by_when(due)}
    return {
        "number": due.number,
        "box": words.box(due, rules),
        "head": words.owed(due.item.code, rules),
        "line": words.say("web.owed-by-line", **told, left=words.left_sentence(due)),
        "is_late": due.is_late,
    }


def chosen(register: Register, query: Mapping[str, str]) -> Iterator[Brief]:
    """Yield the cases that the filters leave, those that most need someone first.

    What a search found comes newest first.
    """
    return register.cases.at(_chosen(register, query))


def _chosen(register: Register, query: Mapping[str, str]) -> Sequence[int]:
    cases, query = register.cases, _known(query)
    return cases.chosen(query, cases.among(query, searched(register, query)))


def searched(register: Register, query: Mapping[str, str]) -> Found | None:
    """Return what was searched for, None where nothing was."""
    return register.cases.search(query["q"]) if query.get("q") else None


def _known(query: Mapping[str, str]) -> dict[str, str]:
    known = {name: query[name][:_LONGEST] for name in NAMES if query.get(name)}
    if "body" not in known:
        known.pop("of", None)
    return known


def list_page(room: Room, request: Request) -> Response:
    words, register = room.words, room.register
    query, cases = _known(request.query), register.cases
    found, silhouettes = searched(register, query), _silhouettes(register, query)
    among = cases.among(query, found)
    places = cases.chosen(query, among)
    at = {"page": request.query["page"]} if request.query.get("page", "").isdigit() else {}
    return room.page(
        "list.html",
        words.say("web.list-title"),
        # In another language too it is the list of what was chosen and typed.
        rest=address(words, {**query, **at}).removeprefix(f"/{room.language}"),
        found=len(places),
        all=len(cases),
        groups=groups(words, query, among),
        pager=paged(words, places, request, lambda at: address(words, {**query, "page": str(at)})),
        typed=query.get("q", ""),
        responses=[] if found is None else found.others,
        of_body=_of_body(words, query),
        only=only(words, query),
        files={form: address(words, query, form) for form in (".csv", ".json", ".txt")},
        silhouettes=silhouettes[:PAGE],
        more=max(0, len(silhouettes) - PAGE),
        years=[year_told(words, one) for one in register.years],
    )


def not_listed_page(room: Room, request: Request) -> Response:
    """Return the cases that no list shows: more of them than one page has room for."""
    register = room.register
    at, pages = asked_page(request, len(register.silhouettes))
    return room.page(
        "not_listed.html",
        room.words.say("web.not-listed"),
        silhouettes=register.silhouettes[(at - 1) * PAGE : at * PAGE],
        pager=_pager((), (at, pages), lambda at: f"/{room.language}/not-listed?page={at}"),
        years=[year_told(room.words, one) for one in register.years],
    )


def paged(
    words: RegisterWords,
    places: Sequence[int | None],
    request: Request,
    address: Callable[[int], str],
) -> Pager:
    """Return the page of a list that is asked for: the first, the last, or one between."""
    at, pages = asked_page(request, len(places))
    shown = [place for place in places[(at - 1) * PAGE : at * PAGE] if place is not None]
    rows = [row_of(words, one) for one in words.register.cases.at(shown)]
    return _pager(rows, (at, pages), address)


def _pager(rows: Sequence[Row], asked: tuple[int, int], address: Callable[[int], str]) -> Pager:
    at, pages = asked
    before, after = address(at - 1) if at > 1 else "", address(at + 1) if at < pages else ""
    return Pager(rows, at, pages, before, after)


def asked_page(request: Request, count: int) -> tuple[int, int]:
    """Return which page of so many things is asked for, and how many pages they are."""
    pages = max(1, -(-count // PAGE))
    typed = request.query.get("page", "1")
    return min(max(int(typed) if typed.isascii() and typed.isdigit() else 1, 1), pages), pages


def _of_body(words: RegisterWords, query: Mapping[str, str]) -> str:
    """Return what a list is of that a body's page led to, "" where it is of all."""
    if "body" not in query:
        return ""
    told = words.say("web.only-of-body", body=words.body(query["body"]))
    return f"{told} {means(words, query.get('of', ''))}"


# --- For programs ---


def list_json(room: Room, request: Request) -> Response:
    return Response(type=JSON, parts=_json(room.register, request.query), tag=room.tag)


def _json(register: Register, query: Mapping[str, str]) -> Iterator[bytes]:
    # As page({"at": ..., "cases": [...]}) would be, and never as one value: it may be of any size.
    yield b'{"at":' + encode(register.checked.index.at_text) + b',"cases":['
    for at, one in enumerate(register.cases.data(_chosen(register, query))):
        yield b"," + one if at else one
    yield b"]}\n"


def list_csv(room: Room, request: Request) -> Response:
    words = room.words
    head = [
        name
        for column in COLUMNS
        for name in (column, *([words.say(_WORDS[column])] if column in _WORDS else []))
    ]
    rows = (_cells(words, one) for one in chosen(room.register, request.query))
    return Response(type=CSV, parts=table(head, rows), tag=room.tag)


def _cells(words: RegisterWords, one: Brief) -> list[str | int]:
    rules = words.register.rules.procedures.get(one.procedure)
    told: dict[str, str | int] = {
        "number": one.number,
        "lodged": instant_text(one.lodged_at),
        "standing": one.standing,
        "turn": one.turn or "",
        "allegations": one.allegations,
        "answered": one.answered,
        "matters": one.matters,
        "matters_answered": one.disposed,
        "kinds": " ".join(one.kinds),
        "owed": " ".join(due.item.code for due in one.due),
        "due": " ".join(due.item.due_on or UNDATED for due in one.due),
        "late": "yes" if one.is_late else "no",
    }
    called = {
        "standing": words.word("standing", one.standing),
        "turn": words.turn(one.turn, one.bodies),
        "kinds": "; ".join(value(words, "kind", kind) for kind in one.kinds),
        "owed": "; ".join(words.owed(due.item.code, rules) for due in one.due),
    }
    return [
        cell
        for column in COLUMNS
        for cell in (told[column], *([called[column]] if column in called else []))
    ]


def list_text(room: Room, request: Request) -> Response:
    return Response(type=TEXT, parts=_text(room.words, request.query), tag=room.tag)


def _text(words: RegisterWords, query: Mapping[str, str]) -> Iterator[bytes]:
    published = words.say("web.published", at=words.instant(words.register.checked.index.at))
    yield f"{published}\n\n{words.say('web.list-title')}\n{_lead(words, query)}\n\n".encode()
    for one in chosen(words.register, query):
        row = row_of(words, one)
        because = words.say("web.because", act=row.cause)
        told = (row.number, f"{row.standing_word}. {because}", row.turn, row.answers)
        owed = " ".join(filter(None, (row.owed, row.note)))
        yield (" | ".join((*told, owed)) + "\n").encode()
    yield "\n".join(["", *_not_listed(words, query), ""]).encode()


def _lead(words: RegisterWords, query: Mapping[str, str]) -> str:
    """Return how many cases are listed, in which order, and of what."""
    cases, query = words.register.cases, _known(query)
    among = cases.among(query, searched(words.register, query))
    typed, count = query.get("q"), cases.count(query, among)
    lead = words.say("web.list-lead", count=count, all=len(cases))
    order = (
        words.say("web.searched", typed=visible(typed)) if typed else words.say("web.list-order")
    )
    return " ".join(filter(None, (lead, order, only(words, query), _of_body(words, query))))


def _silhouettes(register: Register, query: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
    """Return the protected cases of a period: all of whose weeks a day lies in it."""
    period = _known(query).get("period", "")
    if not period:
        return register.silhouettes
    return [one for one in register.silhouettes if period in _periods_of(str(one["week"]))]


@lru_cache(_WEEKS)
def _periods_of(week: str) -> frozenset[str]:
    """Return the years and the months in which a day of a week lies, as cases are filtered by."""
    year, _, number = week.partition("-W")
    days = (date.fromisocalendar(int(year), int(number), day) for day in (MONDAY, SUNDAY))
    return frozenset(period for day in days for period in periods_of(day))


def _not_listed(words: RegisterWords, query: Mapping[str, str]) -> Iterator[str]:
    """Yield what is told of the cases that no list shows."""
    yield words.say("web.not-listed")
    yield words.say("web.not-listed-lead")
    for one in _silhouettes(words.register, query):
        week, allegations = words.week(one["week"]), words.number(one["allegations"])
        yield " | ".join((week, allegations, words.turn(one["turn"])))
    for one in words.register.years:
        yield year_told(words, one)


def year_told(words: RegisterWords, one: Mapping[str, Any]) -> str:
    """Return how the numbers of a year are accounted for."""
    facts = {name: one[name] for name in ("year", "last", "listed", "not_listed")}
    return words.say("web.year", void=len(one["void"]), **facts)
