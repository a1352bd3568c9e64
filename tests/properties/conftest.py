"""The fixtures of this folder that need a database."""

from tests.support.adapters import (
    new_postgres,
    new_sqlite,
    new_store,
    padding_per_day,
    postgres_server,
    postgres_template,
    sqlite_template,
)

__all__ = [
    "new_postgres",
    "new_sqlite",
    "new_store",
    "padding_per_day",
    "postgres_server",
    "postgres_template",
    "sqlite_template",
]
