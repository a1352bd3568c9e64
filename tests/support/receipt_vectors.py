"""The vectors of docs/specs/receipt.md: what proves, and what each altered receipt is called."""

from dataclasses import dataclass

from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.lines import base64_of
from answerable.core.ledger.note import Signer, sign_note
from answerable.core.ledger.proof import Receipt
from tests.support.training_ledger import (
    GREASE,
    JULY,
    JUNE,
    LOG,
    MAY,
    NEW_LOG,
    NEW_TIME,
    NORTH,
    ORIGIN,
    OTHER_LOG,
    SOUTH,
    TIME,
    checkpoint,
    commitment,
    receipt,
)

NOW = JULY + 30 * 86_400

ALONE = receipt(0, 1, [LOG.signer(), TIME.at(MAY)])
ISSUED = receipt(5, 300, [LOG.signer(), TIME.at(MAY)])
WITNESSED = receipt(
    5, 300, [LOG.signer(), TIME.at(MAY), NORTH.at(MAY + 60), SOUTH.at(MAY + 120), GREASE.signer()]
)
ROTATED = receipt(299, 300, [NEW_LOG.signer(), NEW_TIME.at(JULY)])


def _flipped(line: str, at: int) -> str:
    """Return the line with another base64 sign at a place counted from its end."""
    place = len(line) - at
    return line[:place] + ("A" if line[place] != "A" else "B") + line[place + 1 :]


_TEXT = ISSUED.encode().decode()
_SOUTH_LINE = str(WITNESSED.note.signatures[3])
WITH_A_BAD_LINE = (_TEXT + _flipped(_SOUTH_LINE, 30)).encode()

PROVEN: dict[str, tuple[Receipt, str]] = {
    "alone": (ALONE, "plain"),
    "issued": (ISSUED, "plain"),
    "last-of-300": (receipt(299, 300, [LOG.signer(), TIME.at(MAY)]), "plain"),
    "without-windows": (ISSUED, "no-quorum"),
    "witnessed": (WITNESSED, "witnessed"),
    "witnesses-that-the-policy-does-not-name": (WITNESSED, "plain"),
    "lines-in-another-order": (
        receipt(5, 300, [GREASE.signer(), SOUTH.at(MAY), TIME.at(MAY), LOG.signer()]),
        "witnessed",
    ),
    "cosigned-twice-the-earlier-counts": (
        receipt(5, 300, [LOG.signer(), TIME.at(MAY + 9), TIME.at(MAY), SOUTH.at(MAY)]),
        "witnessed",
    ),
    "one-witness-after-its-window": (
        receipt(5, 300, [LOG.signer(), TIME.at(JULY), NORTH.at(JULY), SOUTH.at(JULY)]),
        "witnessed",
    ),
    "clock-at-the-beginning-of-its-window": (ISSUED, "dated-clock"),
    "before-rotation": (ISSUED, "rotated"),
    "after-rotation": (ROTATED, "rotated"),
    "signed-by-both-log-keys": (
        receipt(5, 300, [LOG.signer(), NEW_LOG.signer(), NEW_TIME.at(JUNE)]),
        "rotated",
    ),
    "a-bad-line-of-a-witness-not-named": (Receipt.parse(WITH_A_BAD_LINE), "plain"),
    "a-day-ahead-of-the-reader": (receipt(0, 1, [LOG.signer(), TIME.at(NOW + 86_400)]), "plain"),
}


@dataclass(frozen=True, slots=True)
class Refused:
    """A receipt's bytes, the policy to judge it by, and the code of the error."""

    content: bytes
    code: str
    reason: str | None = None
    policy: str = "plain"


_LOG_LINE, _TIME_LINE = map(str, ISSUED.note.signatures)
_PATH = list(map(base64_of, ISSUED.path))
_EXTRA = f"extra {base64_of(commitment(5))}\n"
_ROOT = base64_of(ISSUED.checkpoint.root)


def _altered(old: str, new: str) -> bytes:
    if _TEXT.count(old) != 1:
        raise AssertionError(f"{old!r} stands {_TEXT.count(old)} times in the receipt")
    return _TEXT.replace(old, new).encode()


def _with(index: int = 5, path: tuple[bytes, ...] = ISSUED.path) -> bytes:
    return Receipt(commitment(5), index, path, ISSUED.checkpoint_note_bytes).encode()


def _signed(text: str) -> bytes:
    """Return the receipt with the ledger's own signatures under another text."""
    note = sign_note(text, (LOG.signer(), TIME.at(MAY)))
    return Receipt(commitment(5), 5, ISSUED.path, note.encode()).encode()


def _with_spare_bit(extra: str) -> str:
    """Return another spelling of the same 32 bytes, which a lenient decoder reads."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = extra.index("=") - 1
    return extra[:last] + alphabet[alphabet.index(extra[last]) + 1] + extra[last + 1 :]


def _by(*signers: Signer) -> bytes:
    return receipt(5, 300, signers).encode()


NOT_PROVEN: dict[str, Refused] = {
    "another-commitment": Refused(
        _altered(_EXTRA, f"extra {base64_of(commitment(6))}\n"), "root-differs"
    ),
    "another-index": Refused(_with(4), "root-differs"),
    "an-index-with-a-shorter-path": Refused(_with(299), "wrong-path-length"),
    "an-index-beyond-the-tree": Refused(_with(300), "outside-tree"),
    "path-without-its-last-hash": Refused(_with(path=ISSUED.path[:-1]), "wrong-path-length"),
    "path-with-one-hash-more": Refused(
        _with(path=(*ISSUED.path, ISSUED.path[0])), "wrong-path-length"
    ),
    "path-in-another-order": Refused(_with(path=ISSUED.path[::-1]), "root-differs"),
    "an-altered-hash": Refused(_altered(_PATH[3], _flipped(_PATH[3], 20)), "root-differs"),
    "another-size": Refused(
        _altered(f"{ORIGIN}\n300\n", f"{ORIGIN}\n299\n"), "signature-does-not-fit"
    ),
    "another-root": Refused(
        _altered(_ROOT, base64_of(checkpoint(299).root)), "signature-does-not-fit"
    ),
    "a-root-of-another-tree-truly-signed": Refused(
        _signed(Checkpoint(ORIGIN, 300, checkpoint(299).root).text()), "root-differs"
    ),
    "an-altered-log-signature": Refused(
        _altered(_LOG_LINE, _flipped(_LOG_LINE, 30)), "signature-does-not-fit"
    ),
    "an-earlier-time-written-in": Refused(
        _by(LOG.signer(), TIME.at(MAY)).replace(
            _TIME_LINE.encode(), _flipped(_TIME_LINE, len(_TIME_LINE) - 40).encode()
        ),
        "signature-does-not-fit",
    ),
    "one-good-and-one-bad-line-of-a-key": Refused(
        _altered(_LOG_LINE, _LOG_LINE + _flipped(_LOG_LINE, 30)), "signature-does-not-fit"
    ),
    "a-bad-line-of-a-named-witness": Refused(
        WITH_A_BAD_LINE, "signature-does-not-fit", policy="witnessed"
    ),
    "no-line-of-the-ledger": Refused(_by(TIME.at(MAY)), "not-signed-by-ledger"),
    "no-line-of-its-clock": Refused(_by(LOG.signer()), "no-timestamp"),
    "no-line-of-any-known-key": Refused(_by(GREASE.signer()), "not-signed-by-ledger"),
    "log-key-after-its-window": Refused(
        _by(LOG.signer(), NEW_TIME.at(JUNE)), "key-outside-window", policy="rotated"
    ),
    "log-key-before-its-window": Refused(
        _by(NEW_LOG.signer(), TIME.at(JUNE - 1)), "key-outside-window", policy="rotated"
    ),
    "time-key-after-its-window": Refused(
        _by(LOG.signer(), TIME.at(JUNE)), "key-outside-window", policy="rotated"
    ),
    "clock-before-its-window": Refused(
        _by(LOG.signer(), TIME.at(MAY - 1)), "key-outside-window", policy="dated-clock"
    ),
    "clock-at-the-end-of-its-window": Refused(
        _by(LOG.signer(), TIME.at(JUNE)), "key-outside-window", policy="dated-clock"
    ),
    "more-than-a-day-ahead-of-the-reader": Refused(
        _by(LOG.signer(), TIME.at(NOW + 86_401)), "impossible-time"
    ),
    "before-2020": Refused(
        _by(LOG.signer(), TIME.at(1_577_836_799)), "impossible-time", policy="no-quorum"
    ),
    "no-outside-witness": Refused(ISSUED.encode(), "quorum-not-met", policy="witnessed"),
    "the-only-witness-ahead-of-the-reader": Refused(
        _by(LOG.signer(), TIME.at(MAY), SOUTH.at(NOW + 86_401)),
        "quorum-not-met",
        policy="witnessed",
    ),
    "the-only-witness-after-its-window": Refused(
        _by(LOG.signer(), TIME.at(JULY), NORTH.at(JULY)), "quorum-not-met", policy="witnessed"
    ),
}

UNDECIDABLE: dict[str, Refused] = {
    "another-ledger": Refused(
        _altered(f"{ORIGIN}\n300", "other.example/xb\n300"), "unknown-ledger"
    ),
    "a-log-key-that-the-policy-lacks": Refused(
        _by(NEW_LOG.signer(), TIME.at(MAY), OTHER_LOG.signer()), "unknown-key"
    ),
    "a-time-key-that-the-policy-lacks": Refused(_by(LOG.signer(), NEW_TIME.at(MAY)), "unknown-key"),
    "a-policy-without-a-clock": Refused(ISSUED.encode(), "unknown-key", policy="unknown-clock"),
}

_NO_NOTE = _TEXT[: _TEXT.index("\n\n")]
_GREASE_LINE = str(WITNESSED.note.signatures[4])
_LONG = _LOG_LINE.replace(ORIGIN, "x" * 700)

MALFORMED: dict[str, Refused] = {
    "empty": Refused(b"", "unreadable-receipt", "no-checkpoint"),
    "lines-of-windows": Refused(
        _TEXT.replace("\n", "\r\n").encode(), "unreadable-receipt", "line-ends"
    ),
    "byte-order-mark": Refused(("\ufeff" + _TEXT).encode(), "unreadable-receipt", "header"),
    "version-2": Refused(_altered("@v1", "@v2"), "unreadable-receipt", "header"),
    "without-extra": Refused(_altered(_EXTRA, ""), "missing-commitment"),
    "extra-of-31-bytes": Refused(
        _altered(_EXTRA, f"extra {base64_of(commitment(5)[:31])}\n"), "not-a-commitment"
    ),
    "extra-without-padding": Refused(_altered(_EXTRA, _EXTRA.replace("=", "")), "not-a-commitment"),
    "extra-with-a-spare-bit": Refused(
        _altered(_EXTRA, _with_spare_bit(_EXTRA)), "not-a-commitment"
    ),
    "index-with-a-zero-before": Refused(
        _altered("index 5", "index 05"), "unreadable-receipt", "index"
    ),
    "index-below-zero": Refused(_altered("index 5", "index -5"), "unreadable-receipt", "index"),
    "index-of-2-to-the-63": Refused(
        _altered("index 5", f"index {2**63}"), "unreadable-receipt", "index"
    ),
    "without-index": Refused(_altered("index 5\n", ""), "unreadable-receipt", "index"),
    "path-with-a-space": Refused(_altered(_PATH[0], _PATH[0] + " "), "unreadable-receipt", "path"),
    "path-of-64-hashes": Refused(_with(path=ISSUED.path[:1] * 64), "unreadable-receipt", "path"),
    "hash-of-31-bytes": Refused(_altered(_PATH[0], base64_of(ISSUED.path[0][:31])), "not-a-hash"),
    "without-checkpoint": Refused(_NO_NOTE.encode(), "unreadable-receipt", "no-checkpoint"),
    "without-signatures": Refused(
        _TEXT[: _TEXT.index(_LOG_LINE)].encode(), "unreadable-note", "no-signature-block"
    ),
    "without-the-last-line-end": Refused(
        _TEXT[:-1].encode(), "unreadable-note", "no-signature-block"
    ),
    "a-tab-in-the-checkpoint": Refused(
        _altered("\n300\n", "\n300\t\n"), "unreadable-note", "control-character"
    ),
    "a-hyphen-for-the-dash": Refused(
        _altered(_LOG_LINE, "-" + _LOG_LINE[1:]), "unreadable-note", "signature-line"
    ),
    "not-utf-8": Refused(
        _TEXT.encode().replace(b"\xe2\x80\x94", b"\xe2\x80", 1), "unreadable-note", "encoding"
    ),
    "101-signature-lines": Refused(
        (_TEXT + _GREASE_LINE * 99).encode(),
        "unreadable-note",
        "too-many-signatures",
    ),
    "more-than-64-kib": Refused((_TEXT + _LONG * 90).encode(), "unreadable-receipt", "too-large"),
    "size-with-a-zero-before": Refused(
        _altered("\n300\n", "\n0300\n"), "unreadable-checkpoint", "size"
    ),
    "root-of-31-bytes": Refused(
        _altered(_ROOT, base64_of(ISSUED.checkpoint.root[:31])), "unreadable-checkpoint", "root"
    ),
    "an-extension-line": Refused(
        _signed(ISSUED.note.text + "more\n"), "unreadable-checkpoint", "lines"
    ),
    "origin-with-a-space": Refused(
        _altered(f"{ORIGIN}\n300", "training example\n300"), "unreadable-checkpoint", "origin"
    ),
}
