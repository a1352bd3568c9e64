"""Extracts of registers (casework/extract_ports.py), each a SQLite file that never changes."""

import sqlite3
import threading
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from heapq import nsmallest
from itertools import compress, islice
from pathlib import Path
from typing import Any

from answerable.casework.extract_ports import Filtered, Found, Line, OfBody
from answerable.core.errors import Unreachable
from answerable.core.register.marks import marks_of
from answerable.storage.page_search import TABLE, asked, indexed

NEWEST = 200
"""Of how many cases it is kept which are the newest."""

_NOWHERE = (1 << 32) - 1
_MANY = 4096
_TOGETHER = 64
"""How many cases are read with one question: as many as a page of a list has, and some."""

_SCHEMA = f"""
CREATE TABLE line (
    id INTEGER PRIMARY KEY, number TEXT UNIQUE, late INTEGER, due TEXT, need INTEGER,
    at INTEGER, last_at INTEGER, told TEXT, data BLOB
);
CREATE TABLE other (id INTEGER PRIMARY KEY, number TEXT, at INTEGER);
CREATE TABLE entry (commitment BLOB PRIMARY KEY, position INTEGER) WITHOUT ROWID;
CREATE TABLE file (name TEXT PRIMARY KEY, digest BLOB) WITHOUT ROWID;
CREATE TABLE figure (id INTEGER PRIMARY KEY, told TEXT, behind BLOB);
CREATE TABLE filtered (name TEXT, value TEXT, marks BLOB, PRIMARY KEY (name, value));
CREATE TABLE of_body (
    party TEXT, code TEXT, said INTEGER, places BLOB, PRIMARY KEY (party, code)
);
CREATE TABLE part (name TEXT PRIMARY KEY, octets BLOB);
{TABLE};
"""


class ExtractLost(Unreachable):
    """The extract of a register cannot be read any more; it is made anew."""

    code = "extract-lost"


class ExtractFile:
    """An extract while it is written. What goes wrong is sqlite3.Error."""

    def __init__(self, path: Path) -> None:
        self._made = sqlite3.connect(path, isolation_level=None)
        # A file that is not whole is thrown away, so that nothing has to be undone.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE"):
            self._made.execute(f"PRAGMA {pragma}")
        self._made.executescript(_SCHEMA)
        self._made.execute("BEGIN")
        self._count, self._others = 0, 0
        self._filtered: dict[Filtered, array[int]] = {}
        self._said: Counter[OfBody] = Counter()
        self._of: dict[OfBody, array[int]] = {}
        self._places: array[int] | None = None
        self._place: dict[str, int] = {}
        self._figures = 0

    def add(self, line: Line, text: str) -> None:
        one, when = self._count, (line.at, line.last_at)
        row = (one, line.number, *line.order, *when, line.told, line.data)
        self._made.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._count += 1
        self._index(one, text)
        for filtered in line.filtered:
            self._filtered.setdefault(filtered, array("I")).append(one)
        for of, times in line.of.items():
            self._said[of] += times
            self._of.setdefault(of, array("I")).append(one)

    def add_text(self, number: str, at: int, text: str) -> None:
        self._made.execute("INSERT INTO other VALUES (?, ?, ?)", (self._others, number, at))
        self._index(self._count + self._others, text)
        self._others += 1

    def entries(self, in_order: Iterable[tuple[bytes, int]], shown: bytes) -> None:
        # Of one that stands twice the last counts, as in a mapping.
        self._made.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?)", in_order)
        self._part("shown", shown)

    def files(self, digests: Mapping[str, str]) -> None:
        rows = ((name, bytes.fromhex(digests[name])) for name in sorted(digests))
        self._made.executemany("INSERT INTO file VALUES (?, ?)", rows)

    def figure(self, told: str, cases: Iterable[str]) -> None:
        self._put_in_order()
        behind = array("I", (self._place.get(number, _NOWHERE) for number in cases))
        row = (self._figures, told, behind.tobytes())
        self._made.execute("INSERT INTO figure VALUES (?, ?, ?)", row)
        self._figures += 1

    def finish(self, told: str) -> None:
        places = self._put_in_order()
        for filtered, ids in self._filtered.items():
            marks = marks_of((places[one] for one in ids), self._count)
            row = (*filtered, marks.to_bytes(-(-self._count // 8), "little"))
            self._made.execute("INSERT INTO filtered VALUES (?, ?, ?)", row)
        for (party, code), ids in self._of.items():
            said = (party, code, self._said[party, code], _at(places, ids))
            self._made.execute("INSERT INTO of_body VALUES (?, ?, ?, ?)", said)
        self._part("told", told.encode())
        self._made.execute("INSERT INTO said (said) VALUES ('optimize')")
        self._made.execute("COMMIT")
        self._made.close()

    def close(self) -> None:
        """Let go of the file, whole or not."""
        self._made.close()

    def _index(self, one: int, text: str) -> None:
        self._made.execute("INSERT INTO said (rowid, text) VALUES (?, ?)", (one, indexed(text)))

    def _part(self, name: str, octets: bytes) -> None:
        self._made.execute("INSERT INTO part VALUES (?, ?)", (name, octets))

    def _put_in_order(self) -> "array[int]":
        """Return the place of each case, by its row, once all are there."""
        if self._places is not None:
            return self._places
        self._places = places = array("I", bytes(4 * self._count))
        order = array("I")
        rows = self._made.execute("SELECT id, number FROM line ORDER BY late, due, need, number")
        for place, (one, number) in enumerate(rows):
            order.append(one)
            places[one], self._place[number] = place, place
        rows = self._made.execute(
            "SELECT id FROM (SELECT id, at FROM line UNION ALL SELECT id + ?, at FROM other)"
            " ORDER BY at DESC, id",
            (self._count,),
        )
        by_time = array("I", (one for (one,) in rows))
        placed = array("I", (places[one] if one < self._count else one for one in by_time))
        last = self._made.execute("SELECT last_at, id FROM line")
        newest = nsmallest(NEWEST, ((-at, places[one]) for at, one in last))
        for name, found in (("order", order), ("by-time", by_time), ("placed", placed)):
            self._part(name, found.tobytes())
        self._part("newest", array("I", (place for _, place in newest)).tobytes())
        return places


def _at(places: "array[int]", ids: "array[int]") -> bytes:
    return array("I", sorted(places[one] for one in ids)).tobytes()


class OpenedExtract:
    """An extract that is read. Each thread has a connection of its own."""

    def __init__(self, path: Path, key: str) -> None:
        """Open a whole file.

        Raises:
            ExtractLost: it is none.
        """
        self.key, self.is_lost, self._path, self._local = key, False, path, threading.local()
        self._order, self._newest = self._numbers("order"), self._numbers("newest")
        self._by_time, self._placed = self._numbers("by-time"), self._numbers("placed")
        self.told, self.shown = self._part("told").decode(), self._part("shown")
        self._others = [number for (number,) in self.rows("SELECT number FROM other ORDER BY id")]

    @property
    def entries(self) -> Mapping[bytes, int]:
        return _Entries(self)

    @property
    def files(self) -> Mapping[str, str]:
        return _Digests(self)

    def has(self, number: str) -> bool:
        return bool(self.rows("SELECT 1 FROM line WHERE number = ?", number))

    def __len__(self) -> int:
        return len(self._order)

    def filtered(self) -> Mapping[Filtered, int]:
        rows = self.rows("SELECT name, value, marks FROM filtered")
        return {(name, value): int.from_bytes(marks, "little") for name, value, marks in rows}

    def lines(self, places: Iterable[int]) -> Iterator[str]:
        return self._of_lines("told", places)

    def data(self, places: Iterable[int]) -> Iterator[bytes]:
        return self._of_lines("data", places)

    def _of_lines(self, column: str, places: Iterable[int]) -> Iterator[Any]:
        ids = (self._order[place] for place in places)
        while some := tuple(islice(ids, _TOGETHER)):
            asked = f"SELECT id, {column} FROM line WHERE id IN ({','.join('?' * len(some))})"  # noqa: S608 - names of ours
            found = dict(self.rows(asked, *some))
            yield from map(found.__getitem__, some)

    def newest(self, count: int) -> Sequence[int]:
        return self._newest[:count]

    def of_bodies(self) -> Mapping[OfBody, int]:
        rows = self.rows("SELECT party, code, said FROM of_body")
        return {(party, code): said for party, code, said in rows}

    def saying(self, of: OfBody) -> Sequence[int]:
        rows = self.rows("SELECT places FROM of_body WHERE party = ? AND code = ?", *of)
        return _array(rows[0][0]) if rows else array("I")

    def figures(self) -> Sequence[str]:
        return [told for (told,) in self.rows("SELECT told FROM figure ORDER BY id")]

    def behind(self, figure: int) -> Sequence[int | None]:
        ((octets,),) = self.rows("SELECT behind FROM figure WHERE id = ?", figure)
        return [None if one == _NOWHERE else one for one in _array(octets)]

    def search(self, typed: str) -> Found:
        query = asked(typed)
        if not query:
            return Found((), ())
        said = bytearray(len(self._by_time))
        for (one,) in self.rows("SELECT rowid FROM said WHERE said MATCH ?", query):
            said[one] = True
        # To go through all in their order takes a third of what sorting half of them takes.
        found = compress(self._placed, map(said.__getitem__, self._by_time))
        if not self._others:
            return Found(array("I", found), ())
        count, all_found = len(self._order), [*found]
        return Found(
            array("I", (one for one in all_found if one < count)),
            [self._others[one - count] for one in all_found if one >= count],
        )

    def rows(self, statement: str, *values: str | bytes | int) -> list[tuple[Any, ...]]:
        """Return what a question answers.

        Raises:
            ExtractLost: the file is not what it was.
        """
        with self._readable():
            return self._connection().execute(statement, values).fetchall()

    def pages(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """Yield what a question answers, however much that is."""
        with self._readable():
            cursor = self._connection().execute(statement)
        while True:
            with self._readable():
                found = cursor.fetchmany(_MANY)
            if not found:
                return
            yield from found

    @contextmanager
    def _readable(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as problem:
            self.is_lost = True
            raise ExtractLost("the extract cannot be read") from problem

    def _part(self, name: str) -> bytes:
        rows = self.rows("SELECT octets FROM part WHERE name = ?", name)
        if not rows:
            self.is_lost = True
            raise ExtractLost("a part is missing")
        return bytes(rows[0][0])

    def _numbers(self, name: str) -> "array[int]":
        return _array(self._part(name))

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None:
            known = sqlite3.connect(f"{self._path.as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.connection = known
        return known


def _array(octets: bytes) -> "array[int]":
    found = array("I")
    found.frombytes(octets)
    return found


class _Entries(Mapping[bytes, int]):
    """The position of each commitment."""

    def __init__(self, extract: OpenedExtract) -> None:
        self._extract = extract

    def __getitem__(self, commitment: bytes) -> int:
        rows = self._extract.rows("SELECT position FROM entry WHERE commitment = ?", commitment)
        if not rows:
            raise KeyError(commitment)
        return int(rows[0][0])

    def __iter__(self) -> Iterator[bytes]:
        return (one for (one,) in self._extract.pages("SELECT commitment FROM entry"))

    def __len__(self) -> int:
        return int(self._extract.rows("SELECT count(*) FROM entry")[0][0])


class _Digests(Mapping[str, str]):
    """The digest of each file that the register's index names, in the order of names."""

    def __init__(self, extract: OpenedExtract) -> None:
        self._extract = extract

    def __getitem__(self, name: str) -> str:
        rows = self._extract.rows("SELECT hex(digest) FROM file WHERE name = ?", name)
        if not rows:
            raise KeyError(name)
        return str(rows[0][0]).lower()

    def __iter__(self) -> Iterator[str]:
        return (name for (name,) in self._extract.pages("SELECT name FROM file ORDER BY name"))

    def __len__(self) -> int:
        return int(self._extract.rows("SELECT count(*) FROM file")[0][0])
