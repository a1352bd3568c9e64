"""Checkpoints by themselves: what is signed, by whom, when; and the head's second copy."""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge

from answerable.core.errors import AnswerableError
from answerable.core.invariants.view import (
    Counts,
    Finding,
    LedgerView,
    SeenCheckpoint,
    SeenHead,
    SeenLedger,
    Signers,
    finding,
)
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import Note, Verified, open_note, parse_note


@dataclass(frozen=True, slots=True)
class Signed:
    """A size and the root that was promised for it, with what is wrong in the promise itself.

    The root is None where there is nothing to compare.
    """

    size: int
    root: bytes | None
    findings: tuple[Finding, ...]
    second_copy: bool = False


def signed_heads(
    view: LedgerView, ledger: SeenLedger, signers: Signers | None, counts: Counts
) -> Iterator[Signed]:
    """Yield the checkpoints of a ledger by size, and the head's second copy in its place."""
    return merge(
        _checkpoints(view, ledger, signers, counts),
        _second_copy(view, ledger),
        key=lambda signed: signed.size,
    )


def _checkpoints(
    view: LedgerView, ledger: SeenLedger, signers: Signers | None, counts: Counts
) -> Iterator[Signed]:
    last_size, last_at = -1, 0
    for row in view.checkpoints(ledger.number):
        counts.checkpoints += 1
        where = {"ledger": ledger.number, "size": row.size}
        found = []
        if row.size <= last_size:
            found.append(finding("sizes-do-not-grow", **where))
        if row.at < last_at:
            found.append(finding("time-runs-back", **where))
        root, wrong = _read(row, ledger, signers)
        found += wrong
        last_size, last_at = max(row.size, last_size), max(row.at, last_at)
        yield Signed(last_size, root, tuple(found))


def _second_copy(view: LedgerView, ledger: SeenLedger) -> Iterator[Signed]:
    head = view.head()
    newest = max((found.number for found in view.ledgers()), default=0)
    if head is None:
        if view.head_at_hand() and ledger.number == newest and view.end() > 0:
            yield Signed(0, None, (finding("head-missing", ledger=newest),), second_copy=True)
    elif head.ledger == ledger.number:
        found = tuple(_head_findings(view, ledger, head))
        if ledger.number == newest:
            yield Signed(head.size, head.root, found, second_copy=True)
        else:
            # A successor began because this head was ahead: its first act says so.
            yield Signed(0, None, found, second_copy=True)
    elif ledger.number == newest and head.ledger > newest:
        lost = finding("head-ahead", ledger=head.ledger, size=head.size, entries=0)
        yield Signed(0, None, (lost,), second_copy=True)


def _head_findings(view: LedgerView, ledger: SeenLedger, head: SeenHead) -> Iterator[Finding]:
    if head.origin != ledger.origin:
        yield finding("head-differs", ledger=ledger.number, size=head.size)
    stored = view.years()
    for year, high in head.years:
        if high > stored.get(year, 0):
            yield finding("numbers-behind-head", year=year, high=high, stored=stored.get(year, 0))


def _read(
    row: SeenCheckpoint, ledger: SeenLedger, signers: Signers | None
) -> tuple[bytes, list[Finding]]:
    """Return the root that was signed, and what is wrong with the row or its note."""
    where = {"ledger": ledger.number, "size": row.size}
    try:
        note = parse_note(row.note)
        signed = Checkpoint.parse(note.text)
    except AnswerableError as problem:
        return row.root, [finding("checkpoint-unreadable", **where, reason=problem.code)]
    found = []
    if signed != Checkpoint(ledger.origin, row.size, row.root):
        found.append(finding("checkpoint-altered", **where))
    if signers is not None and (reason := _unsigned(note, signed, row.at, signers)):
        found.append(finding("checkpoint-unsigned", **where, reason=reason))
    return signed.root, found


def _unsigned(note: Note, signed: Checkpoint, at: int, signers: Signers) -> str | None:
    """Return why the note is not signed as it must be, or None."""
    policy = signers.policy
    logs = {log.key: log for log in policy.logs_of(signed.origin)}
    times = {time.key: time for time in policy.own_time_keys(signed.origin)}
    try:
        verified = open_note(note, [*logs, *times], signers.verify)
    except AnswerableError as problem:
        return problem.code
    seconds = at // 1000
    by_log = [by for by in verified if by.key in logs and seconds in logs[by.key].window]
    by_time = [by for by in verified if by.key in times and seconds in times[by.key].window]
    return _missing(by_log, by_time, seconds)


def _missing(by_log: list[Verified], by_time: list[Verified], seconds: int) -> str | None:
    if not by_log:
        return "not-signed-by-ledger"
    if not by_time:
        return "no-timestamp"
    return None if any(by.at_seconds == seconds for by in by_time) else "another-time"
