"""Programs in Go that judge our files without our code; Debian's packages build them offline."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

GOPATH = Path("/usr/share/gocode")
X_MOD = GOPATH / "src" / "golang.org" / "x" / "mod" / "sumdb" / "tlog"

Command = Sequence[str]
Answer = dict[str, Any]


class NoGo(Exception):
    """What builds the programs is not on this machine."""


class Program:
    """A program that answers a command with one object of JSON."""

    def __init__(self, *started_by: Path) -> None:
        self._started_by = started_by

    def answers(self, commands: Iterable[Command]) -> list[Answer]:
        """Return the answers to all commands, from one process."""
        asked = [json.dumps(list(command)) + "\n" for command in commands]
        done = subprocess.run(
            [*self._started_by, "batch"],
            input="".join(asked).encode(),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert len(found) == len(asked)
        return found

    def answer(self, *words: str) -> Answer:
        (found,) = self.answers([words])
        return found

    def exit_code(self, *words: str) -> int:
        command: list[str | Path] = [*self._started_by, *words]
        return subprocess.run(command, capture_output=True, check=False).returncode


class GoProgram(Program):
    """A program built from a folder of this project."""


def built(source: Path, into: Path) -> GoProgram:
    """Build the program whose source is in a folder, once for all processes that share ``into``.

    Raises:
        NoGo: Go or x/mod is missing.
    """
    go = shutil.which("go")
    if go is None:
        raise NoGo("go is missing; on Debian: apt install golang-go")
    if not X_MOD.is_dir():
        raise NoGo("x/mod is missing; on Debian: apt install golang-golang-x-mod-dev")
    binary = into / source.name
    with (into / "go.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not binary.exists():
            subprocess.run(
                [go, "build", "-o", binary, "."], cwd=source, env=_environment(into), check=True
            )
    return GoProgram(binary)


def _environment(into: Path) -> dict[str, str]:
    # No network, no go.mod, and nothing left behind outside the folder of this run.
    offline = {"GO111MODULE": "off", "GOPATH": str(GOPATH), "GOFLAGS": "", "GOTOOLCHAIN": "local"}
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return {**kept, **offline, "CGO_ENABLED": "0", "GOCACHE": str(into / "gocache")}
