"""Files that people name: read whole up to a limit, written only where nothing is."""

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, TypeVar

from answerable.cli.errors import CannotRead, CannotWrite, FileExists
from answerable.disk import sync_folder

STREAM = "-"
T = TypeVar("T")
_CONFIDENTIAL = 0o600
_NO_LINKS = frozenset((errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS))

# Where a shell puts the pipes that it opened itself, as for <(...). Any other may never be written
# to, and would be waited for without end.
_HANDED_OVER = ("/dev/fd/", "/dev/stdin", "/proc/")

_REASONS = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "folder",
    errno.EACCES: "not-allowed",
    errno.EPERM: "not-allowed",
    errno.ENOSPC: "full",
}


def read(name: str, limit: int) -> bytes:
    """Return what a file holds, or one byte more than limit where it holds more.

    Raises:
        CannotRead: with the reason.
    """
    return read_by(name, lambda file: file.read(limit + 1))


def read_by(name: str, reader: Callable[[BinaryIO], T]) -> T:
    try:
        if name == STREAM:
            return reader(sys.stdin.buffer)
        if stat.S_ISFIFO(os.stat(name).st_mode) and not name.startswith(_HANDED_OVER):  # noqa: PTH116 - as below
            raise CannotRead("a pipe", file=name, reason="pipe")
        with open(name, "rb") as file:  # noqa: PTH123 - pathlib starts slowly
            return reader(file)
    except (OSError, ValueError) as problem:  # ValueError: a name with a zero byte
        raise CannotRead(str(problem), file=name, reason=_reason(problem)) from None


def write_new(name: str, content: bytes) -> None:
    """Write a file that only its owner may read, whole and on disk or not at all, or the stream.

    Raises:
        FileExists: something is there; it stays as it is.
        CannotWrite: with the reason.
    """
    if name == STREAM:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    with arriving(name) as file:
        file.write(content)


@contextmanager
def arriving(name: str) -> Iterator[BinaryIO]:
    """Give a file to write to that gets its name only once it is whole, ended well, and on disk.

    Raises:
        FileExists: something is there; it stays as it is.
        CannotWrite: with the reason.
    """
    folder = os.path.dirname(name) or "."  # noqa: PTH120 - pathlib starts slowly
    aside = os.path.join(folder, f".{os.urandom(8).hex()}.arriving")  # noqa: PTH118 - as above
    with writing(name):
        if os.path.lexists(name):
            raise FileExists("a file of this name is there", file=name)
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _CONFIDENTIAL)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _named(aside, name)
            sync_folder(folder)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(aside)  # noqa: PTH108 - what did not end well is not left lying about


def _named(aside: str, name: str) -> None:
    """Give a whole file its name, unless something has that name."""
    try:
        try:
            # Not by renaming, which would write over what is there. The other name goes before the
            # folder is synced, so that a power cut leaves one of the two.
            os.link(aside, name)
            os.unlink(aside)  # noqa: PTH108 - pathlib starts slowly
        except OSError as problem:
            if problem.errno not in _NO_LINKS:
                raise
            # Memory sticks know no links. The name is taken first, so that nobody else can have it.
            os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _CONFIDENTIAL))
            os.replace(aside, name)  # noqa: PTH105 - pathlib starts slowly
    except FileExistsError:
        raise FileExists("a file of this name is there", file=name) from None


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Say of whatever the system refuses inside that this file cannot be written.

    Raises:
        CannotWrite: with the reason.
    """
    try:
        yield
    except (OSError, ValueError) as problem:
        raise CannotWrite(str(problem), file=name, reason=_reason(problem)) from None


def _reason(problem: OSError | ValueError) -> str:
    return _REASONS.get(getattr(problem, "errno", None) or 0, "other")
