"""A register with an answer, a debt, a public report, and one that is protected."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from answerable.core.proceeding.publication import BOARD, RESPONSE
from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.cases import BODY, OFFICE
from tests.support.proceedings_at_work import ProceedingsAtWork
from tests.support.published_proceedings import Play
from tests.support.signing import give_key
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


@dataclass(frozen=True)
class Answers:
    """A visitor of a register with three proceedings, by what their procedures publish."""

    visitor: Visitor
    board: Play
    response: Play
    waiting: Play
    hidden: Play
    case: str


@pytest.fixture(scope="session")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    folder = tmp_path_factory.mktemp("answers")
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    work = ProceedingsAtWork(store, folder / "exhibits")
    case = work.lodge("p2", allegations=1, readers=PUBLIC)
    work.do(case, "accepted", OFFICE, (1,), reason="r")
    work.do(case, "referred", OFFICE, (1,), party=BODY.party, question="q", shown="s")
    key = give_key(work, BODY.party)
    board, response = Play(work, BOARD).whole(), Play(work, RESPONSE, key=key).whole()
    waiting = Play(work, RESPONSE, version="2").until("contribution-drafted")
    hidden = Play(work, "").whole()
    visitor = Visitor(work, folder / "register")
    yield Answers(visitor, board, response, waiting, hidden, case)
    store.close()
