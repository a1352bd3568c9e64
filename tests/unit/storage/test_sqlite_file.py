"""A database that cannot keep its promises is refused when it is opened."""

from pathlib import Path

import pytest

from answerable.storage.sqlite_file import NotDurable, open_durably


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
