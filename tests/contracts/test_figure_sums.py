"""Sums kept for figures, on every database: told by them, figures are those of every act anew."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import cast

import psycopg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from answerable.casework.ports import StorageFailed
from answerable.casework.register_ports import RegisterPlaces
from answerable.casework.tell_figures import FiguresTold, TellFigures, stated_figures
from answerable.core.docket import Docket, Kind
from answerable.core.figures.counting import count_case
from answerable.core.figures.judging import AsOf, told
from answerable.core.numbers import docket_number
from answerable.core.register import groups
from answerable.core.register.accounts import Seen, Weeks, allegations_in, claims_told
from answerable.core.register.kept_figures import FOLD
from answerable.core.register.kept_sums import KeptSum
from answerable.core.register.showing import is_tellable, told_of
from answerable.storage import sqlite, sqlite_file
from answerable.storage.figure_sums import kept_sums, sum_up
from answerable.storage.figures import MARK, catch_up
from answerable.storage.projections import rebuild
from answerable.storage.register_folder import given_numbers
from answerable.storage.rows import Batch, BlockRow, FiguresRow, MarkRow, SumRow
from answerable.storage.sequencing import AlreadyFounded
from tests.contracts.test_erasing import erase, erasures
from tests.support import builders
from tests.support.adapters import KINDS, NewStore, PostgresPlace, Store
from tests.support.appending import append, lodge, wrong

SOME = 5
"""Dockets in a group: few, so that a test has several groups."""

BY_HAND = 77
"""A week of no year, whose block a test writes to put protection on and off."""


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(groups, "GROUP", SOME)


@dataclass(frozen=True)
class Somewhere:
    """What telling figures needs of the world, so many minutes east of UTC."""

    store: Store
    minutes: int = 7 * 60

    def day_of(self, at: int) -> date:
        return (datetime.fromtimestamp(at / 1000, UTC) + timedelta(minutes=self.minutes)).date()

    def kept_sums(self, at_end: Callable[[int], None]) -> Iterator[KeptSum]:
        return kept_sums(self.store.backend, at_end)


def figures(store: Store, at: int | None = None, minutes: int = 7 * 60) -> FiguresTold:
    places = cast("RegisterPlaces", Somewhere(store, minutes))
    return TellFigures(places, lambda: store.clock() if at is None else at, frozenset)()


def anew(store: Store, at: int | None = None, minutes: int = 7 * 60) -> FiguresTold:
    """Return the figures that all acts make, with nothing kept, one case at a time."""
    at = store.clock() if at is None else at
    day_of = Somewhere(store, minutes).day_of
    weeks, protected = Weeks(day_of, at), given_numbers("XA", store.backend).protected
    shown, hidden, seen = [], [], []
    for docket in store.dockets.dockets(Kind.CASE):
        acts = [act.kept.envelope for act in store.dockets.acts(docket.id)]
        seen += [Seen(0, act.at, is_shown=False, act=act.act) for act in acts]
        found = docket_number(docket.number)
        if is_tellable(acts) and f"{found.year}-{found.serial:04d}" not in protected:
            shown.append(count_case(told_of(acts)))
        elif weeks.is_over(acts[0].at):
            hidden.append(allegations_in(acts[0]))
    stated = stated_figures(hidden, claims_told(seen, weeks))
    return FiguresTold(at, told(shown, AsOf(at, day_of)), stated)


def sums(store: Store) -> list[SumRow]:
    with store.backend.reading() as reads:
        return list(reads.sums())


def put(store: Store, batch: Batch) -> None:
    with store.backend.writing() as transaction:
        transaction.store(batch)
        transaction.commit()


def protect(store: Store, *cases: Docket) -> None:
    """Protect these numbers by hand, and no others that were protected by hand before."""
    serials = " ".join(str(docket_number(case.number).serial) for case in cases)
    put(store, Batch(blocks=[BlockRow(2026, BY_HAND, 1, serials, len(cases))]))


@pytest.fixture
def cases(store: Store) -> list[Docket]:
    """Lodge what fills three groups, of which the first begins with the mechanism's docket."""
    append(store, builders.founded())
    found = lodge(store, builders.lodged(2 * SOME))
    append(store, builders.opened(found[0]))
    return found


def test_told_by_sums_figures_are_those_of_every_act(store: Store, cases: list[Docket]) -> None:
    assert figures(store) == anew(store)
    assert [row.first for row in sums(store)] == [0, SOME, 2 * SOME]
    assert all(row.text for row in sums(store))
    append(store, builders.linked(cases[1], cases[7]))
    append(store, builders.acted(cases[2], "danger-claimed"))
    store.clock.set("2026-12-31T20:00:00+00:00")
    append(store, builders.opened(cases[3]))
    for minutes in (-11 * 60, 0, 14 * 60):
        assert figures(store, minutes=minutes) == anew(store, minutes=minutes)
    assert wrong(store) == []


def test_the_sum_of_a_group_that_moved_is_emptied_by_what_keeps_its_docket(
    store: Store, cases: list[Docket]
) -> None:
    figures(store)
    before = sums(store)
    append(store, builders.opened(cases[1]))
    assert sums(store) == before
    catch_up(store.backend)
    assert [row.text is None for row in sums(store)] == [True, False, False]
    assert wrong(store) == []
    assert figures(store) == anew(store)
    assert sums(store)[1:] == before[1:]
    assert sums(store)[0] != before[0]
    assert wrong(store) == []


def test_a_row_of_a_docket_and_a_sum_with_it_leave_the_sum_empty(
    store: Store, cases: list[Docket]
) -> None:
    figures(store)
    (group, *_) = sums(store)
    put(store, Batch(figures=[FiguresRow(3, 1, "")], sums=[group]))
    assert sums(store)[0] == SumRow(0, None)
    assert len(cases) == 2 * SOME


def test_a_sum_of_what_moved_meanwhile_is_not_kept(
    store: Store, cases: list[Docket], monkeypatch: pytest.MonkeyPatch
) -> None:
    catch_up(store.backend)
    writing = store.backend.writing

    def moved_first() -> object:
        monkeypatch.setattr(store.backend, "writing", writing)
        append(store, builders.opened(cases[1]))
        catch_up(store.backend)
        return writing()

    monkeypatch.setattr(store.backend, "writing", moved_first)
    sum_up(store.backend)
    assert [row.text is None for row in sums(store)] == [True, False, False]
    assert figures(store) == anew(store)
    assert wrong(store) == []


def test_a_case_is_left_out_from_when_its_number_is_protected(
    store: Store, cases: list[Docket]
) -> None:
    store.clock.set("2026-12-01T08:00:00+07:00")
    for protected in (cases[:0], cases[1:2], cases[2:8], cases[:0]):
        protect(store, *protected)
        found = figures(store)
        assert found == anew(store)
        named = {case for one in found.figures for case in one.cases}
        assert named == {case.number for case in cases if case not in protected}
        assert found.stated["stated/submissions"] == len(protected)
    # Made while some are protected, sums leave them out, and are not used once they are not.
    protect(store, cases[4])
    rebuild(store.backend)
    assert figures(store) == anew(store)
    protect(store)
    assert figures(store) == anew(store)


def test_erased_rebuilt_or_dropped_figures_are_the_same(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    before = figures(store)
    erase(store, store.dockets.docket(cases[0].number))
    erasures(store, tmp_path).finish()
    assert figures(store) == before
    kept = sums(store)
    rebuild(store.backend)
    assert sums(store) == kept
    assert figures(store) == before
    with store.backend.writing() as transaction:
        transaction.drop_figures()
        transaction.commit()
    assert sums(store) == []
    assert figures(store) == before
    assert sums(store) == kept
    assert wrong(store) == []


def test_what_a_newer_version_keeps_is_left_as_it_is(store: Store, cases: list[Docket]) -> None:
    figures(store)
    newer = MarkRow(MARK, 9, FOLD + 1)
    put(store, Batch(figures=[FiguresRow(2, 9, "{}")], sums=[SumRow(5, "{}")], marks=[newer]))
    with store.backend.reading() as reads:
        before = list(reads.figures_rows()), list(reads.sums())
    append(store, builders.opened(cases[1]))
    assert figures(store) == anew(store)
    assert wrong(store) == []
    with store.backend.reading() as reads:
        assert (list(reads.figures_rows()), list(reads.sums())) == before
        assert reads.mark(MARK) == newer


def test_a_newer_version_that_begins_meanwhile_is_left_as_it_is(
    store: Store, cases: list[Docket], monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = MarkRow(MARK, 9, FOLD + 1)
    writing = store.backend.writing

    def begins() -> object:
        monkeypatch.setattr(store.backend, "writing", writing)
        put(store, Batch(marks=[newer]))
        return writing()

    monkeypatch.setattr(store.backend, "writing", begins)
    assert figures(store) == anew(store)
    with store.backend.reading() as reads:
        assert list(reads.figures_rows()) == []
        assert reads.mark(MARK) == newer
    assert len(cases) == 2 * SOME


def test_what_an_older_version_kept_is_replaced(store: Store, cases: list[Docket]) -> None:
    figures(store)
    kept = sums(store)
    emptied = [SumRow(row.first, "{}") for row in kept]
    put(store, Batch(sums=emptied, marks=[MarkRow(MARK, 9, FOLD - 1)]))
    assert wrong(store) == []
    assert figures(store) == anew(store)
    assert sums(store) == kept
    assert len(cases) == 2 * SOME


def test_what_is_wrong_in_keeping_is_not_passed_over(
    store: Store, cases: list[Docket], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> object:
        raise RuntimeError("an error of ours")

    monkeypatch.setattr(store.backend, "writing", broken)
    with pytest.raises(RuntimeError):
        figures(store)
    assert len(cases) == 2 * SOME


def read_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return another process's store on a database that has begun to refuse to be written."""
    place = store.place
    if isinstance(place, PostgresPlace):
        with psycopg.connect(place.ledger, autocommit=True) as database:
            (name,) = database.execute("SELECT current_database()").fetchall()[0]
            database.execute(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')
    else:

        def open_to_read(path: Path) -> sqlite3.Connection:
            database = sqlite_file.open_durably(path)
            database.execute("PRAGMA query_only = ON")
            return database

        monkeypatch.setattr(sqlite, "open_durably", open_to_read)
    return store.another()


@pytest.mark.parametrize("new_store", KINDS[1:], indirect=True)
def test_what_may_only_be_read_tells_its_figures(
    new_store: NewStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = new_store()
    (case, *_) = lodge(store, builders.lodged(2 * SOME))
    figures(store)
    kept = sums(store)
    append(store, builders.opened(case))
    reader = read_only(store, monkeypatch)
    with pytest.raises(StorageFailed) as refusal, reader.backend.writing() as transaction:
        transaction.drop_figures()
    assert refusal.value.facts == {"reason": "database"}
    assert figures(reader) == anew(store)
    assert sums(store) == kept


Step = tuple[str, int, int]
STEPS = ("lodge", "lodge-protected", "open", "acknowledge", "fear", "link", "unlink", "protect")
kinds = st.sampled_from((*STEPS, "wait", "tell", "catch up", "drop"))
digits = st.integers(0, 9)
steps = st.lists(st.tuples(kinds, digits, digits), max_size=14)


def played(store: Store, cases: list[Docket], step: Step) -> None:
    what, one, other = step
    docket, another = (store.dockets.docket(cases[at % len(cases)].number) for at in (one, other))
    acts = {"open": "opened", "acknowledge": "acknowledged", "fear": "danger-claimed"}
    done: dict[str, Callable[[], object]] = {
        "lodge": lambda: cases.extend(lodge(store, builders.lodged(1 + one % 3))),
        "lodge-protected": lambda: cases.extend(lodge(store, builders.lodged(protected=True))),
        "protect": lambda: protect(store, *cases[one:][:other]),
        "wait": lambda: setattr(store.clock, "at", store.clock.at + one * 90_000_000),
        "tell": lambda: figures(store),
        "catch up": lambda: catch_up(store.backend),
        "drop": lambda: dropped(store),
        "link": lambda: docket.id == another.id or append(store, builders.linked(docket, another)),
        "unlink": lambda: (
            docket.id == another.id or append(store, builders.linked(docket, another, "unlinked"))
        ),
    }
    if what in acts:
        append(store, builders.acted(docket, acts[what]))
    else:
        done[what]()


def dropped(store: Store) -> None:
    with store.backend.writing() as transaction:
        transaction.drop_figures()
        transaction.commit()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps, st.integers(-9, 400), st.integers(-24 * 60 + 1, 24 * 60 - 1))
@example([("lodge", 2, 0), ("tell", 0, 0), ("protect", 1, 2), ("open", 3, 0)], 9, 0)
def test_whatever_is_done_figures_are_those_of_every_act(
    store: Store, taken: Sequence[Step], days: int, minutes: int
) -> None:
    """Each example goes on in the store of the one before, whose numbers may be protected."""
    with suppress(AlreadyFounded):
        append(store, builders.founded())
    cases = lodge(store, builders.lodged(3))
    for step in taken:
        played(store, cases, step)
    at = store.clock() + days * 86_400_000
    assert figures(store, at, minutes) == anew(store, at, minutes)
    assert figures(store, at, minutes) == anew(store, at, minutes)
