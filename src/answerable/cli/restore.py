"""``answerable restore``: put a backup back; and go on after a lost head in a successor."""

import click

from answerable.cli.errors import WrongUsage
from answerable.cli.group import Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.argument("backup", required=False)
@click.option("--case-keys")
@click.option("--successor")
@click.pass_obj
def restore(
    surface: Surface, backup: str | None, case_keys: str | None, successor: str | None
) -> int:
    if (backup is None) == (successor is None):
        raise WrongUsage("a backup, or a successor", reason="backup-or-successor")
    if successor is not None:
        upkeep = surface.application().upkeep
        facts = dict(upkeep.succeed(successor))
        upkeep.publish()
        return surface.tell(Result("succeeded", facts, surface.say("restore.went-on", **facts)))
    facts = dict(surface.restore(backup or "", case_keys))
    said = "restore.read-only" if facts["is_behind"] else "restore.done"
    return surface.tell(Result("restored", facts, surface.say(said, **facts)))
