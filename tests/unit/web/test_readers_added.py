"""What a sender let everyone read stands on the page of the case, with the act that made it so."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue, capital
from answerable.locale.field_words import place_in_words
from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.cases import NGO
from tests.support.websites import Visitor

DAY = 24 * 3_600_000
WHAT = "1/allegations/1/what"
WORDS, OTHER = "The planted office was closed.", "A planted title"


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    yield AtWork(store, tmp_path / "exhibits")
    store.close()


def test_the_words_of_the_first_day_are_on_the_page_and_in_the_search(
    work: AtWork, tmp_path: Path
) -> None:
    number = work.lodge(allegations=[{"what": WORDS, "title": OTHER}])
    said: dict[str, Any] = {"fields": [WHAT], "wider_readers": ["public"]}
    work.do(number, "readers-widening-asked", NGO, **said)
    before = Visitor(work, tmp_path / "before")
    assert WORDS not in before.get(f"/en/register/{number}").text
    work.store.clock.at += DAY
    work.do(number, "readers-widened", NGO, acts=[2], **said)
    visitor = Visitor(work, tmp_path / "register")
    for language in LANGUAGES:
        catalogue = Catalogue(language)
        page = visitor.get(f"/{language}/register/{number}")
        assert page.status == 200
        text = unescape(page.text)
        assert WORDS in text
        assert OTHER not in text
        record = text.partition('id="record"')[2]
        assert catalogue.word("act", "readers-widened") in record
        assert catalogue.word("act", "readers-widening-asked") not in text
        assert place_in_words(catalogue, WHAT) in record
        # The act that it confirms is no act of the register, so nothing leads there.
        assert "#act-2" not in text
        assert capital(catalogue.word("part", "wider-readers")) in record
    assert WORDS in visitor.get(f"/en/register/{number}.txt").text
    assert number in visitor.get("/en/register?q=planted").text
