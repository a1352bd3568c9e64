"""The filters of lists: links with counts, and what is chosen, in words and in addresses."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from answerable.core.case.kinds import KINDS
from answerable.core.case.standings import NEED
from answerable.core.figures.described import NOT_TOLD
from answerable.locale.figure_words import kind_word
from answerable.locale.visible import visible
from answerable.web.register.cases import FILTERS, NO_ALLEGATION, NOBODY, Among, Cases
from answerable.web.register.rendering import RegisterWords

ALL = ""
_YEAR = len("2026")
_KEPT = 1 << 10
_OWED = {"late": "web.only-late", "week": "web.only-week", "unanswered": "web.only-unanswered"}
_NO_KIND = {NOT_TOLD: "web.kind-not-told", NO_ALLEGATION: "web.no-allegation"}
NAMES = (*FILTERS, "body", "of", "q")


_PLACES = {kind.code: place for place, kind in enumerate(KINDS)}


def _kind_order(code: str) -> tuple[bool, int, str]:
    """Return where a kind stands in a list: those not told last, those of own words before them."""
    return code in _NO_KIND, _PLACES.get(code, len(KINDS)), code


_HEADS = {
    "owed": "web.owed-next",
    "standing": "web.stands",
    "turn": "web.turn",
    "period": "web.lodged-in",
    "kind": "web.alleged",
}


def groups(words: RegisterWords, query: Mapping[str, str], among: Among) -> list[dict[str, Any]]:
    """Return each filter: what it is set to, and each value with how many cases it leaves."""
    cases = words.register.cases
    standings = cases.values("standing")
    values: Mapping[str, Sequence[str]] = {
        "owed": tuple(_OWED),
        "standing": [str(code) for code in NEED if code in standings],
        "turn": sorted(cases.values("turn")),
        "period": _periods(cases, query.get("period", "")),
        "kind": sorted(cases.values("kind"), key=_kind_order),
    }
    return [
        {
            "name": words.say(_HEADS[name]),
            "chosen": value(words, name, query[name]) if name in query else words.say("web.all"),
            "links": _links(words, query, (name, values[name]), among),
        }
        for name in FILTERS
    ]


def _periods(cases: Cases, chosen: str) -> list[str]:
    """Return the years in which cases were lodged, with the months of the one that is looked at."""
    periods = sorted(cases.values("period"), reverse=True)
    years = [one for one in periods if len(one) == _YEAR]
    within = years[0] if len(years) == 1 else chosen[:_YEAR]
    return [*years, *(one for one in periods if within and one.startswith(f"{within}-"))]


def value(words: RegisterWords, name: str, code: str) -> str:
    """Return what a filter is set to, in words; what is not known stands as it was asked for."""
    if name == "owed":
        return words.say(_OWED[code]) if code in _OWED else visible(code)
    if name == "turn":
        return words.turn(None if code == NOBODY else code)
    if name == "period":
        return words.catalogue.period(code)
    if name == "kind" and code in _NO_KIND:
        return words.say(_NO_KIND[code])
    return words.word(name, code) if name == "standing" else kind_word(words.catalogue, code)


def only(words: RegisterWords, query: Mapping[str, str]) -> str:
    """Return which filters are set, "" where none is."""
    told = [
        words.say(
            "web.one-chosen", name=words.say(_HEADS[name]), chosen=value(words, name, query[name])
        )
        for name in FILTERS
        if name in query
    ]
    return words.say("web.only", chosen="; ".join(told)) if told else ""


def _links(
    words: RegisterWords,
    query: Mapping[str, str],
    filtered: tuple[str, Sequence[str]],
    among: Among,
) -> Iterable[dict[str, Any]]:
    name, values = filtered
    others = {key: value for key, value in query.items() if key != name}
    for code in (ALL, *values):
        text = value(words, name, code) if code else words.say("web.all")
        wanted = {**others, **({name: code} if code else {})}
        yield {
            "name": text,
            "count": words.register.cases.count(wanted, among),
            "href": address(words, wanted),
            "on": query.get(name, ALL) == code,
        }


def address(words: RegisterWords, query: Mapping[str, str], form: str = "") -> str:
    """Return where the list is of what is chosen, in a form."""
    # In one order, so that each choice has one address.
    ordered = [
        _of_filter(name, query[name]) if name in FILTERS else urlencode({name: query[name]})
        for name in (*NAMES, "page")
        if query.get(name)
    ]
    return f"/{words.language}/register{form}" + (f"?{'&'.join(ordered)}" if ordered else "")


@lru_cache(_KEPT)
def _of_filter(name: str, value: str) -> str:
    """Return a filter in an address. Every link has the others in it, and they are few."""
    return urlencode({name: value})
