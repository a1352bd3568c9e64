"""How long a long response takes to become a PDF, and how much memory, from a cold start."""

import json
import subprocess
import sys
from collections.abc import Iterator
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from bench.rows import Row, repeated

BODIES = 12
KIBIBYTE, MEGABYTE = 1024, 1_000_000


def response(points: int, runs: int) -> Iterator[Row]:
    """Yield seconds and peak memory of a response of so many points with its annexes."""
    made: list[tuple[float, float]] = []

    def seconds() -> float:
        made.append(_made(points))
        return made[-1][0]

    times = repeated(runs, seconds)
    yield Row(
        figure=f"response of {points} points as PDF, after loading",
        unit="s",
        runs=tuple(times),
        must=2,
        note=f"{BODIES} bodies, with contents and annexes",
    )
    yield Row(
        figure=f"response of {points} points as PDF, peak memory",
        unit="MB",
        runs=tuple(megabytes for _, megabytes in made),
        must=300,
    )


def _made(points: int) -> tuple[float, float]:
    """Return seconds and megabytes of one process, since memory is that of its highest moment."""
    words = [sys.executable, "-m", "bench.paper", str(points)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    seconds, megabytes = json.loads(done.stdout)
    return seconds, megabytes


def main() -> None:
    """Make one, and print how long it took and how much memory the process had at most."""
    from answerable.documents.typst_documents import TypstDocuments  # noqa: PLC0415 - measured here
    from tests.support.responses import long_response  # noqa: PLC0415 - as above

    told = long_response(points=int(sys.argv[1]), bodies=BODIES)
    begun = perf_counter()
    TypstDocuments().response_pdf(told, language="en", cleared=None)
    seconds = perf_counter() - begun
    print(json.dumps([seconds, getrusage(RUSAGE_SELF).ru_maxrss * KIBIBYTE / MEGABYTE]))


if __name__ == "__main__":
    main()
