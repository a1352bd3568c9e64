"""Measures against the limits of this machine: python -m bench [--quick] [--only NAME ...]."""

import argparse
import json
import os
import platform
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from bench import append, figures, form, growth, limits, pages, paper, proofs, start
from bench.ground import Ground, ground
from bench.rows import Row, repeated, table


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is measured. The figures of the issue are those of FULL."""

    callers: int = 64
    units: int = 40
    acts: int = 1000
    bulk_units: int = 4
    large: int = 1_000_000
    proofs: int = 10_000_000
    cases: int = 100_000
    points: int = 200
    runs: int = 5


FULL = Sizes()
QUICK = Sizes(large=100_000, proofs=1_000_000, cases=10_000, runs=3)

Figure = Callable[[Ground, Sizes], Iterator[Row]]

FIGURES: Mapping[str, Figure] = {
    "append": lambda on, of: append.one_process(on, of.callers, of.units, of.runs),
    "processes": lambda on, of: append.two_processes(on, of.callers, of.units, of.runs),
    "thousands": lambda on, of: append.thousands(on, of.acts, of.bulk_units, of.runs),
    "start": lambda on, of: chain(start.receipt_verify(on, of.runs), start.clock_due(of.runs)),
    "proofs": lambda on, of: proofs.inclusion_proofs(on, of.proofs, of.runs),
    "figures": lambda on, of: figures.live(on, of.cases, of.runs),
    "form": lambda on, of: form.lodging(on, of.runs),
    "pages": lambda on, of: pages.served(on, of.cases),
    "paper": lambda _, of: paper.response(of.points, of.runs),
    "form-postgres": lambda on, of: form.on_postgres(on, of.runs),
    "figures-postgres": lambda on, of: figures.on_postgres(on, of.cases, of.runs),
    "large": lambda on, of: growth.large_ledger(
        on, of.large, append.Load(1, of.callers, of.units), of.runs
    ),
}


def machine_limits(on: Ground, sizes: Sizes) -> Iterator[Row]:
    """Yield what this machine allows at most, before and apart from our figures."""
    folder, runs = on.folder, sizes.runs
    several: Mapping[str, Callable[[], float]] = {
        "limit: SQLite, one row a commit, rows/s": lambda: limits.sqlite_rows(folder, 1),
        "limit: SQLite, 32 rows a commit, rows/s": lambda: limits.sqlite_rows(folder, 32),
        "limit: fdatasync of one page, a second": lambda: limits.syncs(folder),
        "limit: SHA-256 of a leaf in Python, a second": limits.hashes,
    }
    if on.server is not None:
        address = on.address()
        several = {
            **several,
            "limit: PostgreSQL, one row a commit, rows/s": lambda: limits.postgres_rows(address, 1),
            "limit: PostgreSQL, 32 rows a commit, rows/s": lambda: limits.postgres_rows(
                address, 32
            ),
        }
    for name, measure in several.items():
        figure, _, unit = name.rpartition(", ")
        yield Row(figure=figure, unit=unit, runs=tuple(repeated(runs, measure)))


def measured(on: Ground, sizes: Sizes, names: Sequence[str]) -> Iterator[Row]:
    """Yield every row of the figures named."""
    yield from machine_limits(on, sizes)
    for name in names:
        yield from FIGURES[name](on, sizes)


def main(words: Sequence[str]) -> None:
    asked = _parsed(words)
    sizes = QUICK if asked.quick else FULL
    asked.json.parent.mkdir(parents=True, exist_ok=True)
    rows: list[Row] = []
    with ground(asked.json.parent, asked.keep) as on:
        for row in measured(on, sizes, asked.only or list(FIGURES)):
            rows.append(row)
            print(f"{row.figure}: done", file=sys.stderr, flush=True)
    machine = {
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "processors": os.cpu_count(),
        "system": platform.platform(),
    }
    told = {"machine": machine, "rows": [row.json() for row in rows]}
    asked.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(table(rows))


def _parsed(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller ledgers, fewer runs")
    parser.add_argument(
        "--only", nargs="+", choices=FIGURES, metavar="NAME", help=", ".join(FIGURES)
    )
    parser.add_argument("--json", type=Path, default=Path("build/bench.json"), metavar="FILE")
    parser.add_argument(
        "--keep", type=Path, metavar="FOLDER", help="where the shared cases stay for the next time"
    )
    return parser.parse_args(words)


if __name__ == "__main__":
    main(sys.argv[1:])
