"""The sums of a register: its weeks and numbers close, and its figures are counted again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple

from answerable.core.acts import Envelope
from answerable.core.errors import AnswerableError, Fact
from answerable.core.figures.tally import Tally
from answerable.core.figures.told import CSV_HEAD, Figure, csv_row, figures_in, file_of
from answerable.core.numbers import docket_number
from answerable.core.register.accounts import Weeks
from answerable.core.register.entries import Positions
from answerable.core.register.pages import (
    ACCOUNTS,
    CASES,
    FIGURES,
    FIGURES_TABLE,
    RESPONSES,
    Index,
    value_of,
)
from answerable.core.register.signed import SignedShown


class Difference(NamedTuple):
    """Something that a register says, and that is not so."""

    code: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Files:
    """A register's files: what there is, and how one is read; None where it is not there.

    ``parts`` are a file piece by piece, for those that are larger than all cases in short; without
    it they are read whole.
    """

    names: Callable[[], Iterable[str]]
    read: Callable[[str], bytes | None]
    parts: Callable[[str], Iterable[bytes] | None] | None = None

    def in_parts(self, name: str) -> Iterable[bytes] | None:
        """Return a file piece by piece, None where it is not there."""
        if self.parts is not None:
            return self.parts(name)
        data = self.read(name)
        return None if data is None else (data,)

    def digest(self, name: str) -> str | None:
        """Return the SHA-256 of a file, None where it is not there."""
        parts = self.in_parts(name)
        if parts is None:
            return None
        digest = sha256()
        for part in parts:
            digest.update(part)
        return digest.hexdigest()


@dataclass(slots=True)
class Checked:
    """What was found: differences, and what the shown acts add up to.

    ``entries`` are the positions of all commitments, ``shown`` those of acts that are shown.
    """

    index: Index
    signed: SignedShown
    size: int = 0
    cases: int = 0
    proceedings: int = 0
    acts: int = 0
    unexplained: int = 0
    entries: Mapping[bytes, int] = field(default_factory=dict)
    shown: Positions = field(default_factory=Positions)
    tally: Tally = field(default_factory=Tally)
    stated: dict[str, int] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def differs(self, code: str, /, **facts: Fact) -> None:
        self.differences.append(Difference(code, facts))


class Accounted:
    """Shown acts as the weeks of the accounts have them, counted one by one."""

    def __init__(self, files: Files, weeks: Weeks) -> None:
        self.explained, self.elsewhere = Counter[str](), list[str]()
        self._weeks, self._ranges = weeks, _ranges(files)

    def add(self, position: int, act: Envelope) -> None:
        """Count an act, and note it where its entry lies in another week than it."""
        week = self._weeks.of(act.at)
        self.explained[week] += 1
        if self._ranges is not None and position not in self._ranges.get(week, range(0)):
            self.elsewhere.append(act.receipt_number)


def _ranges(files: Files) -> dict[str, range] | None:
    """Return which entries each week has, None where the accounts cannot be read."""
    data, end = files.read(ACCOUNTS), 0
    ranges: dict[str, range] = {}
    try:
        for one in [] if data is None else value_of(data, ACCOUNTS)["weeks"]:
            ranges[one["week"]] = range(end, end + one["entries"])
            end += one["entries"]
    except (AnswerableError, KeyError, TypeError, ValueError):
        return None
    return None if data is None else ranges


def check_accounts(files: Files, accounted: Accounted, checked: Checked) -> None:
    """Hold the accounts against the acts that are shown: weeks, numbers, and what is stated."""
    data = files.read(ACCOUNTS)
    if data is None:
        return
    try:
        told = value_of(data, ACCOUNTS)
        _check_weeks(told["weeks"], accounted, checked)
        _check_numbers(told["numbers"], told["prefix"], checked)
        silhouettes = told["silhouettes"]
        checked.stated = {
            "stated/submissions": len(silhouettes),
            "stated/allegations": sum(int(one["allegations"]) for one in silhouettes),
            **{f"stated/{name}": int(count) for name, count in told["claims"].items()},
        }
    except (AnswerableError, KeyError, TypeError, ValueError):
        checked.differs("register-page-wrong", file=ACCOUNTS, problem="register-unreadable")


def _check_weeks(told: list[dict[str, Any]], accounted: Accounted, checked: Checked) -> None:
    end = 0
    for one in told:
        week, entries = one["week"], one["entries"]
        end += entries
        found = accounted.explained[week]
        if one["explained"] != found:
            checked.differs("register-week-differs", week=week, told=one["explained"], found=found)
        parts = (one["explained"], one["protected"], one["padding"])
        if None not in parts and (sum(parts) != entries or min(parts) < 0):
            checked.differs("register-week-open", week=week, told=sum(parts), found=entries)
    if end != checked.size:
        checked.differs("register-size-differs", told=end, found=checked.size)
    for number in accounted.elsewhere:
        checked.differs("register-act-in-other-week", number=number)


def _check_numbers(told: list[dict[str, Any]], prefix: str, checked: Checked) -> None:
    listed = Counter(
        docket_number(name.rpartition("/")[2].removesuffix(".json")).year
        for name in checked.index.files
        if name.startswith((CASES, RESPONSES))
    )
    for one in told:
        year, void = one["year"], one["void"]
        found = listed.pop(year, 0)
        wrong = [text for text in void if docket_number(text).prefix != prefix]
        total = found + len(set(void)) + one["not_listed"]
        if found != one["listed"] or total != one["last"] or one["not_listed"] < 0 or wrong:
            checked.differs("register-numbers-differ", year=year, told=one["listed"], found=found)
    for year, found in listed.items():
        checked.differs("register-numbers-differ", year=year, told=0, found=found)


def check_figures(files: Files, checked: Checked) -> None:
    """Hold every figure against what was counted again."""
    there = files.digest(FIGURES)
    if there is None:
        return
    rows, expected = [CSV_HEAD], sha256()

    def counted() -> Iterator[Figure]:
        for one in figures_in(checked.tally):
            rows.append(csv_row(one))
            yield one

    # A file that is as it would be written needs not to be read: it names each case many times.
    for piece in file_of(checked.index.at_text, counted(), checked.stated):
        expected.update(piece)
    if expected.hexdigest() != there and not _check_each_figure(files, checked):
        return
    table = "".join(f"{row}\r\n" for row in rows).encode()
    if files.read(FIGURES_TABLE) not in {None, table}:
        checked.differs(
            "register-page-wrong", file=FIGURES_TABLE, problem="register-figure-differs"
        )


def _check_each_figure(files: Files, checked: Checked) -> bool:
    """Name each figure that differs, and return whether they could be read."""
    data = files.read(FIGURES) or b""
    found = {one.code: one.json() for one in figures_in(checked.tally)}
    try:
        value = value_of(data, FIGURES)
        told = {one["code"]: one for one in value["figures"]}
        stated = {one["code"]: one["value"] for one in value["stated"]}
    except (AnswerableError, KeyError, TypeError):
        checked.differs("register-page-wrong", file=FIGURES, problem="register-unreadable")
        return False
    for code in sorted({*found, *told}):
        one, other = told.get(code), found.get(code)
        if one != other:
            facts = {"figure": code, "told": _value(one), "found": _value(other)}
            checked.differs("register-figure-differs", **facts)
    for code in sorted({*stated, *checked.stated}):
        if stated.get(code) != checked.stated.get(code):
            facts = {"figure": code, "told": stated.get(code), "found": checked.stated.get(code)}
            checked.differs("register-figure-differs", **facts)
    return True


def _value(figure: Mapping[str, Any] | None) -> int | None:
    return None if figure is None else figure.get("value")
