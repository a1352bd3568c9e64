"""That the benchmarks run, at sizes that measure nothing; how fast anything is, is never a test."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

import pytest

from answerable.bootstrap.application import application
from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from bench.__main__ import FIGURES, Sizes, main, measured
from bench.copying import copied
from bench.data import VERSION, cases
from bench.figures import move
from bench.filling import filled
from bench.ground import Ground
from bench.rows import Row, table
from tests.support.postgres import NoPostgres, Server, running

TINY = Sizes(
    callers=4, units=1, acts=3, bulk_units=1, large=2, proofs=600, cases=12, points=2, runs=1
)
RATE = Row(figure="a", unit="acts/s", runs=(1, 2, 9), must=2, aim=3, more_is_better=True, limit=4)
DATA = {1: "8c5dfabecf06dcae"}
"""The first digits of the SHA-256 of the first cases of the shared data, by their version."""


@pytest.fixture
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.limits.SECONDS", 0.001)
    monkeypatch.setattr("bench.growth.UNIT", 2)
    monkeypatch.setattr("bench.growth.SMALL", 2)
    monkeypatch.setattr("bench.growth.PAIRS", 1)
    monkeypatch.setattr("bench.proofs.PROOFS", 5)
    monkeypatch.setattr("bench.form.REPORTS", 1)


@pytest.fixture
def server() -> Iterator[Server]:
    with ExitStack() as stack:
        try:
            yield stack.enter_context(running())
        except NoPostgres as problem:
            pytest.skip(str(problem))


@pytest.mark.slow
@pytest.mark.usefixtures("brief")
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_measured(name: str, tmp_path: Path) -> None:
    for row in measured(Ground(tmp_path, None), TINY, [name]):
        assert row.runs or row.note == "no PostgreSQL starts here"
        assert all(value > 0 for value in row.runs)


@pytest.mark.usefixtures("brief")
def test_the_rows_are_written_and_the_databases_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.__main__.QUICK", TINY)
    main(["--quick", "--only", "start", "--json", str(tmp_path / "out" / "bench.json")])
    (written,) = (tmp_path / "out").iterdir()
    rows = json.loads(written.read_text())["rows"]
    assert rows[-1]["figure"] in capsys.readouterr().out
    assert rows[-1]["must"] == 0.3


def test_the_shared_data_are_those_of_their_version() -> None:
    """If this fails the data are others: count VERSION up, so that none is taken for the other."""
    told = sha256()
    for case in cases(200):
        told.update(repr((case.at, case.by, case.submission)).encode())
        for step in case.steps:
            told.update(repr((step.at, step.act, step.by, step.allegations)).encode())
            told.update(repr((sorted(step.values.items()), step.cites, step.links)).encode())
    assert {VERSION: told.hexdigest()[:16]} == DATA


def test_every_act_of_the_shared_data_says_what_its_kind_must() -> None:
    acts = [step for case in cases(400) for step in case.steps]
    kinds = {kind.code: kind for kind in ACTS.values()}
    filled_in = {"acts", "case"}
    for step in acts:
        names = {part.name: part for part in kinds[ActCode(step.act)].parts}
        assert set(step.values) <= set(names), step
        lacking = {name for name, part in names.items() if part.required} - set(step.values)
        assert lacking <= filled_in, step
    assert len({step.act for step in acts}) > 20
    assert {case.submission.language for case in cases(40)} == {"en", "km"}


@pytest.mark.slow
def test_what_is_filled_with_the_shared_data_holds_whole(tmp_path: Path) -> None:
    mechanism = application(str(filled(tmp_path / "cases", 40)))
    found, counts = mechanism.upkeep.check(acts=True, progress=lambda *_: None)
    assert found == ()
    assert counts.acts > 200
    told = {one.code: one.value or 0 for one in mechanism.tell_figures().figures}
    assert min(told["submissions"], told["questions/asked"], told["outcome/no-answer"]) > 0
    mechanism.close()


@pytest.mark.slow
@pytest.mark.postgres
def test_what_is_copied_to_postgres_has_the_same_figures_and_goes_on(
    server: Server, tmp_path: Path
) -> None:
    source = filled(tmp_path / "cases", 12)
    ground = Ground(tmp_path, server)
    databases = {"database": ground.address(), "key_database": ground.address()}
    ours = application(str(source))
    theirs = application(str(copied(source, tmp_path / "copy", **databases)))
    assert theirs.tell_figures().figures == ours.tell_figures().figures
    move(theirs, 3)
    assert theirs.upkeep.check(acts=True, progress=lambda *_: None)[0] == ()
    for mechanism in (ours, theirs):
        mechanism.close()


def test_a_figure_is_its_median_beside_its_limit() -> None:
    assert (RATE.value, RATE.ratio, RATE.verdict) == (2, 0.5, "must")


@pytest.mark.parametrize(("runs", "verdict"), [((1,), "missed"), ((2,), "must"), ((3,), "aim")])
def test_a_rate_must_be_as_high_as_its_bound(runs: tuple[float, ...], verdict: str) -> None:
    row = Row(figure="a", unit="acts/s", runs=runs, must=2, aim=3, more_is_better=True)
    assert row.verdict == verdict


@pytest.mark.parametrize(("runs", "verdict"), [((4,), "missed"), ((3,), "must"), ((2,), "aim")])
def test_a_time_must_be_as_low_as_its_bound(runs: tuple[float, ...], verdict: str) -> None:
    assert Row(figure="a", unit="s", runs=runs, must=3, aim=2).verdict == verdict


def test_a_figure_that_was_not_measured_says_so() -> None:
    assert "not there" in table([RATE, Row(figure="b", unit="s", note="no server")])
