"""Where the demo plays: runs each command line in the demo's folder and shows what it answers."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answerable.cli.demonstration.layout import INDENT, answer_lines, broken, command_lines
from answerable.cli.demonstration.running import Runs
from answerable.cli.output import Json, Result
from answerable.cli.surface import Surface
from answerable.core.errors import Broken

WIDEST = 100
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


class DemoStrayed(Broken):
    """A command of the demo ended otherwise than the story says."""

    code = "demo-strayed"


@dataclass(frozen=True, slots=True)
class Cut:
    """What a reader would type after a command to see some of its lines only."""

    typed: str
    lines: slice | str | tuple[str, ...]

    def __call__(self, text: str) -> str:
        found = text.split("\n")
        if isinstance(self.lines, slice):
            return "\n".join(found[self.lines])
        return "\n".join(line for line in found if line.startswith(self.lines))


def head(count: int) -> Cut:
    return Cut(f"| head -n {count}", slice(count))


def tail(count: int) -> Cut:
    return Cut(f"| tail -n {count}", slice(-count, None))


def beginning(start: str) -> Cut:
    return Cut(f"| grep '^{start}'", start)


class Stage:
    """Tells the story in chapters, and keeps what was run and how it ended."""

    def __init__(self, surface: Surface, folder: Path) -> None:
        self.folder = folder
        self.played: list[Json] = []
        self._surface = surface
        self._runs = Runs(surface.doors)
        self._at = folder
        self._chapter = 0
        self._shows = not (surface.manner.json or surface.manner.plain)
        columns = shutil.get_terminal_size((WIDEST, 24)).columns
        self.columns = min(columns, WIDEST) if sys.stdout.isatty() else columns
        self._bold = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self._environ = {
            name: value for name, value in os.environ.items() if not name.startswith("ANSWERABLE_")
        } | {
            "ANSWERABLE_LANG": surface.manner.language,
            "PYTHONIOENCODING": "utf-8",
            # What a command lays out by itself is shown further in.
            "COLUMNS": str(self.columns - len(INDENT)),
        }

    def chapter(self, key: str, **facts: str | int) -> None:
        """Begin a chapter: its number, its title, and what it is about."""
        self._chapter += 1
        title = f"{self._chapter}. {self._surface.say(f'demo.{key}.title')}"
        self._show("", self._strong(title))
        self.say(f"demo.{key}.text", **facts)

    def say(self, key: str, **facts: str | int) -> None:
        self._show(*broken(self._surface.say(key, **facts), self.columns), "")

    def run(
        self,
        *arguments: str,
        cut: Cut | None = None,
        ends: int = 0,
        shown: Sequence[str] | None = None,
    ) -> str:
        """Run the program with these arguments, and return what it answered.

        ``shown`` are the words that a reader would type, where a shell makes others of them.

        Raises:
            DemoStrayed: it ended with another code.
        """
        words = [
            "answerable",
            *(shown or map(shlex.quote, arguments)),
            *([cut.typed] if cut else ()),
        ]
        self._show_command(words)
        ended, said = self._runs(arguments, self._at, self._environ)
        text = "\n".join(self._said(said))
        self.played.append({"command": " ".join(words), "exit": ended, "answer": text})
        if ended != ends:
            command = " ".join(words)
            self._show(*answer_lines(text, self.columns))
            raise DemoStrayed(text, command=command, expected=ends, found=ended)
        self._show(*answer_lines(cut(text) if cut else text, self.columns), "")
        return text

    def copy(self, source: str, target: str) -> None:
        """Copy a folder, or files into a folder that is there."""
        words = ["cp", *(["-r"] if (self._at / source).is_dir() else ()), source, target]
        self._show_command(words)
        for path in sorted(self._at.glob(source)):
            if path.is_dir():
                shutil.copytree(path, self._at / target)
            else:
                shutil.copy(path, self._at / target)

    def make_folder(self, name: str) -> None:
        self._show_command(["mkdir", name])
        (self._at / name).mkdir()

    def enter(self, name: str) -> None:
        self._show_command(["cd", name])
        self._at = (self._at / name).resolve()

    def export(self, name: str, value: str) -> None:
        self._show_command(["export", f"{name}={value}"])
        self._environ[name] = value

    def typed(self, *words: str) -> None:
        """Show a line that the story's own code carries out."""
        self._show_command(list(words))

    def pause(self) -> None:
        """Leave a line free after commands that answer nothing."""
        self._show("")

    def _said(self, answer: str) -> Iterator[str]:
        # That the language is a draft was said once, when the demo began.
        notice = self._surface.say("catalogue.notice").split("\n")
        for line in answer.rstrip("\n").split("\n"):
            if not (self._surface.catalogue.is_draft and line in notice):
                yield line

    def _show_command(self, words: list[str]) -> None:
        self._show(*map(self._strong, command_lines(words, self.columns)))

    def _show(self, *lines: str) -> None:
        if self._shows:
            self._surface.tell(Result("demo", {}, "\n".join(lines)))

    def _strong(self, text: str) -> str:
        return f"{_BOLD}{text}{_PLAIN}" if self._bold else text
