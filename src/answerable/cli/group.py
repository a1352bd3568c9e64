"""The tree of commands: each noun is loaded when it is used, and help comes from the catalogue."""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

import click

from answerable.cli.errors import WrongUsage

NOUNS = (
    *("init", "party", "seat", "key", "submission", "receipt", "opening", "case"),
    *("proceeding", "ledger"),
    *("today", "procedure", "calendar", "clock", "rebuild", "backup", "restore", "doctor", "demo"),
    *("register", "figures", "serve"),
)
"""In the order in which help shows them. Each is a module here that holds a command of its name."""

EVERYWHERE = ("json", "plain", "lang", "mechanism", "debug")
"""The options of every command, which surface.manner_of reads."""

_METAVARS = {"lang": "en|km|fr", "mechanism": "FOLDER"}


class Says(Protocol):
    """What help is told with: the sentences of the reader's language, by their keys."""

    def say(self, key: str, /) -> str: ...


class Verb(click.Command):
    """A command whose help is ``help.<noun>.<verb>`` and that of its options ``option.<name>``."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words: Says = ctx.obj
        usage = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, usage, prefix=words.say("help.usage") + " ")
        for paragraph in self.help_of(words, ctx.command_path).split("\n"):
            formatter.write_paragraph()
            formatter.write_text(paragraph)
        self.format_commands(ctx, formatter)
        rows = [
            (
                " ".join((*param.opts, param.metavar or "")).strip(),
                self.option_of(words, param),
            )
            for param in self.params
            if isinstance(param, click.Option)
        ]
        rows += [(_shown(name), words.say(f"option.{name}")) for name in EVERYWHERE]
        rows.append(("--help", words.say("option.help")))
        with formatter.section(words.say("help.options")):
            formatter.write_dl(rows)

    def help_of(self, words: Says, path: str) -> str:
        """Return what the command does, in words."""
        return words.say(key_of(path))

    def option_of(self, words: Says, option: click.Option) -> str:
        """Return what an option says, in words."""
        return words.say(f"option.{option.name}")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write nothing: a verb has no commands below it."""


class Noun(Verb, click.Group):
    """A command that has commands."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words: Says = ctx.obj
        with formatter.section(words.say("help.commands")):
            formatter.write_dl(
                [
                    (
                        name,
                        command.help_of(words, f"{ctx.command_path} {name}").partition("\n")[0],
                    )
                    for name in self.list_commands(ctx)
                    if isinstance(command := self.get_command(ctx, name), Verb)
                ]
            )

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise WrongUsage(
                "no such command", reason="no-such-command", found=args[0], command=ctx.command_path
            )
        return super().resolve_command(ctx, args)


class Root(Noun):
    """The command ``answerable``."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        return list(there())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - Click's signature
        if cmd_name not in NOUNS or find_spec(f"{__package__}.{cmd_name}") is None:
            return None
        command: click.Command = getattr(import_module(f"{__package__}.{cmd_name}"), cmd_name)
        return command


def there() -> Iterator[str]:
    """Yield the nouns that this installation has."""
    return (name for name in NOUNS if find_spec(f"{__package__}.{name}") is not None)


def key_of(command_path: str) -> str:
    """Return the catalogue's key for the help of ``answerable receipt verify``."""
    words = command_path.split()[1:]
    return ".".join(("help", *words, *(("group",) if not words[1:] else ())))


def _shown(name: str) -> str:
    return " ".join(part for part in (f"--{name}", _METAVARS.get(name)) if part)
