"""A sender at the form's pages: a browser without scripts that keeps cookies and fills forms."""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from answerable.web.http import Environ
from answerable.web.site import Site
from tests.support.shown import text_of

BOUNDARY = "----form-of-a-test"
FORM = "f"

SeveralFiles = Sequence[tuple[str, str, bytes]]
"""The name of the field, the file's name and its octets, in the order in which they are sent."""

Files = Mapping[str, tuple[str, bytes]] | SeveralFiles
"""By the name of the field: the file's name and its octets; or several of one field."""

Typed = str | tuple[str, ...]


@dataclass
class Form:
    """A form of a page: where it goes, and its fields as a browser would send them."""

    action: str = ""
    enctype: str = ""
    fields: list[tuple[str, str]] = field(default_factory=list)


class _Reading(HTMLParser):
    """Reads the one form of a page, its links, its heading and its title."""

    def __init__(self) -> None:
        super().__init__()
        self.form = Form()
        self.links: list[str] = []
        self.names: set[str] = set()
        self.title = ""
        self._inside = self._in_title = False
        self._text: tuple[str, list[str]] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "title":
            self._in_title = True
        if tag == "form" and given.get("id") == FORM:
            self._inside = True
            self.form = Form(given["action"], given["enctype"])
        if self._inside and tag in {"input", "textarea", "select", "option"}:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        self.names |= {name}
        if tag == "textarea":
            self._text = (name, [])
        elif tag == "select":
            self._select = name
            self.form.fields.append((name, ""))
        elif tag == "option" and "selected" in given:
            self.form.fields[-1] = (self._select, given["value"])
        elif tag == "input" and "disabled" not in given and given.get("type") != "file":
            chosen = given.get("type") not in {"radio", "checkbox"} or "checked" in given
            if chosen:
                self.form.fields.append((name, given.get("value", "")))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title += data
        if self._text is not None:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            name, parts = self._text
            # The line end after the tag is no part of the text (HTML).
            self.form.fields.append((name, "".join(parts).removeprefix("\n")))
            self._text = None
        if tag == "form":
            self._inside = False
        if tag == "title":
            self._in_title = False


@dataclass(frozen=True)
class Page:
    """What came back: status, headers, text, and how many octets were sent."""

    address: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    size: int

    @property
    def text(self) -> str:
        return text_of(self.body, self.headers)

    @property
    def read(self) -> _Reading:
        reading = _Reading()
        reading.feed(self.body.decode())
        return reading

    @property
    def form(self) -> Form:
        return self.read.form

    @property
    def links(self) -> list[str]:
        return self.read.links


class Sender:
    """Goes from page to page. ``received`` counts the octets of all that was sent to it."""

    def __init__(self, site: Site, *, language: str = "en", https: bool = False) -> None:
        self.site, self.https = site, https
        self.cookies: dict[str, str] = {}
        self.received = 0
        self.page = self.open(f"/{language}/f")

    def open(self, address: str, method: str = "GET", **more: Any) -> Page:
        """Ask for an address, follow where it leads, and stay there."""
        page = self.ask(address, method, **more)
        while page.status == 303:
            page = self.ask(page.headers["Location"])
        self.page = page
        return page

    def ask(self, address: str, method: str = "GET", **more: Any) -> Page:
        """Ask for an address, and go nowhere."""
        path, _, query = address.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "HTTP_ACCEPT_ENCODING": "gzip",
            "HTTP_SEC_FETCH_SITE": "same-origin",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "wsgi.url_scheme": "https" if self.https else "http",
            **more,
        }
        return self._answered(address, environ)

    def press(
        self,
        button: str = "",
        value: str = "yes",
        *,
        files: Files | None = None,
        typed: Mapping[str, Typed] | None = None,
        **more: Typed,
    ) -> Page:
        """Fill in the form of this page, press a button of it, and go where that leads."""
        address, sent = self.filled(button, value, files=files, typed=typed, **more)
        return self.open(address, "POST", **sent)

    def filled(
        self,
        button: str = "",
        value: str = "yes",
        *,
        files: Files | None = None,
        typed: Mapping[str, Typed] | None = None,
        **more: Typed,
    ) -> tuple[str, dict[str, Any]]:
        """Return where the form of this page goes, and what it sends.

        In the name of an argument ``_`` stands for a slash. A text, or several where several can
        be chosen, is typed.
        """
        form, names = self.page.form, self.page.read.names
        files = files or {}
        given: dict[str, Typed] = {name.replace("_", "/"): said for name, said in more.items()}
        given.update(typed or {})
        unknown = set(given) - names
        if unknown:
            raise LookupError(f"{self.page.address} asks for none of {unknown}, but {names}")
        fields = [(name, said) for name, said in form.fields if name not in given]
        for name, said in given.items():
            fields += [(name, one) for one in ((said,) if isinstance(said, str) else said)]
        fields += [(button, value)] if button else []
        # Browsers end the lines of a text with CR LF.
        fields = [(name, said.replace("\n", "\r\n")) for name, said in fields]
        return form.action, encoded(fields, form.enctype, files)

    def _answered(self, address: str, environ: Environ) -> Page:
        begun: list[tuple[str, list[tuple[str, str]]]] = []
        body = b"".join(self.site(environ, lambda *given: begun.append(given)))
        ((status, headers),) = begun
        named = dict(headers)
        for name, said in headers:
            if name == "Set-Cookie":
                self._keep(said)
        self.received += len(body)
        size = len(body)
        if named.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return Page(address, int(status.split()[0]), named, body, size)

    def _keep(self, said: str) -> None:
        name, _, value = said.partition(";")[0].partition("=")
        if value:
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)


def encoded(fields: list[tuple[str, str]], enctype: str, files: Files) -> dict[str, Any]:
    """Return what a browser sends of a form, as a server gets it."""
    if enctype == "multipart/form-data":
        body, kind = _multipart(fields, files), f"{enctype}; boundary={BOUNDARY}"
    else:
        body, kind = urlencode(fields).encode(), enctype
    return {
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_SEC_FETCH_SITE": "same-origin",
        "wsgi.input": BytesIO(body),
    }


def _multipart(fields: list[tuple[str, str]], files: Files) -> bytes:
    parts = []
    for name, value in fields:
        parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode())
    listed = [(name, *one) for name, one in files.items()] if isinstance(files, Mapping) else files
    for name, file, data in listed:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + data)
    lines = b"".join(b"--" + BOUNDARY.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return lines + b"--" + BOUNDARY.encode() + b"--\r\n"
