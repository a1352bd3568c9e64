"""Where extracts lie: one is made by one process, shared by all, and made anew if it is not whole.

A file has a name made of its key and its own digest, and gets that name once it is on the disk: a
file under such a name is whole, or it is not as it was written, and thrown away. Who reads a file
holds a lock on it, so that nobody removes it.
"""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import file_digest
from pathlib import Path
from weakref import finalize

from answerable.core.errors import Refusal
from answerable.disk import sync_folder
from answerable.storage.extract import ExtractFile, ExtractLost, OpenedExtract

LOCK, ARRIVING, ENDING = "making.lock", "arriving-", ".sqlite3"


class ExtractNotMade(Refusal):
    """The disk refuses the extract of a register: it is full, or may not be written here."""

    code = "extract-not-made"


class NotOurFolder(Refusal):
    """Others may write in the folder for extracts, and so change what pages show."""

    code = "extract-folder-not-ours"


def require_ours(folder: Path) -> None:
    """Make a folder that nobody else reads or writes, if it is not there.

    Raises:
        NotOurFolder: it is another's, or others may write in it.
        ExtractNotMade: it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.stat()
        if found.st_uid != os.geteuid() or found.st_mode & 0o022:
            raise NotOurFolder("others may write in it", folder=str(folder))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise ExtractNotMade("not to be written in", folder=str(folder))
    except OSError:
        raise ExtractNotMade("no such folder", folder=str(folder)) from None


class ExtractFolder:
    """The extracts of one register."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def found(self, key: str) -> OpenedExtract | None:
        """Return the extract of a key, None where it is not there.

        Of a file that is not as it was written nothing is left.
        """
        for path in sorted(self._folder.glob(f"{key}-*{ENDING}")):
            if (opened := self._opened(path, key)) is not None:
                return opened
        return None

    @contextmanager
    def making(self) -> Iterator[None]:
        """Keep all other processes from making one, and remove what nobody reads any more.

        Raises:
            ExtractNotMade: the folder cannot be written in.
        """
        require_ours(self._folder)
        try:
            with (self._folder / LOCK).open("ab") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                # Whoever was making one has ended, whole or not.
                for left in self._folder.glob(f"{ARRIVING}*"):
                    left.unlink(missing_ok=True)
                yield
        except (OSError, sqlite3.Error) as problem:
            raise ExtractNotMade("the disk refuses", folder=str(self._folder)) from problem

    def make(self, key: str, fill: Callable[[ExtractFile], None]) -> None:
        """Write an extract, while others are kept from it, and remove those that it replaces.

        Raises:
            OSError, sqlite3.Error: the disk refuses. Nothing was changed.
        """
        path = self._folder / f"{ARRIVING}{os.getpid()}"
        path.touch(mode=0o600)
        made = ExtractFile(path)
        try:
            fill(made)
            made.close()
            with path.open("r+b") as file:
                os.fsync(file.fileno())
                digest = file_digest(file, "sha256").hexdigest()
            path.rename(self._folder / f"{key}-{digest}{ENDING}")
            sync_folder(self._folder)
        finally:
            made.close()
            path.unlink(missing_ok=True)
        self._sweep(key)

    def _sweep(self, key: str) -> None:
        for path in self._folder.glob(f"*{ENDING}"):
            if not path.name.startswith(f"{key}-"):
                with suppress(OSError), path.open("rb") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    path.unlink()

    def _opened(self, path: Path, key: str) -> OpenedExtract | None:
        """Return the extract in a file, which nobody removes as long as it is there."""
        digest = path.name.removesuffix(ENDING).rpartition("-")[2]
        try:
            file = path.open("rb")
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(file, fcntl.LOCK_SH)
            whole = file_digest(file, "sha256").hexdigest() == digest
            if whole and path.exists():
                opened = OpenedExtract(path, key)
                finalize(opened, file.close)
                return opened
        except ExtractLost:
            whole = False
        except OSError:
            whole = False
        file.close()
        if not whole:
            path.unlink(missing_ok=True)
        return None
