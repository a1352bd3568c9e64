"""``answerable serve``: the public pages of a register, and the form of a mechanism."""

from contextlib import closing

import click

from answerable import variables
from answerable.cli.errors import WrongUsage
from answerable.cli.group import Verb
from answerable.cli.output import DONE
from answerable.cli.surface import Surface


@click.command(cls=Verb)
@click.option("--register", "served", metavar="FOLDER")
@click.option("--form/--no-form", default=None)
@click.option("--bind", metavar="ADDRESS:PORT")
@click.pass_obj
def serve(surface: Surface, served: str | None, form: bool | None, bind: str | None) -> int:  # noqa: FBT001 - click gives options by name
    environ = surface.environ
    for name, meant in variables.unknown(environ):
        surface.talk("doctor.variable-unknown.ill", name=name, meant=meant)
    # What is wrong is said before anyone relies on what is served.
    for one in variables.VARIABLES:
        one.text(environ)
    served = served or variables.REGISTER.text(environ)
    if not served:
        raise WrongUsage("no register", reason="missing", option="--register")
    bind = bind or variables.BIND.text(environ)
    found = variables.address_of(bind)
    if found is None:
        raise WrongUsage("no address", reason="bind", found=bind)
    host, port = found
    surface.talk("serve.begins", folder=served, address=host, port=port)
    has_form = variables.FORM.is_yes(environ) if form is None else form
    if has_form:
        # One that is not there, or cannot be written to, is found before anyone fills a form in.
        with closing(surface.application()) as application:
            application.upkeep.require_schema()
        surface.talk("serve.form", address=host, port=port)
    surface.serve(served, surface.folder if has_form else None, host, port)
    return DONE
