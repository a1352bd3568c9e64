"""What lodging asks of a ledger, and what the digests of return keys leave of a machine."""

from pathlib import Path
from uuid import UUID

import pytest

from answerable.casework import lodge_submission
from answerable.casework.return_keys import at_once
from answerable.core.docket import UnitKey
from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork


def test_a_report_that_is_new_is_looked_for_by_its_own_key_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A delivery may hold a thousand: their keys took a quarter of the time of one report.
    made: list[UnitKey] = []

    def counted(request: UUID, item: int) -> UnitKey:
        made.append(UnitKey(request, item))
        return made[-1]

    monkeypatch.setattr(lodge_submission, "UnitKey", counted)
    place = MemoryPlace()
    begin(place.open()[0])
    AtWork(Store(place, HandClock()), tmp_path / "exhibits").lodge()
    assert {one.item for one in made} == {0}


@pytest.mark.parametrize(("cores", "digests"), [(1, 1), (2, 1), (3, 2), (4, 3), (5, 4), (64, 4)])
def test_digests_of_return_keys_leave_one_core_to_whoever_lodges(cores: int, digests: int) -> None:
    assert at_once(cores) == digests
