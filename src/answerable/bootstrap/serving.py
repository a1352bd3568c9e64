"""Serves the pages of a register's folder, checked anew when it changed, and a mechanism's form."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from answerable import variables
from answerable.bootstrap.folder import folder_at
from answerable.bootstrap.logs import NAME, AnswersOfWeek, EachAnswer, Faults, configuration, facts
from answerable.core.calendars import Calendar
from answerable.core.contact import contact_uri
from answerable.core.errors import AnswerableError, Refusal
from answerable.core.ledger.policy import parse_policy
from answerable.core.procedure import Procedure
from answerable.core.register.ledgers import LedgerFiles
from answerable.core.register.pages import INDEX, POLICY, RULES, RegisterUnreadable, index_of
from answerable.core.register.signed import SignedShown
from answerable.core.register.sums import Checked, Files
from answerable.core.register.verifying import check_register
from answerable.forms.shipped import ShippedProcedures
from answerable.keys import ed25519
from answerable.places.gazetteer import IsoAndCambodia
from answerable.storage.page_search import PageSearch
from answerable.verifier.page import page
from answerable.web.answered import Answers, nobody
from answerable.web.form.room import Host
from answerable.web.register.opened import Gathering, Register, Rules
from answerable.web.site import Setup, Site
from answerable.web.verify.judging import Checks

WITHOUT_BODY = 4
"""How many of the pages at once are kept for requests that bring no body: slow posts take none."""

PLACES = 2048
"""How many places are kept: to resolve one takes longer than a page may."""

_log = logging.getLogger(NAME)


def site() -> Site:
    """Return the WSGI application of what the environment names.

    A server's process starts with nothing else: serve writes down there what it was asked for.
    """
    environ = os.environ
    host = host_of(variables.MECHANISM.text(environ)) if variables.FORM.is_yes(environ) else None
    if host is not None:
        host.application.upkeep.keep_padding()
    registers = FolderRegisters(Path(variables.REGISTER.text(environ)))
    contact = variables.SECURITY_CONTACT.text(environ) or ("" if host is None else host.contact)
    _log.info(
        "serves", extra=facts(form=host is not None, entries=registers.current().checked.size)
    )
    return Site(
        registers,
        Faults(_log, now_seconds),
        host,
        checks=checks(),
        contact=contact_uri(contact),
        setup=Setup(
            variables.PAGES_AT_ONCE.number(environ) - WITHOUT_BODY,
            _answers(has_form=host is not None),
        ),
    )


def _answers(*, has_form: bool) -> Answers:
    if variables.LOG.text(os.environ) == "faults":
        return nobody
    return AnswersOfWeek(_log, now_seconds) if has_form else EachAnswer(_log)


def checks(now: Callable[[], int] | None = None) -> Checks:
    """Return what receipts are checked with; ``now`` is a clock other than this computer's."""
    return Checks(ed25519.verify, now or now_seconds, page)


def host_of(path: str) -> Host:
    """Return what the form of a mechanism's folder is served with.

    Raises:
        NoMechanism, SettingsUnreadable, PartMissing: it cannot be opened.
    """
    # Of a register alone no database is opened, and Django is not loaded.
    from answerable.bootstrap.application import application  # noqa: PLC0415 - see above

    settings = folder_at(Path(path)).settings
    zone = ZoneInfo(settings.zone)
    return Host(application(path), settings.name, settings.contact, zone, settings.zone)


def now_seconds() -> int:
    return int(time.time())


class FolderRegisters:
    """The register in a folder, opened anew once another has taken its place."""

    def __init__(self, folder: Path, now: Callable[[], int] = now_seconds) -> None:
        self._folder, self._lock, self._now = folder, threading.Lock(), now
        self._seen = self._mark()
        self._register = opened(folder, now())

    def current(self) -> Register:
        """Return the register that is shown.

        One that cannot be read does not take the place of the last that could be. While another
        thread opens a new one, the last is shown.
        """
        if self._mark() != self._seen and self._lock.acquire(blocking=False):
            try:
                mark = self._mark()
                if mark != self._seen and mark is not None:
                    self._register, self._seen = opened(self._folder, self._now()), mark
                    _log.info("register-taken", extra=facts(entries=self._register.checked.size))
            except AnswerableError as problem:
                _log.error("register-not-taken", extra=facts(why=problem.code))
                self._seen = mark
            finally:
                self._lock.release()
        return self._register

    def _mark(self) -> tuple[int, int, int] | None:
        try:
            found = (self._folder / INDEX).stat()
        except OSError:
            return None  # between two names: storage/register_folder.py
        return found.st_ino, found.st_mtime_ns, found.st_size


def opened(folder: Path, now: int) -> Register:
    """Return the register in a folder, checked.

    Raises:
        RegisterUnreadable: it has no index or no policy, or names no zone that is known here.
        UnreadablePolicy, Undecidable: nothing can be said of it.
    """
    files = Files(lambda: _names(folder), lambda name: _read(folder, name))
    data, text = files.read(INDEX), files.read(POLICY)
    if data is None or text is None:
        raise RegisterUnreadable("not a register", file=INDEX if text else POLICY)
    policy = parse_policy(text)
    index = index_of(data)
    _days_in(index.zone)
    zone, rules = ZoneInfo(index.zone), _rules(files)
    gathering = Gathering(
        Register(
            files, Checked(index, SignedShown(ed25519.verify)), policy, rules, zone, _place_names
        ),
        PageSearch(),
    )
    by = LedgerFiles(policy, ed25519.verify, now)
    return gathering.register(check_register(files, by, _days_in, gathering))


def _rules(files: Files) -> Rules:
    shipped = ShippedProcedures()
    procedures: dict[str, Procedure] = {}
    calendars: dict[str, Calendar] = {}
    for name in sorted(files.names()):
        data = files.read(name) if name.startswith(RULES) else None
        if data is None:
            continue
        if name.startswith(f"{RULES}procedures/"):
            made = shipped.read_procedure(data, name, None).value
            if made is not None:
                procedures[made.name] = made
        elif (calendar := shipped.read_calendar(data, name).value) is not None:
            calendars[calendar.name] = calendar
    return Rules(procedures, calendars)


def _days_in(zone: str) -> Callable[[int], date]:
    try:
        found = ZoneInfo(zone)
    except (KeyError, OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        raise RegisterUnreadable("no such time zone", file=INDEX) from None
    return lambda at: datetime.fromtimestamp(at / 1000, UTC).astimezone(found).date()


@lru_cache(PLACES)
def _place_names(code: str) -> Mapping[str, str]:
    found = IsoAndCambodia().resolve(code)
    return {} if found is None else found.names


def _names(root: Path) -> Iterator[str]:
    return (
        file.relative_to(root).as_posix()
        for file in sorted(root.rglob("*"))
        if file.is_file() or file.is_symlink()
    )


def _read(root: Path, name: str) -> bytes | None:
    """Return a file below the folder; a name or a link that leads out of it is none."""
    try:
        path = (root / name).resolve()
        if not path.is_relative_to(root.resolve()) or not path.is_file():
            return None
        return path.read_bytes()
    except (OSError, ValueError):
        return None


class CannotListen(Refusal):
    """Nothing can be served at this address and port: it is taken, or not of this machine."""

    code = "cannot-listen"


def _require_free(address: str, port: int) -> None:
    # Servers share a port: beside one that is there already, visitors would see now the one, now
    # the other.
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as asked:
            asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            asked.bind(where)
    except OSError:
        raise CannotListen("not to be bound", address=address, port=port) from None


def serve(folder: str, mechanism: str | None, address: str, port: int) -> None:
    """Serve a register, and the form of a mechanism if one is named, until told to stop.

    Raises:
        RegisterUnreadable, Malformed, Undecidable: there is nothing to serve; no port was opened.
        CannotListen: the address is not one of this machine, or somebody listens there.
    """
    from granian import Granian  # noqa: PLC0415 - loaded where it is used
    from granian.constants import Interfaces  # noqa: PLC0415 - as above

    opened(Path(folder), now_seconds())
    _require_free(address, port)
    environ = os.environ
    environ[variables.REGISTER.name] = str(Path(folder).absolute())
    environ[variables.FORM.name] = "no" if mechanism is None else "yes"
    if mechanism is not None:
        environ[variables.MECHANISM.name] = str(Path(mechanism).absolute())
    Granian(
        f"{__name__}:site",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        blocking_threads=variables.PAGES_AT_ONCE.number(environ),
        backpressure=variables.WAITING.number(environ),
        websockets=False,
        # Who asked for what is written nowhere: a log of addresses is a list of readers.
        log_access=False,
        log_dictconfig=configuration(),
    ).serve()
