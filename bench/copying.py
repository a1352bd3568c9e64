"""Copies a filled mechanism to PostgreSQL, row by row, where its writer would take hours."""

import shutil
import sqlite3
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import psycopg
from psycopg import sql

from answerable.bootstrap.folder import Folder, folder_at
from answerable.bootstrap.founding import found
from answerable.storage.head import FileHeads
from answerable.storage.postgres_keys import RowHeads
from answerable.storage.sql import COLUMNS
from bench.ground import request

SLOTS = {"slot": ("number", "key")}


def copied(source: Path, target: Path, **databases: str) -> Path:
    """Make a mechanism on these databases that holds what one in SQLite files holds.

    Its case keys are the same: what is in the cases can be read, as its figures read the rules.
    """
    was = folder_at(source)
    values = {"name": was.settings.name, "origin": was.settings.origin}
    values |= {"prefix": was.settings.prefix, **databases}
    # Django is set up once in a process.
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        process.submit(found, str(target), values, request()).result()
    now = folder_at(target)
    shutil.copy(was.signing_keys, now.signing_keys)
    _copy_rows(was.ledger, now.settings.database, COLUMNS)
    _copy_rows(was.case_keys, now.settings.key_database, SLOTS)
    _copy_head(was, now)
    return target


def _copy_rows(source: Path, address: str, tables: Mapping[str, tuple[str, ...]]) -> None:
    with closing(sqlite3.connect(source)) as rows, psycopg.connect(address) as database:
        for table, columns in tables.items():
            names = {"table": sql.Identifier(table), "columns": _named(columns)}
            database.execute(sql.SQL("TRUNCATE {table}").format(**names))
            copying = sql.SQL("COPY {table} ({columns}) FROM STDIN").format(**names)
            asked = sql.SQL("SELECT {columns} FROM {table}").format(**names)
            with database.cursor() as cursor, cursor.copy(copying) as copy:
                for row in rows.execute(asked.as_string()):
                    copy.write_row(row)


def _named(columns: tuple[str, ...]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def _copy_head(was: Folder, now: Folder) -> None:
    head, address = FileHeads(was.head).read(), now.settings.key_database
    if head is None:
        raise ValueError("the mechanism to be copied has no head")
    with closing(RowHeads(address)) as heads:
        heads.replace(heads.read(), head)
