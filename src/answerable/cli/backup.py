"""``answerable backup``: a copy of the ledger, and apart from it one of the case keys."""

import click

from answerable.cli.group import Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.argument("target")
@click.pass_obj
def backup(surface: Surface, target: str) -> int:
    with surface.progress() as told:
        facts = dict(surface.application().upkeep.backup(target, told))
    return surface.tell(Result("backed-up", facts, surface.say("backup.done", **facts)))
