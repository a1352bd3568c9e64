"""``answerable calendar``: the days off that the mechanism counts by, and what a change moves."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import click

from answerable.cli.group import Noun, Verb
from answerable.cli.output import Json, Result
from answerable.cli.rule_words import in_words
from answerable.cli.rules import calendar_of, text_of
from answerable.cli.surface import Surface

if TYPE_CHECKING:
    from answerable.casework.install_rules import Move


_INSTALLED = ("calendar.installed-none", "calendar.installed-one", "calendar.installed-many")
_WOULD_MOVE = ("calendar.would-move-none", "calendar.would-move-one", "calendar.would-move-many")
"""What is said where no date moves, where one does, and where several do."""


@click.group(cls=Noun)
def calendar() -> None:
    pass


@calendar.command(cls=Verb)
@click.argument("name")
@click.option("--yes", is_flag=True)
@click.pass_obj
def install(surface: Surface, /, name: str, *, yes: bool) -> int:
    """Tell every date that a calendar moves; with --yes, install it and move them."""
    found = calendar_of(surface, name)
    text = text_of(surface, name, found)
    rules = surface.application().install_rules
    moves = rules.moves(found)
    lines = [_line(surface, move) for move in moves]
    facts: dict[str, Json] = {
        "calendar": found.name,
        "installed": yes,
        "moves": [_facts(move) for move in moves],
    }
    if yes:
        issued = rules.calendar(found, text, request=uuid4())
        facts |= {"number": issued.number, "index": issued.receipt.index}
    key = (_INSTALLED if yes else _WOULD_MOVE)[min(len(moves), 2)]
    lines.append(surface.say(key, calendar=found.name, moves=len(moves)))
    return surface.tell(Result("calendar", facts, "\n".join(lines)))


def _facts(move: "Move") -> dict[str, Json]:
    return {
        "number": move.docket.number,
        "clock": move.owed.code,
        "from": move.owed.due_on,
        "to": move.to,
    }


def _line(surface: Surface, move: "Move") -> str:
    return surface.say(
        "calendar.move",
        number=move.docket.number,
        owed=in_words(surface, move.titles, move.owed.code),
        was=_date(surface, move.owed.due_on),
        to=_date(surface, move.to),
    )


def _date(surface: Surface, due_on: str | None) -> str:
    """Return a date in words; of a period in hours its instant, in the mechanism's zone."""
    if due_on is None:
        return surface.say("clock.no-date")
    if "T" in due_on:
        return surface.when(int(datetime.fromisoformat(due_on).timestamp()) * 1000)
    return surface.catalogue.day(due_on)
