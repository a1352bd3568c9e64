"""The WSGI application: one answer for each request, whatever goes wrong."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from http import HTTPStatus
from threading import BoundedSemaphore
from typing import Protocol
from urllib.parse import quote

from answerable.casework.form_room import FormsFull
from answerable.core.errors import AnswerableError
from answerable.core.numbers import UnreadableNumber, WrongCheckDigit
from answerable.web import security
from answerable.web.answered import Answers, Watch, nobody
from answerable.web.errors import (
    FormNotHere,
    MethodNotTaken,
    NoSecurityContact,
    NoSuchPage,
    NotInRegister,
    PageFailed,
    ServerBusy,
)
from answerable.web.form import routes as form
from answerable.web.form.room import Host, token_in
from answerable.web.http import TEXT, Environ, Request, Response, StartResponse, sent
from answerable.web.register.opened import NotAsNamed, Register
from answerable.web.register.others import error_page
from answerable.web.register.rendering import Help
from answerable.web.register.routes import answer, room_of, route_of
from answerable.web.verify import routes as verify
from answerable.web.verify.judging import Checks

METHODS = frozenset({"GET", "HEAD"})
_NOT_FOUND = (NoSuchPage, NotInRegister, NoSecurityContact, UnreadableNumber, WrongCheckDigit)
_OF_FORM = (("Allow", "GET, HEAD, POST"),)
_LONGEST_TYPED = 60
HEALTH = "/healthz"
BODIES = 10
"""How many posts are read at once where nothing else is said: fewer than pages are made."""


class Registers(Protocol):
    """Gives the register that is shown now: the last one that could be read whole."""

    def current(self) -> Register: ...


@dataclass(frozen=True, slots=True)
class Setup:
    """How many posts are read at once, who is told of each answer, and whom visitors may ask.

    ``help_at`` stands on every page; where it is empty, it is the contact of the form.
    """

    bodies: int = BODIES
    answers: Answers = nobody
    help_at: str = ""


class Site:
    """Pages of a register, and the form where there is a mechanism to hand in to.

    ``log`` gets a code and never an address, a number or content. ``contact`` is the URI of whom to
    tell of a weakness.
    """

    def __init__(
        self,
        registers: Registers,
        log: Callable[[str], None],
        host: Host | None = None,
        *,
        checks: Checks,
        contact: str = "",
        setup: Setup | None = None,
    ) -> None:
        self._registers, self._log = registers, log
        setup = setup or Setup()
        self._answers = setup.answers
        help_at = setup.help_at or ("" if host is None else host.contact)
        # Who reads two pages is not told of two people, or of nobody on one of them.
        self._host = None if host is None else replace(host, contact=help_at)
        self._help = Help(help_at, host is not None)
        self._checks, self._contact = checks, contact
        self._bodies = BoundedSemaphore(setup.bodies)

    def __call__(self, environ: Environ, start: StartResponse) -> Iterable[bytes]:
        watch, request = Watch(start), Request.of(environ)
        try:
            body = self._sent(request, watch)
        except Exception as fault:  # noqa: BLE001 - the server below would write down what it says
            self._log(type(fault).__name__)
            body = sent(request, _failed(), watch)
        if not isinstance(body, list):
            body = self._in_parts(body)
        return watch.told(self._place_of(request.path), request.method, body, self._answers)

    def _in_parts(self, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Yield an answer that comes in parts: where it ends too early, its reader must see so."""
        try:
            yield from parts
        except Exception as fault:  # noqa: BLE001 - as above
            self._log(fault.code if isinstance(fault, AnswerableError) else type(fault).__name__)
            # The server below breaks the connection, and writes down what this one says: nothing.
            raise PageFailed("a fault of ours") from None

    def _place_of(self, path: str) -> tuple[str, str]:
        """Return the room and the route of an address: names of ours, and no part of it."""
        if self._host is not None and form.is_of_form(path):
            return "form", "form"
        if verify.is_of_verify(path):
            return "verify", "verify"
        if path in {HEALTH, security.ADDRESS}:
            return "server", path.rpartition("/")[2]
        return "register", route_of(path)

    def _sent(self, request: Request, start: StartResponse) -> Iterable[bytes]:
        if self._host is not None and form.is_of_form(request.path):
            response = self._of_form(self._host, request)
            return sent(request, _with_onion(self._host.onion, request, response), start)
        return sent(request, self._answer(request), start)

    def _of_form(self, host: Host, request: Request) -> Response:
        if request.method not in form.METHODS:
            problem, status = MethodNotTaken("only read"), HTTPStatus.METHOD_NOT_ALLOWED
            return replace(form.error(host, request, problem, status), headers=_OF_FORM)
        try:
            with self._few() if form.takes_long(request) else nullcontext():
                return form.answer(host, request)
        except NoSuchPage as problem:
            return form.error(host, request, problem, HTTPStatus.NOT_FOUND)
        except FormNotHere as problem:
            return form.error(host, request, problem, HTTPStatus.FORBIDDEN)
        except AnswerableError as problem:
            self._log(problem.code)
            return form.error(host, request, problem, HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as fault:  # noqa: BLE001 - whatever it is, nobody is shown a traceback
            self._log(type(fault).__name__)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            return form.error(host, request, PageFailed("a fault of ours"), status)

    @contextmanager
    def _few(self) -> Iterator[None]:
        """Read a body, or seal a copy, beside few others: pages without either are answered.

        Raises:
            ServerBusy: as many are being read as may be. Nothing of it was read.
        """
        if not self._bodies.acquire(blocking=False):
            raise ServerBusy("too many posts at once")
        try:
            yield
        finally:
            self._bodies.release()

    def _answer(self, request: Request) -> Response:
        methods = verify.METHODS if verify.is_of_verify(request.path) else METHODS
        register = self._registers.current()
        if request.method not in methods:
            taken, problem = ", ".join(sorted(methods)), MethodNotTaken("only read")
            status = HTTPStatus.METHOD_NOT_ALLOWED
            told = self._error(register, request, problem, status)
            return replace(told, headers=(("Allow", taken),))
        if request.path == HEALTH:
            return _health(register, self._host)
        try:
            with self._few() if request.method == "POST" else nullcontext():
                return self._found(register, request)
        except _NOT_FOUND as problem:
            return self._error(register, request, problem, HTTPStatus.NOT_FOUND)
        except (NotAsNamed, ServerBusy) as problem:
            self._log(problem.code)
            return self._error(register, request, problem, HTTPStatus.SERVICE_UNAVAILABLE)
        except Exception as fault:  # noqa: BLE001 - whatever it is, nobody is shown a traceback
            self._log(type(fault).__name__)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            return self._error(register, request, PageFailed("a fault of ours"), status)

    def _found(self, register: Register, request: Request) -> Response:
        if verify.is_of_verify(request.path):
            return verify.answer(self._checks, register, request, help_at=self._help)
        if request.path == security.ADDRESS:
            return security.security_file(self._contact, register.checked.index.at)
        return answer(register, request, help_at=self._help)

    def _error(
        self, register: Register, request: Request, problem: AnswerableError, status: HTTPStatus
    ) -> Response:
        typed = request.query.get("number", "")[:_LONGEST_TYPED]
        room = room_of(register, request, help_at=self._help)
        return error_page(room, problem, status, typed)


def _with_onion(onion: str, request: Request, response: Response) -> Response:
    """Return an answer that tells Tor Browser where the same page is reached without an exit.

    It heeds that of pages by https alone. What follows a ? is of this visit, and is left out.
    Where a visit is under way nothing is told: what it keeps, its return key too, is not there.
    """
    is_under_way = token_in(request) or any(name == "Set-Cookie" for name, _ in response.headers)
    if not (onion and request.is_https) or is_under_way:
        return response
    place = ("Onion-Location", f"{onion}{quote(request.path)}")
    return replace(response, headers=(*response.headers, place))


def _failed() -> Response:
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return Response(f"{status.value}\n".encode(), TEXT, status, private=True)


def _health(register: Register, host: Host | None) -> Response:
    """Return for whoever watches the server what it shows, whether it holds, and what it takes."""
    lines = [
        f"register {register.checked.index.at_text}",
        f"differences {len(register.checked.differences)}",
    ]
    if host is not None:
        lines.append(f"form {_form_word(host)}")
    return Response("".join(f"{line}\n" for line in lines).encode(), TEXT, max_age=0)


def _form_word(host: Host) -> str:
    try:
        host.application.kept_forms.require_room()
    except FormsFull:
        return "full"
    except AnswerableError:
        return "failed"
    return "open"
