"""``answerable serve`` as it is typed: refused before a port is opened, or served by a process."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from answerable.__main__ import DOORS
from answerable.bootstrap.offline import offline
from answerable.cli.surface import Doors, run
from tests.support.serving import started
from tests.unit.web.conftest import Told


def serve(*typed: str) -> tuple[int, list[tuple[str, str | None, str, int]]]:
    asked: list[tuple[str, str | None, str, int]] = []

    def door(folder: str, mechanism: str | None, address: str, port: int) -> None:
        asked.append((folder, mechanism, address, port))

    return run(["serve", *typed], Doors(offline=offline, serve=door), {}), asked


def test_it_listens_where_it_is_told_and_else_on_this_computer_only() -> None:
    assert serve("--register", "r") == (0, [("r", None, "127.0.0.1", 8000)])
    assert serve("--register", "r", "--bind", "[::1]:81") == (0, [("r", None, "::1", 81)])


@pytest.mark.parametrize(
    "bind", ["8000", ":8000", "localhost:", "localhost:http", "h:0", "h:65536"]
)
def test_what_is_no_address_is_refused(bind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert serve("--register", "r", "--bind", bind) == (2, [])
    assert bind in capsys.readouterr().err


def test_a_folder_that_is_no_register_is_not_served(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "answerable", "serve", "--register", str(tmp_path)]
    ended = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert "cannot be read" in ended.stderr


def test_a_form_is_not_served_on_a_database_of_an_earlier_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = ("--name", "N", "--origin", "training.example/xa", "--prefix", "XA")
    assert run(["init", "m", *settings], DOORS) == 0
    asked: list[str | None] = []
    doors = replace(DOORS, serve=lambda _, mechanism, *__: asked.append(mechanism))
    words = ["--mechanism", "m", "serve", "--register", "r", "--form"]
    assert run(words, doors, {}) == 0
    assert asked == ["m"]
    with closing(sqlite3.connect(Path("m", "ledger.sqlite3"))) as database:
        database.execute("ALTER TABLE keyed DROP COLUMN shows")
        database.execute("DELETE FROM django_migrations WHERE name LIKE '0007%'")
        database.commit()
    assert run(words, doors, {}) != 0
    assert asked == ["m"]
    assert "answerable rebuild" in capsys.readouterr().err


def test_where_somebody_listens_nothing_is_served(told: Told) -> None:
    with socket.socket() as taken:
        # As servers do that share a port: the system alone would let a second one in.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        bind = f"127.0.0.1:{taken.getsockname()[1]}"
        words = ["serve", "--register", str(told.visitor.folder), "--bind", bind]
        ended = subprocess.run(
            [sys.executable, "-m", "answerable", *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert ended.returncode == 1
    assert "Another program listens there" in ended.stderr


@pytest.mark.slow
def test_a_process_serves_the_pages_and_writes_nothing_of_who_asked(told: Told) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "answerable", "serve", "--register", str(told.visitor.folder)]
    process = subprocess.Popen(
        [*words, "--bind", f"127.0.0.1:{port}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(os.environ),
    )
    try:
        page = _fetched(f"http://127.0.0.1:{port}/en/register/{told.waiting}")
        _fetched(f"http://127.0.0.1:{port}/healthz")
    finally:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=30)
    assert told.waiting.encode() in page
    assert told.waiting.encode() not in said
    assert b"/healthz" not in said


@pytest.mark.slow
def test_a_process_that_hangs_does_not_keep_the_server_from_ending(told: Told) -> None:
    with started(["serve", "--register", str(told.visitor.folder)]) as (_, process):
        (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(child), signal.SIGSTOP)
    assert process.returncode == 0


def _fetched(address: str) -> bytes:
    for _ in range(100):
        try:
            with urlopen(address, timeout=10) as page:  # noqa: S310 - our own server
                return bytes(page.read())
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the server does not answer")
