"""``answerable rebuild``: fold every projection anew from the acts."""

import click

from answerable.cli.group import Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.pass_obj
def rebuild(surface: Surface) -> int:
    with surface.progress() as told:
        dockets, acts = surface.application().upkeep.rebuild(told)
    facts = {"dockets": dockets, "acts": acts}
    return surface.tell(Result("rebuilt", facts, surface.say("rebuild.done", **facts)))
