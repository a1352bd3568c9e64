"""A process that has loaded the program and forks for each run of it, with a fault where asked.

Each run is a real process under the interposer of interpose.c. Started anew, each would spend most
of its time on imports, and the sweeps of this folder make many hundreds.
"""

import atexit
import ctypes
import gc
import json
import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO, NoReturn
from uuid import uuid4

from answerable.__main__ import DOORS
from answerable.bootstrap import registers
from answerable.bootstrap.application import application
from answerable.casework.delivery import Delivery
from answerable.casework.kept_forms import KeptForms
from answerable.casework.ports import Appended, StorageFailed
from answerable.cli.surface import run
from answerable.core.errors import AnswerableError
from answerable.keys.cipher import Aes256Gcm
from answerable.locale.catalogue import Catalogue
from answerable.storage.case_keys import SqliteCaseKeys
from answerable.storage.kept_forms import FolderForms

LOADED = (
    *("backup", "case", "doctor", "key", "ledger", "opening", "party", "progress", "rebuild"),
    *("receipt", "restore", "seat", "submission"),
    "answerable.bootstrap.database",
    "answerable.bootstrap.offline",
    "answerable.bootstrap.restoring",
    "answerable.casework.gazetteer",
    "answerable.core.case.delivery",
    "answerable.forms.form",
    "answerable.forms.acts_file",
    "answerable.forms.exhibit_files",
    "answerable.storage.case_keys",
    "answerable.storage.checking",
    "answerable.storage.postgres_keys",
    "answerable.storage.projections",
    "answerable.storage.publisher",
    "answerable.storage.sqlite",
    "answerable.storage.successor",
    # What Django loads by itself once a database is set, without a setting of ours.
    *("django.core.management", "django.core.management.commands.migrate"),
    *("django.db.backends.sqlite3.base", "django.db.migrations.executor"),
)
LIMIT_SECONDS = 60


def cli(words: Sequence[str]) -> int:
    return run(words, DOORS)


def parties(words: Sequence[str]) -> int:
    """Add parties to one Application, one after another, whatever becomes of each."""
    folder, *names = words
    made = application(folder)

    def add(name: str) -> str:
        _, issued = made.add_party(name, key=None, request=uuid4())
        return issued.number

    for name in names:
        _tell(name, add)
    return 0


def lodgings(words: Sequence[str]) -> int:
    """Lodge reports with one Application, one after another, whatever becomes of each."""
    folder, *names = words
    made = application(folder)

    def lodge(name: str) -> str:
        report = f"allegations:\n- what: {name}\n".encode()
        submissions = [one.submission for one in made.forms.delivery(report, "report.yaml")]
        whole = [submission for submission in submissions if submission is not None]
        delivery = Delivery(request=uuid4(), submissions=whole, exhibit=no_exhibit)
        (outcome,) = made.lodge_submission(delivery)
        return outcome.acts[0].number if isinstance(outcome, Appended) else outcome.code

    for name in names:
        _tell(name, lodge)
    return 0


def overwriting(words: Sequence[str]) -> int:
    """Overwrite one slot of a store of case keys, as erasing a case does."""
    path, slot = words
    SqliteCaseKeys(Path(path)).overwrite(int(slot))
    return 0


def extract(words: Sequence[str]) -> int:
    """Check a register and make its extract, as a server's process does."""
    return registers.main(*words)


def sharing(words: Sequence[str]) -> int:
    """Save a form, and let it have files of another, as a return with the key does."""
    folder, before, token, *names = words
    forms = forms_in(Path(folder))
    try:
        forms.save(token, b"what is typed anew")
        forms.share_files(before, token, [(name, "") for name in names])
    except StorageFailed:
        return 1
    return 0


def forms_in(folder: Path) -> KeptForms:
    """Return the forms that nobody sent in a folder, in which no time passes."""
    return KeptForms(FolderForms(folder, 0), Aes256Gcm(), lambda: 0, os.urandom)


def no_exhibit(name: str) -> BinaryIO:
    raise AssertionError(f"no report here has an exhibit, and {name} was asked for")


def _tell(name: str, act: Callable[[str], str]) -> None:
    try:
        said = act(name)
    except AnswerableError as error:
        said = error.code
    print(name, said, flush=True)  # noqa: T201 - what the test reads


PROGRAMS: Mapping[str, Callable[[Sequence[str]], int]] = {
    "cli": cli,
    "parties": parties,
    "lodgings": lodgings,
    "overwriting": overwriting,
    "extract": extract,
    "sharing": sharing,
}


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


def end(code: int) -> NoReturn:
    """End as a process does: its exit handlers run, and its words are out.

    All its databases are closed, of which Python closes most. Of what else it takes apart it would
    first copy what the fork shares with its parent: a third of the time of a sweep.
    """
    atexit._run_exitfuncs()  # noqa: SLF001 - os._exit does not, and there is no other name for it
    # What was loaded before the fork is frozen, and not among these.
    for one in [one for one in gc.get_objects() if isinstance(one, sqlite3.Connection)]:
        one.close()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main() -> int:
    for name in LOADED:
        import_module(name if "." in name else f"answerable.cli.{name}")
    Catalogue("en").say("help.usage")  # read once, and not in every run
    gc.freeze()  # else each run begins by copying what it only looks over for rubbish
    for line in sys.stdin.buffer:
        child = os.fork()
        if child == 0:
            end(become(json.loads(line)))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
