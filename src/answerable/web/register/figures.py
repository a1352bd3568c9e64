"""Figures, each under its criterion with its definition, and the cases that it counts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from answerable.core.figures.criteria import CRITERIA, criterion_of, is_few
from answerable.core.figures.tally import Unit
from answerable.core.figures.told import OF_CLOCKS, UNCONFIRMED, WAYS, Figure, clock_of
from answerable.core.register.pages import FIGURES
from answerable.locale.catalogue import capital
from answerable.locale.figure_words import defined, definition_of
from answerable.web.http import CSV, TEXT, Request, Response
from answerable.web.register.lists import paged
from answerable.web.register.rendering import RegisterWords, Room
from answerable.web.table import table

ALWAYS = WAYS[:4]
"""Of how many steps there is a column, also where there is none: without a date only if met."""
DAYS = ("median", "ninety-percent")
_LISTED = dict.fromkeys(("stated/submissions", "stated/allegations"), "/not-listed")
"""Where the list is that a number counts which the mechanism states: of claims there is none."""


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
    places = words.register.place_names
    definition, is_apart = defined(
        words.catalogue,
        one.code,
        places,
        windows=words.register.rules.windows,
        clock_name=words.clock,
    )
    few = is_few(one.code, one.value)
    value = words.say("web.unknown") if one.value is None else words.number(one.value)
    value = words.say("web.few") if few else value
    apart = words.say("figures.apart") if is_apart else ""
    return Told(one.code, value, words.say(f"unit.{one.unit}"), definition, apart, few)


@dataclass(frozen=True, slots=True)
class Step:
    """What is told of one step of the procedures: its row, with a figure or None in each column."""

    name: str
    apart: str
    figures: Sequence[Told | None]


def is_of_step(words: RegisterWords, one: Figure) -> bool:
    # The columns of the table say what is late, and with days to contest nobody is.
    clock = clock_of(one.code)
    return bool(clock) and clock not in words.register.rules.windows


def steps_of(words: RegisterWords, found: Sequence[Figure]) -> tuple[list[str], list[Step]]:
    """Return the columns of the table of steps, and its rows: figures of a step side by side."""
    of: dict[tuple[str, bool], dict[str, Told]] = {}
    for one in found:
        if is_of_step(words, one):
            key, clock, is_apart = definition_of(one.code)
            of.setdefault((clock, is_apart), {})[key.partition("-")[2]] = told(words, one)
    met = {way for ways in of.values() for way in ways}
    columns = [*(way for way in WAYS if way in ALWAYS or way in met), *DAYS]
    return columns, [_step(words, step, of[step], columns) for step in sorted(of)]


def _step(
    words: RegisterWords, step: tuple[str, bool], ways: Mapping[str, Told], columns: Sequence[str]
) -> Step:
    clock, is_apart = step
    of = f"{OF_CLOCKS[0]}/{UNCONFIRMED if is_apart else ''}{clock}"
    # Of a step that no case is at in some way there is no figure in the data: it is none, and said.
    noughts = {way: told(words, _nought(f"{of}/{way}")) for way in WAYS if way not in ways}
    apart = next(iter(ways.values())).apart
    found = {**noughts, **ways}
    return Step(capital(words.clock(clock)), apart, [found.get(way) for way in columns])


def _nought(code: str) -> Figure:
    return Figure(code, Unit.STEPS, 0)


def _is_nought(words: RegisterWords, code: str) -> bool:
    """Whether a code is of a step that cases have, in a way in which none has it."""
    of, _, way = code.rpartition("/")
    figures = words.register.figures
    steps = (one.code.rpartition("/")[0] for one in figures if is_of_step(words, one))
    return way in WAYS and of.partition("/")[0] == OF_CLOCKS[0] and of in steps


def figures_page(room: Room) -> Response:
    return room.page("figures.html", room.words.say("web.nav-figures"), **_every(room))


def figures_text(room: Room) -> Response:
    title = room.words.say("web.nav-figures")
    return Response(room.text("figures.txt", title=title, **_every(room)).encode(), TEXT)


def figures_table(room: Room) -> Response:
    """Return the figures as a table, with words beside codes; the data have one without words."""
    words = room.words
    head = ("code", "unit", "value", words.say("web.value"), words.say("web.counts"))
    rows = (_row(words, one) for one in room.register.figures)
    return Response(b"".join(table(head, rows)), CSV)


def _row(words: RegisterWords, one: Figure) -> list[str | int]:
    said = told(words, one)
    value = "" if one.value is None or said.is_few else one.value
    counts = words.say("page.part", part=said.unit) + said.definition
    definition = " ".join(filter(None, (counts, said.apart)))
    return [one.code, one.unit, value, said.value, definition]


def _every(room: Room) -> dict[str, object]:
    words, found = room.words, room.register.figures
    groups = [_group(words, criterion, found) for criterion in CRITERIA]
    foot = room.foot(FIGURES, words.say("web.nav-figures"))
    return {"groups": groups, "stated": list(_stated(words)), **foot}


def _group(words: RegisterWords, criterion: str, found: Sequence[Figure]) -> dict[str, object]:
    under = [one for one in found if criterion_of(one.code) == criterion]
    columns, steps = steps_of(words, under)
    return {
        "name": words.say(f"criterion.{criterion}"),
        "note": words.say(f"criterion-note.{criterion}"),
        "figures": [told(words, one) for one in under if not is_of_step(words, one)],
        "columns": [words.say(f"step-told.{way}") for way in columns],
        "steps": steps,
    }


def _stated(words: RegisterWords) -> Iterator[dict[str, str | int]]:
    for code, value in words.register.checked.stated.items():
        definition = words.say(f"figure.{code.replace('/', '-')}")
        href = _LISTED.get(code, "")
        yield {"value": value, "definition": definition, "href": href}


def figure_page(room: Room, code: str, request: Request) -> Response | None:
    """Return the page of one figure with its cases, None where there is no such figure."""
    words, figures = room.words, room.register.figures
    at = next((at for at, one in enumerate(figures) if one.code == code), None)
    if at is None and not _is_nought(words, code):
        return None
    one = _nought(code) if at is None else figures[at]
    behind: Sequence[int | None] = ()
    if at is not None and not is_few(code, one.value):
        behind = room.register.cases.behind(at)
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
            behind,
            request,
            lambda at: f"/{room.language}/figures/{code}?page={at}",
        ),
    )
