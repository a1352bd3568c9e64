"""The form as it is laid out: on a phone with an open keyboard, in its list, and on a card."""

import io
from collections.abc import Callable

import pypdfium2
import pytest
from playwright.sync_api import ViewportSize

from answerable.locale.catalogue import LANGUAGES
from tests.browser.reporting import SETTINGS, Reporting
from tests.browser.test_print import A4, squeezed
from tests.browser.visit import DESKTOP, PHONE

pytestmark = pytest.mark.interop

PHONE_TYPING = ViewportSize(width=320, height=480 - 216)
"""A phone of 320 by 480 whose keyboard is open: 216 pixels of it, as on telephones of that size."""

_FITS = """(name) => {
  const field = document.getElementById(name), box = one => one.getBoundingClientRect();
  field.focus();
  const label = box(document.querySelector(`label[for=${name}]`)), mine = box(field);
  const button = box(document.querySelector("#f .actions > button"));
  const leave = box(document.querySelector(".leave button"));
  const apart = (a, b) => a.bottom <= b.top || b.bottom <= a.top
    || a.right <= b.left || b.right <= a.left;
  return {
    label: label.top >= 0 && label.bottom <= innerHeight,
    field: mine.top >= 0 && mine.bottom <= innerHeight,
    button: button.height >= 44 && button.top >= 0 && button.bottom <= innerHeight,
    apart: apart(mine, button) && apart(mine, leave) && apart(button, leave)
      && apart(label, leave) && apart(label, button),
  };
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_a_field_its_label_and_the_button_fit_above_the_keyboard(
    reporting: Callable[..., Reporting], language: str
) -> None:
    sender = reporting(language, PHONE_TYPING)
    sender.known()
    sender.go("/4")
    # A browser is told to lay the page out in what its keyboard leaves.
    meta = sender.page.locator("meta[name=viewport]").get_attribute("content") or ""
    assert "interactive-widget=resizes-content" in meta
    for name in ("q-what", "q-when", "q-where", "q-contact"):
        found = sender.visit.ask(_FITS, name)
        assert all(found.values()), (name, found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_row_of_a_task_is_its_link(
    reporting: Callable[..., Reporting], language: str
) -> None:
    sender = reporting(language, PHONE)
    sender.known()
    sender.go("/3")
    rows = sender.page.locator("main .tasks li:has(a)").all()
    assert len(rows) > 5
    for row in rows:
        assert row.locator("a").count() == 1
        assert row.evaluate(_ALL_LINK)
    # What cannot be done yet is no link.
    assert sender.page.locator("main .tasks li:has(.todo) a").count() == 0


_ALL_LINK = """(row) => {
  row.scrollIntoView({block: "center"});
  const box = row.getBoundingClientRect(), link = row.querySelector("a");
  return [0.02, 0.3, 0.5, 0.7].every(x => [0.1, 0.5, 0.9].every(y =>
    document.elementFromPoint(box.left + x * box.width, box.top + y * box.height) === link));
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_card_is_one_sheet(reporting: Callable[..., Reporting], language: str) -> None:
    sender = reporting(language, DESKTOP)
    sender.go("/card")
    paper = sender.page.pdf(prefer_css_page_size=True)
    (page,) = pypdfium2.PdfDocument(io.BytesIO(paper))
    assert tuple(round(side) for side in page.get_size()) in A4
    text = squeezed(page.get_textpage().get_text_bounded())
    for told in (f"https://panel.example/{language}/f", f".onion/{language}/f"):
        assert told in text, text
    assert squeezed(str(SETTINGS["contact"])) in text
    sender.visit.see(printed=True)
    assert sender.page.locator("main svg").count() == 2
    for code in sender.page.locator("main svg").all():
        box = code.bounding_box()
        assert box is not None
        # 0.5 mm for a module, at 96 pixels for an inch (ux.md, C.7).
        assert box["width"] >= 33 * 0.5 * 96 / 25.4
