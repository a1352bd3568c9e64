"""A register with an answer, a debt, a public report, and one that is protected."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.cases import OFFICE
from tests.support.websites import PUBLIC, Visitor


@dataclass(frozen=True)
class Told:
    """A visitor, the cases by what they are, and words that no page may show."""

    visitor: Visitor
    waiting: str
    public: str
    left: str
    private: tuple[str, ...]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("web")
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    work = AtWork(store, folder / "exhibits")
    secret = ("Sokha Planted", "behind the planted market")
    waiting = work.lodge(speaker={"name": secret[0]}, title=secret[1])
    public = work.lodge("p2", allegations=1, readers=PUBLIC, language="km")
    left = work.lodge(allegations=1, title=secret[1])
    danger: dict[str, Any] = {"danger-now": {"what": secret[1], "reach": secret[0]}}
    hidden = work.lodge("p2", **danger)
    work.do(waiting, "accepted", OFFICE, (1,), reason=secret[1])
    words = dict.fromkeys(("reason", "door", "door_how", "contest_how"), secret[1])
    work.do(left, "not-accepted", OFFICE, (1,), outcome="outside", **words)
    yield Told(Visitor(work, folder / "register"), waiting, public, left, (*secret, hidden))
    store.close()
