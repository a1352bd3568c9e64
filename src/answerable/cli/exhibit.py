"""``answerable case exhibit``: the files handed in with an act, and the way back of one."""

import mimetypes
from typing import TYPE_CHECKING

import click

from answerable.cli.errors import WrongUsage
from answerable.cli.files import STREAM, arriving
from answerable.cli.group import Verb
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface
from answerable.core.case.vocabulary import REMOVED
from answerable.core.commitment import base64url, is_reader

if TYPE_CHECKING:
    from answerable.casework.exhibits import ExhibitOnFile

# Built in: what the files of this computer say of endings differs from one to the next.
_KINDS = mimetypes.MimeTypes(())


@click.command(cls=Verb)
@click.argument("number", metavar="NUMBER")
@click.argument("name", metavar="NAME", required=False)
@click.option("-o", "--out", metavar="FILE")
@click.option("--reader", metavar="READER")
@click.pass_obj
def exhibit(
    surface: Surface, /, number: str, name: str | None, *, out: str | None, reader: str | None
) -> int:
    if (name is None) != (out is None):
        raise WrongUsage("a name and a file, or neither", reason="exhibit-and-file")
    if out == STREAM:
        raise WrongUsage("not to a stream", reason="no-stream")
    if reader is not None and not is_reader(reader):
        raise WrongUsage("no such reader", reason="reader", found=reader)
    giving = surface.application().give_back_exhibit
    if name is None or out is None:
        return _list(surface, number, reader, giving.listed(number, reader))
    found = giving.find(number, name, reader)
    with arriving(out) as target:
        giving(found, target)
    facts = {"number": number, **_facts(found), "file": out}
    text = surface.say("exhibit.given-back", name=found.name, number=number, file=out)
    return surface.tell(Result("exhibit-given-back", facts, text))


def _list(
    surface: Surface, number: str, reader: str | None, exhibits: "list[ExhibitOnFile]"
) -> int:
    shown = (
        surface.say("case.shown-to-reader", reader=surface.catalogue.word("reader", reader))
        if reader
        else surface.say("case.shown-to-operator")
    )
    lines = [shown, *(_line(surface, found) for found in exhibits)]
    if not exhibits:
        lines.append(surface.say("exhibit.none"))
    facts: dict[str, Json] = {"number": number, "exhibits": [_facts(found) for found in exhibits]}
    return surface.tell(Result("exhibits", facts, "\n".join(lines)))


def _line(surface: Surface, found: "ExhibitOnFile") -> str:
    line = surface.say(
        "exhibit.line",
        ordinal=found.ordinal,
        name=found.name,
        size=found.size_below,
        kind=_kind(found.name),
        digest=found.digest,
        readers=", ".join(surface.catalogue.word("reader", reader) for reader in found.readers),
    )
    return f"{line}\n{surface.say('exhibit.copy')}" if found.hidden_data == REMOVED else line


def _facts(found: "ExhibitOnFile") -> dict[str, Json]:
    return {
        "ordinal": found.ordinal,
        "name": found.name,
        "size_below": found.size_below,
        "kind": _kind(found.name),
        "sha256": found.digest,
        "salt": base64url(found.salt),
        "readers": list(found.readers),
        "hidden_data": found.hidden_data,
    }


def _kind(name: str) -> str | None:
    """Return what the ending of a name promises; nobody has looked into the file."""
    return _KINDS.guess_type(name)[0]
