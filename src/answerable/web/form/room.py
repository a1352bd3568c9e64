"""The room of the form: whose it is, which draft a request belongs to, and how a page is made."""

import hmac
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from hashlib import sha256
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

from answerable.casework.application import Application
from answerable.casework.form_room import FormFull, FormsFull, FormTextFull, NoRoomForFile
from answerable.casework.kept_forms import FileTooLargeForForm
from answerable.casework.ports import StorageFailed
from answerable.core.errors import AnswerableError, Malformed, Refusal
from answerable.core.return_key import return_key
from answerable.core.seats import MEMBER, MONITOR, SECRETARIAT
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.errors import TooMuchAtOnce
from answerable.web.form.draft import Draft, State, state_of
from answerable.web.form.questions import CHECK, TASKS
from answerable.web.http import HTML, Request, Response
from answerable.web.rendering import catalogue_of, filled, leaving, stylesheet

TEMPLATES = Path(__file__).parent / "templates"
COOKIE, SECURE_COOKIE = "f", "__Host-f"
TOKEN = 32
MINUTE, HOUR = 60_000, 3_600_000
"""In milliseconds."""
THEN = "then"
_LOCKS = 64
_NUMBER = re.compile("[0-9]{1,3}")
SEATS = frozenset({SECRETARIAT, MEMBER, MONITOR})
"""The seats that may be chosen as readers."""


class Sweeps:
    """Removes unsent forms whose days are over, when somebody begins one.

    That is about every hour, and where there is no room for one more, every minute.
    """

    def __init__(self) -> None:
        self._last = 0

    def __call__(self, application: Application, every: int = HOUR) -> None:
        now = application.ruling.now()
        if now >= self._last + every:
            self._last = now
            application.kept_forms.sweep()

    def room(self, application: Application) -> None:
        """See to it that there is room for one more form.

        Raises:
            FormsFull: there is none.
        """
        self(application)
        try:
            application.kept_forms.require_room()
        except FormsFull:
            self(application, every=MINUTE)
            application.kept_forms.require_room()


class Turns:
    """Lets one post at a time write in a form: two tabs, or two presses, have one draft.

    Each reads the draft, and writes all of it back: at once, one would undo the other.
    """

    def __init__(self) -> None:
        # Few requests are answered at once: that two forms have one lock is rare, and costs a wait.
        self._locks = tuple(Lock() for _ in range(_LOCKS))

    def of(self, token: str) -> AbstractContextManager[object]:
        return self._locks[hash(token) % _LOCKS] if token else nullcontext()


@dataclass(frozen=True, slots=True)
class Host:
    """Whose form it is: the mechanism's name, how to reach it, its zone.

    ``has_register`` where the same server shows the register. ``advice`` are those who advise
    whoever reports, a line each; ``address`` and ``onion`` are where its pages are reached. Each is
    empty where the mechanism has told none.
    """

    application: Application
    title: str
    contact: str
    zone: tzinfo
    zone_name: str
    has_register: bool = True
    advice: tuple[str, ...] = ()
    address: str = ""
    onion: str = ""
    sweeps: Sweeps = field(default_factory=Sweeps)
    turns: Turns = field(default_factory=Turns)


@dataclass(slots=True)
class Visit:
    """One request to the form, with the draft that its cookie opens, if there is one.

    ``notice`` and ``refused`` are of what could not be kept: they stand on the page that is
    answered, whichever it is. ``without`` are the files that the draft no longer names.
    """

    host: Host
    request: Request
    language: str
    rest: str
    token: str = field(default="", repr=False)
    state: State = field(default_factory=State, repr=False)
    is_new: bool = False
    notice: tuple[str, ...] = ()
    refused: HTTPStatus | None = None
    without: list[tuple[str, str]] = field(default_factory=list, repr=False)
    is_checking: bool = False
    """Whether the page was opened from the last one, to which its button leads back."""

    @property
    def draft(self) -> Draft | None:
        return self.state.draft

    @property
    def words(self) -> Catalogue:
        return catalogue_of(self.language)

    @property
    def check(self) -> str:
        """What each page hands back: only who was given the page can have it."""
        return _check_of(self.token or token_in(self.request))

    def is_ours(self, given: str) -> bool:
        """Whether a post was made from a page that was given to this cookie."""
        return is_check_of(self.token, given)

    def is_vacant(self, seat: str) -> bool:
        """Return whether somebody with this seat could read, and nobody here holds it."""
        parties = self.host.application.reading.mechanism().parties.values()
        return seat in SEATS and not any(seat in party.seats for party in parties)

    def begun(self) -> Draft:
        """Return the draft of this visit, a new one where there is none."""
        if self.state.draft is None:
            # Where it could not be kept nothing is worked out for it, either.
            self.host.sweeps.room(self.host.application)
            random = self.host.application.random
            key = return_key(random(32))
            # Made now, since it takes long: whoever sends is given the receipt without that wait.
            digest = self.host.application.return_keys.digest(key).hex()
            self.state.draft = Draft(UUID(bytes=random(16), version=4), key.digits, digest)
            self.remembered()
        return self.state.draft

    def as_kept(self) -> None:
        """Forget what this request changed of the form, and did not keep."""
        self.state, self.without = state_of(self.host.application.kept_forms.read(self.token)), []

    def shown_only(self, problem: AnswerableError) -> None:
        """Go on without keeping anything: the page has what was typed, and says so."""
        told = self.words.explain(problem.code, problem.facts)
        self.notice = tuple(filter(None, (told.what, told.means, told.do)))
        self.refused = status_of(problem)
        if self.is_new:
            self.token, self.is_new = "", False
        if self.state.draft is None:
            self.state.draft = Draft(UUID(int=0), "")

    def looked(self) -> None:
        """Give a cookie to a browser that will not say on which page a post was begun.

        With it the post can show that itself. Nothing is kept under it here.
        """
        if not (self.request.site or self.token or token_in(self.request)):
            self.token, self.is_new = self.host.application.kept_forms.begin(), True

    def remembered(self) -> None:
        """Begin to keep something of this visit: from now on its browser has a cookie."""
        if not self.token:
            self.token, self.is_new = self.host.application.kept_forms.begin(), True

    def renewed(self) -> None:
        """Go on under another token: whoever had this browser before may know the one until now.

        Both have the draft until a request comes with the new one, and then that has the files. If
        the answer that brings it is lost, the draft is still where it was.
        """
        before, self.token = self.token, ""
        self.remembered()
        self.state.before = before
        if self.draft is not None:
            self.draft.files = [replace(o, under=o.under or before) for o in self.draft.files]

    def cut(self) -> None:
        """Say on the page that not all of what was typed on it was read."""
        self.notice = (self.words.say("form.text-cut"),)
        self.refused = HTTPStatus.REQUEST_ENTITY_TOO_LARGE

    def save(self, at: int) -> None:
        """Keep the state, sealed under the cookie's key.

        Raises:
            FormsFull, FormTextFull, StorageFailed: what is kept is what was kept before.
        """
        if not self.token:
            return
        before = 0 if self.draft is None else self.draft.saved_at
        if self.draft is not None:
            self.draft.saved_at = at
        try:
            self.host.application.kept_forms.save(
                self.token, self.state.encoded(), self.state.holds
            )
        except AnswerableError:
            if self.draft is not None:
                self.draft.saved_at = before
            raise
        self._drop()

    def _drop(self) -> None:
        """Remove files that what is kept no longer names: before, it would name what is gone."""
        forms = self.host.application.kept_forms
        while self.without:
            name, under = self.without.pop()
            # What the disk does not remove now goes with the form.
            with suppress(StorageFailed):
                forms.drop_file(self.token, name, under)

    def address(self, *parts: str | int, language: str = "") -> str:
        return "/".join(("", language or self.language, "f", *map(str, parts)))

    def clock(self, at: int) -> str:
        """Return the hour and minute of an instant, where the mechanism is."""
        local = datetime.fromtimestamp(at / 1000, UTC).astimezone(self.host.zone)
        return self.words.clock(local)

    def instant(self, at: int) -> str:
        """Return an instant in words, where the mechanism is."""
        return self.words.instant(at // 1000, self.host.zone, self.zone)

    @property
    def zone(self) -> str:
        """What people call the time of the mechanism."""
        return self.words.zone(self.host.zone_name)

    # --- Answers ---

    def page(
        self, template: str, title: str, *, status: HTTPStatus = HTTPStatus.OK, **facts: Any
    ) -> Response:
        """Return a page. ``title`` is its heading; what stands in the history says none of it."""
        status = self.refused or status
        text = filled((TEMPLATES,), template, {**self._common(title, status), **facts})
        page = Response(text.encode(), HTML, status, private=True, script=leaving()[1])
        return self.with_cookie(page)

    def _number(self) -> int | None:
        """Return the number of a page, None where its address has none."""
        first = self.rest.removeprefix("/f/").partition("/")[0]
        return int(first) if _NUMBER.fullmatch(first) else None

    def change(self, *parts: str | int) -> str:
        """Return the address of a page that is changed from the last one, and leads back to it."""
        return f"{self.address(*parts)}?{THEN}={CHECK}"

    def onward(self) -> Response:
        """Return the way on from a page that was filled in: to the tasks, or back to the check."""
        return self.to(CHECK if self.is_checking else TASKS)

    def to(self, *parts: str | int, language: str = "") -> Response:
        """Return the way to another page: asked for anew, nothing is sent twice."""
        place = self.address(*parts, language=language)
        if self.is_checking and parts[0] not in {CHECK, TASKS}:
            place = f"{place}?{THEN}={CHECK}"
        headers = (("Location", place),)
        return self.with_cookie(
            Response(status=HTTPStatus.SEE_OTHER, headers=headers, private=True)
        )

    def with_cookie(self, response: Response) -> Response:
        if not self.is_new:
            return response
        name = SECURE_COOKIE if self.request.is_https else COOKIE
        secure = "; Secure" if self.request.is_https else ""
        cookie = f"{name}={self.token}; Path=/; HttpOnly; SameSite=Strict{secure}"
        return replace(response, headers=(*response.headers, ("Set-Cookie", cookie)))

    def _common(self, title: str, status: HTTPStatus) -> Mapping[str, Any]:
        say, draft = self.words.say, self.draft
        saved = ""
        if draft is not None and draft.saved_at and not draft.number:
            saved = say("form.saved", at=self.clock(draft.saved_at), zone=self.zone)
        return {
            "title": title,
            "page_number": self._number(),
            "is_error": status >= HTTPStatus.BAD_REQUEST,
            "lang": self.language,
            "languages": LANGUAGES,
            "language_names": {one: catalogue_of(one).say("catalogue.name") for one in LANGUAGES},
            "rest": self.rest,
            "root": self.address(),
            "site": self.host.title,
            "contact": self.host.contact,
            "advice": self.host.advice,
            "has_register": self.host.has_register,
            "foot": "",
            "css": f"/static/ledger-{stylesheet()[1]}.css",
            "say": say,
            "words": self.words,
            "check": self.check,
            "saved": saved or say("form.not-saved"),
            "draft": self.words.is_draft,
            "notice": self.notice,
            "then": CHECK if self.is_checking else None,
            "leaving": leaving()[0],
        }


def visit_of(host: Host, request: Request, language: str, rest: str) -> Visit:
    """Return the visit that a request is, with the draft that its cookie opens."""
    visit = Visit(host, request, language, rest)
    visit.is_checking = request.query.get(THEN) == str(CHECK)
    visit.token = token_in(request)
    if visit.token:
        data = host.application.kept_forms.read(visit.token)
        visit.state = state_of(data)
        if data is None:
            visit.token = ""
        if visit.state.before:
            _take_over(visit)
    return visit


def _take_over(visit: Visit) -> None:
    """Let a form have the files of the one before it, which is left."""
    before, forms = visit.state.before, visit.host.application.kept_forms
    files = () if visit.draft is None else visit.draft.files
    forms.share_files(before, visit.token, [part for one in files for part in one.parts])
    forms.leave(before)
    visit.state.before = ""


def status_of(problem: AnswerableError) -> HTTPStatus:
    """Return how an answer is called that refuses what was sent."""
    if isinstance(problem, TooMuchAtOnce | FileTooLargeForForm | FormFull | FormTextFull):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if isinstance(problem, FormsFull | NoRoomForFile):
        return HTTPStatus.SERVICE_UNAVAILABLE
    if isinstance(problem, Refusal | Malformed):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.SERVICE_UNAVAILABLE


def is_check_of(token: str, given: str) -> bool:
    """Whether a page that was given with this cookie has this in it."""
    return bool(token) and hmac.compare_digest(given.encode(), _check_of(token).encode())


def token_in(request: Request) -> str:
    """Return the token in the form's cookie, "" where there is none."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(request.cookie)
    except CookieError:
        return ""
    found = jar.get(SECURE_COOKIE if request.is_https else COOKIE)
    return "" if found is None else found.value


def _check_of(token: str) -> str:
    return (
        sha256(b"answerable/form-check/v1\0" + token.encode()).hexdigest()[:TOKEN] if token else ""
    )
