"""Figures, each under its criterion with its definition, and the cases that it counts."""

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.core.figures.criteria import CRITERIA, criterion_of, is_few
from answerable.core.figures.told import Figure
from answerable.locale.catalogue import capital
from answerable.locale.figure_words import OF_CLOCKS, defined
from answerable.web.http import Request, Response
from answerable.web.register.lists import Found, paged
from answerable.web.register.rendering import RegisterWords, Room


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in words. Of few reports from one place neither number nor cases are printed."""

    code: str
    value: str
    unit: str
    definition: str
    apart: str
    is_few: bool

    @property
    def is_speed(self) -> bool:
        return self.code.partition("/")[0] == OF_CLOCKS[1]


def told(words: RegisterWords, one: Figure) -> Told:
    definition, is_apart = defined(words.catalogue, one.code, words.register.place_names)
    few = is_few(one.code, one.value)
    value = words.say("web.unknown") if one.value is None else str(one.value)
    value = words.say("web.few") if few else value
    apart = words.say("figures.apart") if is_apart else ""
    return Told(one.code, value, words.say(f"unit.{one.unit}"), definition, apart, few)


def figures_page(room: Room) -> Response:
    words = room.words
    found = room.register.figures
    groups = [
        {
            "name": words.say(f"criterion.{criterion}"),
            "note": words.say(f"criterion-note.{criterion}"),
            "figures": [told(words, one) for one in found if criterion_of(one.code) == criterion],
        }
        for criterion in CRITERIA
    ]
    title = words.say("web.nav-figures")
    return room.page("figures.html", title, groups=groups, stated=list(_stated(words)))


def _stated(words: RegisterWords) -> Iterator[dict[str, str | int]]:
    for code, value in words.register.checked.stated.items():
        definition = words.say(f"figure.{code.replace('/', '-')}")
        yield {"value": value, "definition": definition}


def figure_page(room: Room, code: str, request: Request) -> Response | None:
    """Return the page of one figure with its cases, None where there is no such figure."""
    words = room.words
    one = next((figure for figure in room.register.figures if figure.code == code), None)
    if one is None:
        return None
    behind = () if is_few(code, one.value) else one.cases
    criterion = criterion_of(code)
    in_words = told(words, one)
    return room.page(
        "figure.html",
        capital(words.say("web.figure-title", unit=in_words.unit, definition=in_words.definition)),
        one=in_words,
        criterion=words.say(f"criterion.{criterion}"),
        note=words.say(f"criterion-note.{criterion}"),
        pager=paged(
            words,
            Found(len(behind), lambda start, end: room.register.cases.numbered(behind[start:end])),
            request,
            lambda at: f"/{room.language}/figures/{code}?page={at}",
        ),
    )
