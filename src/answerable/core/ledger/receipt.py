"""Judging a receipt by a policy: what it proves, by when, and on whose word."""

from dataclasses import dataclass

from answerable.core.errors import Undecidable
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.entry import entry_of
from answerable.core.ledger.errors import NotProven
from answerable.core.ledger.keys import VerifierKey, Verify
from answerable.core.ledger.lines import base64_of
from answerable.core.ledger.note import NoKnownSignature, Note, Verified, open_note, parse_note
from answerable.core.ledger.policy import Log, Policy, Witness
from answerable.core.ledger.policy_lines import TIME_SUFFIX
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.tree import leaf_hash, root_from_inclusion
from answerable.core.ledger.windows import EARLIEST_SECONDS, LATEST_SECONDS

CLOCK_SKEW_SECONDS = 86_400
"""How far ahead of the reader's clock a cosignature may be: clocks of offices are often wrong."""


class UnknownLedger(Undecidable):
    """The policy names no key for the ledger that the receipt is from."""

    code = "unknown-ledger"


class UnknownKey(Undecidable):
    """A key of the ledger signed that this policy does not have; a newer policy may have it."""

    code = "unknown-key"


class NotSignedByLedger(NotProven):
    """No signature line bears the ledger's name."""

    code = "not-signed-by-ledger"


class NoTimestamp(NotProven):
    """The ledger's own timestamped cosignature is missing, so nothing says by when."""

    code = "no-timestamp"


class ImpossibleTime(NotProven):
    """The ledger's own cosignature states a time that cannot be: before 2020, or still to come."""

    code = "impossible-time"


class KeyOutsideWindow(NotProven):
    """The key that signed did not count at the time of signing."""

    code = "key-outside-window"


class QuorumNotMet(NotProven):
    """Fewer witnesses cosigned than the policy demands."""

    code = "quorum-not-met"


class RootDiffers(NotProven):
    """Commitment, index and path do not lead to the signed root: no such entry, or altered."""

    code = "root-differs"


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness whose cosignature fits. It counts if its time is in its key's window."""

    name: str
    key: VerifierKey
    at_seconds: int
    own: bool
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """What a receipt proves: this commitment is entry ``index`` of the ledger since ``at_seconds``.

    That time is by the ledger's own clock; each cosigner has its own. ``size`` and ``root`` are the
    checkpoint's, ``quorum`` is the policy's name for what was demanded.
    """

    origin: str
    index: int
    size: int
    root: bytes
    commitment: bytes
    log_key: VerifierKey
    at_seconds: int
    cosigners: tuple[Cosigner, ...]
    quorum: str


def verify_receipt(
    receipt: Receipt,
    policy: Policy,
    verify: Verify,
    *,
    now_seconds: int | None = None,
    verify_mldsa: Verify | None = None,
) -> Proven:
    """Return what the receipt proves under the policy.

    The checks are made in the order of the errors below, so that every reader names the same one.
    Without ``now_seconds`` no time is too late; without ``verify_mldsa`` type 0x06 is ignored.

    Raises:
        UnreadableNote, UnreadableCheckpoint, NotACommitment, NotAHash: see Receipt.parse.
        UnknownLedger: the policy has no key for the checkpoint's origin.
        SignatureDoesNotFit: a line of a key that the policy names is not its signature.
        UnknownKey, NotSignedByLedger: no line is by a log key of the policy.
        UnknownKey, NoTimestamp: no line is by an own time key of the policy.
        ImpossibleTime, KeyOutsideWindow: of the own time key, then of the log key.
        QuorumNotMet: too few cosigners count.
        OutsideTree, WrongPathLength, RootDiffers: the path does not lead to the root.
    """
    note = parse_note(receipt.checkpoint_note_bytes)
    checkpoint = Checkpoint.parse(note.text)
    logs = policy.logs_of(checkpoint.origin)
    if not logs:
        raise UnknownLedger(f"no key for {checkpoint.origin}", origin=checkpoint.origin)
    keys = [log.key for log in logs] + [by.key for by in policy.witnesses]
    signed = _opened(note, keys, verify, verify_mldsa)
    signed_logs = [log for log in logs if log.key in signed]
    if not signed_logs:
        _require_no_line(note, checkpoint.origin)
        raise NotSignedByLedger("no signature by the ledger", origin=checkpoint.origin)
    own = policy.own_time_keys(checkpoint.origin)
    if not any(by.key in signed for by in own):
        _require_no_line(note, checkpoint.origin + TIME_SUFFIX)
        raise NoTimestamp("no timestamped cosignature by the ledger", origin=checkpoint.origin)
    at_seconds = _own_time(own, signed, now_seconds)
    log = _counting_log(signed_logs, at_seconds)
    cosigners = _cosigners(checkpoint.origin, policy, signed, now_seconds)
    if not policy.quorum_met({by.name for by in cosigners if by.counted}):
        counted = sum(by.counted for by in cosigners)
        raise QuorumNotMet("too few cosigners", quorum=policy.quorum, counted=counted)
    _require_root(receipt, checkpoint)
    return Proven(
        origin=checkpoint.origin,
        index=receipt.index,
        size=checkpoint.size,
        root=checkpoint.root,
        commitment=receipt.commitment,
        log_key=log.key,
        at_seconds=at_seconds,
        cosigners=cosigners,
        quorum=policy.quorum,
    )


def _opened(
    note: Note, keys: list[VerifierKey], verify: Verify, verify_mldsa: Verify | None
) -> dict[VerifierKey, Verified]:
    try:
        opened = open_note(note, keys, verify, verify_mldsa=verify_mldsa)
    except NoKnownSignature:
        # What follows says which line is missing, and whether an unknown key bears its name.
        return {}
    return {by.key: by for by in opened}


def _require_no_line(note: Note, name: str) -> None:
    for line in note.signatures:
        if line.name == name:
            raise UnknownKey(f"a key of {name} not known", name=name, key_id=line.key_id.hex())


def _own_time(
    own: tuple[Witness, ...], signed: dict[VerifierKey, Verified], now_seconds: int | None
) -> int:
    """Return the earliest time stated by an own time key that counts at that time."""
    stated = [(at_seconds, by) for by in own if (at_seconds := _time(by, signed)) is not None]
    stated.sort(key=lambda timed: timed[0])
    for at_seconds, by in stated:
        if at_seconds in by.window and _is_possible(at_seconds, now_seconds):
            return at_seconds
    at_seconds, by = stated[0]
    if not _is_possible(at_seconds, now_seconds):
        raise ImpossibleTime(f"{at_seconds} seconds since 1970", at=at_seconds)
    raise _outside(by.key, at_seconds)


def _time(by: Witness, signed: dict[VerifierKey, Verified]) -> int | None:
    verified = signed.get(by.key)
    return None if verified is None else verified.at_seconds


def _counting_log(signed_logs: list[Log], at_seconds: int) -> Log:
    for log in signed_logs:
        if at_seconds in log.window:
            return log
    raise _outside(signed_logs[0].key, at_seconds)


def _cosigners(
    origin: str, policy: Policy, signed: dict[VerifierKey, Verified], now_seconds: int | None
) -> tuple[Cosigner, ...]:
    own = {by.key for by in policy.own_time_keys(origin)}
    return tuple(
        Cosigner(
            by.name,
            by.key,
            at_seconds,
            own=by.key in own,
            counted=at_seconds in by.window and _is_possible(at_seconds, now_seconds),
        )
        for by in policy.witnesses
        if (at_seconds := _time(by, signed)) is not None
    )


def _is_possible(at_seconds: int, now_seconds: int | None) -> bool:
    latest = LATEST_SECONDS if now_seconds is None else now_seconds + CLOCK_SKEW_SECONDS
    return EARLIEST_SECONDS <= at_seconds <= min(latest, LATEST_SECONDS)


def _outside(key: VerifierKey, at_seconds: int) -> KeyOutsideWindow:
    return KeyOutsideWindow(
        f"the key of {key.name} did not count at {at_seconds}",
        name=key.name,
        key_id=key.key_id.hex(),
        at=at_seconds,
    )


def _require_root(receipt: Receipt, checkpoint: Checkpoint) -> None:
    leaf = leaf_hash(entry_of(receipt.commitment))
    root = root_from_inclusion(leaf, receipt.index, checkpoint.size, receipt.path)
    if root != checkpoint.root:
        raise RootDiffers(
            "the path leads to another root",
            index=receipt.index,
            size=checkpoint.size,
            expected=base64_of(checkpoint.root),
            got=base64_of(root),
        )
