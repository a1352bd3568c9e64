"""Connections to PostgreSQL whose commits are on disk, and columns of rows sent as arrays."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg.adapt import AdaptersMap, Dumper
from psycopg.pq import Format
from psycopg.types.numeric import Int8BinaryDumper

from answerable.core.errors import Broken, Unreachable
from answerable.storage.sqlite_file import NotDurable

Connection = psycopg.Connection[tuple[Any, ...]]

DURABLE = frozenset({"on", "remote_write", "remote_apply"})
"""The values of synchronous_commit with which a commit is on this server's disk when answered."""

# Plans are kept, and all reads go by a key: a plan made while its table was small would read the
# whole table for ever after, since nothing tells PostgreSQL to plan anew until it is analysed.
OPENED = """
SELECT set_config('enable_seqscan', 'off', false),
    set_config('plan_cache_mode', 'force_generic_plan', false),
    current_setting('fsync'), current_setting('synchronous_commit'),
    current_setting('server_encoding')
"""


class WrongEncoding(Broken):
    """The database is not in UTF-8, and could not hold what is written in Khmer."""

    code = "wrong-encoding"


class DatabaseUnreachable(Unreachable):
    """The server does not answer, or stopped answering. What was asked of it is not known."""

    code = "database-unreachable"


@contextmanager
def reaching() -> Iterator[None]:
    """Say of a server that does not answer what it is, and not what the driver makes of it.

    Raises:
        DatabaseUnreachable: without the driver's words, which hold names of hosts and of people.
    """
    try:
        yield
    except psycopg.OperationalError as problem:
        raise DatabaseUnreachable("the server does not answer") from problem


def open_durably(dsn: str) -> Connection:
    """Open a session on a server that keeps what it commits, both settings read back.

    It must lead to the server itself: a pooler that gives each transaction another session would
    lose the writer's lock.

    Raises:
        NotDurable: the server answers commits that are not on its disk.
        WrongEncoding: the database cannot hold every text.
    """
    database = psycopg.connect(dsn, autocommit=True, prepare_threshold=0, context=_ADAPTERS)
    # A server with another encoding than ours would turn texts about; psycopg asks for ours.
    fsync, synchronous, encoding = database.execute(OPENED).fetchall()[0][2:]
    if fsync != "on" or synchronous not in DURABLE:
        database.close()
        raise NotDurable(
            "expected fsync and synchronous_commit", fsync=fsync, synchronous_commit=synchronous
        )
    if encoding != "UTF8":
        database.close()
        raise WrongEncoding(f"expected UTF8, found {encoding}", encoding=encoding)
    return database


class Column(list[Any]):
    """One column of many rows, sent as a binary array. psycopg looks at each item of a list twice.

    The format is that of array_recv in PostgreSQL's source: a head, then length and octets of each.
    """

    __slots__ = ()
    element: int

    def octets(self) -> Sequence[bytes | None]:
        raise NotImplementedError

    def encoded(self) -> bytes:
        parts: list[bytes] = []
        for item in self.octets():
            if item is None:
                parts.append(_NULL)
            else:
                parts += (len(item).to_bytes(4), item)
        head = (1, int(_NULL in parts), self.element, len(self), 1)
        return b"".join((*(number.to_bytes(4) for number in head), *parts))


class Int8s(Column):
    element = 20

    def octets(self) -> Sequence[bytes | None]:
        return [None if item is None else item.to_bytes(8, signed=True) for item in self]


class Texts(Column):
    element = 25

    def octets(self) -> Sequence[bytes | None]:
        return [None if item is None else item.encode() for item in self]


class Byteas(Column):
    element = 17

    def octets(self) -> Sequence[bytes | None]:
        return self


_NULL = b"\xff\xff\xff\xff"


class _ColumnDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Column) -> bytes:
        return obj.encoded()


class _Int8sDumper(_ColumnDumper):
    oid = 1016


class _TextsDumper(_ColumnDumper):
    oid = 1009


class _ByteasDumper(_ColumnDumper):
    oid = 1001


class _Adapters:
    """Every integer is sent as bigint, so that one statement is prepared once."""

    def __init__(self) -> None:
        self.adapters = AdaptersMap(psycopg.adapters)
        self.adapters.register_dumper(int, Int8BinaryDumper)
        self.adapters.register_dumper(Int8s, _Int8sDumper)
        self.adapters.register_dumper(Texts, _TextsDumper)
        self.adapters.register_dumper(Byteas, _ByteasDumper)
        self.connection = None


_ADAPTERS = _Adapters()
