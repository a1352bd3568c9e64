"""Runs the program with arguments of the story, each time in a process of its own."""

import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryFile

from answerable.cli.group import there
from answerable.cli.surface import Doors, run
from answerable.core.errors import AnswerableError

FORKS = platform.system() == "Linux"
"""Elsewhere a copy of this process may not be sound, and the program is started anew."""


class Runs:
    """Runs command lines as a shell would: what they answer, on stdout and stderr, is one text.

    Most of the time of a short command goes into loading the program. So it is loaded once, and
    each command is done by a copy of the process, which shares nothing with the next one.
    """

    def __init__(self, doors: Doors, *, forks: bool = FORKS) -> None:
        self._doors, self._forks = doors, forks
        if forks:
            for noun in there():
                import_module(f"answerable.cli.{noun}")
            # No mechanism is there: what stands behind the door is loaded, and nothing is opened.
            with suppress(AnswerableError):
                _ = doors.application and doors.application(os.devnull)

    def __call__(
        self, arguments: Sequence[str], at: Path, environ: Mapping[str, str]
    ) -> tuple[int, str]:
        """Return how a command line ended in a folder, and what it answered."""
        if not self._forks:
            return _started(arguments, at, environ)
        with TemporaryFile() as said:
            child = get_context("fork").Process(
                target=self._in_child, args=(arguments, at, environ, said.fileno())
            )
            child.start()
            child.join()
            said.seek(0)
            # The code of a child that is gone is there.
            return child.exitcode or 0, said.read().decode()

    def _in_child(
        self, arguments: Sequence[str], at: Path, environ: Mapping[str, str], said: int
    ) -> None:
        os.chdir(at)
        os.environ.clear()
        os.environ.update(environ)
        for stream in (1, 2):
            os.dup2(said, stream)
        sys.stdout = TextIOWrapper(os.fdopen(1, "wb"), "utf-8")
        sys.stderr = TextIOWrapper(os.fdopen(2, "wb"), "utf-8", line_buffering=True)
        sys.exit(run(arguments, self._doors, environ))


def _started(arguments: Sequence[str], at: Path, environ: Mapping[str, str]) -> tuple[int, str]:
    ran = subprocess.run(  # noqa: S603 - the program itself, with arguments of the story
        [sys.executable, "-m", "answerable", *arguments],
        cwd=at,
        env=dict(environ),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        encoding="utf-8",
    )
    return ran.returncode, ran.stdout
