"""What a disk must be asked for besides writing: names and files that outlive a power cut."""

import os


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
