"""A database that cannot keep its promises is refused when it is opened."""

import errno
import os
from pathlib import Path

import pytest

from answerable.casework.ports import StorageFailed
from answerable.storage.sqlite_file import NotDurable, only_writer, open_durably


def test_a_database_without_a_write_ahead_log_is_refused() -> None:
    # SQLite takes the setting without a word, and keeps a database in memory as it was.
    with pytest.raises(NotDurable) as refused:
        open_durably(Path(":memory:"))
    assert refused.value.facts == {"journal_mode": "memory", "synchronous": 2}


def test_a_database_in_a_file_is_opened_with_both_settings(tmp_path: Path) -> None:
    database = open_durably(tmp_path / "ledger.sqlite3")
    settings = [
        database.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
    ]
    database.close()
    assert settings == ["wal", 2]


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_where_the_lock_may_not_be_written_nothing_is(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StorageFailed) as refused, only_writer(tmp_path / "lock"):
        pass
    assert refused.value.facts == {"reason": "database"}


def test_a_lock_that_cannot_be_there_is_no_refusal_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), only_writer(tmp_path / "nowhere" / "lock"):
        pass
