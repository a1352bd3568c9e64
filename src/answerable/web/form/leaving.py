"""Leaving at once (ux.md G.5): everything of the visit is forgotten, and a page says the day."""

from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from answerable.casework.kept_forms import KeptFormDamaged
from answerable.casework.ports import StorageFailed
from answerable.core.errors import AnswerableError
from answerable.locale.catalogue import LANGUAGES
from answerable.web.form.draft import state_of
from answerable.web.form.origin import told_by_browser
from answerable.web.form.questions import BEFORE
from answerable.web.form.room import (
    COOKIE,
    SECURE_COOKIE,
    TEMPLATES,
    Host,
    is_check_of,
    token_in,
)
from answerable.web.http import HTML, Request, Response
from answerable.web.posted import Posted, posted
from answerable.web.rendering import catalogue_of, filled, stylesheet

EXIT, DAY, TRIED = "/exit", "day", "tried"


def leave(host: Host, request: Request) -> Response:
    """Forget this visit, here and in the browser, and show a page that says nothing of it."""
    given = Posted()
    if request.method == "POST":
        # Whoever leaves is not held up by how the rest of the page came over.
        with suppress(AnswerableError):
            given = posted(request)
    on = ("Location", f"/{_language(request, given)}/{DAY}")
    told = told_by_browser(request) if request.method == "POST" else False
    if told is None:
        told = is_check_of(token_in(request), given.text("check"))
    if not told:
        # Any page of any site can ask for an address: nobody is made to lose a draft by that.
        return Response(status=HTTPStatus.SEE_OTHER, headers=(on,), private=True)
    if token := token_in(request):
        # Where the disk refuses it goes when its days are over: whoever leaves is not held up here.
        with suppress(StorageFailed), host.turns.of(token):
            _remove(host, token)
    gone = "; Path=/; Max-Age=0; HttpOnly; SameSite=Strict"
    name, secure = (SECURE_COOKIE, "; Secure") if request.is_https else (COOKIE, "")
    headers = (
        on,
        ("Clear-Site-Data", '"cache", "cookies", "storage"'),
        ("Set-Cookie", f"{name}={gone}{secure}"),
    )
    return Response(status=HTTPStatus.SEE_OTHER, headers=headers, private=True)


def day(host: Host, request: Request, language: str) -> Response:
    """Return the page on which somebody is who has left: it has the date, and no name.

    Who tries the button has left nothing, and is led back.
    """
    now = datetime.fromtimestamp(host.application.ruling.now() / 1000, UTC).astimezone(host.zone)
    words = catalogue_of(language)
    facts = {
        "lang": language,
        "day": words.day(now.date().isoformat()),
        "tried": words.say("form.tried"),
        "begin": words.say("form.before-title"),
        "back": f"/{language}/f/{BEFORE}" if request.query.get(TRIED) else "",
        "css": f"/static/ledger-{stylesheet()[1]}.css",
    }
    return Response(filled((TEMPLATES,), "day.html", facts).encode(), HTML, private=True)


def _language(request: Request, given: Posted) -> str:
    """Return the language of the page that is left, else the one that the browser asks for."""
    left = urlsplit(request.referer).path.removeprefix("/").partition("/")[0]
    told = (given.text("language"), left)
    asked = (one for one in LANGUAGES if request.languages.lower().startswith(one))
    return next((one for one in told if one in LANGUAGES), next(asked, LANGUAGES[0]))


def _remove(host: Host, token: str) -> None:
    """Remove a form, and the one before it, whose files it was to have.

    Raises:
        StorageFailed: the disk refused.
    """
    forms = host.application.kept_forms
    with suppress(KeptFormDamaged):
        forms.leave(state_of(forms.read(token)).before)
    forms.leave(token)
