"""The backups that lie in a folder."""

from pathlib import Path

from answerable.storage.backup import MANIFEST


def backups(target: Path) -> list[Path]:
    """Return the folders of whole backups, oldest first."""
    return sorted(path.parent for path in target.glob(f"*Z/{MANIFEST}"))
