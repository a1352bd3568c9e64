"""The addresses of the register: a language, then what is wanted, then in which form."""

from collections.abc import Callable, Mapping
from urllib.parse import quote, urlencode

from answerable.core.numbers import typed_number
from answerable.core.register.pages import CASES, FIGURES, INDEX
from answerable.locale.catalogue import LANGUAGES
from answerable.web.errors import NoSuchPage, NotInRegister
from answerable.web.http import BYTES, CSV, JSON, TEXT, Request, Response, moved
from answerable.web.register import lists
from answerable.web.register.bodies import bodies_json, bodies_page, bodies_text, body_page
from answerable.web.register.calendar_file import owed_file
from answerable.web.register.feeds import acts_feed, late_feed
from answerable.web.register.figures import figure_page, figures_page, figures_table, figures_text
from answerable.web.register.one_case import case_page
from answerable.web.register.opened import Register
from answerable.web.register.others import (
    accessibility_page,
    data_json,
    data_page,
    home_page,
    privacy_page,
    standings_json,
    standings_page,
)
from answerable.web.register.rendering import NO_HELP, Help, Room
from answerable.web.register.responses import (
    response_page,
    responses_json,
    responses_page,
    responses_text,
)
from answerable.web.register.rules import (
    calendar_page,
    keys_json,
    keys_page,
    procedure_page,
    rules_json,
    rules_page,
)
from answerable.web.rendering import STYLESHEET, stylesheet

YEAR, WEEK = 31_536_000, 604_800
ICON = STYLESHEET.with_name("icon.svg")
ROBOTS = b"User-agent: *\nDisallow: /*?\n"
"""Pages may be found by search. Lists under filters, of which there are very many, are no pages."""

TYPES = {".json": JSON, ".csv": CSV, ".yaml": TEXT}

PAGES: Mapping[str, Callable[[Room], Response]] = {
    "": home_page,
    "figures": figures_page,
    "responses": responses_page,
    "bodies": bodies_page,
    "rules": rules_page,
    "keys": keys_page,
    "open-data": data_page,
    "open-data.json": data_json,
    "rules.json": rules_json,
    "keys.json": keys_json,
    "standings.json": standings_json,
    "accessibility": accessibility_page,
    "privacy": privacy_page,
    "standings": standings_page,
    "late.atom": late_feed,
    "figures.csv": figures_table,
    "figures.txt": figures_text,
    "owed.ics": owed_file,
}

LISTS: Mapping[str, Callable[[Room, Request], Response]] = {
    "acts.atom": acts_feed,
    "register": lists.list_page,
    "not-listed": lists.not_listed_page,
    "register.json": lists.list_json,
    "register.csv": lists.list_csv,
    "register.txt": lists.list_text,
    "responses.json": responses_json,
    "responses.txt": responses_text,
    "bodies.json": bodies_json,
    "bodies.txt": bodies_text,
}

VERIFY = "verify"
"""The room in which receipts are checked: it has routes of its own."""

LARGE = frozenset({INDEX, FIGURES})
"""Files that name every case."""

DATA: Mapping[str, str] = {"figures.json": FIGURES}


def answer(register: Register, request: Request, *, help_at: Help = NO_HELP) -> Response:
    """Return what an address shows of a register.

    Raises:
        NoSuchPage, NotInRegister, UnreadableNumber, WrongCheckDigit: nothing is shown there.
        NotAsNamed: the file is not the one that the register names.
    """
    found: Response | None
    first, _, rest = request.path.removeprefix("/").partition("/")
    if request.path in {"", "/"}:
        return moved(f"/{wanted_language(request)}")
    if request.path == "/robots.txt":
        found = Response(ROBOTS, TEXT, max_age=WEEK)
    elif first == "static":
        found = _static(rest)
    elif first == "data":
        found = _data(register, rest)
    elif first in LANGUAGES:
        found = _in_room(_room(register, first, rest, help_at=help_at), request, rest)
    else:
        found = None
    found = found or _meant(request)
    if found is None:
        raise NoSuchPage("nothing at this address")
    return found


def _room(register: Register, language: str, rest: str, *, help_at: Help) -> Room:
    return Room(register, language, f"/{rest}" if rest else "", help_at)


def _meant(request: Request) -> Response | None:
    """Return where an address leads that lacks its language, or ends in one stroke too many."""
    first, _, rest = request.path.strip("/").partition("/")
    if first in LANGUAGES:
        is_one = rest in {*PAGES, *LISTS} and request.path.endswith("/")
        return moved(f"/{first}/{quote(rest)}") if is_one else None
    if first not in {*PAGES, *LISTS, VERIFY}:
        return None
    query = f"?{urlencode(request.query)}" if request.query else ""
    return moved(f"/{wanted_language(request)}/{quote(request.path.strip('/'))}{query}")


def room_of(register: Register, request: Request, *, help_at: Help = NO_HELP) -> Room:
    """Return the room in which an error is told: in the language of the address, or asked for."""
    language = request.path.removeprefix("/").partition("/")[0]
    found = language if language in LANGUAGES else wanted_language(request)
    return _room(register, found, "", help_at=help_at)


def route_of(path: str) -> str:
    """Return what is asked for at an address, without number, name or file: for a log."""
    first, _, rest = path.removeprefix("/").partition("/")
    if first in {"static", "data"}:
        return first
    if first in LANGUAGES:
        for start in (*_BELOW, "figures/"):
            if rest.startswith(start):
                return f"{start}one"
        if rest in {*PAGES, *LISTS, *DATA, "find"}:
            return rest or "home"
    return "home" if path in {"", "/"} else "none"


def wanted_language(request: Request) -> str:
    """Return the first language that a browser asks for and that there is, else English."""
    for item in request.languages.split(","):
        code = item.partition(";")[0].strip().lower().partition("-")[0]
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]


def _in_room(room: Room, request: Request, rest: str) -> Response | None:
    if rest in PAGES:
        return PAGES[rest](room)
    if rest in LISTS:
        return LISTS[rest](room, request)
    if rest == "find":
        return _find(room, request.query.get("number", ""))
    if rest.startswith("figures/"):
        return figure_page(room, rest.removeprefix("figures/"), request)
    for start, shown in _BELOW.items():
        if rest.startswith(start):
            return shown(room, rest.removeprefix(start))
    return _data(room.register, DATA[rest]) if rest in DATA else None


def _find(room: Room, typed: str) -> Response:
    """Go to the case whose number was typed: in Khmer digits too, and with the number of an act."""
    text, _, act = str(typed_number(typed)).partition("/")
    if f"{CASES}{text}.json" not in room.register.checked.index.files:
        raise NotInRegister("the register shows no such case", number=text)
    return moved(f"/{room.language}/register/{quote(text)}" + (f"#act-{act}" if act else ""))


_BELOW: Mapping[str, Callable[[Room, str], Response | None]] = {
    "register/": case_page,
    "responses/": response_page,
    "bodies/": body_page,
    "rules/procedures/": procedure_page,
    "rules/calendars/": calendar_page,
}


# --- Files as they are ---


def _static(rest: str) -> Response | None:
    if rest == ICON.name:
        return Response(ICON.read_bytes(), "image/svg+xml", max_age=WEEK)
    data, digest = stylesheet()
    if rest != f"ledger-{digest}.css":
        return None
    return Response(data, "text/css; charset=utf-8", max_age=YEAR)


def _data(register: Register, name: str) -> Response | None:
    """Return a file of the register: of the names in its index and of no others."""
    ending = "." + name.rpartition(".")[2]
    plain = TEXT if name.endswith(("/checkpoint", "/policy")) else BYTES
    kind = TYPES.get(ending, plain)
    if name in LARGE:
        parts = register.parts(name)
        return None if parts is None else Response(type=kind, parts=parts, tag=register.key)
    data = register.file(name)
    return None if data is None else Response(data, kind)
