"""The addresses of the room: the page in each language, and the verifier in one file."""

from dataclasses import replace
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from answerable.core.case.limits import MIB
from answerable.locale.catalogue import LANGUAGES
from answerable.web.errors import NoSuchPage
from answerable.web.http import HTML, Request, Response
from answerable.web.posted import PARTS, posted
from answerable.web.register.opened import Register
from answerable.web.register.rendering import NO_HELP, TEMPLATES, Help, Room
from answerable.web.verify.asked import Asked, asked
from answerable.web.verify.judging import Checks, verdicts
from answerable.web.verify.words import Card, VerdictWords, card_of

PAGE = "verify"
METHODS = frozenset({"GET", "HEAD", "POST"})
MOST = 4 * MIB
"""The longest that may be handed in at once, in octets: an opening holds no exhibit."""

_OURS = Path(__file__).parent / "templates"
_STATIC = "/static/verifier-"
_YEAR = 31_536_000


def is_of_verify(path: str) -> bool:
    """Whether an address belongs to this room."""
    language, _, rest = path.removeprefix("/").partition("/")
    return (language in LANGUAGES and rest == PAGE) or path.startswith(_STATIC)


def answer(
    checks: Checks, register: Register, request: Request, *, help_at: Help = NO_HELP
) -> Response:
    """Return the page, the verdicts on what was handed in, or the verifier's file.

    Raises:
        NoSuchPage: there is nothing at this address.
    """
    if request.path.startswith(_STATIC):
        return _file(checks, request)
    language = request.path.removeprefix("/").partition("/")[0]
    room = Room(register, language, f"/{PAGE}", help_at, (_OURS, TEMPLATES))
    if request.method != "POST":
        return _page(checks, room)
    given = posted(request, MOST, keeps_empty=True)
    if given.is_cut:
        told = room.words.say("verify.too-long", most=MOST // MIB)
        if given.is_many:
            told = room.words.say("verify.too-many", most=PARTS)
        response = _page(checks, room, told=told)
        return replace(response, status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE, private=True)
    return _checked(checks, room, asked(given, room.words.say("verifier.pasted")))


def _checked(checks: Checks, room: Room, found: Asked) -> Response:
    if found.number and not found.receipts and not found.openings:
        # Errors in a number are told where numbers are looked up.
        to = f"/{room.language}/find?{urlencode({'number': found.number})}"
        return Response(status=HTTPStatus.SEE_OTHER, headers=(("Location", to),), private=True)
    words = VerdictWords(room.words)
    cards = [card_of(words, one) for one in verdicts(checks, room.register, found)]
    told = "" if cards else room.words.say("verifier.nothing")
    response = _page(checks, room, told=told, cards=cards)
    return replace(response, private=True)


def _page(
    checks: Checks,
    room: Room,
    *,
    told: str = "",
    cards: list[Card] | None = None,
) -> Response:
    data, digest = _fingerprinted(checks)
    return room.page(
        "verify.html",
        room.words.say("verifier.title"),
        told=told,
        cards=cards or [],
        file=f"{_STATIC}{digest[:12]}.html",
        size=len(data) // 1000,
        fingerprint=digest,
        most=MOST // MIB,
    )


def _file(checks: Checks, request: Request) -> Response:
    data, digest = _fingerprinted(checks)
    if request.path != f"{_STATIC}{digest[:12]}.html" or request.method == "POST":
        raise NoSuchPage("nothing at this address")
    # Kept and opened from a disk: what this server shows could say whatever this server likes.
    kept = (("Content-Disposition", 'attachment; filename="verify.html"'),)
    return Response(data, HTML, max_age=_YEAR, headers=kept)


@cache
def _fingerprinted(checks: Checks) -> tuple[bytes, str]:
    data = checks.page()
    return data, sha256(data).hexdigest()
