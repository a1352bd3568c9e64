"""What was handed in, in the sender's own words: the left side of a case's page."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from answerable.core.acts import Json
from answerable.core.case.kinds import KINDS
from answerable.locale.catalogue import Catalogue
from answerable.locale.spoken import spoken
from answerable.locale.visible import visible

Said = Mapping[str, Json]
"""What a reader may read of a submission, by the paths of its fields."""

PlaceNames = Callable[[str], Mapping[str, str]]
"""Gives the names of a place of a gazetteer by its code, in the languages that there are."""

_KINDS = {kind.code: kind for kind in KINDS}
_TITLE = 60
"""The letters of the longest first line that can stand for a title."""

_LEVELS = ("words", "village", "commune", "district", "province", "country")
_ACTOR = ("name", "rank", "unit", "body")
_TARGET = ("name", "initials", "described")
_TEXTS = (
    ("right", "page.right"),
    ("remedy", "page.remedy"),
    ("would-show-it", "page.would-show"),
)


def no_names(_code: str) -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Claim:
    """One allegation, concern or request, as far as the reader may read it.

    ``language`` is the one that its sender said it is written in, "" where that is not told.
    """

    words: Catalogue
    said: Said
    path: str
    place_names: PlaceNames = no_names
    language: str = ""

    def title(self) -> str:
        """Return what it is called: by its sender, by its kind, or by its first words."""
        title, kind = self._text("title"), self._text("kind")
        if not title and kind in _KINDS:
            return _KINDS[kind].label(self.words.language)
        first = self._text("what").partition("\n")[0]
        called = title or (first if len(first) <= _TITLE else "")
        return spoken(called, called, self.language)

    def lines(self) -> Iterator[str]:
        """Yield what it says, one thing after the other."""
        say = self.words.say
        what = self._text("what").strip("\n")
        yield f"{say('page.quote')}{what}{say('page.unquote')}" if what else say("page.not-shown")
        for at in self._ordinals("translations"):
            by = self._text(f"{at}/translator") or self._text(f"{at}/machine")
            said = self._text(f"{at}/what")
            line = say("page.translation", by=by or None) + said
            yield spoken(line, said, self._text(f"{at}/language"))
        yield from self._labelled("page.when", self._when("date"))
        yield from self._labelled("page.where", self._place("place"))
        for at in self._ordinals("instances"):
            told = (self._text(f"{at}/what"), self._when(f"{at}/date"), self._place(f"{at}/place"))
            yield from self._labelled("page.instance", "; ".join(filter(None, told)))
        actor = (self._text(f"actor/{name}") for name in _ACTOR)
        yield from self._labelled("page.by-whom", ", ".join(filter(None, actor)))
        targets = (self._target(at) for at in self._ordinals("targets"))
        yield from self._labelled("page.to-whom", "; ".join(filter(None, targets)))
        known = self.said.get(f"{self.path}/how-known")
        words = [self.words.word("choice", str(one)) for one in _listed(known)]
        yield from self._labelled("page.how-known", ", ".join(words))
        for name, key in _TEXTS:
            for line in self._labelled(key, said := self._text(name)):
                yield spoken(line, said, self.language)

    def _labelled(self, key: str, value: str) -> Iterator[str]:
        if value:
            yield self.words.say("page.part", part=self.words.say(key)) + value

    def _target(self, at: str) -> str:
        if self.said.get(f"{self.path}/{at}/sealed"):
            return self.words.say("page.sealed")
        return next(filter(None, (self._text(f"{at}/{name}") for name in _TARGET)), "")

    def _place(self, at: str) -> str:
        told = []
        for level in _LEVELS:
            value = self.said.get(f"{self.path}/{at}/{level}")
            name = self._place_name(value) if isinstance(value, dict) else value
            told.append(visible(str(name)) if name else "")
        return ", ".join(filter(None, told))

    def _place_name(self, level: Mapping[str, Json]) -> Json:
        code = level.get("code")
        names = self.place_names(code) if isinstance(code, str) else {}
        return level.get("name") or names.get(self.words.language) or names.get("en") or code

    def _when(self, at: str) -> str:
        """Return a date as it was typed, with the days that it was read as."""
        value = self.said.get(f"{self.path}/{at}")
        if not isinstance(value, dict):
            return ""
        day = self.words.day
        first, last = (
            day(str(value[name])) if value.get(name) else None for name in ("first", "last")
        )
        if first is None and last is None:
            return visible(" - ".join(map(str, _listed(value.get("typed")))))
        if value.get("kind") == "approximate":
            return self.words.say("page.about", day=first or last)
        if first == last:
            return str(first)
        return self.words.say("page.span", first=first, last=last)

    def _ordinals(self, name: str) -> list[str]:
        """Return the paths of the numbered parts of this name, in their order."""
        start = f"{self.path}/{name}/"
        found = {path[len(start) :].split("/")[0] for path in self.said if path.startswith(start)}
        return [f"{name}/{at}" for at in sorted(found, key=int)]

    def _text(self, name: str) -> str:
        value = self.said.get(f"{self.path}/{name}")
        said = str(value) if isinstance(value, (str, int)) and value is not True else ""
        return "\n".join(visible(line) for line in said.split("\n"))


def _listed(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []
