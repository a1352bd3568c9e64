"""How long a person waits for one answer: the program is started for it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from answerable.bootstrap.application import application
from answerable.casework.ports import Appended
from bench import limits
from bench.ground import Ground, unit
from bench.rows import Row, repeated

PROGRAM = Path(sys.executable).with_name("answerable")


def receipt_verify(ground: Ground, runs: int) -> Iterator[Row]:
    folder = ground.sqlite("start")
    mechanism = application(str(folder))
    (appended,) = mechanism.ledger.append([unit()])
    if not isinstance(appended, Appended):
        raise appended
    receipt, policy = ground.folder / "one.tlog-proof", ground.folder / "policy"
    receipt.write_bytes(appended.acts[0].receipt.encode())
    policy.write_bytes(mechanism.upkeep.policy().encode())
    words = [str(PROGRAM), "receipt", "verify", str(receipt), "--policy", str(policy)]
    yield Row(
        figure="receipt verify, from a cold start",
        unit="s",
        runs=tuple(repeated(runs, lambda: _seconds(words))),
        must=0.3,
        aim=0.15,
        limit=limits.start(),
        of="the start of a bare Python",
    )


def clock_due(runs: int) -> Iterator[Row]:
    """Yield how long a person waits for a date that needs holidays to be left out."""
    words = [str(PROGRAM), "clock", "due", "uk-foi", "comply", "--event", "delivered=2019-11-29"]
    yield Row(
        figure="clock due, from a cold start",
        unit="s",
        runs=tuple(repeated(runs, lambda: _seconds(words))),
        must=0.3,
        limit=limits.start(),
        of="the start of a bare Python",
    )


def _seconds(words: list[str]) -> float:
    begun = perf_counter()
    subprocess.run(words, check=True, capture_output=True)
    return perf_counter() - begun
