"""What a reader of the public register waits for, and what a process that serves it holds."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from answerable.bootstrap.application import application
from bench.filling import filled
from bench.ground import Ground
from bench.rows import Row

PAGES: Mapping[str, tuple[float, float]] = {"list": (15, 10), "case": (15, 10), "search": (60, 30)}
"""Milliseconds of a page of each kind, of which 95 in a hundred take no more: must, and aim."""


def served(ground: Ground, count: int) -> Iterator[Row]:
    """Yield what pages of a register of so many cases take."""
    folder = ground.folder / f"register-{count}"
    mechanism = application(str(filled(ground.shared(f"cases-{count}"), count)))
    mechanism.publish_register(str(folder))
    mechanism.close()
    told = _told(folder)
    figure = f"register of {count:,} cases"
    for kind, (must, aim) in PAGES.items():
        runs = (_ninety_five(told[kind]),)
        yield Row(figure=f"{figure}: {kind}, 95 %", unit="ms", runs=runs, must=must, aim=aim)
    yield Row(figure=f"{figure}: memory", unit="MB", runs=(told["memory"],), must=300)
    note = "of the process that makes the extract, once for all"
    runs = (told["checking"],)
    yield Row(figure=f"{figure}: memory while checked", unit="MB", runs=runs, must=300, note=note)
    note = "every file is read, and its extract made"
    yield Row(figure=f"{figure}: checked", unit="s", runs=(told["checked"],), note=note)
    note = "with an extract that is there"
    yield Row(figure=f"{figure}: opened", unit="s", runs=(told["opened"],), note=note)
    yield Row(figure=f"{figure}: extract", unit="MB", runs=(told["extract"],))


def _told(folder: Path) -> dict[str, Any]:
    words = [sys.executable, "-m", "bench.page_program", str(folder)]
    out = subprocess.run(words, capture_output=True, check=True).stdout
    told: dict[str, Any] = json.loads(out)
    return told


def _ninety_five(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
