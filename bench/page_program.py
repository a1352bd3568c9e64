"""Opens a published register in a process of its own and asks for its pages: what a reader waits.

python -m bench.page_program FOLDER writes JSON: milliseconds of processor time, and megabytes.
"""

import json
import sys
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from time import process_time
from typing import Any
from urllib.parse import quote

from answerable.bootstrap.serving import FolderRegisters, checks
from answerable.web.site import Site

ASKED = 200
SEARCHED = ("office", "labour province", "ការិយាល័យ", "ph", "kampong speu", "mining")
LISTS = (
    *("/en/register", "/km/register?owed=late", "/fr/register?owed=unanswered"),
    *("/en/register?page=7", "/en/register?turn=handler", "/km/register?owed=week"),
)


def megabytes() -> float:
    """Return the memory that this process holds."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise OSError("no VmRSS here")


def asked(site: Site, addresses: list[str]) -> list[float]:
    """Return how many milliseconds each page takes, once every address was asked for."""
    start: Callable[..., object] = lambda *_: None  # noqa: E731 - WSGI wants a callable

    def one(address: str) -> float:
        path, _, query = address.partition("?")
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
        began = process_time()
        b"".join(site({**environ, "HTTP_ACCEPT_ENCODING": "gzip"}, start))
        return (process_time() - began) * 1000

    for address in addresses:
        one(address)
    return [one(address) for address in islice(cycle(addresses), ASKED)]


def told(folder: Path) -> Iterator[tuple[str, Any]]:
    began, before = process_time(), megabytes()
    registers = FolderRegisters(folder)
    yield "opened", process_time() - began
    numbers = [one.number for one in registers.current().cases.briefs]
    yield "cases", len(numbers)
    site = Site(registers, lambda code: sys.exit(f"a page failed: {code}"), checks=checks())
    drawn = numbers[:: max(1, len(numbers) // ASKED)]
    yield "list", asked(site, [*LISTS])
    yield "case", asked(site, [f"/en/register/{number}" for number in drawn])
    yield "search", asked(site, [f"/en/register?q={quote(one)}" for one in SEARCHED])
    yield "memory", megabytes()
    yield "grown", megabytes() - before


if __name__ == "__main__":
    json.dump(dict(told(Path(sys.argv[1]))), sys.stdout)
