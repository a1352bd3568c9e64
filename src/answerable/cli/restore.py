"""``answerable restore``: put a backup back, go on after a loss, or give up keys that are gone."""

import click

from answerable.cli.errors import WrongUsage
from answerable.cli.files import read
from answerable.cli.group import Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface
from answerable.core.ledger.proof import MAX_RECEIPT_BYTES


@click.command(cls=Verb)
@click.argument("backup", required=False)
@click.option("--case-keys")
@click.option("--successor")
@click.option("--give-up-keys", is_flag=True)
@click.option("--new-second-copy", is_flag=True)
@click.option("--receipt", "receipts", multiple=True, metavar="FILE")
@click.pass_obj
def restore(  # noqa: PLR0913 - each is an option of the command line
    surface: Surface,
    /,
    backup: str | None,
    case_keys: str | None,
    successor: str | None,
    *,
    give_up_keys: bool,
    new_second_copy: bool,
    receipts: tuple[str, ...],
) -> int:
    asked = [backup is not None, successor is not None, give_up_keys, new_second_copy]
    if asked.count(True) != 1:
        raise WrongUsage("a backup, or a successor", reason="backup-or-successor")
    if new_second_copy:
        return _renew(surface, receipts)
    if successor is not None:
        return _succeed(surface, successor)
    if give_up_keys:
        given_up = surface.application().upkeep.give_up_keys()
        text = surface.say("restore.given-up", cases=given_up)
        return surface.tell(Result("keys-given-up", {"cases": given_up}, text))
    facts = dict(surface.restore(backup or "", case_keys))
    said = "restore.read-only" if facts["is_behind"] else "restore.done"
    return surface.tell(Result("restored", facts, surface.say(said, **facts)))


def _renew(surface: Surface, receipts: tuple[str, ...]) -> int:
    upkeep = surface.application().upkeep
    contents = [read(name, MAX_RECEIPT_BYTES) for name in receipts]
    facts = dict(upkeep.renew_second_copy(contents))
    upkeep.publish()
    text = surface.say("restore.renewed", **facts)
    return surface.tell(Result("second-copy-renewed", facts, text))


def _succeed(surface: Surface, origin: str) -> int:
    upkeep = surface.application().upkeep
    facts = dict(upkeep.succeed(origin))
    upkeep.publish()
    return surface.tell(Result("succeeded", facts, surface.say("restore.went-on", **facts)))
