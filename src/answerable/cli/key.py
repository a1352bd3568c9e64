"""``answerable key``: a party's own key, and the keys with which the mechanism signs."""

from uuid import uuid4

import click

from answerable.cli.group import Noun, Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface


@click.group(cls=Noun)
def key() -> None:
    pass


@key.command(cls=Verb)
@click.argument("file")
@click.pass_obj
def new(surface: Surface, file: str) -> int:
    public = surface.offline.new_party_key(file)
    facts = {"file": file, "public": public.hex()}
    return surface.tell(Result("key-made", facts, surface.say("key.made", **facts)))


@key.command("list", cls=Verb)
@click.pass_obj
def list_(surface: Surface) -> int:
    keys = [dict(item) for item in surface.application().upkeep.signing_keys()]
    lines = [
        surface.say(
            "key.past" if item["until"] else "key.current",
            key=item["key"],
            begun=item["from"],
            ended=item["until"],
        )
        for item in keys
    ]
    return surface.tell(Result("keys", {"keys": keys}, "\n".join(lines)))


@key.command(cls=Verb)
@click.pass_obj
def rotate(surface: Surface) -> int:
    application = surface.application()
    made = application.upkeep.rotate_keys()
    issued = application.record_key_rotation(made, request=uuid4())
    application.upkeep.publish()
    facts = {**made, "number": issued.number}
    return surface.tell(Result("keys-rotated", facts, surface.say("key.rotated", **facts)))
