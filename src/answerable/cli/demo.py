"""``answerable demo``: the whole story, from a first report to three attacks, in a new folder."""

import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from answerable.cli.demonstration import attacks, life, response, story
from answerable.cli.demonstration.layout import INDENT, broken, command_lines
from answerable.cli.demonstration.stage import Stage
from answerable.cli.group import Verb
from answerable.cli.output import Result
from answerable.cli.surface import Surface
from answerable.core.errors import Refusal

FOLDER = "answerable-demo"
HOST, PORT = "127.0.0.1", 8000
"""Where ``--serve`` shows what was played, once it is over: to this computer only."""


class DemoFolderInUse(Refusal):
    """The folder of the demo holds something already."""

    code = "demo-folder-in-use"


@click.command(cls=Verb)
@click.argument("folder", default=FOLDER)
@click.option("--serve/--no-serve", "serves", default=False)
@click.pass_obj
def demo(surface: Surface, folder: str, *, serves: bool) -> int:
    path = Path(folder)
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise DemoFolderInUse("the folder is not empty", folder=folder)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    stage = Stage(surface, path.resolve())
    stage.say("demo.begins", folder=folder)
    numbers = story.play(stage)
    life.play(stage, numbers)
    response.play(stage)
    attacks.play(stage, numbers)
    life.publish(stage)
    stage.chapter("whole")
    stage.run("ledger", "verify", "--acts")
    stage.say("demo.next")
    lines = list(_next(surface, folder, numbers))
    facts = {"folder": folder, "played": stage.played, "next": [" ".join(x) for _, x in lines]}
    text = "\n".join(shown for item in lines for shown in _shown(*item, stage.columns))
    ended = surface.tell(Result("demo-played", facts, text))
    if serves:
        register, mechanism = str(path.resolve() / "register"), str(path.resolve() / "mechanism")
        surface.talk("serve.begins", folder=register, address=HOST, port=PORT)
        surface.talk("serve.form", address=HOST, port=PORT)
        surface.serve(register, mechanism, HOST, PORT)
    return ended


def _next(
    surface: Surface, folder: str, numbers: story.Numbers
) -> Iterator[tuple[str | None, list[str]]]:
    """Yield what a reader could look at next, and the words to type for it."""
    if shutil.which("answerable") is None:
        yield None, ["export", f"PATH={shlex.quote(str(Path(sys.executable).parent))}:$PATH"]
    yield None, ["cd", shlex.quote(folder)]
    yield None, ["export", "ANSWERABLE_MECHANISM=mechanism"]
    white_book = f"{story.RECEIPTS}/{numbers.white_book}.opening.json"
    watched = f"elsewhere/{numbers.watched}.tlog-proof"
    commands = {
        "case": ["case", "show", numbers.watched, "--reader", "secretariat"],
        "disclose": [
            *("opening", "disclose", white_book, "--reader", "public"),
            *("--output", "public.opening.json"),
        ],
        "zone": [
            *("receipt", "verify", watched, "--policy", "elsewhere/policy"),
            *("--zone", story.ZONE),
        ],
        "language": ["case", "list", "--lang", "km"],
        "doctor": ["doctor"],
        "help": ["--help"],
    }
    for name, words in commands.items():
        yield surface.say(f"demo.next-{name}"), ["answerable", *words]
        if name == "case":
            yield surface.say("demo.next-papers"), ["ls", response.MINISTRY]


def _shown(why: str | None, words: list[str], columns: int) -> Iterator[str]:
    if why is not None:
        yield ""
        yield from broken(why, columns, first=f"{INDENT}# ")
    yield from command_lines(words, columns)
