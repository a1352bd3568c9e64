"""A site of a register that was published by people at work, asked as a server asks it."""

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable.bootstrap.registers import FolderRegisters
from answerable.bootstrap.serving import checks
from answerable.web.site import Site
from tests.support.at_work import AtWork
from tests.support.registers import publish
from tests.support.shown import text_of

PUBLIC = ["complainant", "secretariat", "member", "monitor", "public"]


@dataclass(frozen=True)
class Answered:
    """What a site answered: status, headers and body, with the size that was sent."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    @property
    def text(self) -> str:
        return text_of(self.body, self.headers)


class Visitor:
    """Asks a site for addresses, as a browser with and without what one may send."""

    def __init__(self, work: AtWork, folder: Path) -> None:
        self.work, self.folder = work, folder
        self.logged: list[str] = []
        publish(work.store, folder)
        self.restart()

    def restart(self) -> None:
        """Start the site anew, on what lies in the folder now."""
        registers = FolderRegisters(self.folder, self.now)
        self.site = Site(registers, self.logged.append, checks=checks(self.now))

    def now(self) -> int:
        return self.work.store.clock() // 1000

    def get(self, address: str, method: str = "GET", **sent: Any) -> Answered:
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "REMOTE_ADDR": "203.0.113.9",
            **sent,
        }
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        start: Callable[[str, list[tuple[str, str]]], None] = lambda *given: begun.append(given)  # noqa: E731 - WSGI wants a callable
        body = b"".join(self.site(environ, start))
        ((status, headers),) = begun
        named = dict(headers)
        whole = gzip.decompress(body) if named.get("Content-Encoding") == "gzip" and body else body
        return Answered(int(status.split()[0]), named, whole, len(body))
