"""The first page, open data, statements, and what standings mean."""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from answerable.core.case.standings import NEED
from answerable.core.errors import AnswerableError
from answerable.core.proceeding.standings import Standing
from answerable.core.register.pages import CASES, INDEX, LEDGER, page
from answerable.core.register.sums import Checked
from answerable.web.http import JSON, Response
from answerable.web.register.calendar_file import window
from answerable.web.register.feeds import acts_fed
from answerable.web.register.lists import debt_told
from answerable.web.register.rendering import RegisterWords, Room

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
        days=window(room),
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
    files = _files(checked)
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
        files=files,
        more=len(checked.index.files) + 1 - len(files),
        feeds=acts_fed(room),
    )


def data_json(room: Room) -> Response:
    """Return which files there are beside cases and ledger, and what was counted of all."""
    checked = room.register.checked
    found: dict[str, Any] = {
        "at": checked.index.at_text,
        "cases": checked.cases,
        "differences": [{"code": one.code, **one.facts} for one in checked.differences],
        "entries": checked.size,
        "explained": checked.size - checked.unexplained,
        "files": [
            {"address": f"/data/{name}", "name": name, "sha256": digest}
            for name, digest in _files(checked)
        ],
        "origin": checked.index.origin,
    }
    return Response(page(found), JSON)


def _files(checked: Checked) -> list[tuple[str, str | None]]:
    """Return the files beside cases and ledger, which are many; the index is the first."""
    names = (one for one in sorted(checked.index.files) if not one.startswith((CASES, LEDGER)))
    return [(INDEX, None), *((name, checked.index.files[name]) for name in names)]


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
    title = room.words.say("web.standings")
    return room.page("standings.html", title, standings=list(_standings(room.words)))


def standings_json(room: Room) -> Response:
    """Return what each word for where something stands means, and where those are that stand so."""
    found: list[Any] = [
        {"code": code, "means": means, "shown_at": f"/{room.language}{address}", "word": word}
        for code, word, means, address in _standings(room.words)
    ]
    return Response(page({"standings": found}), JSON)


def _standings(words: RegisterWords) -> Iterator[tuple[str, str, str, str]]:
    for code, address in (
        *((str(code), f"/register?standing={code}") for code in NEED),
        *((str(code), "/responses") for code in Standing),
    ):
        yield code, words.word("standing", code), words.say(f"standing-means.{code}"), address


def error_page(room: Room, problem: AnswerableError, status: HTTPStatus, typed: str) -> Response:
    """Return an error in its three parts, with a way on."""
    explained = room.words.catalogue.explain(problem.code, problem.facts)
    lines = [line for line in (explained.means, explained.do) if line]
    response = room.page("error.html", explained.what, lines=lines, typed=typed)
    return Response(response.body, response.type, status)
