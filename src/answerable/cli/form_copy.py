"""Opens a locked copy of a form, so that an office can look it over and lodge it."""

import json
import sys
from getpass import getpass

import click

from answerable.cli.errors import WrongUsage
from answerable.cli.files import STREAM, read, write_new
from answerable.cli.group import Verb
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface

_LONGEST_COPY = 2 * 2**20 + 100
"""A little more than is ever opened, so that what is too long is told and not cut."""
_LONGEST_KEY = 1000


@click.command("open", cls=Verb)
@click.argument("file")
@click.option("-o", "--output", required=True, metavar="FILE")
@click.option("--copy-key-from", "key_from", metavar="FILE")
@click.pass_obj
def open_copy(surface: Surface, file: str, output: str, key_from: str | None) -> int:
    """Write what a locked copy holds as a submission, which is then checked and lodged."""
    if file == STREAM == key_from:
        raise WrongUsage("one stream for two", reason="one-stream")
    data = read(file, _LONGEST_COPY)
    said = surface.offline.copy_opened(data, _typed_key(surface, key_from))
    write_new(output, (json.dumps(said, ensure_ascii=False, indent=2) + "\n").encode())
    surface.output.to_stderr = output == STREAM
    counts = {name: _count(said, name) for name in ("allegations", "concerns", "requests")}
    chosen = said.get("readers")
    lines = [surface.say("submission.opened", output=output, **counts)]
    lines.append(surface.say("submission.opened-readers" if chosen else "submission.no-readers"))
    lines.append(surface.say("submission.opened-next", output=output))
    facts: dict[str, Json] = {"output": output, "readers_chosen": bool(chosen), **counts}
    return surface.tell(Result("copy-opened", facts, "\n".join(lines)))


def _typed_key(surface: Surface, key_from: str | None) -> str:
    """Return the copy key from a file or a stream, or as somebody types it: never from an option.

    What stands on a command line can be read by all who use the machine.
    """
    if key_from is not None:
        return read(key_from, _LONGEST_KEY).decode("utf-8", "replace").strip()
    if surface.manner.json or surface.manner.plain or not sys.stdin.isatty():
        raise WrongUsage("nobody can be asked", reason="copy-key")
    return getpass(f"{surface.say('submission.type-copy-key')} ")


def _count(said: object, name: str) -> int:
    listed = said.get(name) if isinstance(said, dict) else None
    return len(listed) if isinstance(listed, list) else 0
