"""On paper: an owed answer keeps its place, and a case is a document that fits A4."""

import io
import re
from hashlib import sha256

import pypdfium2
import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.browser.visit import Visit
from tests.support.published import Cast

pytestmark = pytest.mark.interop

A4 = {(595, 842), (596, 842), (594, 841), (595, 841)}
"""In points of 1/72 inch, however a browser rounds it."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_is_printed_on_a4_with_its_empty_boxes(
    visit: Visit, cast: Cast, language: str
) -> None:
    visit.go(f"/{language}/register/{cast.late}")
    visit.see(printed=True)
    labels = visit.ask("() => [...document.querySelectorAll('.pair .empty')].map(o => o.innerText)")
    paper = visit.page.pdf(prefer_css_page_size=True)
    visit.see()
    pages = list(pypdfium2.PdfDocument(io.BytesIO(paper)))
    assert {tuple(round(side) for side in page.get_size()) for page in pages} <= A4
    assert len(pages) <= 5
    text = squeezed("".join(page.get_textpage().get_text_bounded() for page in pages))
    assert len(labels) == 2
    assert all(label.strip() for label in labels)
    say = Catalogue(language).say
    if language != "km":
        # What a reader copies out of Khmer in a PDF is not in the order of the letters.
        assert squeezed(say("web.claim")) in text
        assert all(squeezed(label) in text for label in labels)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def feet(visit: Visit) -> list[str]:
    """Return the text of each page of what is printed, without blanks."""
    paper = visit.page.pdf(prefer_css_page_size=True)
    pages = pypdfium2.PdfDocument(io.BytesIO(paper))
    return [squeezed(page.get_textpage().get_text_bounded()) for page in pages]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", ["register/{case}", "register/{case}/clock", "figures"])
def test_a_page_that_is_missing_is_missed_and_each_says_of_which_data_it_is(
    plain: Visit, cast: Cast, language: str, what: str
) -> None:
    address = f"/{language}/{what.format(case=cast.late)}"
    data = f"/{language}/{what.removesuffix('/clock').format(case=cast.late)}.json"
    told = sha256(plain.page.request.get(plain.site + data).body()).hexdigest()
    plain.go(address)
    pages = feet(plain)
    for number, text in enumerate(pages, 1):
        assert f"{number}/{len(pages)}" in text
        assert told[:16] in text
    assert told in "".join(pages)
