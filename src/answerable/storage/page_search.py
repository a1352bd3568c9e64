"""Finds what public pages say, by words and by Khmer clusters: an index that lives with its file.

It is made when a register is opened, and holds nothing that is not in that register.
"""

import shutil
import sqlite3
import threading
from pathlib import Path
from tempfile import mkdtemp
from weakref import finalize

from answerable.core.matching import runs

_GAP, _TOKENIZER = "_", "ascii tokenchars ''_''"
"""What stands between what does not belong together, and what nobody can ask for."""
_LATEST, _TOGETHER = 1 << 42, 1 << 16
"""An instant after all others (the year 2109), and how many texts may be of one instant."""
_LEAST_PREFIX = 3
_MOST_WORDS = 12


class PageSearch:
    """A full-text index in a temporary file, which goes when this object goes."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp(prefix="answerable-search-"))
        """Where the index lies for as long as this object is there."""
        self.close = finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self._path, self._local = self.folder / "search.sqlite3", threading.local()
        self._count, self._made = 0, sqlite3.connect(self._path)
        self._made.execute("PRAGMA journal_mode=OFF")
        self._made.execute("PRAGMA synchronous=OFF")
        self._made.execute("CREATE TABLE named (id INTEGER PRIMARY KEY, number TEXT)")
        self._made.execute(
            f"CREATE VIRTUAL TABLE said USING fts5(text, content='', tokenize='{_TOKENIZER}')"
        )

    def add(self, number: str, at: int, text: str) -> None:
        """Index a text by its number; the instant, in milliseconds, says which is newer."""
        # The newest has the least row, so that what is found comes in that order by itself.
        row = (_LATEST - at) * _TOGETHER + self._count % _TOGETHER
        self._count += 1
        self._made.execute("INSERT INTO named VALUES (?, ?)", (row, number))
        self._made.execute("INSERT INTO said (rowid, text) VALUES (?, ?)", (row, _told(text)))

    def search(self) -> "PageSearch":
        """Return the index as it finds; nothing more can be added."""
        self._made.execute("INSERT INTO said (said) VALUES ('optimize')")
        self._made.commit()
        self._made.close()
        return self

    def __call__(self, typed: str) -> list[str]:
        """Return the numbers of what says all of it, the newest first."""
        asked = _asked(typed)
        if not asked:
            return []
        found = self._connection().execute(
            "SELECT number FROM said JOIN named ON id = said.rowid WHERE said MATCH ? "
            "ORDER BY said.rowid",
            (asked,),
        )
        return [number for (number,) in found]

    def _connection(self) -> sqlite3.Connection:
        known: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if known is None:
            known = sqlite3.connect(f"file:{self._path}?mode=ro&immutable=1", uri=True)
            self._local.connection = known
        return known


def _told(text: str) -> str:
    """Return a text as it is indexed: between runs stands what nobody can ask for."""
    return f" {_GAP} ".join(" ".join(map(_token, run)) for run in runs(text))


def _asked(typed: str) -> str:
    """Return what is asked as a query: every word, the last clusters of a run together."""
    phrases = []
    for run in list(runs(typed))[:_MOST_WORDS]:
        last = "*" if len(run) == 1 and run[0].isascii() and len(run[0]) >= _LEAST_PREFIX else ""
        phrases.append(f'"{" ".join(map(_token, run))}"{last}')
    return " AND ".join(phrases)


def _token(one: str) -> str:
    # A letter that is not ASCII is a separator to some tokenizers, and a sign to others.
    return one if one.isascii() else f"u{one.encode().hex()}"
