"""Starts Django for one mechanism's database: only where the schema is made or looked at."""

from pathlib import Path

from answerable.bootstrap import settings as defaults
from answerable.bootstrap.folder import Folder


def migrate(folder: Folder) -> None:
    """Bring the mechanism's database to the schema of this version."""
    _start(folder)
    from answerable.storage import schema  # noqa: PLC0415 - models can be imported only now

    schema.migrate()


def unapplied(folder: Folder) -> list[str]:
    """Return the names of migrations that the mechanism's database lacks."""
    _start(folder)
    from answerable.storage import schema  # noqa: PLC0415 - models can be imported only now

    return schema.unapplied()


def _start(folder: Folder) -> None:
    import django  # noqa: PLC0415 - loading it takes long, and most commands need none of it
    from django.conf import settings  # noqa: PLC0415 - loaded where it is used
    from django.db import connections  # noqa: PLC0415 - loaded where it is used

    database = _postgres(folder) if folder.uses_postgres else _sqlite(folder.ledger)
    if settings.configured:
        # One process may found several mechanisms: each asks for its own database, of either kind.
        connections["default"].close()
        connections.settings.update(connections.configure_settings({"default": database}))
        del connections["default"]
        return
    values = {name: getattr(defaults, name) for name in dir(defaults) if name.isupper()}
    settings.configure(**values, DATABASES={"default": database})
    django.setup()


def _sqlite(path: Path) -> dict[str, str]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}


def _postgres(folder: Folder) -> dict[str, str]:
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415 - loaded where it is used

    from answerable.storage.postgres_connection import (  # noqa: PLC0415 - loads the driver
        open_durably,
        reaching,
    )

    # Django would say in its own words that nobody answers, and write to what keeps nothing.
    with reaching():
        open_durably(folder.settings.database).close()
    address = {key: str(value) for key, value in conninfo_to_dict(folder.settings.database).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.get("dbname", ""),
        "USER": address.get("user", ""),
        "PASSWORD": address.get("password", ""),
        "HOST": address.get("host", ""),
        "PORT": address.get("port", ""),
    }
