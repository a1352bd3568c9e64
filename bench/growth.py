"""A large ledger: what an append costs in it, and how long it takes to verify it whole."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from time import perf_counter

from answerable.bootstrap.application import application
from bench import limits
from bench.append import Load, callers_of, rate
from bench.ground import Ground, unit
from bench.rows import Row, repeated
from bench.start import PROGRAM

SMALL = 10_000
UNIT = 1000
PAIRS = 9
MEBIBYTE = 1 << 20


def large_ledger(ground: Ground, entries: int, load: Load, runs: int) -> Iterator[Row]:
    small, large = ground.sqlite("small"), ground.sqlite("large")
    filled(small, SMALL)
    seconds = filled(large, entries)
    told = f"filled by append in units of {UNIT:,} acts of one field, in {seconds:,.0f} s"
    figure = f"cost of an append at {entries:,} entries against {SMALL:,}"
    ratios = _ratios(small, large, load)
    note = f"{load.callers} callers, {PAIRS} pairs; {told}"
    yield Row(figure=figure, unit="times", runs=ratios, must=1.2, aim=1.1, note=note)
    yield from _verified(large, entries, runs)


def filled(folder: Path, entries: int) -> float:
    """Append until the ledger holds so many entries, and return the seconds it took."""
    ledger, begun = application(str(folder)).ledger, perf_counter()
    for _ in range(0, entries, UNIT):
        ledger.append([unit(UNIT, fields=1)])
    return perf_counter() - begun


def _ratios(small: Path, large: Path, load: Load) -> tuple[float, ...]:
    # Pair by pair, because the speed of a shared machine drifts.
    with ExitStack() as stack:
        few = [stack.enter_context(callers_of(small, load))]
        many = [stack.enter_context(callers_of(large, load))]
        return tuple(repeated(PAIRS, lambda: rate(few, load) / rate(many, load)))


def _verified(folder: Path, entries: int, runs: int) -> Iterator[Row]:
    measured: list[tuple[float, float]] = []
    repeated(runs, lambda: _verify(folder, measured))
    seconds, memory = zip(*measured[1:], strict=True)
    figure = f"ledger verify of {entries:,} entries"
    yield Row(
        figure=figure,
        unit="s",
        runs=seconds,
        must=10 * entries / 1e6,
        aim=4 * entries / 1e6,
        limit=2 * entries / median(limits.hashes() for _ in range(3)),
        of="hashing every leaf and node",
    )
    yield Row(figure=f"{figure}: memory at its peak", unit="MiB", runs=memory, must=500)


def _verify(folder: Path, measured: list[tuple[float, float]]) -> float:
    begun = perf_counter()
    environment = {**os.environ, "ANSWERABLE_MECHANISM": str(folder)}
    words = [str(PROGRAM), "ledger", "verify"]
    with subprocess.Popen(
        words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        told = process.stdout.read() if process.stdout is not None else b""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"ledger verify ended with {process.returncode}: {told.decode()}")
    measured.append((perf_counter() - begun, used.ru_maxrss * 1024 / MEBIBYTE))
    return measured[-1][0]
