"""The real server on a free port of this machine, as ``answerable serve`` starts it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

SECONDS = 30.0


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a register, and give the address that its pages begin with; then stop the server."""
    with served(["serve", "--register", str(folder)]) as address:
        yield address


@contextmanager
def served(words: Sequence[str]) -> Iterator[str]:
    """Give the address of a command that takes ``--bind`` and answers at ``/healthz``."""
    with started(words) as (address, _):
        yield address


@contextmanager
def started(words: Sequence[str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start such a command, give its address and process, and stop it by its id."""
    port = _free_port()
    bound = ["--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(
        [sys.executable, "-m", "answerable", *words, *bound],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    try:
        _wait(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=SECONDS)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(f"the server ended: {process.communicate()[1].decode()}")
        try:
            with urlopen(address, timeout=5) as page:  # noqa: S310 - our own server
                page.read()
                return
        except URLError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")
