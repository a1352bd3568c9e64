"""``answerable party``: who takes part."""

from typing import TYPE_CHECKING
from uuid import uuid4

import click

from answerable.cli.group import Noun, Verb
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface
from answerable.core.acts import instant_text
from answerable.core.errors import Malformed
from answerable.core.mechanism import Party
from answerable.core.party_keys import REASONS, HeldKey
from answerable.locale.visible import visible

if TYPE_CHECKING:
    from answerable.casework.ports import Issued

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


@party.command("register-key", cls=Verb)
@click.argument("party_", metavar="PARTY")
@click.option("--key", required=True)
@click.pass_obj
def register_key(surface: Surface, party_: str, key: str) -> int:
    """Record the key with which a party signs from now on."""
    keep = surface.application().keep_party_keys
    issued = keep.register(party_, _read(key), request=uuid4())
    return _key_told(surface, party_, issued, "party.key-registered")


@party.command("replace-key", cls=Verb)
@click.argument("party_", metavar="PARTY")
@click.option("--key", required=True)
@click.pass_obj
def replace_key(surface: Surface, party_: str, key: str) -> int:
    """Record that another key takes the place of the one in force."""
    keep = surface.application().keep_party_keys
    issued = keep.replace(party_, _read(key), request=uuid4())
    return _key_told(surface, party_, issued, "party.key-replaced")


@party.command("retire-key", cls=Verb)
@click.argument("party_", metavar="PARTY")
@click.option("--reason", metavar="|".join(REASONS), required=True)
@click.pass_obj
def retire_key(surface: Surface, party_: str, reason: str) -> int:
    """Record that a party's key counts no more from now on, and why."""
    issued = surface.application().keep_party_keys.retire(party_, reason, request=uuid4())
    return _key_told(surface, party_, issued, "party.key-retired", reason=reason)


@party.command(cls=Verb)
@click.pass_obj
def keys(surface: Surface) -> int:
    """List every key of a party: since when, and until when and why."""
    parties = surface.application().reading.mechanism().parties.values()
    facts: list[Json] = []
    lines: list[str] = []
    for item in parties:
        for one in item.keys:
            facts.append(
                {
                    "party": item.id,
                    "key": one.public.hex(),
                    "from": instant_text(one.since),
                    "until": None if one.until is None else instant_text(one.until),
                    "reason": one.reason or None,
                }
            )
            lines.append(_key_line(surface, item, one))
    text = "\n".join(lines) or surface.say("party.no-keys")
    return surface.tell(Result("party-keys", {"keys": facts}, text))


def _key_line(surface: Surface, item: Party, one: HeldKey) -> str:
    name = visible(item.name) if item.name is not None else surface.say("party.erased")
    said = {"party": item.id, "name": name, "key": one.public.hex()}
    since = surface.when(one.since)
    if one.until is None:
        return surface.say("party.key-in-force", **said, since=since)
    reason = surface.say(f"key-ended.{one.reason}")
    until = surface.when(one.until)
    return surface.say("party.key-past", **said, since=since, until=until, reason=reason)


def _key_told(
    surface: Surface, typed: str, issued: "Issued", sentence: str, *, reason: str | None = None
) -> int:
    found = surface.application().reading.mechanism().party(typed)
    facts = {
        "party": found.id,
        "key": None if found.key is None else found.key.hex(),
        "number": issued.number,
        "index": issued.receipt.index,
        "reason": reason,
    }
    name = visible(found.name) if found.name is not None else found.id
    why = None if reason is None else surface.say(f"key-ended.{reason}")
    lines = [surface.say(sentence, **{**facts, "name": name, "reason": why})]
    if found.is_body:
        lines.append(surface.say("party.key-public"))
    return surface.tell(Result("party-key", facts, "\n".join(lines)))


def _line(surface: Surface, item: dict[str, object]) -> str:
    name = item["name"] if isinstance(item["name"], str) else surface.say("party.erased")
    seats = ", ".join(surface.say(f"seat.{seat}") for seat in item["seats"] or ())  # type: ignore[attr-defined]  # a list of codes
    return f"{item['party']}  {visible(name)}  {seats}".rstrip()


def _public(key: str | None) -> bytes | None:
    return None if key is None else _read(key)


def _read(key: str) -> bytes:
    """Return the public key that 64 digits write.

    Raises:
        PublicKeyUnreadable: they do not.
    """
    try:
        public = bytes.fromhex(key)
    except ValueError:
        public = b""
    if len(public) * 2 != KEY_HEX:
        raise PublicKeyUnreadable("not 64 hexadecimal digits")
    return public
