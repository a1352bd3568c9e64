"""``answerable case``: what is on file, whose turn it is, and what is owed."""

from typing import TYPE_CHECKING

import click

from answerable.casework.reading import may_read
from answerable.cli.acts import verbs
from answerable.cli.acts_file import do
from answerable.cli.errors import WrongUsage
from answerable.cli.exhibit import exhibit
from answerable.cli.group import Noun, Verb
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface
from answerable.core.acts import Field, instant_text
from answerable.core.canonical import encode
from answerable.core.commitment import is_reader
from answerable.core.docket import (
    Docket,
    Kind,
)
from answerable.core.owed import Owed
from answerable.locale.visible import visible

if TYPE_CHECKING:
    from answerable.casework.application import Application
    from answerable.casework.ports import ActOnFile


IDENTITY = "/identity"
"""The end of the paths whose values open exhibits: they are for openings, and for no screen."""


@click.group(cls=Noun)
def case() -> None:
    pass


case.add_command(exhibit)
case.add_command(do)
for _verb in verbs():
    case.add_command(_verb)


@case.command("list", cls=Verb)
@click.pass_obj
def list_(surface: Surface) -> int:
    application = surface.application()
    listed: list[Json] = []
    lines = []
    for docket in application.dockets.dockets(Kind.CASE):
        owed = [item for item in application.dockets.owed(docket.id) if item.met_by is None]
        listed.append(_facts(docket, owed))
        lines.append(_line(surface, docket, owed))
    text = "\n".join(lines) or surface.say("case.none")
    return surface.tell(Result("cases", {"cases": listed}, text))


@case.command(cls=Verb)
@click.argument("number")
@click.option("--reader")
@click.pass_obj
def show(surface: Surface, number: str, reader: str | None) -> int:
    if reader is not None and not is_reader(reader):
        raise WrongUsage("no such reader", reason="reader", found=reader)
    application = surface.application()
    docket = application.reading.docket(number)
    owed = application.dockets.owed(docket.id)
    acts = application.dockets.acts(docket.id)
    lines = [_line(surface, docket, [item for item in owed if item.met_by is None])]
    lines += [
        surface.say("case.shown-to-reader", reader=surface.catalogue.word("reader", reader))
        if reader
        else surface.say("case.shown-to-operator"),
        "",
    ]
    for act in acts:
        lines += _act(surface, application, act, reader)
    lines += [_box(surface, item) for item in owed if item.met_by is None]
    facts = {
        **_facts(docket, owed),
        "acts": [_act_facts(application, act, reader) for act in acts],
    }
    return surface.tell(Result("case", facts, "\n".join(lines)))


def _facts(docket: Docket, owed: list[Owed]) -> dict[str, Json]:
    return {
        "number": docket.number,
        "standing": docket.standing,
        "turn": docket.turn,
        "since": instant_text(docket.last_at),
        "owed": [
            {"code": item.code, "seat": item.seat, "due_on": item.due_on, "met_by": item.met_by}
            for item in owed
        ],
    }


def _line(surface: Surface, docket: Docket, owed: list[Owed]) -> str:
    return surface.say(
        "case.line",
        number=docket.number,
        standing=surface.say(f"standing.{docket.standing}"),
        turn=surface.catalogue.word("seat", docket.turn) if docket.turn else "-",
        owed=", ".join(surface.catalogue.word("owed", item.code) for item in owed) or "-",
    )


def _shown(application: "Application", act: "ActOnFile", reader: str | None) -> list[Field]:
    """Return what one reader may read of an act; without one, all that this server holds."""
    return [
        item
        for item in application.reading.content(act)
        if not item.path.endswith(IDENTITY) and may_read(reader, item)
    ]


def _act(
    surface: Surface, application: "Application", act: "ActOnFile", reader: str | None
) -> list[str]:
    envelope = act.kept.envelope
    lines = [
        surface.say(
            "case.act",
            number=act.number,
            act=surface.say(f"act.{envelope.act}"),
            at=surface.when(envelope.at),
            party=envelope.by.party,
            seat=surface.say(f"seat.{envelope.by.seat}"),
        )
    ]
    if envelope.entered_by is not None:
        lines.append(surface.say("case.entered", party=envelope.entered_by.party))
    if application.reading.is_erased(act):
        lines.append(surface.say("case.erased"))
    return [*lines, *(_field(surface, item) for item in _shown(application, act, reader))]


def _field(surface: Surface, item: Field) -> str:
    readers = ", ".join(surface.catalogue.word("reader", reader) for reader in item.readers)
    value = item.value if isinstance(item.value, str) else encode(item.value).decode()
    shown = "\n".join(f"        {visible(line)}" for line in value.split("\n"))
    return f"    {item.path}  [{readers}]\n{shown}"


def _box(surface: Surface, owed: Owed) -> str:
    """Return the empty box: silence takes the room that an answer would have."""
    said = surface.say(
        "case.owed",
        owed=surface.catalogue.word("owed", owed.code),
        seat=surface.catalogue.word("seat", owed.seat),
        since=surface.when(owed.since),
    )
    return f"\n  [ / / / / / / / / / / / / / / / / / / / / ]\n  {said}"


def _act_facts(application: "Application", act: "ActOnFile", reader: str | None) -> dict[str, Json]:
    envelope = act.kept.envelope
    return {
        "number": act.number,
        "act": envelope.act,
        "at": instant_text(envelope.at),
        "by": envelope.by.json(),
        "entered_by": None if envelope.entered_by is None else envelope.entered_by.json(),
        "facts": dict(envelope.facts),
        "fields": {item.path: item.value for item in _shown(application, act, reader)},
    }
