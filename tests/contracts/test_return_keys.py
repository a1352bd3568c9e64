"""Which docket a return key opens, on every database: no projection, no act, and never lost."""

from contextlib import closing
from pathlib import Path

import pytest

from answerable.casework.return_keys import KeyOpensAnother, NoCaseOpens, ReturnKeys
from answerable.core.docket import Docket, DocketId
from answerable.core.return_key import ReturnKey, digest_of, return_key
from answerable.storage.projections import rebuild
from answerable.storage.return_keys import StoredKeyedDockets
from answerable.storage.rows import Batch, KeyedRow
from tests.contracts.test_erasing import erase, erasures
from tests.support import builders
from tests.support.adapters import FIRST_LEDGER, NewStore, Store
from tests.support.appending import append, lodge, stored, wrong

KEY, OTHER = return_key(b"a" * 32), return_key(b"b" * 32)


def keyed(store: Store, folder: Path) -> StoredKeyedDockets:
    return StoredKeyedDockets(store.backend, folder)


def keys(store: Store, folder: Path) -> ReturnKeys:
    return ReturnKeys(keyed(store, folder), store.dockets)


def bind(bound: ReturnKeys, key: ReturnKey, docket: DocketId) -> None:
    bound.bind_digest(bound.digest(key), docket, shows=None)


@pytest.fixture
def cases(store: Store) -> list[Docket]:
    append(store, builders.founded())
    return lodge(store, builders.lodged(2))


def test_a_key_opens_the_case_it_was_bound_to_in_every_process(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    one, two = cases
    bound = keys(store, tmp_path)
    bind(bound, KEY, one.id)
    bind(bound, OTHER, two.id)
    bind(bound, KEY, one.id)
    for current in (store, store.another()):
        assert keys(current, tmp_path).docket(KEY) == one
        assert keys(current, tmp_path).docket(OTHER) == two


def test_a_key_that_was_never_bound_opens_nothing(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    bind(keys(store, tmp_path), KEY, cases[0].id)
    with pytest.raises(NoCaseOpens) as refused:
        keys(store, tmp_path).docket(OTHER)
    assert refused.value.facts == {}


def test_with_a_key_is_kept_whether_it_shows_what_was_sent_and_the_last_choice_counts(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    one, two = cases
    bound, digest = keys(store, tmp_path), digest_of(KEY, FIRST_LEDGER.origin)
    for chosen in (None, False, True, None, True, False, False):
        bound.bind_digest(digest, one.id, shows=chosen)
        assert bound.shows(digest) is chosen
    with pytest.raises(KeyOpensAnother):
        bound.bind_digest(digest, two.id, shows=True)
    rebuild(store.backend)
    for current in (store, store.another()):
        assert keys(current, tmp_path).shows(digest) is False
        assert keys(current, tmp_path).docket_by_digest(digest) == one
    assert bound.shows(b"d" * 32) is None


def test_a_key_of_one_case_is_bound_to_no_other(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    one, two = cases
    bind(keys(store, tmp_path), KEY, one.id)
    with pytest.raises(KeyOpensAnother):
        bind(keys(store, tmp_path), KEY, two.id)
    assert keys(store, tmp_path).docket(KEY) == one


def test_what_is_kept_of_a_key_is_its_digest_for_the_first_ledger(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    bind(keys(store, tmp_path), KEY, cases[0].id)
    origin = FIRST_LEDGER.origin
    assert keyed(store, tmp_path).origin == origin
    assert keyed(store, tmp_path).docket_of(digest_of(KEY, origin)) == cases[0].id
    assert keyed(store, tmp_path).docket_of(digest_of(KEY, f"{origin}/2")) is None


def test_a_successor_ledger_leaves_every_key_as_it_was(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    bind(keys(store, tmp_path), KEY, cases[0].id)
    end = FIRST_LEDGER.first + 1
    with store.backend.writing() as transaction:
        successor = FIRST_LEDGER._replace(number=2, origin="training.example/xb", first=end)
        transaction.store(Batch(ledger=successor))
        transaction.commit()
    assert keys(store, tmp_path).docket(KEY) == cases[0]


def test_a_rebuild_leaves_keys_and_keys_leave_all_else(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    before = stored(store)
    bind(keys(store, tmp_path), KEY, cases[0].id)
    assert stored(store) == before
    rebuild(store.backend)
    assert stored(store) == before
    assert wrong(store) == []
    assert keys(store, tmp_path).docket(KEY) == cases[0]


def test_no_key_opens_an_erased_case_from_its_act_on_and_others_open_theirs(
    store: Store, cases: list[Docket], tmp_path: Path
) -> None:
    one, two = cases
    bound = keys(store, tmp_path)
    bind(bound, KEY, one.id)
    bind(bound, OTHER, two.id)
    erase(store, one)
    with pytest.raises(NoCaseOpens) as refused:
        bound.docket(KEY)
    assert refused.value.facts == {}
    digest = digest_of(KEY, FIRST_LEDGER.origin)
    assert keyed(store, tmp_path).docket_of(digest) == one.id
    erasures(store.another(), tmp_path).finish()
    assert keyed(store, tmp_path).docket_of(digest) is None
    assert bound.docket(OTHER) == two
    assert wrong(store) == []


def test_what_was_not_committed_is_not_there(store: Store, cases: list[Docket]) -> None:
    with store.backend.writing() as transaction:
        transaction.store(Batch(keyed=[KeyedRow(b"d" * 32, cases[0].id)]))
        transaction.drop_keyed(cases[1].id)
    with store.backend.reading() as reads:
        assert reads.keyed(b"d" * 32) is None


def test_two_mechanisms_know_nothing_of_each_others_keys(
    new_store: NewStore, tmp_path: Path
) -> None:
    one, other = new_store(), new_store()
    for each in (one, other):
        append(each, builders.founded())
    (docket,) = lodge(one, builders.lodged())
    bind(keys(one, tmp_path), KEY, docket.id)
    with closing(other.ledger), pytest.raises(NoCaseOpens):
        keys(other, tmp_path).docket(KEY)
