"""Exhibits: files kept as age files, named by the digest of what is stored."""

import errno
import fcntl
import os
import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pyrage import decrypt_io, encrypt_io, x25519

from answerable.casework.exhibits import ExhibitOnFile, LodgingGoesOn, SealedExhibit
from answerable.casework.ports import StorageFailed
from answerable.core.case.limits import EXHIBIT_BYTES
from answerable.core.errors import AnswerableError, Broken, Malformed
from answerable.core.exhibit import exhibit_digest
from answerable.disk import sync_folder

if TYPE_CHECKING:
    from hashlib import _Hash

PIECE = 1024 * 1024
LOCK = ".lodging"
WAIT_SECONDS = 10
"""How long a sweep waits for lodgings to end; each holds the lock for fifty submissions at most."""

_SEALED = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = re.compile(r"[0-9a-f]{32}|[0-9a-f]{64}\.arriving")
"""Half-written: by this file, and by a restore (backup.copy_durably)."""


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

    def __init__(self, folder: Path, wait_seconds: float = WAIT_SECONDS) -> None:
        self._folder = folder
        self._wait_seconds = wait_seconds
        self._arriving = folder / "arriving"

    def seal(self, source: BinaryIO, salt: bytes) -> SealedExhibit:
        identity = x25519.Identity.generate()
        plain = _Counted(source, salt)
        arriving = self._arriving / secrets.token_hex(16)
        try:
            self._arriving.mkdir(parents=True, exist_ok=True)
            with arriving.open("xb") as target:
                hashed = _Hashed(target, sha256())
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

    @contextmanager
    def lodging(self) -> Iterator[None]:
        with self._locked(fcntl.LOCK_SH):
            yield

    def unseal(self, exhibit: ExhibitOnFile, target: BinaryIO) -> None:
        # The name comes from a record, and a record is what someone wrote.
        if not _SEALED.fullmatch(exhibit.sealed):
            raise StoredExhibitDamaged("no name of a stored exhibit", sealed=exhibit.sealed)
        opened = _Hashed(target, exhibit_digest(exhibit.salt))
        try:
            with self._place(exhibit.sealed).open("rb") as stored:
                decrypt_io(stored, opened, [x25519.Identity.from_str(exhibit.identity)])
        except FileNotFoundError:
            raise StoredExhibitMissing("an exhibit is gone", sealed=exhibit.sealed) from None
        except Exception as problem:
            if opened.problem is not None:
                raise opened.problem from problem
            raise StoredExhibitDamaged("not to be opened", sealed=exhibit.sealed) from problem
        if opened.digest.hexdigest() != exhibit.digest:
            raise StoredExhibitDamaged("not what was lodged", sealed=exhibit.sealed)

    def left_over(self, in_use: Iterable[str], before: float) -> Mapping[str, int]:
        used = frozenset(in_use)
        found = {}
        for path in self._stored():
            # A lodging that ends or a sweep elsewhere may have taken it away meanwhile.
            with suppress(FileNotFoundError):
                status = path.stat()
                if path.name not in used and status.st_mtime < before:
                    found[str(path.relative_to(self._folder))] = status.st_size
        return found

    def sweep(self, in_use: Callable[[], Iterable[str]], before: float) -> Mapping[str, int]:
        with self._locked(fcntl.LOCK_EX):
            found = self.left_over(in_use(), before)
            for name in found:
                (self._folder / name).unlink()
        return found

    def remove(self, names: Iterable[str]) -> None:
        """Remove exhibits durably. Safe to repeat; what is no name of an exhibit is left alone."""
        folders = set()
        for name in names:
            if _SEALED.fullmatch(name):
                place = self._place(name)
                place.unlink(missing_ok=True)
                folders.add(place.parent)
        # Also of those that are gone: a removal that was cut off may not be on disk.
        for folder in folders:
            if folder.exists():
                sync_folder(folder)

    @contextmanager
    def _locked(self, how: int) -> Iterator[None]:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            place = self._folder / LOCK
            descriptor = os.open(place, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as problem:
            raise _not_kept(problem) from problem
        try:
            if how == fcntl.LOCK_EX:
                self._wait_for(descriptor)
            else:
                fcntl.flock(descriptor, how)
            yield
        finally:
            os.close(descriptor)

    def _wait_for(self, descriptor: int) -> None:
        until = time.monotonic() + self._wait_seconds
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise LodgingGoesOn("exhibits are being lodged") from None
                time.sleep(0.05)
            else:
                return

    def _stored(self) -> Iterator[Path]:
        """Yield what was written here, whole or not, and nothing that someone else put here."""
        for path in (*self._folder.glob("??/*"), *self._arriving.glob("*")):
            name = _SEALED.fullmatch(path.name) or _UNFINISHED.fullmatch(path.name)
            if name is not None and path.is_file():
                yield path

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
    """A source that is hashed while it is read, and refused when it is too long.

    ``problem`` is what it was refused for: the library that reads it knows no errors of ours.
    """

    def __init__(self, source: BinaryIO, salt: bytes) -> None:
        self._source = source
        self.digest = exhibit_digest(salt)
        self.length = 0
        self.problem: AnswerableError | None = None

    def read(self, size: int = -1, /) -> bytes:
        try:
            piece = self._source.read(size)
            self.length += len(piece)
            if self.length > EXHIBIT_BYTES:
                raise ExhibitTooLong("an exhibit is too long", limit=EXHIBIT_BYTES)
        except AnswerableError as problem:
            self.problem = problem
            raise
        self.digest.update(piece)
        return piece


class _Hashed:
    """A target that hashes what is written to it."""

    def __init__(self, target: BinaryIO, digest: "_Hash") -> None:
        self._target = target
        self.digest = digest
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
        if plain.problem is not None:
            raise plain.problem from problem
        # The library wraps what the source or the disk said; either way, nothing was kept.
        raise _not_kept(target.problem) from problem


def _not_kept(problem: OSError | None) -> StorageFailed:
    full = problem is not None and problem.errno in {errno.ENOSPC, errno.EDQUOT}
    reason = "disk-full" if full else "exhibit"
    return StorageFailed("an exhibit could not be kept", reason=reason)
