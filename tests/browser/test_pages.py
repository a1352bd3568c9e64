"""Every page of a register in a real browser, in every language: nothing is wrong with it."""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.request import Request, urlopen

import pytest

from answerable.locale.catalogue import LANGUAGES
from tests.browser import faults
from tests.browser.addresses import ERRORS, PAGES, kind_of
from tests.browser.visit import PHONE, Visit
from tests.support.published import TORTURE, UNSPACED, Cast

pytestmark = pytest.mark.interop

EVERY_PAGE = pytest.mark.parametrize("name", PAGES)
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)

OF_A_KIND = 6
"""Of each kind of page so many are followed further, which lead to all the kinds that there are."""

CHECKS: tuple[Callable[[Visit], Iterator[str]], ...] = (
    # The network first: what the checks themselves do is not the page's.
    faults.of_the_network,
    faults.of_access,
    faults.of_its_width,
    faults.of_its_targets,
    faults.of_forced_colours,
    faults.of_paper,
)


@pytest.mark.slow
@EVERY_LANGUAGE
@EVERY_PAGE
def test_a_page_is_fit_for_everyone(visit: Visit, cast: Cast, name: str, language: str) -> None:
    response = visit.go(f"/{language}{PAGES[name](cast)}")
    assert response.status == ERRORS.get(name, 200)
    if name in ERRORS:
        # The browser itself says of an error page that its address failed.
        visit.noticed.said = [one for one in visit.noticed.said if "status of 404" not in one]
    found = list(faults.of_the_head(visit, language))
    for check in CHECKS:
        found += check(visit)
    if language == "km":
        found += faults.of_dark(visit)
    assert not found, "\n".join(dict.fromkeys(found))


@EVERY_PAGE
def test_without_scripts_a_page_says_the_same(
    visit: Visit, plain: Visit, cast: Cast, name: str
) -> None:
    said = []
    for window in (visit, plain):
        window.go(f"/km{PAGES[name](cast)}")
        said.append(window.ask("() => document.body.innerText"))
    assert said[0] == said[1]
    assert said[0].strip()


def test_no_kind_of_page_that_a_link_leads_to_is_left_out(site: str, cast: Cast) -> None:
    files = (".csv", ".json", ".txt", ".atom", ".ics")
    seen, waiting, looked = {"/en"}, ["/en"], Counter[str]()
    while waiting:
        address = waiting.pop()
        looked[kind_of(address)] += 1
        text = _html(site + address) if looked[kind_of(address)] <= OF_A_KIND else None
        links = map(html.unescape, re.findall(r'href="(/en[^"#]*)', text or ""))
        for link in set(links) - seen:
            if not link.partition("?")[0].endswith(files):
                seen.add(link)
                waiting.append(link)
    kinds = {kind_of(address) for address in seen}
    assert kinds <= {kind_of(make(cast)) for make in PAGES.values()}
    assert {"", "case", "list", "figure", "procedure", "calendar"} <= kinds


def _html(address: str) -> str | None:
    asked = Request(address, headers={"Accept-Language": "en"})  # noqa: S310 - our own server
    with urlopen(asked, timeout=30) as page:  # noqa: S310 - our own server
        kind = page.headers["Content-Type"]
        return page.read().decode() if kind.startswith("text/html") else None


_LINES = """text => {
  const one = [...document.querySelectorAll("blockquote p")].find(p => p.innerText.includes(text));
  const range = document.createRange();
  range.selectNodeContents(one);
  const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
  return [lines.size, one.clientHeight, parseFloat(getComputedStyle(one).fontSize)];
}"""


def test_how_late_it_is_is_a_sentence_wherever_it_stands_behind_one(site: str, cast: Cast) -> None:
    for rest in ("", "/register", f"/register/{cast.late}"):
        page = _html(f"{site}/en{rest}") or ""
        assert re.search(r"\. Late by \d+ working days\.", page), rest
        assert not re.search(r"\. late by|late by \d+ (?:working )?days?<", page), rest


def test_khmer_without_spaces_is_broken_into_lines_that_are_wide_apart(
    visit: Visit, cast: Cast
) -> None:
    visit.go(f"/km/register/{cast.quoted}", PHONE)
    lines, height, size = visit.ask(_LINES, UNSPACED)
    assert lines > 5
    assert height / lines >= 1.8 * size
    assert size >= 18
    assert TORTURE in visit.ask("() => document.body.innerText")
