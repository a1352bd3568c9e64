"""The key of a delivery: random, kept beside the file that is lodged, never made from content."""

import os
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

from answerable.cli import files
from answerable.core.errors import Malformed, Refusal

SUFFIX = ".delivery-key"


class DeliveryChanged(Refusal):
    """The file was changed after it was lodged with the key that lies beside it."""

    code = "delivery-changed"


class DeliveryKeyUnreadable(Malformed):
    """A delivery's key is not a UUID."""

    code = "delivery-key-unreadable"


def delivery_key(file: str, octets: bytes, given: str | None) -> tuple[UUID, bool]:
    """Return the key for lodging a file, and whether it was used before.

    The digest kept with a key only tells that the file was changed since; it is no part of it.

    Raises:
        DeliveryChanged, DeliveryKeyUnreadable: nothing was lodged.
    """
    if given is not None:
        return _uuid(given), False
    beside, digest = Path(file + SUFFIX), sha256(octets).hexdigest()
    if file != files.STREAM and beside.exists():
        kept, _, known = beside.read_text(encoding="ascii", errors="replace").strip().partition(" ")
        if known != digest:
            raise DeliveryChanged("the file has changed", file=file, key_file=beside.name)
        return _uuid(kept), True
    key = uuid4()
    if file != files.STREAM:
        # On disk before anything is lodged: a retry after a power cut must find it.
        files.write_new(str(beside), f"{key} {digest}\n".encode())
        _sync(beside.parent)
    return key, False


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise DeliveryKeyUnreadable("not a UUID") from None
