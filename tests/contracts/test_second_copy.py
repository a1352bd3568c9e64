"""A lost second copy is made anew, on SQLite and on PostgreSQL, under the lock of all writers."""

import psycopg
import pytest

from answerable.casework.ports import Appended, LedgerReadOnly
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.storage.second_copy import HeadNotReached, SecondCopyThere, renew
from tests.support.adapters import KINDS, NewStore, PostgresPlace, SqlitePlace, Store
from tests.support.builders import founded, lodged

pytestmark = pytest.mark.parametrize("new_store", KINDS[1:], indirect=True)


def lose(store: Store) -> Checkpoint:
    """Lose the second copy, and return the head that it held."""
    head = store.heads.read()
    assert head is not None
    if isinstance(store.place, SqlitePlace):
        (store.place.folder / "head").unlink()
    else:
        assert isinstance(store.place, PostgresPlace)
        with psycopg.connect(store.place.keys) as database:
            database.execute("DELETE FROM head")
    return Checkpoint(head.origin, head.size, head.root)


def test_the_ledger_goes_on_with_a_second_copy_that_it_names(new_store: NewStore) -> None:
    store = new_store()
    store.ledger.append([founded(), lodged(3)])
    known = lose(store)
    with pytest.raises(LedgerReadOnly):
        store.ledger.append([lodged()])
    done = renew(store.backend, store.tools, [known])
    assert (done.size, done.known_size, done.issued.number) == (4, 4, "XA/2")
    again = store.another()
    (outcome,) = again.ledger.append([lodged()])
    assert isinstance(outcome, Appended)
    head = again.heads.read()
    assert head is not None
    assert head.size == 6
    with pytest.raises(SecondCopyThere):
        renew(again.backend, again.tools, [known])


def test_a_head_beyond_the_database_is_not_forgotten(new_store: NewStore) -> None:
    store = new_store()
    store.ledger.append([founded(), lodged(3)])
    known = lose(store)
    beyond = Checkpoint(known.origin, known.size + 1, known.root)
    other = Checkpoint(known.origin, known.size, bytes(32))
    for head, reason in ((beyond, "size"), (other, "tree")):
        with pytest.raises(HeadNotReached) as refused:
            renew(store.backend, store.tools, [known, head])
        assert refused.value.facts["reason"] == reason
    assert store.another().heads.read() is None
