"""Brings a database to the schema of this version. The only part of storage that starts Django."""

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def migrate() -> None:
    """Apply every migration that the configured database lacks."""
    call_command("migrate", interactive=False, verbosity=0)
    connections.close_all()


def unapplied() -> list[str]:
    """Return the names of migrations that the configured database lacks."""
    executor = MigrationExecutor(connections["default"])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    connections.close_all()
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
