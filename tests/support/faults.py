"""Real processes with real faults: killed at a write, refused a write, or left without power."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import IntEnum
from pathlib import Path
from signal import SIGKILL
from typing import Any

from tests.support.adapters import ROOT

FAULTS = ROOT / "tests" / "faults"


class Manner(IntEnum):
    """As interpose.c has it."""

    COUNT = 0
    KILL_BEFORE = 1
    KILL_AFTER = 2
    KILL_TORN = 3
    FAIL_ONCE = 4
    FAIL_ON = 5
    CUT_BEFORE = 6
    CUT_AFTER = 7


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the call number ``at`` of those that match; calls are parted by a space."""

    manner: Manner
    at: int = 1
    files: str = ""
    calls: str = ""
    error: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, what it said, and which matching calls it made before."""

    exit: int
    out: str
    err: str
    calls: tuple[tuple[str, str], ...]

    @property
    def killed(self) -> bool:
        return self.exit == -SIGKILL

    @property
    def told(self) -> Any:
        """What was said with --json."""
        return json.loads(self.out)

    @property
    def code(self) -> str:
        return str(self.told["code"])


class Machine:
    """Runs the program in processes of their own. See faults/forker.py."""

    def __init__(self, process: "subprocess.Popen[str]", folder: Path) -> None:
        self._process, self._folder = process, folder
        self.kept = folder / "kept"
        self.kept.mkdir()

    def cli(self, *words: str, cwd: Path, fault: Fault | None = None) -> Ended:
        return self.run("cli", words, cwd=cwd, fault=fault)

    def run(
        self, program: str, words: Sequence[str], *, cwd: Path, fault: Fault | None = None
    ) -> Ended:
        """Run a program of forker.py. The faults' files are looked for below ``cwd`` only."""
        log = self._folder / "log"
        log.write_bytes(b"")
        shutil.rmtree(self.kept)
        self.kept.mkdir()
        asked = {
            "program": program,
            "words": [os.fsdecode(os.fsencode(word)) for word in words],
            "cwd": str(cwd),
            "out": str(self._folder / "out"),
            "err": str(self._folder / "err"),
            "fault": None if fault is None else self._armed(fault, cwd, log),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asked) + "\n")
        self._process.stdin.flush()
        status = int(self._process.stdout.readline())
        lines = (line.split(" ", 2) for line in log.read_text().splitlines())
        calls = tuple((call, os.path.relpath(path, cwd)) for _, call, path in lines)
        said = [(self._folder / name).read_text(errors="replace") for name in ("out", "err")]
        return Ended(status, said[0], said[1], calls)

    def _armed(self, fault: Fault, cwd: Path, log: Path) -> dict[str, Any]:
        return {
            # Without a pattern everything below the folder, and the folder's own names.
            "files": str(cwd / fault.files) if fault.files else f"{cwd}*",
            "calls": f" {fault.calls} " if fault.calls else "",
            "at": fault.at,
            "manner": int(fault.manner),
            "error": fault.error,
            "log": str(log),
            "kept": str(self.kept),
        }


@contextmanager
def machine(compiler: str, folder: Path) -> Iterator[Machine]:
    """Build the interposer and start what forks under it."""
    library = folder / "interpose.so"
    source = FAULTS / "interpose.c"
    options = ("-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror")
    subprocess.run([compiler, *options, "-o", library, source, "-ldl"], check=True)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.faults.forker"],
        cwd=ROOT,
        env={**os.environ, "LD_PRELOAD": str(library), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield Machine(process, folder)
        finally:
            assert process.stdin is not None
            process.stdin.close()


@dataclass(frozen=True, slots=True)
class World:
    """A folder with a mechanism and what is handed in to it; ``template`` is it before the run."""

    path: Path
    template: Path
    inodes: dict[int, Path]

    @property
    def mechanism(self) -> Path:
        return self.path / "m"


def world_of(template: Path, path: Path) -> World:
    """Copy a template, which is then what the disk holds before anything happens."""
    shutil.copytree(template, path, symlinks=True)
    found = {path.stat().st_ino: template}
    for item in path.rglob("*"):
        found[item.lstat().st_ino] = template / item.relative_to(path)
    return World(path, template, found)


def cut_power(world: World, kept: Path) -> World:
    """Leave of a world only what was synced: contents of files, and names in folders."""
    durable = world.path.with_name(f"{world.path.name}-after")
    _restore(world, kept, world.path.stat().st_ino, durable)
    shutil.rmtree(world.path)
    durable.rename(world.path)
    return replace(world)


def _restore(world: World, kept: Path, inode: int, to: Path) -> None:
    to.mkdir()
    listed = kept / f"{inode}.names"
    for line in listed.read_text().splitlines() if listed.exists() else _names(world, inode):
        number, kind, name = line.split(" ", 2)
        if kind == "d":
            _restore(world, kept, int(number), to / name)
            continue
        copy = kept / number
        found = copy if copy.exists() else world.inodes.get(int(number))
        (to / name).write_bytes(b"" if found is None else found.read_bytes())


def _names(world: World, inode: int) -> Iterator[str]:
    """Yield the names that a folder had at first, with the inodes that they had in this world."""
    before = world.inodes.get(inode)
    for number, path in world.inodes.items():
        if before is not None and path.parent == before and path != world.template:
            yield f"{number} {'d' if path.is_dir() else 'f'} {path.name}"


@dataclass(frozen=True, slots=True)
class Worlds:
    """Makes copies of a template, numbered."""

    template: Path
    folder: Path
    numbers: Iterator[int]

    @contextmanager
    def one(self) -> Iterator[World]:
        made = world_of(self.template, self.folder / str(next(self.numbers)))
        yield made
        shutil.rmtree(made.path, ignore_errors=True)
