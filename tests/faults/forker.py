"""A process that has loaded the program and forks for each run of it, with a fault where asked.

Each run is a real process under the interposer of interpose.c. Started anew, each would spend most
of its time on imports, and the sweeps of this folder make many hundreds.
"""

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

from answerable.__main__ import DOORS
from answerable.bootstrap.application import application
from answerable.cli.surface import run
from answerable.core.errors import AnswerableError
from answerable.locale.catalogue import Catalogue

LOADED = (
    *("case", "doctor", "ledger", "party", "progress", "seat", "submission"),
    "answerable.bootstrap.offline",
    "answerable.casework.gazetteer",
    "answerable.core.case.delivery",
    "answerable.forms.form",
    "answerable.forms.exhibit_files",
    "answerable.storage.case_keys",
    "answerable.storage.checking",
    "answerable.storage.publisher",
    "answerable.storage.sqlite",
)
LIMIT_SECONDS = 60


def cli(words: Sequence[str]) -> int:
    return run(words, DOORS)


def twice(words: Sequence[str]) -> int:
    """Add parties to one Application, one after another, whatever becomes of each."""
    from uuid import uuid4  # noqa: PLC0415 - drawn after the fork

    folder, *names = words
    made = application(folder)
    for name in names:
        try:
            _, issued = made.add_party(name, key=None, request=uuid4())
            print(name, issued.number, flush=True)  # noqa: T201 - what the test reads
        except AnswerableError as error:
            print(name, error.code, flush=True)  # noqa: T201 - as above
    return 0


PROGRAMS: Mapping[str, Callable[[Sequence[str]], int]] = {"cli": cli, "twice": twice}


def arm(fault: Mapping[str, Any]) -> None:
    texts = [fault[name].encode() for name in ("files", "calls", "log", "kept")]
    files, calls, log, kept = texts
    ctypes.CDLL(None).faults_arm(
        files, calls, fault["at"], fault["manner"], fault["error"], log, kept
    )


def become(asked: Mapping[str, Any]) -> int:
    """Run what was asked, as a process that was started for it alone."""
    signal.alarm(LIMIT_SECONDS)
    os.chdir(asked["cwd"])
    for number, name in ((0, os.devnull), (1, asked["out"]), (2, asked["err"])):
        flags = os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        os.dup2(os.open(name, flags, 0o600), number)
    if asked["fault"] is not None:
        arm(asked["fault"])
    return PROGRAMS[asked["program"]](asked["words"])


def main() -> int:
    for name in LOADED:
        import_module(name if "." in name else f"answerable.cli.{name}")
    Catalogue("en").say("help.usage")  # read once, and not in every run
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            return become(json.loads(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
