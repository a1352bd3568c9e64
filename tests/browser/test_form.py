"""The form in a real browser: from the first page to the receipt, and back with the key."""

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import FilePayload, ViewportSize

from answerable.locale.catalogue import LANGUAGES
from tests.browser import faults
from tests.browser.reporting import BUTTON, WHAT, Reporting
from tests.browser.visit import DESKTOP, PAPER, PHONE, Visit
from tests.support.published import TORTURE, UNSPACED

pytestmark = pytest.mark.interop

PHOTOS = Path(__file__).parents[2] / "src/answerable/cli/demo_material/photos"
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
QUICK_REPORT = 60 * 1024
CHECKS: tuple[Callable[[Visit], Iterator[str]], ...] = (
    faults.of_access,
    faults.of_its_width,
    faults.of_its_targets,
    faults.of_forced_colours,
    faults.of_paper,
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "size", "scripts"),
    [
        pytest.param("km", PHONE, False, id="in Khmer, on a phone of 320 px, without scripts"),
        pytest.param("km", DESKTOP, True, id="in Khmer, on a desktop, with scripts"),
        pytest.param("en", PHONE, True, id="in English, on a phone of 320 px, with scripts"),
        pytest.param("en", DESKTOP, False, id="in English, on a desktop, without scripts"),
    ],
)
def test_a_report_is_sent_and_its_sender_comes_back_with_the_key(
    reporting: Callable[..., Reporting], language: str, size: ViewportSize, *, scripts: bool
) -> None:
    sender = reporting(language, size, scripts=scripts)
    sender.quick()
    assert sender.weight < QUICK_REPORT
    number = sender.page.locator(".slip .figure").inner_text()
    key = sender.key()
    assert re.fullmatch(r"XF-20\d\d-\d{4}-\d", number)
    sender.press("main a.button")
    sender.page.fill("#group", key.split()[2])
    sender.press()
    assert key not in sender.page.content()
    sender.press(".leave button")
    sender.go("/return")
    sender.page.fill("#key", key)
    sender.press()
    assert number in sender.page.inner_text("main")
    assert TORTURE in sender.page.inner_text("main")
    sender.go("/case/fact-added")
    sender.page.fill("#q-words", "They came back.")
    sender.page.check("#q-origin")
    sender.press()
    assert f"{number}/2" in sender.page.inner_text("main")


class Inspector:
    """Somebody who looks at each page that a sender comes to."""

    def __init__(self, sender: Reporting) -> None:
        self.sender, self.wrong = sender, list[str]()

    def look(self, name: str) -> None:
        visit = self.sender.visit
        said = [fault for check in CHECKS for fault in check(visit)]
        # The browser itself says of an error page that its address failed.
        said += [one for one in visit.noticed.said if "422" not in one]
        said += [f"refused by the policy: {one}" for one in visit.ask("() => window.refused")]
        headings, title = visit.ask(
            "() => [document.querySelectorAll('h1').length, document.title]"
        )
        if headings != 1 or "XF-" in title:
            said.append(f"{headings} headings, and the title {title}")
        self.wrong += [f"{name}: {one}" for one in said]

    def go(self, *addresses: str) -> None:
        for rest in addresses:
            self.sender.go(rest)
            self.look(rest)

    def press(self, name: str, selector: str = BUTTON) -> None:
        self.sender.press(selector)
        self.look(name)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_the_form_is_fit_for_everyone(
    reporting: Callable[..., Reporting], language: str
) -> None:
    sender = reporting(language)
    page, seen = sender.page, Inspector(sender)
    seen.go("", "/card", "/return", "/offline", "/safety", "/1")
    seen.press("known")
    seen.press("known, with what is missing")
    page.check("#level-1")
    page.check("#readers-secretariat")
    page.check("#readers-monitor")
    seen.press("tasks")
    seen.go("/4", "/6/1", "/7/1", "/9", "/10", "/11", "/20/1", "/21/1", "/22/1", "/23/1", "/5/1")
    page.fill("#q-what", WHAT)
    page.fill("#q-title", "x" * 300)
    seen.press("an allegation with what is wrong")
    page.fill("#q-title", "")
    _choose_a_place(seen)
    _name_two_people(seen)
    sender.go("/5/1")
    seen.press("a text to be split", "button[name=split-text]")
    seen.press("a text that is split nowhere")
    _take_a_copy(seen)
    sender.go("/8")
    page.set_input_files("#file-1", [_file("IMG_1.png", _picture()), _file("a.svg", SCRIPT)])
    seen.press("files, and one that is refused", "button[name=more]")
    seen.go("/8", "/12")
    seen.press("receipt")
    key = sender.key()
    seen.look("receipt with the key")
    seen.go("/13/slip", "/14")
    _come_back(seen, key)
    assert not seen.wrong, "\n".join(dict.fromkeys(seen.wrong))


def _name_two_people(seen: Inspector) -> None:
    seen.sender.go("/21/1")
    for person in ("first", "second"):
        seen.sender.page.fill("#q-target-described", UNSPACED)
        seen.press(f"people, after the {person}", "button[name=add-person]")
    seen.go("/23/1/2")


def _choose_a_place(seen: Inspector) -> None:
    page = seen.sender.page
    seen.sender.press()
    seen.press("places", "button[name=place]")
    page.select_option("#q-province-code", "KH-17")
    seen.press("places in a province", "button[name=more]")
    page.locator("main details summary").first.click()
    page.fill("#q-village", "x" * 300)
    seen.press("places with what is wrong")
    page.fill("#q-village", TORTURE)
    seen.sender.press("#f .actions .second")
    seen.press("tasks with the pages of an allegation", "button[name=stop]")


def _take_a_copy(seen: Inspector) -> None:
    """To a copy with its key, and to where one is put back."""
    seen.go("/3", "/17")
    seen.press("a copy with its key")
    seen.sender.key()
    seen.look("the key of a copy")
    seen.go("/18")
    seen.press("a copy that is not chosen")


def _come_back(seen: Inspector, key: str) -> None:
    """To the case with its key, and to what can be done there."""
    page = seen.sender.page
    seen.sender.go("/return")
    page.fill("#key", key)
    seen.press("case")
    seen.go("/case/contested", "/case/exhibit-added", "/case/withdrawal-asked")
    seen.go("/case/status", "/case/slip/1")
    seen.go("/case/readers-widening-asked")
    page.locator("input[name=reader]").first.check()
    page.locator("input[name=field]").first.check()
    seen.press("what more people would read")
    seen.go("/case/consent-narrowed")
    page.check("#q-purpose")
    page.check("input[name=narrow-who][value=public]")
    seen.press("case, with a consent that was narrowed")


def _file(name: str, octets: bytes) -> FilePayload:
    return FilePayload(name=name, mimeType="application/octet-stream", buffer=octets)


def _picture() -> bytes:
    return next(PHOTOS.glob("*.png")).read_bytes()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_back_after_leaving_shows_nothing_private(
    reporting: Callable[..., Reporting], *, scripts: bool
) -> None:
    sender = reporting("en", scripts=scripts)
    sender.known()
    sender.go("/4")
    sender.page.fill("#q-what", WHAT)
    sender.press()
    assert TORTURE in sender.page.content()
    sender.press(".leave button")
    for _ in range(4):
        sender.page.go_back()
        assert TORTURE not in sender.page.content()
        assert TORTURE not in sender.page.title()


def test_the_keys_alone_fill_the_form_in(reporting: Callable[..., Reporting]) -> None:
    sender = reporting("km", PHONE)
    keys = sender.page.keyboard
    sender.go("/1")
    keys.press("Tab")
    keys.press("Tab")
    assert sender.visit.ask("() => document.activeElement.closest('form').action").endswith("/exit")
    sender.page.locator("#f p button").focus()
    with sender.page.expect_navigation():
        keys.press("Enter")
    sender.page.locator("#level-0").focus()
    keys.press("Space")
    sender.page.locator("#readers-secretariat").focus()
    keys.press("Space")
    with sender.page.expect_navigation():
        keys.press("Enter")
    assert sender.page.url.endswith("/km/f/3")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_of_the_printed_case_says_which_it_is_and_by_which_act_the_case_ends(
    reporting: Callable[..., Reporting], language: str
) -> None:
    sender = reporting(language)
    sender.quick()
    number, key = sender.page.locator(".slip .figure").inner_text(), sender.key()
    sender.go("/return")
    sender.page.fill("#key", key)
    sender.press()
    last = sender.page.locator(".record li code").last.text_content() or ""
    paper = sender.page.pdf(prefer_css_page_size=True)
    pages = list(pypdfium2.PdfDocument(io.BytesIO(paper)))
    assert len(last) == 64
    for at, page in enumerate(pages, 1):
        text = "".join(page.get_textpage().get_text_bounded().split())
        assert f"{at}/{len(pages)}" in text
        assert f"{number}/1-" in text
        assert last[:16] in text


MM = 96 / 25.4
"""CSS pixels of a millimetre."""

_LEFT_OVER = """() => [...document.querySelectorAll(".slip.cut")].map(one => {
  const {width, height} = one.getBoundingClientRect();
  const shown = [...one.children].map(part => part.getBoundingClientRect());
  const end = Math.max(...shown.map(part => part.bottom)), right = one.getBoundingClientRect();
  return {width, height, over: end - right.bottom,
    wide: Math.max(...shown.map(part => part.right)) - right.right};
})"""
_LARGEST_CODE = """() => {
  const code = document.querySelector(".qr svg");
  code.setAttribute("width", "78.5mm"); code.setAttribute("height", "78.5mm");
}"""
"""The code of 1628 bytes (version 33): a receipt of a ledger with a million entries."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_is_a6_on_one_sheet_with_the_key_on_a_slip_of_its_own(
    reporting: Callable[..., Reporting], language: str
) -> None:
    sender = reporting(language)
    sender.quick()
    sender.go("/13/slip")
    sender.key()
    sender.visit.see(printed=True)
    sender.visit.resize(PAPER)
    sender.visit.ask(_LARGEST_CODE)
    first, letters = sender.visit.ask(_LEFT_OVER)
    assert (round(first["width"] / MM), round(first["height"] / MM)) == (148, 105)
    assert letters["height"] <= first["height"]
    assert max(first["over"], letters["over"], first["wide"], letters["wide"]) <= 0
    paper = sender.page.pdf(prefer_css_page_size=True)
    sender.visit.see()
    assert len(pypdfium2.PdfDocument(io.BytesIO(paper))) == 1


def test_without_the_key_the_sheet_has_no_place_for_one(
    reporting: Callable[..., Reporting],
) -> None:
    sender = reporting("en")
    sender.quick()
    sender.go("/13/slip")
    sender.visit.see(printed=True)
    assert not sender.page.locator("details.cut").is_visible()
    sender.visit.see()
