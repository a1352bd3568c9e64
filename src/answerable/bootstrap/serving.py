"""Serves the pages of a register's folder, checked anew when it changed, and a mechanism's form."""

import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from answerable import variables
from answerable.bootstrap.folder import folder_at
from answerable.bootstrap.logs import NAME, AnswersOfWeek, EachAnswer, Faults, configuration, facts
from answerable.bootstrap.registers import FolderRegisters, make_apart, now_seconds, opened
from answerable.core.contact import contact_uri
from answerable.core.errors import Refusal
from answerable.keys import ed25519
from answerable.storage.extract_folder import ExtractNotMade, require_ours
from answerable.verifier.page import page
from answerable.web.answered import Answers, nobody
from answerable.web.form.room import Host
from answerable.web.site import Setup, Site
from answerable.web.verify.judging import Checks

WITHOUT_BODY = 4
"""How many of the pages at once are kept for requests that bring no body: slow posts take none."""

ENDING = 10
"""Seconds that answers under way have to end when the server is stopped.

A worker has been seen once that did not end, and it is not known why (emmett-framework/granian 875
is like it). What is cut off then is as after a power cut: what was answered for is kept.
"""

_log = logging.getLogger(NAME)


def site() -> Site:
    """Return the WSGI application of what the environment names.

    A server's process starts with nothing else: serve writes down there what it was asked for.
    """
    environ = os.environ
    host = host_of(variables.MECHANISM.text(environ)) if variables.FORM.is_yes(environ) else None
    if host is not None:
        host.application.upkeep.keep_padding()
    extracts = Path(variables.EXTRACTS.text(environ))
    folder = Path(variables.REGISTER.text(environ))
    registers = FolderRegisters(folder, extracts=extracts, make=make_apart)
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
            variables.HELP.text(environ),
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
    return Host(
        application(path),
        settings.name,
        settings.contact,
        zone,
        settings.zone,
        advice=settings.advice,
        address=settings.address,
        onion=settings.onion,
    )


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
        NotOurFolder, ExtractNotMade: the folder for extracts cannot be used.
    """
    with _extracts() as extracts:
        opened(Path(folder), extracts, make_apart)
        _require_free(address, port)
        environ = os.environ
        environ[variables.EXTRACTS.name] = str(extracts)
        environ[variables.REGISTER.name] = str(Path(folder).absolute())
        environ[variables.FORM.name] = "no" if mechanism is None else "yes"
        if mechanism is not None:
            environ[variables.MECHANISM.name] = str(Path(mechanism).absolute())
        _listen(address, port)


@contextmanager
def _extracts() -> Iterator[Path]:
    """Give the folder for extracts: the one that is named, else this user's, else one for now."""
    named = variables.EXTRACTS.text(os.environ)
    cache = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    folder = Path(named or Path(cache) / "answerable" / "extracts").absolute()
    try:
        require_ours(folder)
    except ExtractNotMade:
        if named:
            raise
        with TemporaryDirectory(prefix="answerable-extracts-") as made:
            yield Path(made)
        return
    yield folder


def _listen(address: str, port: int) -> None:
    from granian import Granian  # noqa: PLC0415 - loaded where it is used
    from granian.constants import Interfaces  # noqa: PLC0415 - as above

    environ = os.environ
    Granian(
        f"{__name__}:site",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        blocking_threads=variables.PAGES_AT_ONCE.number(environ),
        backpressure=variables.WAITING.number(environ),
        workers_kill_timeout=ENDING,
        websockets=False,
        # Who asked for what is written nowhere: a log of addresses is a list of readers.
        log_access=False,
        log_dictconfig=configuration(),
    ).serve()
