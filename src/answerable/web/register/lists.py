"""Lists of cases: filters that are links with counts, rows, and the same as a table and as text."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from answerable.core.acts import instant_text
from answerable.core.case.standings import NEED
from answerable.core.register.pages import ACCOUNTS, page, value_of
from answerable.web.http import CSV, JSON, TEXT, Request, Response
from answerable.web.register.cases import Brief
from answerable.web.register.of_bodies import means
from answerable.web.register.opened import Register
from answerable.web.register.rendering import RegisterWords, Room

PAGE = 50
ALL = ""

COLUMNS = ("number", "lodged", "standing", "turn", "allegations", "answered", "owed", "due")


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list, in words."""

    number: str
    standing: str
    standing_word: str
    turn: str
    answers: str
    owed: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """One page of a list of cases, with the addresses of the pages beside it, "" for none."""

    rows: Sequence[Row]
    page: int
    pages: int
    before: str
    after: str


def row_of(words: RegisterWords, one: Brief) -> Row:
    owed = ""
    if one.due:
        first = min(one.due, key=lambda due: (not due.is_late, due.order))
        name = words.owed(first.item.code, words.register.rules.procedures.get(one.procedure))
        owed = words.say(
            "web.owed-line", owed=name, when=words.by_when(first), left=words.left_sentence(first)
        )
    answers = words.say(
        "web.answered-of",
        answered=one.answered + one.disposed,
        count=one.allegations + one.matters,
    )
    return Row(
        one.number,
        one.standing,
        words.word("standing", one.standing),
        words.turn(one.turn),
        answers,
        owed,
        one.is_late,
    )


def chosen(register: Register, query: Mapping[str, str]) -> list[Brief]:
    """Return the cases that the filters leave, those that most need someone first.

    What a search found comes newest first.
    """
    briefs = register.cases.briefs
    return [briefs[at] for at in register.cases.chosen(query, among(register, query))]


def among(register: Register, query: Mapping[str, str]) -> Sequence[str] | None:
    """Return the numbers of what was searched for, None where nothing was."""
    return register.search(query["q"]) if query.get("q") else None


@dataclass(frozen=True, slots=True)
class Found:
    """How many cases were found, and those from one place to before another."""

    count: int
    between: Callable[[int, int], Sequence[Brief]]


def list_page(room: Room, request: Request) -> Response:
    words, register = room.words, room.register
    query = {name: request.query[name] for name in _NAMES if request.query.get(name)}
    searched = among(register, query)
    briefs, places = register.cases.briefs, register.cases.chosen(query, searched)
    found = Found(len(places), lambda start, end: [briefs[at] for at in places[start:end]])
    return room.page(
        "list.html",
        words.say("web.list-title"),
        found=found.count,
        all=len(register.cases.briefs),
        groups=_groups(words, query, searched),
        pager=paged(words, found, request, lambda at: _address(words, {**query, "page": str(at)})),
        typed=query.get("q", ""),
        responses=[one for one in searched or () if one in register.responses],
        of_body=_of_body(words, query),
        **accounts_of(register),
    )


def paged(
    words: RegisterWords, found: Found, request: Request, address: Callable[[int], str]
) -> Pager:
    """Return the page of a list that is asked for: the first, the last, or one between."""
    pages = max(1, -(-found.count // PAGE))
    typed = request.query.get("page", "1")
    at = min(max(int(typed) if typed.isascii() and typed.isdigit() else 1, 1), pages)
    return Pager(
        [row_of(words, one) for one in found.between((at - 1) * PAGE, at * PAGE)],
        at,
        pages,
        address(at - 1) if at > 1 else "",
        address(at + 1) if at < pages else "",
    )


def _of_body(words: RegisterWords, query: Mapping[str, str]) -> str:
    """Return what a list is of that a body's page led to, "" where it is of all."""
    if "body" not in query:
        return ""
    told = words.say("web.only-of-body", body=words.body(query["body"]))
    return f"{told} {means(words, query.get('of', ''))}"


_NAMES = ("owed", "standing", "turn", "body", "of", "q")


def accounts_of(register: Register) -> dict[str, Any]:
    """Return the silhouettes and the years of the accounts, as the mechanism states them."""
    data = register.file(ACCOUNTS)
    value = {} if data is None else value_of(data, ACCOUNTS)
    return {"silhouettes": value.get("silhouettes", []), "years": value.get("numbers", [])}


def _groups(
    words: RegisterWords, query: Mapping[str, str], searched: Sequence[str] | None
) -> list[dict[str, Any]]:
    cases = words.register.cases
    standings = [str(code) for code in NEED if code in cases.standings]
    turns = sorted(cases.turns)
    names: Mapping[str, Mapping[str, str]] = {
        "owed": {
            "late": words.say("web.only-late"),
            "week": words.say("web.only-week"),
            "unanswered": words.say("web.only-unanswered"),
        },
        "standing": {code: words.word("standing", code) for code in standings},
        "turn": {code: words.turn(None if code == "nobody" else code) for code in turns},
    }
    heads = {
        "owed": words.say("web.owed-next"),
        "standing": words.say("web.stands"),
        "turn": words.say("web.turn"),
    }
    return [
        {"name": heads[name], "links": _links(words, query, (name, named), searched)}
        for name, named in names.items()
    ]


def _links(
    words: RegisterWords,
    query: Mapping[str, str],
    filtered: tuple[str, Mapping[str, str]],
    searched: Sequence[str] | None,
) -> Iterable[dict[str, Any]]:
    name, named = filtered
    others = {key: value for key, value in query.items() if key != name}
    for code, text in {ALL: words.say("web.all"), **named}.items():
        wanted = {**others, **({name: code} if code else {})}
        yield {
            "name": text,
            "count": words.register.cases.count(wanted, searched),
            "href": _address(words, wanted),
            "on": query.get(name, ALL) == code,
        }


def _address(words: RegisterWords, query: Mapping[str, str]) -> str:
    # In one order, so that each choice has one address.
    ordered = [(name, query[name]) for name in (*_NAMES, "page") if query.get(name)]
    return f"/{words.language}/register" + (f"?{urlencode(ordered)}" if ordered else "")


# --- For programs ---


def _told(one: Brief) -> dict[str, Any]:
    return {
        "number": one.number,
        "lodged": instant_text(one.lodged_at),
        "standing": one.standing,
        "turn": one.turn,
        "allegations": one.allegations,
        "answered": one.answered,
        "owed": [{"code": due.item.code, "due_on": due.item.due_on} for due in one.due],
        "late": one.is_late,
    }


def list_json(room: Room, request: Request) -> Response:
    cases: Sequence[dict[str, Any]] = [_told(o) for o in chosen(room.register, request.query)]
    at = room.register.checked.index.at_text
    return Response(page({"at": at, "cases": list(cases)}), JSON)


def list_csv(room: Room, request: Request) -> Response:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for one in chosen(room.register, request.query):
        told = _told(one)
        owed = " ".join(due.item.code for due in one.due)
        due = " ".join(due.item.due_on or "-" for due in one.due)
        table.writerow([*(told[name] for name in COLUMNS[:6]), owed, due])
    return Response(out.getvalue().encode(), CSV)


def list_text(room: Room, request: Request) -> Response:
    rows = (row_of(room.words, one) for one in chosen(room.register, request.query))
    nothing = room.words.say("web.nothing-owed")
    lines = [
        " | ".join((row.number, row.standing_word, row.turn, row.answers, row.owed or nothing))
        for row in rows
    ]
    published = room.words.say(
        "web.published", at=room.words.instant(room.register.checked.index.at)
    )
    return Response(("\n".join([published, "", *lines]) + "\n").encode(), TEXT)
