"""``answerable proceeding``: a monitor's request, and the one answer that is built to it."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from answerable.casework.asked_request import Asking
from answerable.casework.procedures import Checked
from answerable.casework.requests import REQUEST_BYTES
from answerable.casework.sealing import attached
from answerable.cli import files
from answerable.cli.acts import asked_once, key_of, typist
from answerable.cli.board import board_facts, board_lines
from answerable.cli.columns import columns, indented, wrapped
from answerable.cli.errors import WrongUsage
from answerable.cli.group import Noun, Verb
from answerable.cli.output import Json, Result
from answerable.cli.papers import compare, print_, slip, word
from answerable.cli.preflight import preflight
from answerable.cli.proceeding_page import ProceedingPage
from answerable.cli.proceeding_words import words_of
from answerable.cli.rules import told
from answerable.cli.steps import verbs
from answerable.cli.surface import Surface
from answerable.core.acts import By, Seat, instant_of, instant_text
from answerable.core.case.dates import read_when
from answerable.core.case.problems import Problem
from answerable.core.docket import Kind
from answerable.core.errors import Malformed
from answerable.core.proceeding.acts.kind import ANSWERING
from answerable.core.proceeding.intake import HandedRequest

if TYPE_CHECKING:
    from answerable.casework.application import Application


class RequestNotReady(Malformed):
    """The file of a request cannot be read; nothing was recorded."""

    code = "request-not-ready"


@click.group(cls=Noun)
def proceeding() -> None:
    pass


for _verb in (*verbs(), preflight, print_, slip, word, compare):
    proceeding.add_command(_verb)


@proceeding.command("list", cls=Verb)
@click.pass_obj
def list_(surface: Surface) -> int:
    application = surface.application()
    listed: list[Json] = []
    lines: list[str] = []
    for docket in application.dockets.dockets(Kind.PROCEEDING):
        words = words_of(surface, application, docket.number, None)
        listed.append({"number": docket.number, "standing": docket.standing})
        line = surface.say(
            "proceeding.line",
            number=docket.number,
            subject=words.view.request.subject,
            standing=surface.say(f"standing.{docket.standing}"),
            turn=words.turn(docket.turn),
        )
        lines += indented(line, columns(), rest="    ")
    text = "\n".join(lines) or surface.say("proceeding.none")
    return surface.tell(Result("proceedings", {"proceedings": listed}, text))


@proceeding.command(cls=Verb)
@click.argument("number")
@click.option("--as", "party", metavar="PARTY")
@click.pass_obj
def show(surface: Surface, number: str, party: str | None) -> int:
    application = surface.application()
    words = words_of(surface, application, number, party)
    view, collect = words.view, application.proceedings.collect
    response = collect(view.docket)
    page = ProceedingPage(words, columns(), response, collect.cited)
    facts: dict[str, Json] = {
        "number": view.docket.number,
        "standing": view.docket.standing,
        "turn": view.docket.turn,
        "response": response.json() if party is None else None,
        "board": board_facts(words),
    }
    return surface.tell(Result("proceeding", facts, "\n".join(page.lines())))


@proceeding.command(cls=Verb)
@click.argument("number")
@click.pass_obj
def board(surface: Surface, number: str) -> int:
    words = words_of(surface, surface.application(), number, None)
    lines = [words.view.docket.number, *board_lines(words, columns())]
    facts = {"number": words.view.docket.number, **board_facts(words)}
    return surface.tell(Result("board", facts, "\n".join(lines)))


@proceeding.command(cls=Verb)
@click.argument("number")
@click.option("--at", metavar="INSTANT")
@click.pass_obj
def statement(surface: Surface, number: str, at: str | None) -> int:
    """Tell what the record shows up to an hour, and what that does not prove."""
    application = surface.application()
    words = words_of(surface, application, number, None)
    until = application.ruling.now() if at is None else _instant(at)
    acts = [act for act in words.view.acts if act.kept.envelope.at <= until]
    sent = [act for act in acts if act.kept.envelope.act == "response-sent"]
    say = surface.say
    # To the second: of two acts of one minute, a statement says which came before the hour.
    lines = [say("proceeding.upto", at=surface.when(until), acts=len(acts))]
    for act in acts:
        lines += [
            words.heading(act, to_the_second=True),
            *("  " + line for line in words.signed(act, with_key=True)),
            "  " + say("proceeding.receipt", number=act.number),
        ]
    lines.append(say("proceeding.sent-by-then" if sent else "proceeding.not-sent-by-then"))
    lines.append(say("proceeding.limit"))
    facts: dict[str, Json] = {
        "number": words.view.docket.number,
        "until": instant_text(until),
        "acts": [act.number for act in acts],
        "sent": [act.number for act in sent],
    }
    text = "\n".join(part for line in lines for part in indented(line, columns(), rest="  "))
    return surface.tell(Result("statement", facts, text))


@proceeding.command("open", cls=Verb)
@click.argument("file")
@click.option("--as", "party", metavar="PARTY", required=True)
@click.option("--monitor", metavar="PARTY", required=True)
@click.option("--procedure", "rules", metavar="NAME", required=True)
@click.option("--received-on", metavar="DAY", required=True)
@click.option("--follows", metavar="NUMBER", default="")
@click.option("--seat", metavar="SEAT")
@click.option("--entered-by", metavar="PARTY")
@click.option("--evidence", metavar="TEXT")
@click.option("--request-key", metavar="UUID")
@click.option("--sign-with", metavar="FILE")
@click.option("--dry-run", is_flag=True)
@click.pass_obj
def open_(surface: Surface, /, file: str, **said: Any) -> int:
    """Record a monitor's request, which begins a proceeding; or only show how it is read."""
    application = surface.application()
    handed = _read(surface, application.forms.request(files.read(file, REQUEST_BYTES), file), file)
    read = list(_as_read(surface, handed))
    if said["dry_run"]:
        return surface.tell(Result("request-read", _read_facts(handed), "\n".join(read)))
    asking = _asking(application, handed, file, said)
    with asked_once(surface, said["request_key"]) as key:
        known = application.proceedings.record.known(asking, request=key)
        issued = known or application.proceedings.record(asking, request=key)
        for line in _doubts(surface, handed):
            surface.output.talk(line)
        told = {"number": issued.number, "index": issued.receipt.index}
        facts: dict[str, Json] = {"request_key": str(key), "again": known is not None}
        text = surface.say(
            "proceeding.recorded" if known is None else "proceeding.recorded-before",
            **told,
            points=len(handed.request.points),
        )
        return surface.tell(Result("request", {**told, **_read_facts(handed), **facts}, text))


def _asking(
    application: "Application", handed: HandedRequest, file: str, said: Mapping[str, Any]
) -> Asking:
    path = PurePath(file)
    original = attached(
        [{"file": path.name}],
        lambda name: application.forms.exhibit(str(path.parent), name),
        application.hidden_data,
    )
    mechanism = application.reading.mechanism()
    party = mechanism.party(said["party"])
    seat = next((one for one in ANSWERING if one in party.seats), ANSWERING[0])
    return Asking(
        by=By(party.id, Seat(said["seat"]) if said["seat"] else seat),
        monitor=mechanism.party(said["monitor"]).id,
        procedure=said["rules"],
        request=handed.request,
        received_on=_day(said["received_on"]),
        original=() if file == files.STREAM else original,
        follows=said["follows"],
        entered_by=typist(mechanism, said["entered_by"]),
        evidence=said["evidence"],
        key=key_of(application, said["sign_with"]),
    )


def _read(surface: Surface, checked: Checked[HandedRequest], file: str) -> HandedRequest:
    """Return a request as it was read.

    Raises:
        RequestNotReady: once every fault was told, with its line.
    """
    if checked.value is None:
        for line in told(surface, checked.faults):
            surface.output.talk(line)
        raise RequestNotReady("faults", file=file, faults=len(checked.faults))
    return checked.value


def _as_read(surface: Surface, handed: HandedRequest) -> Iterator[str]:
    """Yield the points as they would be recorded, what is in none of them, and every doubt."""
    width, points = columns(), handed.request.points
    yield surface.say("proceeding.would", points=len(points))
    for point in points:
        line = surface.say(
            "proceeding.would-point",
            number=point.number,
            label=point.label or None,
            page=point.page or None,
            text=point.text,
        )
        yield from indented(line, width, first="  ", rest="    ")
    for text in handed.remainder:
        yield from wrapped(surface.say("proceeding.remainder", text=text), width)
    yield from _doubts(surface, handed)


def _doubts(surface: Surface, handed: HandedRequest) -> Iterator[str]:
    return (surface.say(f"request-note.{note.code}", **note.facts) for note in handed.notes)


def _read_facts(handed: HandedRequest) -> dict[str, Json]:
    points: list[Json] = [
        {"number": one.number, "label": one.label, "page": one.page, "text": one.text}
        for one in handed.request.points
    ]
    return {
        "subject": handed.request.subject,
        "points": points,
        "remainder": [*handed.remainder],
        "notes": [note.code for note in handed.notes],
    }


def _instant(text: str) -> int:
    try:
        return instant_of(text)
    except Malformed:
        raise WrongUsage("no instant", reason="instant", found=text) from None


def _day(text: str) -> date:
    try:
        when = read_when(text)
    except Problem:
        when = None
    if when is None or when.kind != "exact" or when.first is None:
        raise WrongUsage("no day", reason="day", found=text)
    return when.first
