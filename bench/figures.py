"""How long the figures of many cases take: counted live, from the acts in the database."""

from collections.abc import Iterator
from time import perf_counter

from answerable.bootstrap.application import application
from answerable.casework.application import Application
from answerable.core.docket import Change, NewDocket, Unit, UnitKey
from bench.data import cases, draft
from bench.ground import Ground, request
from bench.rows import Row, repeated

TOGETHER = 500


def live(ground: Ground, count: int, runs: int) -> Iterator[Row]:
    """Yield how many seconds the figures of so many cases take."""
    mechanism = application(str(ground.sqlite("figures")))
    filled(mechanism, count)

    def seconds() -> float:
        begun = perf_counter()
        mechanism.tell_figures()
        return perf_counter() - begun

    yield Row(
        figure=f"figures of {count:,} cases",
        unit="s",
        runs=tuple(repeated(runs, seconds)),
        must=5,
        aim=2,
    )


def filled(mechanism: Application, count: int) -> None:
    """Append the shared data set: every case with all of its acts."""
    waiting: list[Unit] = []
    for case, steps in cases(count):
        drafts = tuple(draft(case, number, step) for number, step in enumerate(steps, 1))
        waiting.append(Unit(UnitKey(request()), (Change(NewDocket(), drafts),)))
        if len(waiting) == TOGETHER:
            append(mechanism, waiting)
            waiting = []
    append(mechanism, waiting)


def append(mechanism: Application, units: list[Unit]) -> None:
    for answer in mechanism.ledger.append(units) if units else ():
        if isinstance(answer, Exception):
            raise answer
