"""With the keys alone: past the head at once, to every link in the order of the page, and seen."""

import pytest

from answerable.locale.catalogue import LANGUAGES
from tests.browser.addresses import PAGES
from tests.browser.visit import DESKTOP, PHONE, Visit
from tests.support.published import Cast

pytestmark = pytest.mark.interop

# A case has every part that a page can have; the first page has a form.
WALKED = ("home", "case-contested", "not-in-register")
MOST = 200

_FOCUSABLE = """() => {
  // What is folded away is reached by unfolding it.
  const all = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex]")]
    .filter(one => one.checkVisibility({contentVisibilityAuto: true}));
  all.forEach((one, at) => one.dataset.at = at);
  return all.length;
}"""

_FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  return {
    at: one.dataset.at === undefined ? -1 : Number(one.dataset.at),
    name: one.tagName + " " + one.textContent.trim().slice(0, 40),
    seen: box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1
      && box.top >= 0 && box.bottom <= innerHeight + 1,
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
  };
}"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", WALKED)
def test_the_tab_key_reaches_everything_in_the_order_of_the_page(
    visit: Visit, cast: Cast, name: str, language: str
) -> None:
    size = PHONE if name == "home" else DESKTOP
    visit.go(f"/{language}{PAGES[name](cast)}", size)
    count = visit.ask(_FOCUSABLE)
    faults = []
    for wanted in range(min(count, MOST)):
        visit.page.keyboard.press("Tab")
        focused = visit.ask(_FOCUSED)
        if focused["at"] != wanted:
            faults.append(f"{focused['name']} is {focused['at']}, and not {wanted}")
        if not focused["seen"]:
            faults.append(f"{focused['name']} is not to be seen")
        if focused["ring"] < 2:
            faults.append(f"{focused['name']} has a ring of {focused['ring']} px")
    assert not faults, "\n".join(faults)


def test_the_first_key_leads_past_the_head(visit: Visit, cast: Cast) -> None:
    visit.go(f"/km{PAGES['case-late'](cast)}")
    visit.page.keyboard.press("Tab")
    visit.page.keyboard.press("Enter")
    visit.page.keyboard.press("Tab")
    assert visit.page.url.endswith("#main")
    assert visit.ask("() => document.querySelector('main').contains(document.activeElement)")


def test_a_case_is_found_by_typing_its_number_in_khmer_digits(visit: Visit, cast: Cast) -> None:
    visit.go("/km")
    visit.page.focus("#number")
    visit.page.keyboard.type(cast.late.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")))
    visit.page.keyboard.press("Enter")
    visit.page.wait_for_url(f"**/km/register/{cast.late}")
