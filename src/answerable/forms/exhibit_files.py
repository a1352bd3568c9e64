"""Opens the exhibits beside a submission: regular files inside its folder, through no link."""

import errno
import io
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from answerable.core.case import limits
from answerable.core.case.problems import Problem
from answerable.core.case.text import safe_exhibit_name

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class ExhibitMissing(Problem):
    code = "exhibit-missing"


class ExhibitUnreadable(Problem):
    code = "exhibit-unreadable"


class ExhibitIsALink(Problem):
    """The file, or a folder on the way to it, is a symbolic link."""

    code = "exhibit-is-a-link"


class ExhibitIsNoFile(Problem):
    """A folder, a device, a socket or a pipe."""

    code = "exhibit-is-no-file"


class ExhibitTooLarge(Problem):
    """Facts: found, limit (bytes)."""

    code = "exhibit-too-large"


class ExhibitEmpty(Problem):
    code = "exhibit-empty"


class ExhibitChanged(Problem):
    """Somebody wrote to the file while it was read: a mixture would be kept for ever."""

    code = "exhibit-changed"


class _Settled(io.FileIO):
    """A file that was the same from its opening to its end, as far as length and time tell."""

    def __init__(self, descriptor: int) -> None:
        super().__init__(descriptor, "rb")
        self._before = _marks(descriptor)

    def readinto(self, buffer: "WriteableBuffer", /) -> int | None:
        count = super().readinto(buffer)
        if not count:
            self._require_same()
        return count

    def readall(self) -> bytes:
        whole = super().readall()
        self._require_same()
        return whole

    def _require_same(self) -> None:
        if _marks(self.fileno()) != self._before or self.tell() != self._before[0]:
            raise ExhibitChanged("the file was written to while it was read")


def _marks(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_size, status.st_mtime_ns


# Each part is opened from the folder above it, which is held open: nobody can put a link in its
# place between the look and the opening. O_NONBLOCK, so that a pipe does not wait for a writer.
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK

_LINK_OR_PATH = {
    errno.ELOOP: ExhibitIsALink,
    errno.ENOENT: ExhibitMissing,
    errno.ENAMETOOLONG: ExhibitMissing,
    errno.ENXIO: ExhibitIsNoFile,
    errno.EISDIR: ExhibitIsNoFile,
}


def open_exhibit(folder: Path, name: str) -> BinaryIO:
    """Open the exhibit of this name inside the folder of the submission's file, to read.

    Raises:
        Problem: an unsafe name, no such file, a link anywhere on the way below the folder, no
            regular file, an empty one, or one that is too large. Reading the end of one that
            changed meanwhile raises ExhibitChanged.
    """
    *folders, last = safe_exhibit_name(name).split("/")
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in folders:
            below = _opened(part, _FOLDER, held)
            os.close(held)
            held = below
        file = _opened(last, _FILE, held)
    finally:
        os.close(held)
    try:
        _check(os.fstat(file))
    except Problem:
        os.close(file)
        raise
    return io.BufferedReader(_Settled(file))


def _opened(part: str, flags: int, folder: int) -> int:
    try:
        return os.open(part, flags, dir_fd=folder)
    except OSError as problem:
        kind = _LINK_OR_PATH.get(problem.errno or 0, ExhibitUnreadable)
        # O_DIRECTORY with O_NOFOLLOW says ENOTDIR of a link and of a file alike.
        if problem.errno == errno.ENOTDIR:
            kind = ExhibitIsALink if _is_link(part, folder) else ExhibitMissing
        raise kind("the exhibit cannot be opened") from None


def _is_link(part: str, folder: int) -> bool:
    return stat.S_ISLNK(os.stat(part, dir_fd=folder, follow_symlinks=False).st_mode)


def _check(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise ExhibitIsNoFile("no regular file")
    if status.st_size == 0:
        raise ExhibitEmpty("nothing in the file")
    if status.st_size > limits.EXHIBIT_BYTES:
        found, limit = status.st_size, limits.EXHIBIT_BYTES
        raise ExhibitTooLarge(f"{found} bytes", found=found, limit=limit)
