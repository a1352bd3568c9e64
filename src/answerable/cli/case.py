"""``answerable case``: what is on file, whose turn it is, and what is owed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from answerable.casework.case_view import CaseViews
from answerable.cli.acts import verbs
from answerable.cli.acts_file import do
from answerable.cli.case_clocks import ClockPage, owed_facts
from answerable.cli.case_page import CasePage
from answerable.cli.case_record import act_facts, record_facts, record_lines
from answerable.cli.case_widening import asking_facts, asking_lines
from answerable.cli.case_words import CaseWords
from answerable.cli.columns import columns, indented, wrapped
from answerable.cli.erase import EraseVerb, erased_facts, erased_lines
from answerable.cli.errors import WrongUsage
from answerable.cli.exhibit import exhibit
from answerable.cli.group import Noun, Verb
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface
from answerable.core.acts import instant_text
from answerable.core.case.act_codes import ACKNOWLEDGED, CASE_SEATS
from answerable.core.case.acts.links import linked_cases
from answerable.core.case.acts.parties import joined_parties
from answerable.core.case.standings import Standing, over
from answerable.core.commitment import is_reader
from answerable.core.docket import Kind
from answerable.core.mechanism import HOST_IS_BODY
from answerable.core.seats import SENDER

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.case_view import CaseView, OwedToday

_TURNS = (*CASE_SEATS, SENDER)


@click.group(cls=Noun)
def case() -> None:
    pass


case.add_command(exhibit)
case.add_command(do)
for _verb in verbs():
    case.add_command(_verb)
# In the place of the verb that does not ask.
case.add_command(EraseVerb())


@case.command("list", cls=Verb)
@click.option(
    "--standing",
    "in_standing",
    metavar="STANDING",
    type=click.Choice([one.value for one in Standing]),
)
@click.option("--turn", metavar="SEAT", type=click.Choice(_TURNS))
@click.option("--late", is_flag=True)
@click.pass_obj
def list_(surface: Surface, /, **wanted: Any) -> int:
    application = surface.application()
    listed: list[Json] = []
    lines: list[str] = []
    for words in _cases(surface, application):
        standing, turn = words.view.summary()
        is_late = any(one.is_late for one in words.view.open)
        if (
            wanted["in_standing"] in {None, standing}
            and wanted["turn"] in {None, turn}
            and (is_late or not wanted["late"])
        ):
            listed.append(_summary(words))
            lines += _row(words, columns())
    text = "\n".join(lines) or surface.say(
        "case.none" if not any(wanted.values()) else "case.none-such"
    )
    return surface.tell(Result("cases", {"cases": listed}, text))


@case.command(cls=Verb)
@click.argument("number")
@click.option("--reader")
@click.pass_obj
def show(surface: Surface, number: str, reader: str | None) -> int:
    words = _words(surface, number, reader)
    page, erasing = CasePage(words, columns()), surface.application().erase_case
    told = erased_lines(surface, erasing, words.view.envelopes)
    gone = [line for said in told for line in wrapped(said, columns())]
    facts = {
        **_summary(words),
        "over": page.over(),
        "moments": _moments(words.view),
        "procedure": words.view.procedure.name,
        "undertaking": words.view.procedure.undertaking is not None,
        "joined": sorted(joined_parties(words.view.envelopes)),
        "linked": sorted(linked_cases(words.view.envelopes)),
        "owed": [owed_facts(one.item) for one in page.open()],
        "allegations": [_allegation(words, one) for one in words.view.case.allegations],
        "acts": [act_facts(words, act) for act in words.view.acts],
        "wider_asked": asking_facts(words),
        "erased": erased_facts(erasing, words.view.envelopes),
    }
    asking = [line for said in asking_lines(words) for line in wrapped(said, columns())]
    return surface.tell(Result("case", facts, "\n".join((*gone, *asking, *page.lines()))))


@case.command(cls=Verb)
@click.argument("number")
@click.option("--reader")
@click.pass_obj
def record(surface: Surface, number: str, reader: str | None) -> int:
    words = _words(surface, number, reader)
    lines = list(record_lines(words, columns()))
    facts = {"number": words.view.docket.number, "acts": record_facts(words)}
    return surface.tell(Result("record", facts, "\n".join(lines)))


@case.command(cls=Verb)
@click.argument("number")
@click.pass_obj
def clocks(surface: Surface, number: str) -> int:
    words = _words(surface, number, None)
    view, ruling = words.view, surface.application().ruling
    page = ClockPage(
        words,
        ruling.clocks(view.mechanism, view.procedure),
        ruling.dated(view.procedure, view.envelopes),
        view.owed,
    )
    facts = {
        "number": view.docket.number,
        "procedure": view.procedure.name,
        "clocks": page.facts(),
    }
    return surface.tell(Result("clocks", facts, "\n".join(page.lines(columns()))))


def _words(surface: Surface, number: str, reader: str | None) -> CaseWords:
    if reader is not None and not is_reader(reader):
        raise WrongUsage("no such reader", reason="reader", found=reader)
    application = surface.application()
    docket = application.reading.docket(number)
    view = _views(application).of(docket, application.reading.mechanism())
    return CaseWords(surface, application.reading, view, reader)


def _views(application: "Application") -> CaseViews:
    return CaseViews(application.dockets, application.reading, application.ruling)


def _cases(surface: Surface, application: "Application") -> Iterator[CaseWords]:
    views, mechanism = _views(application), application.reading.mechanism()
    for docket in application.dockets.dockets(Kind.CASE):
        yield CaseWords(surface, application.reading, views.of(docket, mechanism))


def _row(words: CaseWords, width: int) -> list[str]:
    """Return a case in the list: number, late, standing, turn, and what is owed next."""
    view, say = words.view, words.surface.say
    standing, turn = view.summary()
    marks = [say(f"standing.{one}") for one in over(view.case)]
    late = [one for one in view.open if one.is_late]
    if late:
        marks.append(words.left(min(late, key=lambda one: str(one.item.due_on))))
    line = say(
        "case.line",
        number=view.docket.number,
        marks="; ".join(marks).upper() or None,
        standing=say(f"standing.{standing}"),
        turn=words.turn(turn),
    )
    lines = indented(line, width, rest="    ")
    following = _next(view)
    if following is not None:
        told = say("case.next", owed=words.owed(following.item.code), when=words.by_when(following))
        lines += indented(told, width, first="    ", rest="      ")
    return lines


def _next(view: "CaseView") -> "OwedToday | None":
    """Return what is owed next: what is late, else what has a date to come, else the rest."""
    coming = [one for one in view.open if one.is_late or not (one.left and one.left.passed)]
    return coming[0] if coming else None


def _summary(words: CaseWords) -> dict[str, Json]:
    view = words.view
    standing, turn = view.summary()
    following = _next(view)
    return {
        "number": view.docket.number,
        "standing": standing,
        "turn": turn,
        "since": instant_text(view.docket.last_at),
        "late": max(
            (-one.left.days for one in view.open if one.left and one.is_late), default=None
        ),
        "next": None if following is None else owed_facts(following.item),
        "owed": [owed_facts(item) for item in view.owed if view.today(item).is_owed],
    }


def _moments(view: "CaseView") -> dict[str, Json]:
    """Return lodged, delivered and acknowledged, null until they happen."""
    first = view.envelopes[0]
    at_once = first.facts.get("host") == HOST_IS_BODY
    told = {
        "lodged": first,
        "delivered": first if at_once else view.first("delivered"),
        "acknowledged": view.first(ACKNOWLEDGED),
    }
    return {name: None if act is None else instant_text(act.at) for name, act in told.items()}


def _allegation(words: CaseWords, number: int) -> dict[str, Json]:
    view, start = words.view, f"allegations/{number}/"
    standing, turn = view.place(number)
    said = words.content(view.acts[0])
    return {
        "number": number,
        "standing": standing,
        "turn": turn,
        "claim": {
            path.removeprefix(start): value
            for path, value in said.items()
            if path.startswith(start)
        },
        "acts": [act.sequence for act in view.envelopes if number in act.allegations],
        "outcome": view.case.allegations[number].outcome or None,
        "finding": view.case.allegations[number].finding or None,
        "owed": [
            {
                **owed_facts(one.item),
                "late": one.is_late,
                "days": one.left.days if one.left else None,
            }
            for one in view.owed_for(number)
        ],
    }
