"""A unit that no record can hold is refused alone, wherever in a batch it stands."""

from dataclasses import replace
from threading import Barrier, Thread

import pytest

from answerable.casework.ports import Appended, Issued
from answerable.core.acts import Field
from answerable.core.commitment import LONGEST_FIELD, UnusableField
from answerable.core.docket import Change, NewDocket, Unit
from answerable.core.errors import Refused
from tests.support import builders
from tests.support.adapters import Store
from tests.support.appending import append, stored, wrong

UNUSABLE = {
    "half of a character": Field("allegations/1/what", "\ud800", builders.PRIVATE),
    "a field that is too long": Field(
        "allegations/1/what", "x" * (LONGEST_FIELD + 1), builders.PRIVATE
    ),
    "a path of the envelope": Field("docket", "XA-2026-0001-1", builders.PRIVATE),
    "no reader": Field("allegations/1/what", "x", ()),
}


def unusable(item: Field) -> Unit:
    draft = replace(builders.submission(), fields=(item,))
    return Unit(builders.new_key(), (Change(NewDocket(), (draft,)),))


@pytest.mark.parametrize("item", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_it_is_refused_and_its_neighbours_are_appended(store: Store, item: Field) -> None:
    first, refused, last = store.ledger.append(
        [builders.lodged(), unusable(item), builders.lodged()]
    )
    assert isinstance(refused, UnusableField)
    assert refused.facts["field"] == item.path
    assert [act.number for answer in (first, last) for act in numbered(answer)] == [
        "XA-2026-0001-1",
        "XA-2026-0002-7",
    ]
    assert wrong(store) == []


def numbered(answer: Appended | Refused) -> tuple[Issued, ...]:
    assert isinstance(answer, Appended)
    return answer.acts


def test_alone_it_changes_nothing_and_others_go_on(store: Store) -> None:
    append(store, builders.lodged())
    before = stored(store)
    (answer,) = store.ledger.append([unusable(UNUSABLE["half of a character"])])
    assert isinstance(answer, UnusableField)
    assert stored(store) == before
    append(store, builders.lodged())
    assert wrong(store) == []


def test_of_many_callers_at_one_instant_only_its_own_is_refused(store: Store) -> None:
    barrier, answers = Barrier(20), list[Appended | Refused]()

    def call(number: int) -> None:
        bad = number % 4 == 0
        unit = unusable(UNUSABLE["half of a character"]) if bad else builders.lodged()
        barrier.wait()
        answers.extend(store.ledger.append([unit]))

    callers = [Thread(target=call, args=(number,)) for number in range(20)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    assert sum(isinstance(answer, Appended) for answer in answers) == 15
    assert sum(isinstance(answer, UnusableField) for answer in answers) == 5
    assert wrong(store) == []
