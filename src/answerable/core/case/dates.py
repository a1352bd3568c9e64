"""Dates as people write them: what was typed, and the days it was read as."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from answerable.core.acts import Json
from answerable.core.case import limits
from answerable.core.case.problems import (
    DatesReversed,
    ImpossibleDate,
    UnknownKey,
    UnreadableDate,
)
from answerable.core.case.text import clean, clean_line
from answerable.core.numbers import TYPED_DIGITS

EARLIEST, LATEST = 1900, 2199

# The Cambodian year of the Buddhist era changes at Visak Bochea, a full moon in May (rarely in the
# last days of April): 2570 B.E. is May 2026 to May 2027.
_ERA_FROM = EARLIEST + 543
_VISAK = 5

_KHMER_WORDS = re.compile("ថ្ងៃទី|ថ្ងៃ|ខែ|ឆ្នាំ")
_BUDDHIST = re.compile(r"ព\.?\s?ស\.?|\bB\.?E\.?(?=\s|\d|$)")
_COMMON = re.compile(r"គ\.?\s?ស\.?|\b(?:C\.?E\.?|A\.?D\.?)(?=\s|\d|$)")

MONTHS: Mapping[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv មករា",
            "february feb février fevrier févr កុម្ភៈ កុម្ភះ",
            "march mar mars មីនា",
            "april apr avril avr មេសា",
            "may mai ឧសភា",
            "june jun juin មិថុនា",
            "july jul juillet juil កក្កដា",
            "august aug août aout សីហា",
            "september sep sept septembre កញ្ញា",
            "october oct octobre តុលា",
            "november nov novembre វិច្ឆិកា",
            "december dec décembre decembre déc ធ្នូ",
        ),
        start=1,
    )
    for name in names.split()
}
"""What people call each month, in the languages of the form and in small letters."""
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# Asked of small letters. To leave case out would also take letters for those of a month that only
# turn into them: a long s, a dotless i.
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?",
        r"(?P<d>\d{1,2})(?P<sep>[-/.]| )(?P<m>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})",
        r"(?P<m>\d{1,2})[-/.](?P<y>\d{4})",
        rf"(?:(?P<d>\d{{1,2}})(?:er|st|nd|rd|th)?\s*)?(?P<name>{_MONTH})\.?,?\s*(?P<y>\d{{4}})",
        rf"(?P<name>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A day, a time about it, a span, or words where no day is known.

    ``typed`` keeps what the person wrote (a span has two), ``first`` and ``last`` the days it was
    read as (one may be open), ``read_as`` how: two-digit-year, buddhist-era, buddhist-era-may.
    """

    kind: str
    typed: tuple[str, ...]
    first: date | None = None
    last: date | None = None
    read_as: tuple[str, ...] = ()

    def json(self) -> Json:
        return {
            "first": self.first.isoformat() if self.first else None,
            "kind": self.kind,
            "last": self.last.isoformat() if self.last else None,
            "read-as": list(self.read_as),
            "typed": list(self.typed),
        }


def read_when(value: object) -> When:
    """Return the date that a person wrote, as text or as about, from and to, or words.

    Raises:
        Problem: text that is no date, a day that no calendar has, or a span that ends too early.
    """
    if not isinstance(value, dict):
        return _one(clean_line(value, limits.NAME))
    given = {key: part for key, part in value.items() if part is not None}
    if given and given.keys() <= {"from", "to"}:
        return _span(given.get("from"), given.get("to"))
    if given.keys() == {"about"}:
        day = _one(clean_line(given["about"], limits.NAME))
        return When(
            kind="approximate",
            typed=day.typed,
            first=day.first,
            last=day.last,
            read_as=day.read_as,
        )
    if given.keys() == {"words"}:
        return When(kind="words", typed=(clean(given["words"], limits.LINE),))
    if given.keys() <= {"about", "words", "from", "to"}:
        raise UnreadableDate("about, words, or from and to: one of them")
    raise UnknownKey("a date has about, words, or from and to", nearest=None)


def _span(start: object, end: object) -> When:
    first = _one(clean_line(start, limits.NAME)) if start is not None else None
    last = _one(clean_line(end, limits.NAME)) if end is not None else None
    days = (first.first if first else None, last.last if last else None)
    if days[0] and days[1] and days[0] > days[1]:
        raise DatesReversed("the span ends before it begins")
    marks = [*(first.read_as if first else ()), *(last.read_as if last else ())]
    return When(
        kind="span",
        typed=(first.typed[0] if first else "", last.typed[0] if last else ""),
        first=days[0],
        last=days[1],
        read_as=tuple(dict.fromkeys(marks)),
    )


def _one(typed: str) -> When:
    text = _KHMER_WORDS.sub(" ", typed.translate(TYPED_DIGITS))
    text, buddhist = _BUDDHIST.subn(" ", text)
    text = " ".join(_COMMON.sub(" ", text).lower().split())
    found = next((m for form in _FORMS if (m := form.fullmatch(text))), None)
    if found is None:
        raise UnreadableDate("not a date")
    parts = found.groupdict()
    name = parts.get("name")
    month = MONTHS[name] if name else _number(parts.get("m"))
    marks: list[str] = []
    year = _common_year(parts["y"], month, marks, buddhist=bool(buddhist))
    first, last = _days(year, month, _number(parts.get("d")))
    kind = "exact" if first == last else "approximate"
    return When(kind=kind, typed=(typed,), first=first, last=last, read_as=tuple(marks))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _common_year(digits: str, month: int | None, marks: list[str], *, buddhist: bool) -> int:
    year = int(digits)
    if len(digits) == len("26"):
        marks.append("two-digit-year")
        year += 2500 if buddhist else 2000
    if year >= _ERA_FROM:
        marks.append("buddhist-era-may" if month in {None, _VISAK} else "buddhist-era")
        year -= 543 if month is not None and month < _VISAK else 544
    if not EARLIEST <= year <= LATEST:
        raise UnreadableDate("a year that no one here remembers")
    return year


def _days(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, month, day), date(year, month, day)
    except ValueError:
        raise ImpossibleDate("a day that no calendar has") from None
