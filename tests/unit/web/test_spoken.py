"""What a page says in another language than its own is marked, so that no voice spells it."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from answerable.web.register.feeds import Entry
from answerable.web.register.rendering import TEMPLATES
from answerable.web.rendering import filled
from tests.support.adapters import HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.websites import PUBLIC, Visitor

KHMER = "ការិយាល័យរបស់ខ្ញុំ ១២"
FRENCH = "Le bureau fermé"
RIGHT = "La liberté d'association"
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
XML = "{http://www.w3.org/XML/1998/namespace}"


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, str, str]]:
    folder = tmp_path_factory.mktemp("spoken")
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    work = AtWork(store, folder / "exhibits")
    told = {"what": "They came.", "right": RIGHT}
    khmer = work.lodge(allegations=[{"title": KHMER, "what": KHMER}], readers=PUBLIC)
    french = work.lodge(allegations=[{"title": FRENCH, **told}], readers=PUBLIC, language="fr")
    yield Visitor(work, folder / "register"), khmer, french
    store.close()


def test_a_title_in_khmer_says_so_though_nobody_told_its_language(
    visitor: tuple[Visitor, str, str],
) -> None:
    site, khmer, _ = visitor
    for language in ("en", "fr"):
        page = site.get(f"/{language}/register/{khmer}").text
        assert re.search(rf'<h2 id="a1-h">[^<]+<span lang="km">{KHMER}</span></h2>', page)
    assert f"{KHMER}</h2>" in site.get(f"/km/register/{khmer}").text.replace("\u200b", "")


def test_what_is_told_to_be_in_a_language_is_in_it_in_the_middle_of_a_sentence_too(
    visitor: tuple[Visitor, str, str],
) -> None:
    site, _, french = visitor
    page = site.get(f"/km/register/{french}").text.replace("&#39;", "'")
    assert f'<span lang="fr">{FRENCH}</span></h2>' in page
    assert f'<span lang="fr">{RIGHT}</span></p>' in page
    assert '<blockquote lang="fr">' in page


def test_text_and_data_have_the_letters_alone(visitor: tuple[Visitor, str, str]) -> None:
    site, khmer, french = visitor
    for number in (khmer, french):
        assert "lang=" not in site.get(f"/en/register/{number}.txt").text
    assert KHMER in site.get(f"/en/register/{khmer}.txt").text


def test_a_feed_says_which_of_its_words_are_in_khmer() -> None:
    entry = Entry("a/1", f"{KHMER}: late", "2026-11-16T23:59:59Z", "register/a", "<no markup>")
    facts = {"origin": "o", "updated": "", "feed": "f", "address": "f", "feed_title": "Late"}

    def feed(language: str) -> ET.Element:
        told = {"lang": language, "site": KHMER, "entries": [entry], **facts}
        return ET.fromstring(filled((TEMPLATES,), "acts.atom", told))  # noqa: S314 - our own file

    english, khmer = feed("en"), feed("km")
    for title in english.iter(f"{ATOM}title"):
        spans = [(one.text, one.attrib) for one in title.iter(f"{XHTML}span")]
        assert spans == [(KHMER, {f"{XML}lang": "km"})]
    assert [one.attrib for one in english.iter(f"{ATOM}author")] == [{f"{XML}lang": "km"}]
    assert english.findtext(f"{ATOM}entry/{ATOM}summary") == "<no markup>"
    assert not [one for one in khmer.iter() if one.attrib.get("type") == "xhtml"]
