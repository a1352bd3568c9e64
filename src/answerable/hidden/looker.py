"""Casework's port HiddenData: each file is looked into by a process that may fail alone."""

import json
import subprocess
import sys

from answerable.casework.hidden_data import LIMIT, UNREAD, FileHarmful, Hidden, Looked
from answerable.hidden.kinds import kind_of
from answerable.hidden.process import SECONDS

MODULE = "answerable.hidden.process"
WAIT: float = 2 * SECONDS
"""Seconds, of a clock on the wall: a process that waits uses none of its own."""


class Looker:
    """Casework's port HiddenData."""

    def look(self, data: bytes) -> Looked:
        if not data or len(data) > LIMIT:
            return _unread(data)
        command = [sys.executable, "-m", MODULE]
        try:
            done = subprocess.run(  # noqa: S603 - this interpreter, and a module of this package
                command, input=data, capture_output=True, timeout=WAIT, check=False
            )
        except subprocess.TimeoutExpired:
            return _unread(data)
        if done.returncode:
            # It took too much, or has a fault: what it says of that may quote the file.
            return _unread(data)
        line, _, cleaned = done.stdout.partition(b"\n")
        head = json.loads(line)
        if "harmful" in head:
            raise FileHarmful("as its process says", reason=head["harmful"])
        found = tuple(Hidden(code, value) for code, value in head["found"])
        return Looked(
            head["kind"], found, cleaned if head["is_cleaned"] else None, head["extension"]
        )


def _unread(data: bytes) -> Looked:
    # Of a file that is cut here the kind is known, but for that of an archive.
    kind, extension = kind_of(data)
    return Looked(kind, (Hidden(UNREAD),), None, extension)
