"""What someone has filled in so far: kept sealed on the server until it is sent or left."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from hashlib import sha256
from typing import Any
from uuid import UUID

from answerable.casework.kept_forms import Holds
from answerable.core.case.text import is_blank
from answerable.core.errors import Fact
from answerable.web.form.questions import RETURN_SHOWS

FORMAT = 1
_MARK = 32
CHOSEN = frozenset({"level", "readers", RETURN_SHOWS})
"""What is chosen before anything is typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that goes with the report: where it is kept, and what was found in it.

    ``kept`` names the copy that is handed in; ``original`` the untouched one, where its sender may
    still choose it, else "". ``found`` has the codes of hidden data, each with what it says.
    ``digest`` and ``sent`` are SHA-256 of the copy and of what was sent. ``readers`` is None where
    the file has those of the report. ``under`` is the token that it was added with, "" where that
    is the form's own.
    """

    kept: str
    original: str
    name: str
    kind: str
    size: int
    caption: str = ""
    found: tuple[tuple[str, str], ...] = ()
    is_cleaned: bool = False
    keeps_original: bool = False
    digest: str = ""
    sent: str = ""
    readers: tuple[str, ...] | None = None
    under: str = field(default="", repr=False)

    def json(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What is kept of it: each by its name, and under which token."""
        return [(name, self.under) for name in (self.kept, self.original) if name]

    @property
    def fingerprint(self) -> str:
        return self.sent if self.keeps_original and self.original else self.digest


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that was sent and not taken, until it is tried again or left out. Nothing is kept.

    ``name`` is what its sender's device calls it; ``sent`` tells it from others, as far as that is
    known of it. ``code`` and ``facts`` say why.
    """

    number: int
    name: str
    sent: str
    code: str
    facts: Mapping[str, Fact]

    def json(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(slots=True)
class Draft:
    """One report being written. ``request`` makes a repeated sending the same; ``key`` opens it.

    ``digest`` is by what the key is found. ``answers`` has what was typed, by the path of its
    field. Once it is sent, only ``number`` and ``key`` are left of it, and the key only until it
    was asked back. ``files_made`` counts every file that was ever sent: no number is given twice,
    so that a post that comes again cannot mean another file. ``copy_key`` opens the copies that
    were taken along of it, "" where none was.
    """

    request: UUID
    key: str
    digest: str = ""
    answers: dict[str, list[str]] = field(default_factory=dict)
    files: list[KeptFile] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    files_made: int = 0
    pages: set[str] = field(default_factory=set)
    number: str = ""
    copy_key: str = field(default="", repr=False)
    saved_at: int = 0

    @property
    def says_nothing(self) -> bool:
        """Whether nothing is lost with it that somebody would have to think of again."""
        return not (self.number or self.files or set(self.answers) - CHOSEN)

    @property
    def shows(self) -> bool | None:
        """Whether the return key is to show what is sent, None where nothing was chosen."""
        return {"yes": True, "no": False}.get(self.text(RETURN_SHOWS))

    def text(self, path: str) -> str:
        return next(iter(self.answers.get(path, ())), "")

    def put(self, path: str, values: tuple[str, ...]) -> None:
        """Take an answer in the place of the one before; an empty one leaves none."""
        kept = [value for value in values if not is_blank(value)]
        if kept:
            self.answers[path] = kept
        else:
            self.answers.pop(path, None)

    def items(self, name: str) -> list[int]:
        """Return the numbers of the allegations, concerns or requests that say something."""
        start = f"{name}/"
        found = {
            path[len(start) :].split("/")[0] for path in self.answers if path[: len(start)] == start
        }
        return sorted(int(one) for one in found if one.isdecimal())

    def people(self, item: int) -> list[int]:
        """Return the numbers of the people affected by an allegation, of whom something is said.

        A number means one person as long as the draft lives: a post that comes again means nobody
        else, whoever was removed meanwhile. The record counts them anew (kept_path).
        """
        return self.items(f"allegations/{item}/targets")

    def mark(self, start: str) -> str:
        """Return what tells an item from another that has its number by now."""
        said = sorted(one for one in self.answers.items() if one[0].startswith(f"{start}/"))
        return sha256(json.dumps(said).encode()).hexdigest()[:_MARK]

    def drop(self, start: str) -> None:
        """Forget the answers below a path, and close the gap in the numbers of its kind."""
        name, _, number = start.partition("/")
        last = max(self.items(name), default=0)
        self.forget(start)
        for after in range(int(number) + 1, last + 1):
            self._move(f"{name}/{after}", f"{name}/{after - 1}")

    def copy(self, start: str, target: str, tails: tuple[str, ...]) -> None:
        """Begin an item with what it shares with another: nothing is asked twice."""
        shared = tuple(f"{start}/{tail}/" for tail in tails)
        for path in [path for path in self.answers if f"{path}/".startswith(shared)]:
            self.answers[target + path[len(start) :]] = list(self.answers[path])

    def sent(self, number: str) -> None:
        """Forget what was written: it is on record now, and this is read no more."""
        self.number = number
        self.answers, self.files, self.refused, self.pages = {}, [], [], set()
        self.copy_key = ""

    def forget(self, start: str) -> None:
        for path in [path for path in self.answers if path.startswith(f"{start}/")]:
            del self.answers[path]

    def _move(self, start: str, target: str) -> None:
        for path in [path for path in self.answers if path.startswith(f"{start}/")]:
            self.answers[target + path[len(start) :]] = self.answers.pop(path)

    def json(self) -> dict[str, Any]:
        return {
            "answers": self.answers,
            "copy-key": self.copy_key,
            "digest": self.digest,
            "files": [one.json() for one in self.files],
            "files-made": self.files_made,
            "key": self.key,
            "number": self.number,
            "pages": sorted(self.pages),
            "refused": [one.json() for one in self.refused],
            "request": self.request.hex,
            "saved_at": self.saved_at,
        }


_UNNUMBERED = re.compile(r"(allegations/[0-9]+/targets)(?=/[a-z])")


def numbered(path: str) -> str:
    """Return where an answer is kept that was given when a form asked of one person only."""
    return _UNNUMBERED.sub(r"\1/1", path)


def kept_path(draft: Draft, path: str) -> str:
    """Return where a draft keeps what a record says at a path: a record counts without gaps."""
    pieces = path.split("/")
    for at in (1, 3):
        if pieces[at : at + 1] and pieces[at].isdecimal():
            numbers = draft.items("/".join(pieces[:at]))
            ordinal = int(pieces[at])
            pieces[at] = str(numbers[ordinal - 1]) if 0 < ordinal <= len(numbers) else pieces[at]
    return "/".join(pieces)


@dataclass(slots=True)
class State:
    """What is kept under a cookie: a draft, and the number of the case that a return key opened.

    ``done`` is the number of the last act that was done there in this visit. ``shows`` is whether
    the key shows what was sent, None where its sender chose neither. ``before`` is the token that
    the browser had until this one: what it keeps goes once this one has arrived.
    """

    draft: Draft | None = None
    case: str = ""
    done: str = ""
    shows: bool | None = None
    before: str = field(default="", repr=False)

    @property
    def holds(self) -> Holds:
        if self.draft is not None and not self.draft.says_nothing:
            return Holds.WORDS
        return Holds.CASE if self.case else Holds.NOTHING

    def encoded(self) -> bytes:
        draft = None if self.draft is None else self.draft.json()
        case = {"case": self.case, "done": self.done, "shows": self.shows}
        value = {**case, "before": self.before, "draft": draft, "format": FORMAT}
        return json.dumps(value, ensure_ascii=False).encode()


def state_of(data: bytes | None) -> State:
    """Return what was kept; an empty state where nothing was, or another version kept it."""
    value = {} if data is None else json.loads(data)
    if value.get("format") != FORMAT:
        return State()
    draft = None if value["draft"] is None else _draft_of(value["draft"])
    shows, before = value.get("shows"), value.get("before", "")
    return State(draft, value["case"], value["done"], shows, before)


def _draft_of(value: dict[str, Any]) -> Draft:
    return Draft(
        UUID(hex=value["request"]),
        value["key"],
        digest=value["digest"],
        answers={numbered(path): given for path, given in value["answers"].items()},
        files=[_file_of(one) for one in value["files"]],
        refused=[RefusedFile(**one) for one in value.get("refused", ())],
        files_made=value.get("files-made", len(value["files"])),
        pages=set(value["pages"]),
        number=value["number"],
        copy_key=value.get("copy-key", ""),
        saved_at=value["saved_at"],
    )


def _file_of(value: dict[str, Any]) -> KeptFile:
    readers = value.get("readers")
    found = tuple(map(tuple, value["found"]))
    chosen = None if readers is None else tuple(readers)
    return KeptFile(**{**value, "found": found, "readers": chosen})
