"""``answerable serve``: the public pages of a register, and the form of a mechanism."""

import click

from answerable.cli.errors import WrongUsage
from answerable.cli.group import Verb
from answerable.cli.output import DONE
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.option("--register", "served", required=True, metavar="FOLDER")
@click.option("--form", is_flag=True)
@click.option("--bind", default="127.0.0.1:8000", metavar="ADDRESS:PORT")
@click.pass_obj
def serve(surface: Surface, served: str, form: bool, bind: str) -> int:  # noqa: FBT001 - click gives options by name
    address, _, port = bind.rpartition(":")
    if not address or not port.isascii() or not port.isdigit() or not 0 < int(port) < 1 << 16:
        raise WrongUsage("no address", reason="bind", found=bind)
    host = address.strip("[]")
    surface.talk("serve.begins", folder=served, address=host, port=port)
    if form:
        # One that is not there, or cannot be opened, is found before anyone fills a form in.
        surface.application().close()
        surface.talk("serve.form", address=host, port=port)
    surface.serve(served, surface.folder if form else None, host, int(port))
    return DONE
