"""A figure that is cited, in words: what it counts, what it was when it was cited, what it is."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from answerable.core.figures.told import clock_of
from answerable.core.proceeding.basis import Basis
from answerable.locale.catalogue import Catalogue
from answerable.locale.figure_words import PlaceNames, defined, definition_of

NOW, ON_PAPER = "cited.now", "document.told-value"
"""What a figure is today: on a page, and on paper, which is read on another day."""


class CitedFigureWords(NamedTuple):
    """What a cited figure counts, and its two numbers; "" where nothing was looked up."""

    definition: str
    then: str
    now: str


def is_defined(words: Catalogue, code: str) -> bool:
    """Whether a code is of a figure that the catalogues define: older citations are any text."""
    return words.has(f"figure.{definition_of(code)[0]}")


def figure_name(
    words: Catalogue, code: str, place_names: PlaceNames, windows: AbstractSet[str] = frozenset()
) -> str:
    """Return what the figure of a code counts, or the text that was cited."""
    if not is_defined(words, code):
        return code
    return defined(words, code, place_names, windows=windows).definition


def basis_name(words: Catalogue, basis: Basis, place_names: PlaceNames) -> str:
    """Return what a cited figure counts, by what was told of it, or the text that was cited."""
    windows = {clock_of(basis.text)} if basis.told.get("window") else frozenset[str]()
    return figure_name(words, basis.text, place_names, windows)


def cited_figure_words(
    words: Catalogue, basis: Basis, *, day: str, place_names: PlaceNames, now: str = NOW
) -> CitedFigureWords:
    """Return a cited figure in words; ``day`` is when it was cited, ``now`` the key of today."""
    told, name = basis.told, basis_name(words, basis, place_names)
    if "unit" not in told:
        return CitedFigureWords(name, "", "")
    unit, cited = words.word("unit", str(told["unit"])), told.get("cited")
    then = (
        words.say("cited.then-unknown", day=day)
        if cited is None
        else words.say("cited.then", value=str(cited), unit=unit, day=day)
    )
    return CitedFigureWords(name, then, words.say(now, value=_value(words, told)))


def _value(words: Catalogue, told: Mapping[str, str | int | bool | None]) -> str:
    if told.get("few"):
        return words.say("cited.few")
    value = told.get("value")
    return words.say("cited.unknown") if value is None else str(value)
