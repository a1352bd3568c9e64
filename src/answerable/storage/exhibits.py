"""Exhibits: files kept as age files, named by the digest of what is stored."""

import errno
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from pyrage import encrypt_io, x25519

from answerable.casework.ports import SealedExhibit, StorageFailed
from answerable.core.errors import Broken, Malformed
from answerable.storage.head import sync_folder

DIGEST_LABEL = b"answerable/exhibit/v1\x00"
LONGEST = 100 * 1024 * 1024
PIECE = 1024 * 1024


class ExhibitTooLong(Malformed):
    """An exhibit is longer than the limit."""

    code = "exhibit-too-long"


class StoredExhibitMissing(Broken):
    """An exhibit that an act names is not in the store."""

    code = "stored-exhibit-missing"


class StoredExhibitDamaged(Broken):
    """The stored bytes of an exhibit are not those that its name stands for."""

    code = "stored-exhibit-damaged"


class FileExhibits:
    """Exhibits in a folder, two levels deep. Each is encrypted to an identity of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._arriving = folder / "arriving"

    def seal(self, source: BinaryIO, salt: bytes) -> SealedExhibit:
        identity = x25519.Identity.generate()
        plain = _Counted(source, salt)
        arriving = self._arriving / secrets.token_hex(16)
        try:
            self._arriving.mkdir(parents=True, exist_ok=True)
            with arriving.open("xb") as target:
                hashed = _Hashed(target)
                _encrypt(plain, hashed, identity)
                target.flush()
                os.fsync(target.fileno())
            sealed = hashed.digest.hexdigest()
            self._keep(arriving, sealed)
        except OSError as problem:
            raise _not_kept(problem) from problem
        finally:
            # What cannot be removed is an orphan, for sweep to remove.
            with suppress(OSError):
                arriving.unlink()
        return SealedExhibit(sealed, plain.digest.hexdigest(), salt, plain.length, str(identity))

    def write_to(self, sealed: str, target: BinaryIO) -> None:
        digest = sha256()
        try:
            with self._place(sealed).open("rb") as stored:
                while piece := stored.read(PIECE):
                    digest.update(piece)
                    target.write(piece)
        except FileNotFoundError:
            raise StoredExhibitMissing("an exhibit is gone", sealed=sealed) from None
        if digest.hexdigest() != sealed:
            raise StoredExhibitDamaged("an exhibit has changed", sealed=sealed)

    def sweep(self, in_use: Iterable[str], before: float) -> int:
        used = frozenset(in_use)
        orphans = [
            path
            for path in self._stored()
            if path.name not in used and path.stat().st_mtime < before
        ]
        for path in orphans:
            path.unlink()
        return len(orphans)

    def _stored(self) -> Iterator[Path]:
        yield from self._folder.glob("??/*")
        yield from self._arriving.glob("*")

    def _place(self, sealed: str) -> Path:
        return self._folder / sealed[:2] / sealed

    def _keep(self, arriving: Path, sealed: str) -> None:
        place = self._place(sealed)
        new = not place.parent.exists()
        place.parent.mkdir(exist_ok=True)
        arriving.rename(place)
        sync_folder(place.parent)
        if new:
            sync_folder(self._folder)


class _Counted:
    """A source that is hashed while it is read, and refused when it is too long."""

    def __init__(self, source: BinaryIO, salt: bytes) -> None:
        self._source = source
        self.digest = sha256(DIGEST_LABEL + salt)
        self.length = 0
        self.too_long = False

    def read(self, size: int = -1, /) -> bytes:
        piece = self._source.read(size)
        self.length += len(piece)
        if self.length > LONGEST:
            self.too_long = True
            raise OSError("too long")
        self.digest.update(piece)
        return piece


class _Hashed:
    """A target that hashes what is written to it."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self.digest = sha256()
        self.problem: OSError | None = None

    def write(self, piece: bytes, /) -> int:
        self.digest.update(piece)
        try:
            return self._target.write(piece)
        except OSError as problem:
            self.problem = problem
            raise

    def flush(self) -> None:
        self._target.flush()


def _encrypt(plain: _Counted, target: _Hashed, identity: x25519.Identity) -> None:
    try:
        encrypt_io(plain, target, [identity.to_public()])
    except Exception as problem:
        if plain.too_long:
            raise ExhibitTooLong("an exhibit is too long", limit=LONGEST) from problem
        # The library wraps what the source or the disk said; either way, nothing was kept.
        raise _not_kept(target.problem) from problem


def _not_kept(problem: OSError | None) -> StorageFailed:
    full = problem is not None and problem.errno in {errno.ENOSPC, errno.EDQUOT}
    reason = "disk-full" if full else "exhibit"
    return StorageFailed("an exhibit could not be kept", reason=reason)
