"""The first page, open data, statements, and what standings mean."""

from http import HTTPStatus

from answerable.core.case.standings import NEED
from answerable.core.errors import AnswerableError
from answerable.core.proceeding.standings import Standing
from answerable.core.register.pages import CASES, INDEX, LEDGER
from answerable.web.http import Response
from answerable.web.register.lists import debt_told
from answerable.web.register.rendering import Room

FEW = 12
LATE = {"owed": "late"}
LATE_CASES = "/register?owed=late"


def home_page(room: Room) -> Response:
    words, cases = room.words, room.register.cases
    late, soon = cases.late, cases.soon
    not_listed = sum(one["not_listed"] for one in room.register.years)
    example = next((one.number for one in cases.at(range(min(len(cases), 1)))), "XA-2026-0061-7")
    return room.page(
        "home.html",
        words.say("web.home-title"),
        example=example,
        late=[debt_told(words, *one) for one in late.first],
        soon=[debt_told(words, *one) for one in soon.first],
        more=max(0, late.number - FEW) + max(0, soon.number - FEW),
        numbers=(
            (len(cases), words.say("web.cases-shown"), "/register"),
            (cases.allegations, words.say("web.allegations"), "/figures/allegations"),
            (cases.unanswered, words.say("web.no-answer"), "/figures/outcome/no-answer"),
            (cases.count(LATE, cases.among({})), words.say("web.late-cases"), LATE_CASES),
            (not_listed, words.say("web.not-listed"), "/not-listed"),
        ),
    )


def data_page(room: Room) -> Response:
    words, checked = room.words, room.register.checked
    names = [INDEX, *(n for n in sorted(checked.index.files) if not n.startswith((CASES, LEDGER)))]
    return room.page(
        "data.html",
        words.say("web.nav-data"),
        at=words.instant(checked.index.at),
        differences=[words.say(f"difference.{o.code}", **o.facts) for o in checked.differences],
        sums=(
            (words.say("web.entries"), checked.size),
            (words.say("web.explained"), checked.size - checked.unexplained),
            (words.say("web.unexplained"), checked.unexplained),
            (words.say("web.cases-shown"), checked.cases),
        ),
        files=[(name, checked.index.files.get(name, "")) for name in names],
        more=len(checked.index.files) + 1 - len(names),
    )


def accessibility_page(room: Room) -> Response:
    words = room.words
    lines = (
        words.say("web.access-aim"),
        words.say("web.access-known"),
        words.say("web.access-formats"),
        words.say("web.access-khmer"),
    )
    return room.page("statement.html", words.say("web.accessibility"), lines=lines)


def privacy_page(room: Room) -> Response:
    words = room.words
    lines = (
        words.say("web.privacy-pages"),
        words.say("web.privacy-server"),
        words.say("web.privacy-verify"),
        words.say("web.privacy-network"),
        words.say("web.privacy-register"),
        words.say("web.privacy-erased"),
    )
    return room.page("statement.html", words.say("web.privacy"), lines=lines)


def standings_page(room: Room) -> Response:
    words = room.words
    found = [
        (str(code), words.word("standing", code), words.say(f"standing-means.{code}"), address)
        for code, address in (
            *((code, f"/register?standing={code}") for code in NEED),
            *((code, "/responses") for code in Standing),
        )
    ]
    return room.page("standings.html", words.say("web.standings"), standings=found)


def error_page(room: Room, problem: AnswerableError, status: HTTPStatus, typed: str) -> Response:
    """Return an error in its three parts, with a way on."""
    explained = room.words.catalogue.explain(problem.code, problem.facts)
    lines = [line for line in (explained.means, explained.do) if line]
    response = room.page("error.html", explained.what, lines=lines, typed=typed)
    return Response(response.body, response.type, status)
