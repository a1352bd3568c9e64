"""Signed notes (C2SP signed-note): a text, and lines by which keys vouch for it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from answerable.core.errors import Malformed, Undecidable
from answerable.core.ledger.cosignature import (
    cosignature_blob,
    cosignature_message,
    parts_of_blob,
    subtree_message,
)
from answerable.core.ledger.errors import NotProven
from answerable.core.ledger.keys import (
    COSIGNATURE,
    ED25519,
    KEY_ID_LENGTH,
    MLDSA_COSIGNATURE,
    SIGNATURE_LENGTHS,
    UnreadableKey,
    VerifierKey,
    Verify,
    is_key_name,
    key_id,
)
from answerable.core.ledger.lines import base64_of, bytes_of

__all__ = [
    "COSIGNATURE",
    "ED25519",
    "MLDSA_COSIGNATURE",
    "AmbiguousKeys",
    "NoKnownSignature",
    "Note",
    "Signature",
    "SignatureDoesNotFit",
    "Signer",
    "UnreadableKey",
    "UnreadableNote",
    "Verified",
    "VerifierKey",
    "Verify",
    "cosigner",
    "key_id",
    "open_note",
    "parse_note",
    "sign_note",
]

MAX_NOTE_BYTES = 1 << 20
MAX_SIGNATURES = 100
_DASH = "\u2014 "


class UnreadableNote(Malformed):
    """Bytes are not a signed note; ``reason`` says what is wrong, ``line`` which line."""

    code = "unreadable-note"


class AmbiguousKeys(Malformed):
    """Two different keys have one name and key id, so that a line could mean either."""

    code = "ambiguous-keys"


class SignatureDoesNotFit(NotProven):
    """A line of a known key is not that key's signature of this text."""

    code = "signature-does-not-fit"


class NoKnownSignature(Undecidable):
    """No line is by a key that the reader knows."""

    code = "no-known-signature"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line. ``blob`` is what follows the key id, in the form that its kind has."""

    name: str
    key_id: bytes
    blob: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {base64_of(self.key_id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a line feed, and its signatures in the order of their lines."""

    text: str
    signatures: tuple[Signature, ...]

    def encode(self) -> bytes:
        return f"{self.text}\n{''.join(map(str, self.signatures))}".encode()


@dataclass(frozen=True, slots=True)
class Signer:
    """A name that signs. ``sign`` takes the note's text and returns the blob of its line."""

    name: str
    key_id: bytes
    sign: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Verified:
    """A key whose every line fits, with the earliest time it states, if its kind states one."""

    key: VerifierKey
    at_seconds: int | None


def cosigner(key: VerifierKey, at_seconds: int, sign: Callable[[bytes], bytes]) -> Signer:
    """Return the signer that makes timestamped cosignatures (type 0x04) by an Ed25519 ``sign``."""

    def blob(text: bytes) -> bytes:
        return cosignature_blob(at_seconds, sign(cosignature_message(at_seconds, text.decode())))

    return Signer(key.name, key.key_id, blob)


def parse_note(content: bytes) -> Note:
    """Return the note, of which encode gives these bytes again.

    Raises:
        UnreadableNote: with ``reason`` too-large, encoding, control-character, no-signature-block,
            too-many-signatures or signature-line.
    """
    if len(content) > MAX_NOTE_BYTES:
        raise UnreadableNote("a note has at most 1 MiB", reason="too-large")
    try:
        note = content.decode()
    except UnicodeDecodeError:
        raise UnreadableNote("a note is UTF-8", reason="encoding") from None
    _require_printable(note)
    # The text may hold empty lines: the last one ends it.
    end = note.rfind("\n\n")
    if end < 0 or not note.endswith("\n") or end + 2 == len(note):
        raise UnreadableNote("no empty line before signature lines", reason="no-signature-block")
    lines = note[end + 2 : -1].split("\n")
    if len(lines) > MAX_SIGNATURES:
        raise UnreadableNote("more than 100 signature lines", reason="too-many-signatures")
    return Note(note[: end + 1], tuple(_signature(at, line) for at, line in enumerate(lines, 1)))


def sign_note(text: str, signers: Sequence[Signer]) -> Note:
    """Return the note with one line for each signer, in their order."""
    _require_printable(text)
    if not text.endswith("\n") or not signers:
        raise ValueError("a note is a text that ends in a line feed, and at least one signer")
    content = text.encode()
    return Note(text, tuple(Signature(by.name, by.key_id, by.sign(content)) for by in signers))


def open_note(
    note: Note,
    verifiers: Iterable[VerifierKey],
    verify: Verify,
    *,
    verify_mldsa: Verify | None = None,
) -> tuple[Verified, ...]:
    """Return which verifiers signed the note, each once, in the order of verifiers.

    Lines of unknown keys are ignored, wherever they stand; a line is known when name and key id
    both match. Lines of type 0x06 are unknown unless ``verify_mldsa`` is given.

    Raises:
        SignatureDoesNotFit: a line of a known key fails; the whole note is refused.
        NoKnownSignature: no line is by a known key.
        AmbiguousKeys: two of the verifiers cannot be told apart.
    """
    checks = {ED25519: verify, COSIGNATURE: verify, MLDSA_COSIGNATURE: verify_mldsa}
    known = {key: check for key in verifiers if (check := checks.get(key.kind)) is not None}
    by_line = {(key.name, key.key_id): key for key in known}
    if len(by_line) != len(known):
        raise AmbiguousKeys("two keys have one name and key id")
    times: dict[VerifierKey, list[int]] = {}
    for line in note.signatures:
        key = by_line.get((line.name, line.key_id))
        if key is None:
            continue
        at_seconds = _checked(key, line, note.text, known[key])
        times.setdefault(key, []).extend(() if at_seconds is None else (at_seconds,))
    if not times:
        raise NoKnownSignature("no signature by a known key")
    # Every time stated is true; the earliest says most, and does not depend on the lines' order.
    return tuple(Verified(key, min(times[key], default=None)) for key in known if key in times)


def _checked(key: VerifierKey, line: Signature, text: str, verify: Verify) -> int | None:
    try:
        at_seconds, signature, message = _signed(key, line.blob, text)
    except ValueError:
        raise _does_not_fit(key) from None
    # The length is checked here too, so that no verifier decides what a long signature means.
    if len(signature) != SIGNATURE_LENGTHS[key.kind] or not verify(key.public, signature, message):
        raise _does_not_fit(key)
    return at_seconds


def _signed(key: VerifierKey, blob: bytes, text: str) -> tuple[int | None, bytes, bytes]:
    if key.kind == ED25519:
        return None, blob, text.encode()
    at_seconds, signature = parts_of_blob(blob)
    if key.kind == COSIGNATURE:
        return at_seconds, signature, cosignature_message(at_seconds, text)
    return at_seconds, signature, subtree_message(key.name, at_seconds, text)


def _does_not_fit(key: VerifierKey) -> SignatureDoesNotFit:
    return SignatureDoesNotFit(
        f"a signature by {key.name} does not fit", name=key.name, key_id=key.key_id.hex()
    )


def _require_printable(note: str) -> None:
    if any(sign < " " and sign != "\n" for sign in note):
        raise UnreadableNote("a control character", reason="control-character")


def _signature(at: int, line: str) -> Signature:
    name, _, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        blob = bytes_of(encoded)
    except ValueError:
        blob = b""
    if not line.startswith(_DASH) or not is_key_name(name) or len(blob) <= KEY_ID_LENGTH:
        raise UnreadableNote(f"signature line {at} is malformed", reason="signature-line", line=at)
    return Signature(name, blob[:KEY_ID_LENGTH], blob[KEY_ID_LENGTH:])
