"""An event that a procedure declares is called on a page as its procedure calls it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from answerable.core.acts import ActCode
from answerable.locale.catalogue import LANGUAGES
from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.cases import OFFICE
from tests.support.websites import Visitor

PROCEDURES = Path(__file__).parents[3] / "src" / "answerable" / "procedures"
RULES, EVENT = "eu-whistleblower", ActCode("more-time-justified")


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    yield AtWork(store, tmp_path / "exhibits")
    store.close()


def test_an_event_has_the_title_that_its_procedure_gives_it_in_each_language(
    work: AtWork, tmp_path: Path
) -> None:
    procedure = work.shipped.procedure(RULES, date.max)
    text = (PROCEDURES / f"{RULES}.yaml").read_text()
    work.install.procedure(procedure, text, request=uuid4())
    number = work.lodge(allegations=1)
    today = work.ruling.day(procedure).isoformat()
    work.do(number, "event-recorded", OFFICE, event=str(EVENT), on=today, proof="A letter.")
    visitor = Visitor(work, tmp_path / "register")
    for language in LANGUAGES:
        page = visitor.get(f"/{language}/register/{number}").text
        assert procedure.events[EVENT].titles[language] in page
        assert EVENT not in page
