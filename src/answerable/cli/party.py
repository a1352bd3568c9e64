"""``answerable party``: who takes part."""

from uuid import uuid4

import click

from answerable.cli.group import Noun, Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface
from answerable.core.errors import Malformed
from answerable.locale.visible import visible

KEY_HEX = 64


class PublicKeyUnreadable(Malformed):
    """A public key is not written as 64 hexadecimal digits."""

    code = "public-key-unreadable"


@click.group(cls=Noun)
def party() -> None:
    pass


@party.command(cls=Verb)
@click.argument("name")
@click.option("--key")
@click.pass_obj
def add(surface: Surface, name: str, key: str | None) -> int:
    application = surface.application()
    identity, issued = application.add_party(name, key=_public(key), request=uuid4())
    facts = {"party": identity, "name": name, "number": issued.number}
    return surface.tell(Result("party-added", facts, surface.say("party.added", **facts)))


@party.command("list", cls=Verb)
@click.pass_obj
def list_(surface: Surface) -> int:
    parties = surface.application().reading.mechanism().parties.values()
    facts = [
        {
            "party": item.id,
            "name": item.name,
            "seats": sorted(item.seats),
            "key": None if item.key is None else item.key.hex(),
        }
        for item in parties
    ]
    lines = [_line(surface, item) for item in facts] or [surface.say("party.none")]
    return surface.tell(Result("parties", {"parties": facts}, "\n".join(lines)))


def _line(surface: Surface, item: dict[str, object]) -> str:
    name = item["name"] if isinstance(item["name"], str) else surface.say("party.erased")
    seats = ", ".join(surface.say(f"seat.{seat}") for seat in item["seats"] or ())  # type: ignore[attr-defined]  # a list of codes
    return f"{item['party']}  {visible(name)}  {seats}".rstrip()


def _public(key: str | None) -> bytes | None:
    if key is None:
        return None
    try:
        public = bytes.fromhex(key)
    except ValueError:
        public = b""
    if len(public) * 2 != KEY_HEX:
        raise PublicKeyUnreadable("not 64 hexadecimal digits")
    return public
