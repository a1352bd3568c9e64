"""The addresses of a case: its page, its files, its clocks, and each allegation in it."""

from urllib.parse import quote

from answerable.core.numbers import typed_number
from answerable.core.register.pages import CASES
from answerable.core.register.shown import ShownCase
from answerable.web.case_page import CasePage
from answerable.web.errors import NotInRegister
from answerable.web.http import JSON, TEXT, Response, moved
from answerable.web.register.calendar_file import case_file
from answerable.web.register.clocks import clocks_page
from answerable.web.register.feeds import case_feed
from answerable.web.register.plain import block, box
from answerable.web.register.rendering import Room

CLOCK = "clock"


def case_page(room: Room, rest: str) -> Response | None:
    """Return what is at an address below the list of cases, None where nothing is.

    Raises:
        UnreadableNumber, WrongCheckDigit: no case can be there.
        NotInRegister: the register shows no such case.
    """
    if not rest:
        return moved(f"/{room.language}/register")
    typed, _, form = rest.partition(".")
    typed, _, below = typed.partition("/")
    number = str(typed_number(typed))
    if f"{CASES}{number}.json" not in room.register.checked.index.files:
        raise NotInRegister("the register shows no such case", number=number)
    if number != typed:
        # As people type it: a case has one address.
        return moved(f"/{room.language}/register/{rest.replace(typed, number, 1)}")
    if form == "json" and not below:
        data = room.register.file(f"{CASES}{number}.json")
        return None if data is None else Response(data, JSON)
    case = None if rest.endswith(".") else room.register.case(number)
    return None if case is None else _shown(room, case, below, form)


def _shown(room: Room, case: ShownCase, below: str, form: str) -> Response | None:
    if below:
        return _below(room, case, below, form)
    made = {"ics": case_file, "atom": case_feed}.get(form)
    if made is not None:
        return made(room, case)
    return _page(room, case, form) if form in {"", "txt"} else None


def _below(room: Room, case: ShownCase, below: str, form: str) -> Response | None:
    if below == CLOCK:
        return clocks_page(room, case, form)
    # An allegation has an address of its own; it stands in its case, which is one page.
    parts = {pair.id for pair in CasePage(room.words, case).pairs()}
    if below not in parts or form:
        return None
    return moved(f"/{room.language}/register/{case.number}#{quote(below)}")


def _page(room: Room, case: ShownCase, form: str) -> Response:
    words, procedure = room.words, room.register.procedure(case)
    title = words.say("web.case-title", number=case.number)
    facts = {
        "page": CasePage(words, case),
        "rules_known": procedure is not None,
        **room.foot(f"{CASES}{case.number}.json", case.number),
        "rules_title": "" if procedure is None else words.titled(procedure.titles, procedure.id),
    }
    if form == "txt":
        text = room.text("case.txt", title=title, box=box, block=block, **facts)
        return Response(text.encode(), TEXT)
    return room.page("case.html", title, **facts)
