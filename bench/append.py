"""Receipts a second: many callers with units of one act, and units of a thousand acts."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bench import limits
from bench.ground import FIELDS, LONG, Ground
from bench.rows import Row, repeated

BATCH = 32


@dataclass(frozen=True, slots=True)
class Load:
    """How many processes, callers in all, units each, acts in a unit, fields of their content."""

    processes: int
    callers: int
    units: int
    acts: int = 1
    fields: int = FIELDS

    @property
    def each(self) -> int:
        return self.callers // self.processes


def one_process(ground: Ground, callers: int, units: int, runs: int) -> Iterator[Row]:
    load = Load(1, callers, units)
    figure = f"append, {callers} callers, one process"
    yield _sqlite(ground, load, runs, figure=figure, must=2500, aim=5000)
    yield _postgres(ground, load, runs, figure=figure, must=1500, aim=2500)
    long = replace(load, fields=LONG)
    yield _sqlite(ground, long, runs, figure=f"{figure}, long reports")


def two_processes(ground: Ground, callers: int, units: int, runs: int) -> Iterator[Row]:
    load = Load(2, callers, units)
    figure = f"append, {callers} callers, two processes"
    yield _sqlite(ground, load, runs, figure=figure, must=3500, aim=6000)


def thousands(ground: Ground, acts: int, units: int, runs: int) -> Iterator[Row]:
    load = Load(1, 1, units, acts)
    figure = f"append, units of {acts:,} acts, one process"
    yield _sqlite(ground, load, runs, figure=figure, must=4500, aim=9000)
    yield _postgres(ground, load, runs, figure=figure, must=3000, aim=6000)


def _sqlite(
    ground: Ground,
    load: Load,
    runs: int,
    *,
    figure: str,
    must: int | None = None,
    aim: int | None = None,
) -> Row:
    folder = ground.sqlite(f"sqlite-{load.processes}-{load.acts}-{load.fields}")
    rows = load.acts if load.acts > 1 else BATCH
    limit = limits.sqlite_rows(ground.folder, rows)
    return Row(
        figure=f"{figure}: SQLite",
        unit="acts/s",
        runs=tuple(_rates(folder, load, runs)),
        must=must,
        aim=aim,
        more_is_better=True,
        limit=limit,
        of=f"rows/s of SQLite at {rows} a commit",
    )


def _postgres(ground: Ground, load: Load, runs: int, *, figure: str, must: int, aim: int) -> Row:
    figure = f"{figure}: PostgreSQL"
    if ground.server is None:
        return Row(figure=figure, unit="acts/s", note="no PostgreSQL starts here")
    folder = ground.postgres(f"postgres-{load.processes}-{load.acts}")
    rows = load.acts if load.acts > 1 else BATCH
    return Row(
        figure=figure,
        unit="acts/s",
        runs=tuple(_rates(folder, load, runs)),
        must=must,
        aim=aim,
        more_is_better=True,
        limit=limits.postgres_rows(ground.address(), rows),
        of=f"rows/s of PostgreSQL at {rows} a commit",
    )


def _rates(folder: Path, load: Load, runs: int) -> list[float]:
    with ExitStack() as stack:
        processes = [stack.enter_context(callers_of(folder, load)) for _ in range(load.processes)]
        return repeated(runs, lambda: rate(processes, load))


@contextmanager
def callers_of(folder: Path, load: Load) -> Iterator["subprocess.Popen[str]"]:
    words = [sys.executable, "-m", "bench.callers", str(folder)]
    words += map(str, (load.each, load.units, load.acts, load.fields))
    process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.communicate()


def rate(processes: "list[subprocess.Popen[str]]", load: Load) -> float:
    for process in processes:
        _line(process)
    for process in processes:
        if process.stdin is not None:
            process.stdin.write("go\n")
            process.stdin.flush()
    times = [tuple(map(float, _line(process).split())) for process in processes]
    begun, ended = min(time[0] for time in times), max(time[1] for time in times)
    return load.processes * load.each * load.units * load.acts / (ended - begun)


def _line(process: "subprocess.Popen[str]") -> str:
    line = process.stdout.readline() if process.stdout is not None else ""
    if not line:
        raise RuntimeError("a process of callers ended")
    return line
