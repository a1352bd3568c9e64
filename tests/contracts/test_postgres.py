"""What PostgreSQL alone can do to a ledger: unsafe settings, lost sessions, a false commit."""

import os
from collections.abc import Callable

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from answerable.casework.ports import LedgerPoisoned, StorageFailed
from answerable.core.acts import By, PartyId, Seat
from answerable.core.docket import Kind
from answerable.storage.backend import Transaction
from answerable.storage.postgres import (
    TAIL,
    NotCommitted,
    PostgresBackend,
    PostgresReads,
    PostgresTransaction,
)
from answerable.storage.postgres_connection import (
    DatabaseUnreachable,
    WrongEncoding,
    open_durably,
)
from answerable.storage.postgres_keys import PostgresCaseKeys, RowHeads
from answerable.storage.sql import COLUMNS
from answerable.storage.sqlite_file import NotDurable
from tests.support import builders
from tests.support.adapters import NewStore, PostgresPlace, Store
from tests.support.appending import append, stored, wrong
from tests.support.postgres import Server

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("new_store", ["postgres"], indirect=True),
]


def place_of(store: Store) -> PostgresPlace:
    assert isinstance(store.place, PostgresPlace)
    return store.place


def end_sessions(dsn: str) -> None:
    """End every other session of a database, as a restart of the server does."""
    with psycopg.connect(dsn, autocommit=True) as database:
        database.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def during(
    monkeypatch: pytest.MonkeyPatch, name: str, happens: Callable[[PostgresTransaction], None]
) -> None:
    """Let something happen once, when the writer is about to call a method of its transaction."""
    method = getattr(PostgresTransaction, name)
    waiting = [happens]

    def disturbed(transaction: PostgresTransaction, *values: object) -> object:
        if waiting:
            waiting.pop()(transaction)
        return method(transaction, *values)

    monkeypatch.setattr(PostgresTransaction, name, disturbed)


@pytest.mark.parametrize("value", ["off", "local"])
@pytest.mark.parametrize("opens", [open_durably, PostgresCaseKeys, RowHeads])
def test_a_server_that_answers_before_it_syncs_is_refused(
    store: Store, opens: Callable[[str], object], value: str
) -> None:
    dsn = make_conninfo(place_of(store).ledger, options=f"-c synchronous_commit={value}")
    with pytest.raises(NotDurable) as refused:
        opens(dsn)
    assert refused.value.facts == {"fsync": "on", "synchronous_commit": value}
    with pytest.raises(NotDurable), PostgresBackend(dsn).writing():
        pass


def test_a_database_that_cannot_hold_khmer_is_refused(store: Store) -> None:
    dsn = place_of(store).ledger
    with psycopg.connect(dsn, autocommit=True) as database:
        database.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING latin1")
    with pytest.raises(WrongEncoding):
        open_durably(make_conninfo(dsn, dbname="latin"))
    with psycopg.connect(dsn, autocommit=True) as database:
        database.execute("DROP DATABASE latin")


def test_a_server_that_is_not_there_keeps_nothing_and_says_so(
    store: Store, postgres_server: Server
) -> None:
    store.close()
    away = PostgresBackend(postgres_server.dsn("nowhere"))
    with pytest.raises(StorageFailed), away.writing():
        pass
    with pytest.raises(DatabaseUnreachable), away.reading():
        pass


def test_sessions_ended_by_a_restart_are_opened_anew(store: Store) -> None:
    unit = builders.lodged()
    first = append(store, unit)
    before = stored(store)
    for dsn in (place_of(store).ledger, place_of(store).keys):
        end_sessions(dsn)
    assert stored(store) == before
    assert append(store, unit) == first
    for dsn in (place_of(store).ledger, place_of(store).keys):
        end_sessions(dsn)
    append(store, builders.lodged())
    assert wrong(store) == []


@pytest.mark.parametrize("moment", ["tail", "store", "years"])
def test_a_session_lost_before_the_commit_keeps_nothing_and_the_ledger_goes_on(
    store: Store, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    append(store, builders.lodged())
    before = stored(store)
    unit = builders.lodged(3)
    during(monkeypatch, moment, lambda _: end_sessions(place_of(store).ledger))
    with pytest.raises(StorageFailed):
        store.ledger.append([unit])
    assert stored(store) == before
    append(store, unit)
    assert wrong(store) == []


def test_a_session_lost_at_the_commit_poisons_and_a_new_start_finds_out(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(store, builders.lodged())
    unit = builders.lodged(3)

    def lose(transaction: PostgresTransaction) -> None:
        transaction.committing = True
        end_sessions(place_of(store).ledger)

    during(monkeypatch, "commit", lose)
    for _ in range(2):
        with pytest.raises(LedgerPoisoned):
            store.ledger.append([unit])
    again = store.reopen()
    assert [act.receipt.index for act in append(again, unit).acts] == [1, 2, 3]
    assert wrong(again) == []


def test_an_answer_lost_after_the_commit_poisons_and_the_same_key_has_its_receipts(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(store, builders.lodged())
    unit = builders.lodged(3)
    commit = PostgresTransaction.commit

    def lost(transaction: PostgresTransaction) -> None:
        commit(transaction)
        raise psycopg.OperationalError

    monkeypatch.setattr(PostgresTransaction, "commit", lost)
    with pytest.raises(LedgerPoisoned):
        store.ledger.append([unit])
    monkeypatch.setattr(PostgresTransaction, "commit", commit)
    again = store.reopen()
    assert [act.receipt.index for act in append(again, unit).acts] == [1, 2, 3]
    append(again, builders.lodged())
    assert len(list(again.dockets.dockets(Kind.CASE))) == 5
    assert wrong(again) == []


def test_a_commit_that_the_server_turns_into_a_rollback_is_no_commit(store: Store) -> None:
    def fail(transaction: Transaction) -> None:
        assert isinstance(transaction, PostgresTransaction)
        with pytest.raises(psycopg.errors.DivisionByZero):
            transaction._run("SELECT 1 / 0")  # noqa: SLF001 - no read of ours fails

    with store.backend.writing() as transaction:
        fail(transaction)
        with pytest.raises(NotCommitted):
            transaction.commit()


def test_the_second_writer_waits_for_the_lock_and_not_for_the_rows(store: Store) -> None:
    query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    with psycopg.connect(place_of(store).ledger, autocommit=True) as database:
        with store.backend.writing() as transaction:
            assert database.execute(query).fetchone() == (1,)
            transaction.commit()
            # Until the head's second copy is written nobody else may begin.
            assert database.execute(query).fetchone() == (1,)
        assert database.execute(query).fetchone() == (0,)


def test_rows_are_sent_in_the_columns_that_the_migrations_made(store: Store) -> None:
    query = "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
    with psycopg.connect(place_of(store).ledger) as database:
        for table, columns in COLUMNS.items():
            found = {row[0] for row in database.execute(query, (table,))}
            assert found - {"id"} == set(columns) - {"id"}
            assert ("id" in columns) == ("id" in found) or table == "job"


def test_an_act_of_usual_length_is_kept_in_one_piece(store: Store) -> None:
    append(store, builders.lodged(words=builders.KHMER * 30))
    query = "SELECT pg_relation_size(reltoastrelid) FROM pg_class WHERE relname = 'act'"
    with psycopg.connect(place_of(store).ledger) as database:
        assert database.execute("SELECT max(length(content)) > 4000 FROM act").fetchone() == (True,)
        assert database.execute(query).fetchone() == (0,)


def test_sessions_are_shared_by_those_who_come_one_after_the_other(store: Store) -> None:
    for _ in range(20):
        append(store, builders.lodged())
        stored(store)
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with psycopg.connect(place_of(store).ledger) as database:
        (count,) = database.execute(query).fetchall()[0]
    assert count <= 3


def test_a_process_that_forked_uses_no_session_of_its_parent(store: Store) -> None:
    def sessions() -> set[int]:
        assert isinstance(store.case_keys, PostgresCaseKeys)
        with store.backend.reading() as reads:
            assert isinstance(reads, PostgresReads)
            mine = reads._run("SELECT pg_backend_pid()")  # noqa: SLF001 - asked by nobody else
        keys = store.case_keys._session.again(b"SELECT pg_backend_pid()")  # noqa: SLF001 - as above
        return {row[0] for row in (*mine, *keys)}

    of_parent = sessions()
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if sessions().isdisjoint(of_parent) else 2)
        finally:
            os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert sessions() == of_parent


def test_text_of_every_kind_comes_back_as_it_was(new_store: NewStore) -> None:
    store = new_store()
    words = "ចម្លើយ \\ ' \" % ? {} \n\t €𐍈 \x7f"
    answer = append(store, builders.lodged(by=By(PartyId(words), Seat("complainant"))))
    docket = store.reopen().dockets.docket(answer.acts[0].number)
    assert docket.party == words
    assert wrong(store) == []


def test_what_a_session_prepared_for_one_reading_serves_the_next(store: Store) -> None:
    backend = PostgresBackend(place_of(store).ledger)
    for _ in range(3):
        with backend.reading() as reads:
            reads.tail()
    (session,) = backend._idle  # noqa: SLF001 - what psycopg keeps in it is what is asked
    asked = "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement = %s"
    assert session.execute(asked, (TAIL,)).fetchall() == [(3,)]
    backend.close()
