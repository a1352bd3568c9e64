"""Opens a published register as a server does and asks for its pages: what a reader waits.

python -m bench.page_program FOLDER writes JSON: milliseconds of processor time, and megabytes at
most. What is durable of it is: the extract is made by a process of its own, synced, and read back.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any
from urllib.parse import quote

from answerable.bootstrap.registers import FolderRegisters, make_apart
from answerable.bootstrap.serving import checks
from answerable.web.site import Site

ASKED = 200
SEARCHED = ("office", "labour province", "ការិយាល័យ", "ph", "kampong speu", "mining")
LISTS = (
    *("/en/register", "/km/register?owed=late", "/fr/register?owed=unanswered"),
    *("/en/register?page=7", "/en/register?turn=handler", "/km/register?owed=week"),
    *("/en/register?period=2025", "/km/register?period=2025-03&kind=threat-or-intimidation"),
)


def megabytes() -> float:
    """Return the most memory that this process held so far."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise OSError("no VmHWM here")


WHOLE = {"register.json": "/en/register.json", "owed.ics": "/en/owed.ics"}
"""Answers with all cases, which are the largest that there are."""


def asked(site: Site, addresses: list[str], times: int = ASKED) -> list[float]:
    """Return how many milliseconds each page takes, once every address was asked for."""
    start: Callable[..., object] = lambda *_: None  # noqa: E731 - WSGI wants a callable

    def one(address: str) -> float:
        path, _, query = address.partition("?")
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
        began = process_time()
        for _ in site({**environ, "HTTP_ACCEPT_ENCODING": "gzip"}, start):
            pass
        return (process_time() - began) * 1000

    for address in addresses:
        one(address)
    return [one(address) for address in islice(cycle(addresses), times)]


def told(folder: Path, extracts: Path) -> Iterator[tuple[str, Any]]:
    FolderRegisters(folder, extracts=extracts, make=make_apart)
    checking = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield "checked", checking.ru_utime + checking.ru_stime
    yield "checking", checking.ru_maxrss / 1024
    yield "extract", sum(one.stat().st_size for one in extracts.rglob("*")) / (1 << 20)
    began = process_time()
    registers = FolderRegisters(folder, extracts=extracts, make=make_apart)
    yield "opened", process_time() - began
    cases = registers.current().cases
    numbers = [one.number for one in cases.at(range(len(cases)))]
    yield "cases", len(numbers)
    site = Site(registers, lambda code: sys.exit(f"a page failed: {code}"), checks=checks())
    drawn = numbers[:: max(1, len(numbers) // ASKED)]
    yield "list", asked(site, [*LISTS])
    yield "case", asked(site, [f"/en/register/{number}" for number in drawn])
    yield "search", asked(site, [f"/en/register?q={quote(one)}" for one in SEARCHED])
    yield "home", asked(site, ["/en", "/km", "/fr"])
    for name, address in WHOLE.items():
        began = perf_counter()
        asked(site, [address], 1)
        yield name, perf_counter() - began
    yield "memory", megabytes()


if __name__ == "__main__":
    with TemporaryDirectory(prefix="bench-extracts-") as made:
        json.dump(dict(told(Path(sys.argv[1]), Path(made))), sys.stdout)
