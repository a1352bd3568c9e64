"""Where tests put what nobody keeps: in memory, where the system has such a folder with room."""

import os
import shutil
from pathlib import Path

_FOLDER = Path("/dev/shm")  # noqa: S108 - folders of one's own are made in it
MIB = 1 << 20


def in_memory(octets: int) -> Path | None:
    """Return a folder in memory that has room for so much, None where there is none.

    What is synced there is soon synced. It stays when a process is killed, as on a disk; what a
    power cut loses is tested by tests/faults, which does not ask the disk.
    """
    if not _FOLDER.is_dir() or not os.access(_FOLDER, os.W_OK | os.X_OK):
        return None
    runs_programs = not os.statvfs(_FOLDER).f_flag & os.ST_NOEXEC
    has_room = shutil.disk_usage(_FOLDER).free >= octets
    return _FOLDER if runs_programs and has_room else None
