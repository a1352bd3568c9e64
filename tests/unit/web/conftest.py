"""A register with an answer, a debt, a public report, and one that is protected."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from answerable.core.act_form import Asked
from answerable.core.case.acts.erasure import ERASED
from answerable.core.case.acts.table import ACTS
from answerable.core.proceeding.publication import BOARD, RESPONSE
from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.cases import BODY, CHAIR, OFFICE, OFFICER, OTHER_CHAIR, UNION, WORDS
from tests.support.proceedings_at_work import ProceedingsAtWork
from tests.support.published import RULES
from tests.support.published_proceedings import Play
from tests.support.signing import give_key
from tests.support.websites import PUBLIC, Visitor

REPORTS = {"organisation": {"text": "Lantern Association", "readers": PUBLIC}}


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
    public = work.lodge("p2", allegations=1, readers=PUBLIC, language="km", speaker=REPORTS)
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


@dataclass(frozen=True)
class Lived:
    """A visitor of a register under the training rules, and its cases by what became of them."""

    visitor: Visitor
    asked: str
    referred: str
    erased: str
    matters: str

    @property
    def numbers(self) -> tuple[str, ...]:
        return (self.asked, self.referred, self.erased, self.matters)


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("lived")
    place = MemoryPlace()
    begin(place.open()[0])
    clock = HandClock()
    store = Store(place, clock)
    work = AtWork(store, folder / "exhibits")
    rules = work.shipped.read_procedure(RULES.read_bytes(), "rules.yaml", None).value
    assert rules is not None
    work.install.procedure(rules, RULES.read_text(), request=uuid4())
    asked, referred, erased = work.lodge(), work.lodge("p2"), work.lodge("p2")
    said: dict[str, Any] = {"concerns": [{"what": WORDS}], "requests": [{"what": WORDS}]}
    matters = work.lodge(allegations=0, readers=PUBLIC, language="en", **said)
    for number in (asked, referred):
        work.do(number, "opened", OFFICE)
        work.do(number, "accepted", OFFICE)
    work.do(asked, "linked", OFFICE, case=referred, reason=WORDS)
    work.do(asked, "assigned", CHAIR, party=OFFICER.party, reason=WORDS)
    clock.set("2026-11-20T08:00:00+07:00")
    question = {"missing": WORDS, "why": WORDS, "answer_by": "2026-12-18"}
    work.do(asked, "clarification-asked", OFFICER, (1,), **question)
    narrowed = work.do(referred, "consent-narrowed", UNION, purpose="contacted", scope=WORDS)
    consents = [1, narrowed.sequence]
    put: dict[str, Any] = {"question": WORDS, "shown": WORDS, "consent_acts": consents}
    work.do(referred, "referred", OFFICE, (1,), party=BODY.party, **put)
    ground = {"ground": "request", "provision": "xa-9"}
    erasing = Asked(by=CHAIR, values=dict(ground), second=OTHER_CHAIR.party)
    work.do_act(erased, ACTS[ERASED], erasing, request=uuid4())
    yield Lived(Visitor(work, folder / "register"), asked, referred, erased, matters)
    store.close()
