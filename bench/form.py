"""How long the post takes that hands a report in, with eight people at the form's pages at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlencode, urlsplit

from answerable.bootstrap.application import application
from bench.ground import NARRATIVE, Ground
from bench.rows import Row, repeated
from tests.support.serving import served

PEOPLE, REPORTS = 8, 12
"""How many write at once, and how many reports each of them hands in."""

FIGURE = f"a post that lodges, p95, {PEOPLE} connections"

FORM = "application/x-www-form-urlencoded"


def lodging(ground: Ground, runs: int) -> Iterator[Row]:
    """Yield by when nineteen of twenty posts that lodge were answered, over a real server."""
    yield _lodged(ground.sqlite("form"), runs)


def on_postgres(ground: Ground, runs: int) -> Iterator[Row]:
    if ground.server is None:
        yield Row(figure=f"{FIGURE}: PostgreSQL", unit="s", note="no PostgreSQL starts here")
        return
    yield _lodged(ground.postgres("form-on-postgres"), runs)


def _lodged(folder: Path, runs: int) -> Row:
    register = folder.with_name(f"{folder.name}-register")
    mechanism = application(str(folder))
    database = mechanism.upkeep.described().database
    mechanism.publish_register(str(register))
    mechanism.close()
    words = ["--mechanism", str(folder), "serve", "--register", str(register), "--form"]
    with served(words) as address:
        measured = tuple(repeated(runs, lambda: _twentieth(address)))
    return Row(
        figure=f"{FIGURE}: {database}",
        unit="s",
        runs=measured,
        must=0.06,
        note="with the receipt",
    )


def _twentieth(address: str) -> float:
    with ThreadPoolExecutor(PEOPLE) as people:
        taken = chain.from_iterable(people.map(lambda _: _reports(address), range(PEOPLE)))
        return quantiles(taken, n=20)[-1]


def _reports(address: str) -> list[float]:
    return [_Person(address).report() for _ in range(REPORTS)]


class _Person:
    """Fills in a quick report, on one connection that stays open."""

    def __init__(self, address: str) -> None:
        self._line = HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._cookie = self._check = ""

    def report(self) -> float:
        """Return how many seconds the post took that handed it in."""
        self._post("/en/f/1", {})
        self._look("/en/f/2")
        self._post("/en/f/2", {"level": "1", "readers": "secretariat"})
        self._post("/en/f/4", {"allegations/1/what": NARRATIVE})
        begun = perf_counter()
        led = self._post("/en/f/12", {})
        taken = perf_counter() - begun
        if not led.endswith("/13"):
            raise RuntimeError("the report was not received")
        self._line.close()
        return taken

    def _look(self, address: str) -> None:
        self._line.request("GET", address, headers={"Cookie": self._cookie})
        page = self._line.getresponse().read().decode()
        self._check = page.partition('name="check" value="')[2].partition('"')[0]

    def _post(self, address: str, typed: dict[str, str]) -> str:
        """Return where the answer leads."""
        body = urlencode({"check": self._check, **typed})
        # As a browser says it, without which no post is taken that has no check yet.
        headers = {"Content-Type": FORM, "Cookie": self._cookie, "Sec-Fetch-Site": "same-origin"}
        self._line.request("POST", address, body, headers)
        answer = self._line.getresponse()
        answer.read()
        if given := answer.headers.get("Set-Cookie"):
            self._cookie = given.partition(";")[0]
        return answer.headers.get("Location", "")
