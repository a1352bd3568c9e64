"""Plays transcripts: plain text of what a person types, and what must be answered.

A line of a transcript begins with

    "$ "    a command, which is run in an empty folder
    "| "    a line of its stdout
    "! "    a line of its stderr
    "= "    its exit code, where that is not 0
    "+ "    a file to put there first: name, "from", a vector of docs/specs/vectors, and changes

and everything else is words for the reader. ``ANSWERABLE_UPDATE_TRANSCRIPTS=1`` writes down what is
answered now; a person reads it before it is committed.
"""

import os
import re
import shlex
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path

from answerable.core.acts import Commitment
from answerable.core.fingerprint import LISTS
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import sign_note
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.tree import entry_of, leaf_hash, root_of
from answerable.core.opening import parse_opening
from tests.support.training_ledger import LOG, MAY, ORIGIN, TIME, leaves

ROOT = Path(__file__).parents[2]
VECTORS = ROOT / "docs" / "specs" / "vectors"
UPDATE = "ANSWERABLE_UPDATE_TRANSCRIPTS"

_PAIR = r"(?:{})\s+(?:{})".format(*map("|".join, LISTS))
WORDS = rf"\b{_PAIR}(?:\s+{_PAIR}){{5}}\b"
NUMBERS = r"\b\d{3}(?:\s+\d{3}){11}\b"
"""A fingerprint as it is read aloud: of a record whose secret is drawn, another each time."""

Run = Callable[[list[str], Mapping[str, str]], int]
"""Does what a command line asks, with these variables, and returns the exit code."""


def transcripts(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.txt"))


def play(transcript: Path, folder: Path, run: Run) -> tuple[str, str]:
    """Return the transcript as it is written, and as it would be written now."""
    written = transcript.read_text()
    with chdir(folder):
        now = "".join(_lines(written, run))
    if os.environ.get(UPDATE):
        transcript.write_text(now)
        return now, now
    return written, now


def _lines(written: str, run: Run) -> Iterator[str]:
    for line in written.splitlines(keepends=True):
        if line.startswith("$ "):
            yield line
            yield from answered(line.removeprefix("$ ").strip(), run)
        elif not line.startswith(("|", "!", "=")):
            if line.startswith("+ "):
                put(*line.removeprefix("+ ").strip().split(" ", 2))
            yield line


def answered(command: str, run: Run) -> Iterator[str]:
    """Yield what a command line answers, each line with its sign."""
    program, *words = shlex.split(command)
    if program != "answerable":
        raise ValueError(f"a transcript runs answerable only, not {program}")
    out, err = TextIOWrapper(BytesIO(), "utf-8"), TextIOWrapper(BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(err):
        code = run(words, {})
    yield from (f"| {line}".rstrip() + "\n" for line in _text(out))
    yield from (f"! {line}".rstrip() + "\n" for line in _text(err))
    if code:
        yield f"= {code}\n"


def _text(stream: TextIOWrapper) -> list[str]:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, BytesIO)
    return buffer.getvalue().decode().split("\n")[:-1]


def put(name: str, how: str, what: str) -> None:
    """Make a file of a transcript: from a vector, with words exchanged or an end cut off."""
    match how:
        case "from":
            vector, *changes = shlex.split(what)
            content = (VECTORS / vector).read_bytes()
            for change in changes:
                content = _changed(content, change)
        case "receipt-of":
            opening = parse_opening((VECTORS / what).read_bytes())
            content = receipt_for(opening.commitment).encode()
        case "list":
            lines = (
                f"{n}. Recommendation {n} of the training list." for n in range(1, int(what) + 1)
            )
            content = "\n".join(("Subject: Recommendations (training)", "", *lines)).encode()
        case "text":
            content = what.encode().decode("unicode_escape").encode("latin-1")
        case _:
            raise ValueError(f"no way to make a file: {how}")
    Path(name).write_bytes(content)


def _changed(content: bytes, change: str) -> bytes:
    if cut := re.fullmatch(r"cut:(\d+)", change):
        return content[: int(cut[1])]
    if change == "crlf":
        return content.replace(b"\n", b"\r\n")
    old, new = change.split("=>")
    changed = content.replace(old.encode(), new.encode(), 1)
    if changed == content:
        raise ValueError(f"nothing to change: {old}")
    return changed


def receipt_for(commitment: Commitment) -> Receipt:
    """Return the receipt of a commitment, as entry 3 of a training ledger of four."""
    last = leaf_hash(entry_of(commitment))
    first = leaves(3)
    root = root_of([*first, last])
    note = sign_note(Checkpoint(ORIGIN, 4, root).text(), (LOG.signer(), TIME.at(MAY)))
    path = (first[2], root_of(first[:2]))
    return Receipt(commitment, 3, path, note.encode())
