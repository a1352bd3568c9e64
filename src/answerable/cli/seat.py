"""``answerable seat``: what a party may do."""

from uuid import uuid4

import click

from answerable.cli.group import Noun, Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface
from answerable.core.acts import Seat
from answerable.core.mechanism import BODIES


@click.group(cls=Noun)
def seat() -> None:
    pass


@seat.command(cls=Verb)
@click.argument("party")
@click.argument("code", metavar="SEAT")
@click.pass_obj
def grant(surface: Surface, party: str, code: str) -> int:
    issued = surface.application().grant_seat(party, code, request=uuid4())
    facts = {"party": party, "seat": code, "number": issued.number}
    key = "seating.granted-body" if Seat(code) in BODIES else "seating.granted"
    text = surface.say(key, party=party, seat=surface.say(f"seat.{code}"))
    return surface.tell(Result("seating.granted", facts, text))
