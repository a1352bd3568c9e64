"""What a disk must be asked for besides writing: names that outlive a power cut."""

import os


def sync_folder(name: "str | os.PathLike[str]") -> None:
    """Make the names in a folder durable: until then a new file may be gone after a power cut."""
    descriptor = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
