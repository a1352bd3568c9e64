"""Plays situations: transcripts of the program on a mechanism whose clock the transcript sets.

A situation is a transcript (tests/support/transcripts.py) with four more signs:

    "@ "    a day and hour: from here on it is then; or a time zone, in which the next ones are
    "% "    the situation that comes before this one: its folder is where this one begins
    "> "    a line of the file that the "+ " line before it puts there
    "\\"    at the end of a command: it goes on in the next line

A word "{the public half of FILE}" of a command stands for the public key of a party's key file: it
is drawn anew each time.

The program is the real one, in this process. Its clock and its reader's are the transcript's.
"""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from answerable.bootstrap import application as applications
from answerable.bootstrap import founding, parts, restoring
from answerable.bootstrap.offline import offline
from answerable.casework.application import Application
from answerable.casework.ports import Issued
from answerable.cli.surface import Doors, run
from answerable.keys import ed25519
from answerable.keys.party_key import read_party_key
from tests.support.transcripts import answered, put

MECHANISM = "panel"
_PUBLIC = re.compile(r"\{the public half of (\S+)\}")
SIGNS = ("|", "!", "=")
"""Lines that are answers: written anew whenever a situation is played."""


class Player:
    """Plays one situation in a folder of its own."""

    def __init__(self, patch: pytest.MonkeyPatch, folder: Path, start: Callable[[str], Path]):
        self._folder, self._start = folder, start
        self._now, self._zone = 0, ZoneInfo("Asia/Phnom_Penh")
        self._arriving = ""
        self._signs: Mapping[str, Callable[[str], None]] = {
            "% ": self._go_on_from,
            "@ ": self._go_to,
            "+ ": self._put,
            "> ": self._write,
        }
        self._open: dict[str, Application] = {}
        patch.setattr(applications, "milliseconds", self._milliseconds)
        patch.setattr(founding, "milliseconds", self._milliseconds)
        patch.setattr(parts, "milliseconds", self._milliseconds)
        patch.setattr(restoring, "milliseconds", self._milliseconds)

    def play(self, written: str) -> str:
        """Return the situation as it would be written now."""
        lines = iter(written.splitlines(keepends=True))
        try:
            with chdir(self._folder):
                return "".join(self._lines(lines))
        finally:
            for application in self._open.values():
                application.close()

    def _lines(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            if line.startswith(SIGNS):
                continue
            yield line
            rest = line[2:].rstrip("\n")
            if line.startswith("$ "):
                while rest.endswith("\\"):
                    yield (line := next(lines))
                    rest = rest.removesuffix("\\") + line.strip()
                yield from answered(rest, self._run)
            elif (do := self._signs.get(line[:2].replace("\n", " "))) is not None:
                do(rest)

    def _go_on_from(self, situation: str) -> None:
        shutil.copytree(self._start(situation), self._folder, dirs_exist_ok=True)

    def _put(self, what: str) -> None:
        self._arriving, _, made = what.partition(" ")
        if made:
            put(self._arriving, *made.split(" ", 1))
        else:
            Path(self._arriving).write_text("")

    def _write(self, line: str) -> None:
        with Path(self._arriving).open("a") as file:
            file.write(f"{line}\n")

    def _go_to(self, when: str) -> None:
        if "," not in when:
            self._zone = ZoneInfo(when)
            return
        at = datetime.strptime(when, "%A %d %B %Y, %H:%M").replace(tzinfo=self._zone)
        if f"{at:%A} " != when[: when.index(" ") + 1]:
            raise ValueError(f"{when} is a {at:%A}")
        now = int(at.timestamp()) * 1000
        if now < self._now:
            raise ValueError(f"{when} is before what happened already")
        self._now = now

    def _milliseconds(self) -> int:
        if not self._now:
            raise ValueError("a situation says first when it is")
        # Each look at the clock is a little later, as it is for people.
        self._now += 1
        return self._now

    def _run(self, words: list[str], environ: Mapping[str, str]) -> int:
        words = [_PUBLIC.sub(_public, word) for word in words]
        doors = Doors(
            offline=lambda: replace(offline(), now_seconds=self._now // 1000),
            application=self._application,
            found=_found,
        )
        return run(words, doors, {**environ, "ANSWERABLE_MECHANISM": MECHANISM})

    def _application(self, folder: str) -> Any:
        # One for the whole situation: each would begin with reading the rules again.
        if folder not in self._open:
            self._open[folder] = applications.application(folder)
        return self._open[folder]


def _public(found: re.Match[str]) -> str:
    return ed25519.public_of(read_party_key(Path(found[1]))).hex()


def _found(folder: str, values: Mapping[str, str | int], request: UUID) -> Issued:
    # Without padding: the entries of a transcript are counted.
    return founding.found(folder, {**values, "padding_per_day": 0}, request)
