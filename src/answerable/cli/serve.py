"""``answerable serve``: the public pages of a register that was published."""

import click

from answerable.cli.errors import WrongUsage
from answerable.cli.group import Verb
from answerable.cli.output import DONE
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.option("--register", "served", required=True, metavar="FOLDER")
@click.option("--bind", default="127.0.0.1:8000", metavar="ADDRESS:PORT")
@click.pass_obj
def serve(surface: Surface, served: str, bind: str) -> int:
    address, _, port = bind.rpartition(":")
    if not address or not port.isascii() or not port.isdigit() or not 0 < int(port) < 1 << 16:
        raise WrongUsage("no address", reason="bind", found=bind)
    surface.talk("serve.begins", folder=served, address=address.strip("[]"), port=port)
    surface.serve(served, address.strip("[]"), int(port))
    return DONE
