"""Requests and responses: what is read of the one, and what every one of the others says."""

import gzip
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl

Environ = Mapping[str, Any]
StartResponse = Callable[[str, list[tuple[str, str]]], object]

HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
CSV = "text/csv; charset=utf-8"
JSON = "application/json"
ATOM = "application/atom+xml; charset=utf-8"
BYTES = "application/octet-stream"

SECURITY = (
    # No exception: no script runs, nothing is fetched from elsewhere, no other page frames this.
    ("Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)

_LONGEST_QUERY = 2000
_MOST_FIELDS = 20
_LEAST_COMPRESSED = 500


@dataclass(frozen=True, slots=True)
class Request:
    """What a page is asked with. Nothing of who asks is kept: no address, no cookie."""

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    languages: str = ""
    if_none_match: str = ""
    takes_gzip: bool = False

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
        )


def _query(text: str) -> dict[str, str]:
    try:
        return dict(parse_qsl(text, errors="replace", max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}  # too many fields: no page of ours asks for so many


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered. ``max_age`` is for how many seconds anyone may keep it."""

    body: bytes = b""
    type: str = HTML
    status: HTTPStatus = HTTPStatus.OK
    max_age: int = 60
    headers: tuple[tuple[str, str], ...] = ()


def moved(to: str) -> Response:
    return Response(status=HTTPStatus.SEE_OTHER, headers=(("Location", to),))


def sent(request: Request, response: Response, start: StartResponse) -> Iterable[bytes]:
    """Begin the answer, and return its body: none for HEAD, and none that the asker has."""
    body, status = response.body, response.status
    headers = [*SECURITY, *response.headers, ("Content-Type", response.type)]
    headers.append(("Vary", "Accept-Encoding, Accept-Language"))
    if status == HTTPStatus.OK:
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        headers += [("ETag", tag), ("Cache-Control", f"public, max-age={response.max_age}")]
        if tag in request.if_none_match:
            body, status = b"", HTTPStatus.NOT_MODIFIED
    else:
        headers.append(("Cache-Control", "no-store"))
    if request.takes_gzip and len(body) > _LEAST_COMPRESSED:
        # Nothing secret is in a public page, so its length tells nothing (BREACH).
        body = gzip.compress(body, 6, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    headers.append(("Content-Length", str(len(body))))
    start(f"{status.value} {status.phrase}", headers)
    return [] if request.method == "HEAD" else [body]
