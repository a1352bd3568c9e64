"""What a disk must be asked for besides writing: names and files that outlive a power cut."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

ARRIVING = ".arriving"
"""The end of a name under which something is written that is not whole yet."""


@contextmanager
def replacing(name: "str | os.PathLike[str]", mode: int = 0o600) -> Iterator[BinaryIO]:
    """Give a file to write to that takes the place of another once it is whole and on disk.

    The name itself outlives a power cut once its folder is synced: of many files, once for all.

    Raises:
        OSError: the disk refuses. What was there is there still, and as a rule nothing beside it.
    """
    aside = os.fspath(name) + ARRIVING
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, name)  # noqa: PTH105 - pathlib starts slowly
    except BaseException:
        # What cannot be removed is for who sweeps there, and is written over by the next.
        with suppress(OSError):
            os.unlink(aside)  # noqa: PTH108 - as above
        raise


def write_whole(name: "str | os.PathLike[str]", content: bytes, mode: int = 0o600) -> None:
    """Write a file whole or not at all; what it holds and its name outlive a power cut.

    Raises:
        OSError: the disk refuses: there is the old file or the new one.
    """
    with replacing(name, mode) as file:
        file.write(content)
    sync_folder(os.path.dirname(name) or ".")  # noqa: PTH120 - as above


def sync_folder(name: "str | os.PathLike[str]") -> None:
    """Make the names in a folder durable: until then a new file may be gone after a power cut."""
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_below(name: "str | os.PathLike[str]") -> None:
    """Make all files below a folder durable, and then the names of all of them."""
    for folder, _, files in os.walk(name, topdown=False):
        for file in files:
            # pathlib starts slowly, and what asks for a disk may be a command that must be quick.
            descriptor = os.open(f"{folder}/{file}", os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        sync_folder(folder)
