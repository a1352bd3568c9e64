"""A mechanism in memory at which cases and proceedings are worked on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.appending import wrong
from tests.support.proceedings_at_work import ProceedingsAtWork


@pytest.fixture
def work(tmp_path: Path) -> Iterator[ProceedingsAtWork]:
    """Yield the use cases; at the end whatever they appended must be right."""
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    yield ProceedingsAtWork(store, tmp_path)
    assert wrong(store) == []
    store.close()
