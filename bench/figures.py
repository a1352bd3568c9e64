"""How long the figures of many cases take: told live, as a person asks for them."""

from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from answerable.bootstrap.application import application
from answerable.bootstrap.folder import folder_at
from answerable.bootstrap.parts import stores
from answerable.casework.application import Application
from answerable.core.acts import ActCode, By, Draft, PartyId, Seat
from answerable.core.docket import Change, Kind, OnDocket, Unit, UnitKey
from bench.copying import copied
from bench.filling import filled
from bench.ground import Ground, request
from bench.lives import PARTIES
from bench.rows import Row, repeated

MOVED = 100
MONITOR = By(PartyId(f"p{[seat for _, seat in PARTIES].index('monitor') + 1}"), Seat("monitor"))


def live(ground: Ground, count: int, runs: int) -> Iterator[Row]:
    """Yield how many seconds the figures of so many cases take."""
    yield from _told(filled(ground.shared(f"cases-{count}"), count), count, runs)


def on_postgres(ground: Ground, count: int, runs: int) -> Iterator[Row]:
    if ground.server is None:
        figure = f"figures of {count:,} cases: PostgreSQL"
        yield Row(figure=figure, unit="s", note="no PostgreSQL starts here")
        return
    databases = {"database": ground.address(), "key_database": ground.address()}
    source = filled(ground.shared(f"cases-{count}"), count)
    yield from _told(copied(source, ground.folder / "cases-on-postgres", **databases), count, runs)


def _told(folder: Path, count: int, runs: int) -> Iterator[Row]:
    mechanism = application(str(folder))
    backend, *_ = stores(folder_at(folder))

    def from_nothing() -> float:
        with backend.writing() as transaction:
            transaction.drop_figures()
            transaction.commit()
        return _seconds(mechanism)

    def after_moves() -> float:
        move(mechanism, MOVED)
        return _seconds(mechanism)

    figure = f"figures of {count:,} cases: {mechanism.upkeep.described().database}"
    first = tuple(repeated(runs, from_nothing))
    yield Row(figure=f"{figure}, first", unit="s", runs=first, note="every act is folded")
    told = tuple(repeated(runs, lambda: _seconds(mechanism)))
    yield Row(figure=figure, unit="s", runs=told, must=5, aim=2)
    moved = tuple(repeated(runs, after_moves))
    yield Row(figure=f"{figure}, {MOVED} acts later", unit="s", runs=moved, must=5, aim=2)
    backend.close()
    mechanism.close()


def _seconds(mechanism: Application) -> float:
    begun = perf_counter()
    mechanism.tell_figures()
    return perf_counter() - begun


def move(mechanism: Application, count: int) -> None:
    """Append so many acts, each on a case of its own, that change none of its steps.

    They lie as far apart as they can: what is kept of neighbours is kept together.
    """
    units = []
    cases = list(mechanism.dockets.dockets(Kind.CASE))
    for number, docket in enumerate(cases[:: max(len(cases) // count, 1)][:count]):
        draft = Draft(act=ActCode("opened"), by=MONITOR, secret=request().bytes * 2)
        change = Change(OnDocket(docket.id, docket.sequence), (draft,))
        units.append(Unit(UnitKey(request(), number), (change,)))
    for answer in mechanism.ledger.append(units):
        if isinstance(answer, Exception):
            raise answer
