"""The key of a delivery: random, kept beside the file that is lodged, never made from content."""

import fcntl
import os
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from answerable.cli import files
from answerable.core.errors import Malformed, Refusal
from answerable.disk import sync_folder, write_whole

SUFFIX = ".delivery-key"
OF_A_REQUEST = ".request-key"

# A key is on disk whole before anything is lodged with it, so nothing was with one cut short.
_CUT_SHORT = re.compile(rb"\0*|[0-9a-f-]{0,36}|[0-9a-f-]{36} [0-9a-f]{0,63}")


class DeliveryChanged(Refusal):
    """The file was changed after it was lodged with the key that lies beside it."""

    code = "delivery-changed"


class DeliveryKeyUnreadable(Malformed):
    """A delivery's key is not a UUID."""

    code = "delivery-key-unreadable"


def delivery_key(
    file: str, octets: bytes, given: str | None, *, was_lodged: Callable[[UUID], bool]
) -> tuple[UUID, bool]:
    """Return the key for lodging a file, and whether anything was lodged with it before.

    The digest kept with a key only tells that the file was changed since; it is no part of it. A
    file that was refused may be mended: as long as nothing was lodged, its key stays good.

    Raises:
        DeliveryChanged, DeliveryKeyUnreadable, CannotWrite: nothing was lodged.
    """
    if given is not None:
        return _uuid(given), was_lodged(_uuid(given))
    if file == files.STREAM:
        return uuid4(), False
    key, digest = uuid4(), sha256(octets).hexdigest()
    beside = Path(file + SUFFIX)
    with files.writing(str(beside)):
        kept = _kept(beside, f"{key} {digest}\n".encode())
    if kept is None:
        return key, False
    text, _, known = kept.decode("ascii", "replace").strip().partition(" ")
    before, lodged = _uuid(text), was_lodged(_uuid(text))
    if known != digest and lodged:
        raise DeliveryChanged("the file has changed", file=file, key_file=beside.name)
    if known != digest:
        with files.writing(str(beside)):
            write_whole(beside, f"{before} {digest}\n".encode())
    return before, lodged


def request_key(file: str, given: str | None) -> UUID:
    """Return the key of a file of which each part is compared with what was done with it before.

    Raises:
        DeliveryKeyUnreadable, CannotWrite: nothing was done.
    """
    if given is not None:
        return _uuid(given)
    key = uuid4()
    if file == files.STREAM:
        return key
    beside = Path(file + OF_A_REQUEST)
    with files.writing(str(beside)):
        kept = _kept(beside, f"{key}\n".encode())
    return key if kept is None else _uuid(kept.decode("ascii", "replace").strip())


def _kept(beside: Path, new: bytes) -> bytes | None:
    """Return what lies beside the file, or None once ``new`` does, durably."""
    if beside.exists() and not _CUT_SHORT.fullmatch(kept := beside.read_bytes()):
        return kept
    descriptor = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "r+b") as target:
        # Of two who lodge one file at one moment, the second waits and finds the first's key.
        fcntl.flock(target, fcntl.LOCK_EX)
        if not _CUT_SHORT.fullmatch(kept := target.read()):
            return kept
        target.seek(0)
        target.truncate()
        target.write(new)
        target.flush()
        os.fsync(target.fileno())
    sync_folder(beside.parent)
    return None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise DeliveryKeyUnreadable("not a UUID") from None
