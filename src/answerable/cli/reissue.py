"""``answerable receipt reissue``: a lost receipt is no lost case."""

import click

from answerable.cli import files
from answerable.cli.group import Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.argument("number")
@click.option("--output", "-o", required=True)
@click.option("--with-opening", "opening_file")
@click.pass_obj
def reissue(surface: Surface, number: str, output: str, opening_file: str | None) -> int:
    application = surface.application()
    act = application.reading.act(number)
    receipt = application.ledger.receipt(act)
    if opening_file is not None:
        files.write_new(opening_file, application.reading.opening(act).encoded())
    if output == files.STREAM:
        surface.output.to_stderr = True
    files.write_new(output, receipt.encode())
    facts = {"number": act.number, "index": receipt.index, "output": output}
    return surface.tell(Result("reissued", facts, surface.say("receipt.reissued", **facts)))
