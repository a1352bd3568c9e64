"""``answerable init``: found a mechanism in a folder."""

from uuid import UUID, uuid4

import click

from answerable.cli.group import Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.argument("folder")
@click.option("--name", required=True)
@click.option("--origin", required=True)
@click.option("--prefix", required=True)
@click.option("--zone", default="UTC")
@click.option("--host", default="body")
@click.option("--contact", default="")
@click.option("--keys")
@click.option("--head")
@click.option("--database", default="")
@click.option("--key-database", default="")
@click.option("--padding-per-day", type=int)
@click.pass_obj
def init(surface: Surface, /, folder: str, **options: str | int | None) -> int:
    request: UUID = uuid4()
    settings = {name: value for name, value in options.items() if value is not None}
    issued = surface.found(folder, settings, request)
    facts = {"folder": folder, "number": issued.number, "index": issued.receipt.index, **settings}
    return surface.tell(Result("founded", facts, surface.say("init.done", **facts)))
