"""The fixtures of this folder: every contract is tried on memory, SQLite and PostgreSQL."""

from tests.support.adapters import (
    new_postgres,
    new_sqlite,
    new_store,
    padding_per_day,
    postgres_server,
    postgres_template,
    sqlite_template,
    store,
)

__all__ = [
    "new_postgres",
    "new_sqlite",
    "new_store",
    "padding_per_day",
    "postgres_server",
    "postgres_template",
    "sqlite_template",
    "store",
]
