"""What is kept for figures, on every database: it follows the acts, and can be dropped."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from answerable.casework.ports import StorageFailed
from answerable.core.docket import Docket
from answerable.core.register.kept_figures import KeptFigures, kept_figures_of
from answerable.storage.backend import Backend, Reads, Transaction
from answerable.storage.figure_sums import kept_sums
from answerable.storage.figures import MARK, TOGETHER, catch_up, folded_to
from answerable.storage.projections import rebuild
from answerable.storage.rows import Batch, FiguresRow, MarkRow
from tests.contracts.test_erasing import erase, erasures
from tests.support import builders
from tests.support.adapters import KINDS, NewStore, Store
from tests.support.appending import append, lodge, wrong
from tests.support.registers import live

SHARED = pytest.mark.parametrize("new_store", KINDS[1:], indirect=True)
MANY = 2 * TOGETHER + 1


class Struck:
    """A backend with which something happens each time before it writes."""

    def __init__(self, backend: Backend, happens: Callable[[], None]) -> None:
        self._backend = backend
        self._happens = happens

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        self._happens()
        with self._backend.writing() as transaction:
            yield transaction

    def reading(self) -> AbstractContextManager[Reads]:
        return self._backend.reading()

    def close(self) -> None:
        self._backend.close()


@pytest.fixture
def cases(store: Store) -> list[Docket]:
    append(store, builders.founded())
    found = lodge(store, builders.lodged(3))
    append(store, builders.opened(found[0]))
    return found


def rows(store: Store) -> list[FiguresRow]:
    with store.backend.reading() as reads:
        return list(reads.figures_rows())


def told(store: Store) -> list[KeptFigures]:
    """Return what is kept of each case, after figures were told."""
    list(kept_sums(store.backend))
    return [kept_figures_of(row.text) for row in rows(store) if row.text]


def numbers(backend: Backend) -> list[str]:
    """Return the numbers of the cases that are told."""
    return sorted(number for one in kept_sums(backend) for number in one.told.numbers)


def steps_met(store: Store) -> list[int]:
    """Return how many steps of each case are met."""
    shown = [one.shown for one in told(store)]
    return [len(one.lasted) for one in shown if one]


def put(store: Store, *kept: FiguresRow, marks: tuple[MarkRow, ...] = ()) -> None:
    with store.backend.writing() as transaction:
        transaction.store(Batch(figures=list(kept), marks=list(marks)))
        transaction.commit()


def test_what_is_kept_follows_the_acts(store: Store, cases: list[Docket]) -> None:
    assert steps_met(store) == [1, 0, 0]
    assert [(row.docket, row.sequence) for row in rows(store)] == [(1, 1), (2, 2), (3, 1), (4, 1)]
    append(store, builders.opened(cases[2]))
    assert [row.sequence for row in rows(store)] == [1, 2, 1, 1]
    assert wrong(store) == []
    assert steps_met(store) == [1, 0, 1]
    assert [row.sequence for row in rows(store)] == [1, 2, 1, 2]
    assert wrong(store) == []


def test_a_docket_that_did_not_move_is_not_folded_again(store: Store, cases: list[Docket]) -> None:
    assert steps_met(store) == [1, 0, 0]
    first, second = rows(store)[1:3]
    put(store, second._replace(text=first.text))
    append(store, builders.opened(cases[2]))
    assert steps_met(store) == [1, 1, 1]
    assert [one.code for one in wrong(store)] == ["figures-differ"]


def test_dropped_it_comes_back_equal(store: Store, cases: list[Docket]) -> None:
    catch_up(store.backend)
    before = rows(store)
    assert len(before) == len(cases) + 1
    put(store, *(row._replace(text="") for row in before))
    assert {one.code for one in wrong(store)} == {"figures-differ"}
    rebuild(store.backend)
    assert rows(store) == before
    assert wrong(store) == []


def test_what_another_version_folded_is_folded_anew(store: Store, cases: list[Docket]) -> None:
    catch_up(store.backend)
    before, (first, *_) = rows(store), cases
    older = [row._replace(text="{}", sequence=9) for row in before]
    put(store, *older, marks=(MarkRow(MARK, 9, 0),))
    assert wrong(store) == []
    assert [one.number for one in told(store)] == sorted(case.number for case in cases)
    assert rows(store) == before
    assert first.number in {one.number for one in told(store)}


def test_where_nothing_can_be_written_figures_are_told_all_the_same(
    store: Store, cases: list[Docket]
) -> None:
    def refuse() -> None:
        raise StorageFailed("read only", reason="database")

    lodged = [case.number for case in cases]
    assert numbers(Struck(store.backend, refuse)) == lodged
    assert rows(store) == []
    catch_up(store.backend)
    append(store, builders.opened(cases[1]))
    before = rows(store)
    refused = [one.text() for one in kept_sums(Struck(store.backend, refuse))]
    assert rows(store) == before
    assert refused == [one.text() for one in kept_sums(store.backend)]


def test_what_is_newer_is_never_replaced_by_what_is_older(
    store: Store, cases: list[Docket]
) -> None:
    happened: list[str] = []

    def moves_and_is_kept() -> None:
        if not happened:
            happened.append("once")
            append(store, builders.opened(cases[1]))
            catch_up(store.backend)

    catch_up(Struck(store.backend, moves_and_is_kept))
    assert happened
    assert [row.sequence for row in rows(store)] == [1, 2, 2, 1]
    assert wrong(store) == []


def test_what_is_dropped_meanwhile_is_not_said_to_be_kept(store: Store) -> None:
    lodge(store, builders.lodged(MANY))
    dropped: list[int] = []

    def drop(done: int, _of: int) -> None:
        if done == TOGETHER:
            dropped.append(done)
            with store.backend.writing() as transaction:
                transaction.drop_figures()
                transaction.commit()

    catch_up(store.backend, drop)
    assert dropped
    assert len(rows(store)) == MANY - TOGETHER
    assert wrong(store) == []
    with store.backend.reading() as reads:
        assert folded_to(reads) == 0
    assert len(told(store)) == len(rows(store)) == MANY
    with store.backend.reading() as reads:
        assert folded_to(reads) == MANY
    assert wrong(store) == []


def test_cut_off_it_goes_on_where_it_was(store: Store) -> None:
    (first, *_) = lodge(store, builders.lodged(MANY))

    def cut(done: int, _of: int) -> None:
        raise RuntimeError(done)

    with pytest.raises(RuntimeError):
        catch_up(store.backend, cut)
    assert len(rows(store)) == TOGETHER
    assert wrong(store) == []
    append(store, builders.opened(first))
    steps: list[tuple[int, int]] = []
    catch_up(store.backend, lambda done, of: steps.append((done, of)))
    # What was kept and did not move is not folded again.
    assert steps[-1] == (MANY - TOGETHER + 1, MANY - TOGETHER + 1)
    assert wrong(store) == []
    assert len(rows(store)) == MANY


@SHARED
def test_two_processes_that_catch_up_at_once_keep_the_same(new_store: NewStore) -> None:
    store = new_store()
    dockets = lodge(store, builders.lodged(MANY))
    child = os.fork()
    if child == 0:
        # Whatever happens here, the child must not go on as a second run of the tests.
        try:
            catch_up(store.another().backend)
            os._exit(0)
        finally:
            os._exit(1)
    append(store, builders.opened(dockets[7]))
    catch_up(store.backend)
    assert os.waitpid(child, 0)[1] == 0
    catch_up(store.backend)
    assert len(rows(store)) == MANY
    assert wrong(store) == []


def test_erasure_changes_no_figure(store: Store, cases: list[Docket], tmp_path: Path) -> None:
    before = live(store)
    erase(store, store.dockets.docket(cases[0].number))
    erasures(store, tmp_path).finish()
    assert live(store) == before
    rebuild(store.backend)
    assert live(store) == before
    assert wrong(store) == []
