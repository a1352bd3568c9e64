"""From a code and facts to a sentence in one of three languages. Works without any network."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cache
from typing import cast

from answerable.locale.visible import visible

LANGUAGES = ("en", "km", "fr")

Fact = str | int | None
Table = Mapping[str, "str | list[str] | Table"]

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PLACE = re.compile(r"\{([a-z_]+)(?:\|([a-z]+))?\}")
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


class Catalogue:
    """The sentences of one language. Nothing is read before the first is asked for.

    In a sentence ``{name}`` stands for a fact, ``{name|word}`` for what a code is called,
    ``{name|instant}`` for a date in words, ``{name|day}`` for the words of 2019-12-12 and
    ``{name|hour}`` for those of 2019-12-12T09:00+01:00; what stands in square brackets is left out
    where one of its facts is missing. Facts are text by others: what cannot be seen in them is made
    visible.
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
        template = self._text(key)
        if template is None:
            return visible(key)
        kept = _OPTIONAL.sub(lambda part: _part_with(part[1], facts), template)
        return _PLACE.sub(lambda place: self._filled(place, facts), kept)

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
        return self.say(key) if self._text(key) else visible(code)

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
        weekdays = cast("list[str]", _found(self.language, "date.weekdays"))
        return self.say("date.day", weekday=weekdays[on.weekday()], **self._parts(on))

    def hour(self, text: str) -> str:
        """Return the minute that is written as 2019-12-12T09:00+01:00 in words."""
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return visible(text)
        day, time = self.day(at.date().isoformat()), self._digits(f"{at:%H:%M}")
        offset = f"{at:%z}" and f"{at:%z}"[:3] + ":" + f"{at:%z}"[3:5]
        return self.say("date.hour", day=day, time=time, offset=offset)

    def _parts(self, on: date) -> dict[str, Fact]:
        months = cast("list[str]", _found(self.language, "date.months"))
        day = self._text("date.first") if on.day == 1 else str(on.day)
        return {
            "day": self._digits(day or "1"),
            "month": months[on.month - 1],
            "year": self._digits(str(on.year)),
        }

    def _digits(self, text: str) -> str:
        digits = self._text("date.digits") or "0123456789"
        return text.translate({ord("0") + value: sign for value, sign in enumerate(digits)})

    def _text(self, key: str) -> str | None:
        text = _found(self.language, key) or _found("en", key)
        if not isinstance(text, str):
            return None
        return _SHARED.sub(lambda name: self._text(f"shared.{name[1]}") or name[0], text)

    def _filled(self, place: re.Match[str], facts: Mapping[str, Fact]) -> str:
        value, form = facts.get(place[1]), place[2]
        if form == "instant" and isinstance(value, int):
            return self.instant(value)
        if form in {"day", "hour"} and isinstance(value, str):
            return self.day(value) if form == "day" else self.hour(value)
        if form == "word":
            return self.word("word", str(value))
        return "-" if value is None else visible(str(value))


def capital(text: str) -> str:
    """Return a text as the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def _part_with(part: str, facts: Mapping[str, Fact]) -> str:
    given = (facts.get(place[1]) for place in _PLACE.finditer(part))
    return "" if any(fact is None or fact == "" for fact in given) else part


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
