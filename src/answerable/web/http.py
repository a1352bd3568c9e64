"""Requests and responses: what is read of the one, and what every one of the others says."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from typing import Any, BinaryIO
from urllib.parse import parse_qsl

Environ = Mapping[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
ATOM = "application/atom+xml; charset=utf-8"
BYTES = "application/octet-stream"

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
"""Nothing is fetched from elsewhere, no other page frames this, what is typed goes nowhere else."""

SECURITY = (
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)

RETRY_SECONDS = 60
"""After how long somebody who was turned away may try again."""

_LONGEST_QUERY = 2000
_LONGEST_COOKIE = 4000
_LONGEST_TYPE = 200
_LONGEST_ORIGIN = 2000
_MOST_FIELDS = 20
_LEAST_COMPRESSED = 500
_PIECE = 1 << 16
_GZIP = 31
"""Tells zlib to write the header and the end of gzip."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a page is asked with. Nothing of who asks is kept, and no address is read.

    ``body`` is read by the rooms that are written to; ``site``, ``origin`` and ``referer`` are what
    the browser says of where the request began (``Sec-Fetch-Site``, ``Origin``, ``Referer``), and
    ``host`` is where it was sent. They are compared with one another, and go no further.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    languages: str = ""
    if_none_match: str = ""
    takes_gzip: bool = False
    is_https: bool = False
    site: str = ""
    origin: str = field(default="", repr=False)
    referer: str = field(default="", repr=False)
    host: str = ""
    cookie: str = field(default="", repr=False)
    body: BinaryIO = field(default_factory=io.BytesIO, repr=False)
    body_type: str = ""
    body_length: int = 0

    @classmethod
    def of(cls, environ: Environ) -> "Request":
        # WSGI gives the octets of the path as Latin-1 (PEP 3333).
        path = (
            str(environ.get("PATH_INFO", "/"))
            .encode("latin-1", "replace")
            .decode("utf-8", "replace")
        )
        query = str(environ.get("QUERY_STRING", ""))[:_LONGEST_QUERY]
        return cls(
            str(environ.get("REQUEST_METHOD", "GET")),
            path,
            _query(query),
            str(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
            str(environ.get("HTTP_IF_NONE_MATCH", "")),
            "gzip" in str(environ.get("HTTP_ACCEPT_ENCODING", "")),
            # A server in front says so; whoever says it falsely hinders their own cookie alone.
            "https" in {environ.get("wsgi.url_scheme"), environ.get("HTTP_X_FORWARDED_PROTO")},
            str(environ.get("HTTP_SEC_FETCH_SITE", "")),
            str(environ.get("HTTP_ORIGIN", ""))[:_LONGEST_ORIGIN],
            str(environ.get("HTTP_REFERER", ""))[:_LONGEST_ORIGIN],
            str(environ.get("HTTP_HOST", ""))[:_LONGEST_ORIGIN],
            str(environ.get("HTTP_COOKIE", ""))[:_LONGEST_COOKIE],
            environ.get("wsgi.input") or io.BytesIO(),
            str(environ.get("CONTENT_TYPE", ""))[:_LONGEST_TYPE],
            _length(environ.get("CONTENT_LENGTH")),
        )


def _length(text: object) -> int:
    return int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else 0


def _query(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, errors="replace", max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}  # too many fields: no page of ours asks for so many


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered. ``max_age`` is for how many seconds anyone may keep it.

    What is ``private`` is kept by nobody, and is in no search engine. What may be of any size comes
    in ``parts``, with a ``tag`` that says what it depends on beside its address. ``script`` is the
    digest of the one script that may run on it.
    """

    body: bytes = b""
    type: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    max_age: int = 60
    headers: tuple[tuple[str, str], ...] = ()
    private: bool = False
    parts: Iterable[bytes] | None = None
    tag: str = ""
    script: str = ""


def moved(to: str) -> Response:
    return Response(status=HTTPStatus.SEE_OTHER, headers=(("Location", to),))


def sent(request: Request, response: Response, start: StartResponse) -> Iterable[bytes]:
    """Begin the answer, and return its body: none for HEAD, and none that the asker has."""
    body, parts, status = response.body, response.parts, response.status
    packs = request.takes_gzip and (parts is not None or len(body) > _LEAST_COMPRESSED)
    # No script runs but the one that is named by its digest.
    script = f"'{response.script}'" if response.script else "'none'"
    policy = ("Content-Security-Policy", f"{POLICY}; script-src {script}")
    headers = [policy, *SECURITY, *response.headers, ("Content-Type", response.type)]
    headers.append(("Vary", "Accept-Encoding, Accept-Language"))
    # To ourselves a page of the form says where a post began: old browsers say it in no other way.
    headers.append(("Referrer-Policy", "same-origin" if response.private else "no-referrer"))
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", str(RETRY_SECONDS)))
    if response.private:
        headers += [("Cache-Control", "no-store"), ("X-Robots-Tag", "noindex, nofollow")]
    elif status == HTTPStatus.OK:
        # Of what is compressed a strong tag is another one (RFC 9110, 8.8.3.3).
        coded = "-gzip" if packs else ""
        tag = f'"{_tag(request, response)}{coded}"'
        headers += [("ETag", tag), ("Cache-Control", f"public, max-age={response.max_age}")]
        if tag in request.if_none_match:
            parts, body, status = None, b"", HTTPStatus.NOT_MODIFIED
    else:
        headers.append(("Cache-Control", "no-store"))
    if parts is not None:
        if packs:
            headers.append(("Content-Encoding", "gzip"))
        start(f"{status.value} {status.phrase}", headers)
        gathered = _gathered(_compressed(parts) if packs else parts)
        return [] if request.method == "HEAD" else gathered
    if packs and body:
        # A public page has no secret. One of the form repeats what its own reader typed, and no
        # other site can have it repeat anything (SameSite, Sec-Fetch-Site), as BREACH would need.
        body = gzip.compress(body, 6, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start(f"{status.value} {status.phrase}", headers)
    return [] if request.method == "HEAD" else [body]


def _tag(request: Request, response: Response) -> str:
    """Return what tells one answer from another, for whoever has one already."""
    if response.parts is None:
        return sha256(response.body).hexdigest()[:32]
    asked = repr((response.tag, request.path, sorted(request.query.items())))
    return sha256(asked.encode()).hexdigest()[:32]


def _compressed(parts: Iterable[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, _GZIP)
    for part in parts:
        yield packer.compress(part)
    yield packer.flush()


def _gathered(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield parts joined to pieces that are worth a packet."""
    waiting = bytearray()
    for part in parts:
        waiting += part
        if len(waiting) >= _PIECE:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)
