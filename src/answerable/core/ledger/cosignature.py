"""Timestamped cosignatures (C2SP tlog-cosignature): who had seen a checkpoint, by when."""

from dataclasses import dataclass

from answerable.core.ledger.lines import MAX_NUMBER, bytes_of, number_of

_TIMESTAMP_LENGTH = 8
_NAME_LENGTHS = range(1, 256)


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A statement that, at this time, this was the largest tree the cosigner had seen."""

    name: str
    key_id: bytes
    at_seconds: int


def cosignature_message(at_seconds: int, text: str) -> bytes:
    """Return what an Ed25519 cosigner (type 0x04) signs for a checkpoint's text."""
    return f"cosignature/v1\ntime {at_seconds}\n{text}".encode()


def subtree_message(name: str, at_seconds: int, text: str) -> bytes:
    """Return what an ML-DSA-44 cosigner (type 0x06) signs for a checkpoint's text.

    Raises:
        ValueError: the text is no checkpoint, or a name is too long for the structure.
    """
    origin, size, root = text.split("\n")[:3]
    named, logged = name.encode(), origin.encode()
    if len(named) not in _NAME_LENGTHS or len(logged) not in _NAME_LENGTHS:
        raise ValueError("a name has 1 to 255 bytes")
    return b"".join(
        (
            b"subtree/v1\n\0",
            bytes((len(named),)) + named,
            at_seconds.to_bytes(8),
            bytes((len(logged),)) + logged,
            bytes(8),
            number_of(size).to_bytes(8),
            bytes_of(root),
        )
    )


def cosignature_blob(at_seconds: int, signature: bytes) -> bytes:
    """Return what stands after the key id in a cosignature's line."""
    if not 0 <= at_seconds <= MAX_NUMBER:
        raise ValueError("a cosignature's time is 0 to 2**63 - 1 seconds")
    return at_seconds.to_bytes(_TIMESTAMP_LENGTH) + signature


def parts_of_blob(blob: bytes) -> tuple[int, bytes]:
    """Return the time in seconds since 1970 and the bare signature.

    Raises:
        ValueError: it is too short, or its time is 2**63 or more.
    """
    at_seconds = int.from_bytes(blob[:_TIMESTAMP_LENGTH])
    if len(blob) <= _TIMESTAMP_LENGTH or at_seconds > MAX_NUMBER:
        raise ValueError("no time and signature")
    return at_seconds, blob[_TIMESTAMP_LENGTH:]
