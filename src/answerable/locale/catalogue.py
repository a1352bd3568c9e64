"""From a code and facts to a sentence in one of three languages. Works without any network."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from typing import NamedTuple, cast

from answerable.locale.visible import visible

LANGUAGES = ("en", "km", "fr")

Fact = str | int | None
Table = Mapping[str, "str | list[str] | Table"]

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{([a-z_]+)(?:\|([a-z]+))?\}")
_KEPT = 1 << 13
"""Of how many keys it is kept what they say: more than there are, and others may ask for any."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHARED = re.compile(r"\$\(([a-z-]+)\)")


@dataclass(frozen=True, slots=True)
class Explained:
    """An error in its three parts."""

    what: str
    means: str
    do: str

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.means, self.do) if part)


class _Place(NamedTuple):
    """Where a fact stands in a sentence, and in which form."""

    name: str
    form: str


class _Part(NamedTuple):
    """A part of a sentence; an optional one is left out where one of its facts is missing."""

    pieces: tuple[str | _Place, ...]
    needs: tuple[str, ...] = ()


class Catalogue:
    """The sentences of one language. Nothing is read before the first is asked for.

    In a sentence ``{name}`` stands for a fact, ``{name|word}`` for what a code is called,
    ``{name|instant}`` for a date in words, ``{name|day}`` for the words of 2019-12-12 and
    ``{name|hour}`` for those of 2019-12-12T09:00+01:00; what stands in square brackets is left out
    where one of its facts is missing. A fact that is a number counts something, and has the digits
    of the language; ``{name|code}`` is part of a number, an address or a command, which have those
    of everyone. Facts are text by others: what cannot be seen in them is made visible.
    ``$(name)`` stands for the text ``shared.name``.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    @property
    def is_draft(self) -> bool:
        """Whether the texts await native readers, as the file itself says."""
        return "draft" in str(_found(self.language, "catalogue.status"))

    def has(self, key: str) -> bool:
        return _found(self.language, key) is not None or _found("en", key) is not None

    def say(self, key: str, /, **facts: Fact) -> str:
        """Return the sentence of a key, or the key where no language has it."""
        sentence = _sentence(self.language, key)
        if sentence is None:
            return visible(key)
        if isinstance(sentence, str):
            return sentence
        return "".join(
            [
                piece if type(piece) is str else self._filled(cast("_Place", piece), facts)
                for part in sentence
                if not part.needs or _has_all(part.needs, facts)
                for piece in part.pieces
            ]
        )

    def explain(self, code: str, facts: Mapping[str, Fact]) -> Explained:
        """Return what happened, what it means and what to do.

        Where the facts have a ``reason`` and the catalogue words for it, these win part by part.
        """
        within = (f"error.{code}.{facts.get('reason')}", f"error.{code}")

        def said(part: str) -> str:
            keys = (f"{key}.{part}" for key in within)
            return next((self.say(key, **facts) for key in keys if self.has(key)), "")

        return Explained(said("what") or visible(code), said("means"), said("do"))

    def word(self, family: str, code: str) -> str:
        """Return what a code is called, or the code itself where it is not known here."""
        key = f"{family}.{code}"
        return self.say(key) if _text(self.language, key) else visible(code)

    def number(self, number: int) -> str:
        """Return a number that counts, as it stands by itself."""
        return self._digits(str(number))

    def decimal(self, number: float) -> str:
        """Return a number that was measured, with one digit after the sign of its language."""
        return self._digits(f"{number:.1f}").replace(".", self.say("date.decimal"))

    def numbers(self, numbers: Iterable[int]) -> str:
        """Return numbers that count, one after the other, as they stand in a sentence."""
        return ", ".join(self._digits(str(number)) for number in numbers)

    def groups(self, groups: Iterable[str]) -> str:
        """Return groups of digits that are read aloud, one after the other."""
        return " ".join(self._digits(group) for group in groups)

    def ranges(self, numbers: Iterable[int]) -> str:
        """Return numbers that count, in their order, as people list many: 1-4, 7."""
        runs: list[list[int]] = []
        for number in numbers:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        ends = (str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
        return self._digits(", ".join(ends))

    def instant(self, at_seconds: int, zone: tzinfo = UTC, zone_name: str = "UTC") -> str:
        """Return an instant in words, in a zone, which is named."""
        try:
            moment = (_EPOCH + timedelta(seconds=at_seconds)).astimezone(zone)
        except OverflowError:
            return str(at_seconds)
        return self.say(
            "date.instant",
            **self._parts(moment),
            time=self._digits(f"{moment:%H:%M:%S}"),
            zone=zone_name,
        )

    def day(self, text: str) -> str:
        """Return the day that is written as 2019-12-12 in words, with its weekday."""
        try:
            on = date.fromisoformat(text)
        except ValueError:
            return visible(text)
        return self.say("date.day", weekday=self.weekday(on.weekday()), **self._parts(on))

    def period(self, text: str) -> str:
        """Return the year or the month that is written as 2019 or 2019-12 in words."""
        year, month = text[: len("2019")], text[len("2019") :]
        try:
            on = date.fromisoformat(f"{year}{month or '-01'}-01")
        except ValueError:
            return visible(text)
        parts = self._parts(on)
        return self.say("date.month", **parts) if month else str(parts["year"])

    def week(self, text: str) -> str:
        """Return the week that is written as 2026-W47 in words."""
        year, _, week = text.partition("-W")
        return self.say("date.week", week=int(week), year=int(year)) if week else visible(text)

    def weekday(self, number: int) -> str:
        """Return the name of a day of the week, Monday 0."""
        return cast("list[str]", _found(self.language, "date.weekdays"))[number]

    def hour(self, text: str) -> str:
        """Return the minute that is written as 2019-12-12T09:00+01:00 in words."""
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return visible(text)
        day, time = self.day(at.date().isoformat()), self.clock(at)
        offset = f"{at:%z}" and f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:5]
        return self.say("date.hour", day=day, time=time, offset=offset)

    def clock(self, at: datetime) -> str:
        """Return the hour and minute of an instant."""
        return self._digits(f"{at:%H:%M}")

    def city(self, zone: str) -> str:
        """Return what the place is called after which the time zone Asia/Phnom_Penh is named."""
        named = _text(self.language, f"city.{zone}")
        return named or visible(zone.rpartition("/")[2].replace("_", " "))

    def zone(self, zone: str) -> str:
        """Return what people call the time in a zone; UTC is UTC."""
        return self.say("date.zone", city=self.city(zone)) if "/" in zone else visible(zone)

    def _parts(self, on: date) -> dict[str, Fact]:
        months = cast("list[str]", _found(self.language, "date.months"))
        day = _text(self.language, "date.first") if on.day == 1 else str(on.day)
        return {
            "day": self._digits(day or "1"),
            "month": months[on.month - 1],
            "year": self._digits(str(on.year)),
        }

    def _digits(self, text: str) -> str:
        return text.translate(_signs(self.language))

    def _filled(self, place: _Place, facts: Mapping[str, Fact]) -> str:
        value, form = facts.get(place.name), place.form
        if form == "instant" and isinstance(value, int):
            return self.instant(value)
        if form in {"day", "hour"} and isinstance(value, str):
            return self.day(value) if form == "day" else self.hour(value)
        if form == "word":
            return self.word("word", str(value))
        if type(value) is int and form != "code":
            return self._digits(str(value))
        return "-" if value is None else visible(str(value))


def capital(text: str) -> str:
    """Return a text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _has_all(needs: tuple[str, ...], facts: Mapping[str, Fact]) -> bool:
    return all(facts.get(name) not in {None, ""} for name in needs)


# A page has hundreds of sentences, and taking them apart would be a third of what it takes.
@lru_cache(_KEPT)
def _sentence(language: str, key: str) -> str | tuple[_Part, ...] | None:
    """Return what a key says: as it is, or in parts where facts stand in it."""
    text = _text(language, key)
    if text is None or not ("{" in text or "[" in text):
        return text
    # Of what re.split gives every second one was found by the pattern.
    parts = [(_pieces(part), at % 2) for at, part in enumerate(_OPTIONAL.split(text))]
    return tuple(_Part(pieces, _needs(pieces) if may_go else ()) for pieces, may_go in parts)


def _pieces(text: str) -> tuple[str | _Place, ...]:
    pieces: list[str | _Place] = []
    end = 0
    for found in _PLACE.finditer(text):
        pieces += [text[end : found.start()], _Place(found[1], found[2] or "")]
        end = found.end()
    return tuple(piece for piece in (*pieces, text[end:]) if piece)


def _needs(pieces: tuple[str | _Place, ...]) -> tuple[str, ...]:
    return tuple(piece.name for piece in pieces if isinstance(piece, _Place))


@lru_cache(_KEPT)
def _text(language: str, key: str) -> str | None:
    text = _found(language, key) or _found("en", key)
    if not isinstance(text, str):
        return None
    return _SHARED.sub(lambda name: _text(language, f"shared.{name[1]}") or name[0], text)


@cache
def _signs(language: str) -> Mapping[int, str]:
    digits = _text(language, "date.digits") or "0123456789"
    return {ord("0") + value: sign for value, sign in enumerate(digits)}


def _found(language: str, key: str) -> str | list[str] | Table | None:
    table: str | list[str] | Table | None = _file(language)
    for name in key.split("."):
        table = table.get(name) if isinstance(table, Mapping) else None
    return table


@cache
def _file(language: str) -> Table:
    # Not pathlib: it alone takes a thirtieth of the time that `receipt verify` may take to start.
    with open(__file__.removesuffix("catalogue.py") + f"{language}.toml", "rb") as file:  # noqa: PTH123 - see above
        return tomllib.load(file)
