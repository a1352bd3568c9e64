"""Tables as spreadsheets open them: RFC 4180, with the mark by which Excel takes them for UTF-8.

A cell that a spreadsheet would take for a formula begins with ', by which it is text there.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

_BEGINS = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - the wide ones begin a formula too
"""By what a formula may begin (OWASP, CSV Injection)."""


def table(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> Iterator[bytes]:
    """Yield a table line by line, its head first."""
    yield b"\xef\xbb\xbf" + _line(head)
    yield from map(_line, rows)


def _line(cells: Sequence[str | int]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(map(_cell, cells))
    return out.getvalue().encode()


def _cell(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_BEGINS) else value
