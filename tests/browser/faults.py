"""What can be wrong with a page, each as a check that yields a line for every fault it finds."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.visit import DESKTOP, PAPER, PHONE, TABLET, ZOOMED, Visit

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LEAST_TARGET = 24
MOST_BYTES, MOST_REQUESTS = 20 * 1024, 3
"""What a first page may weigh with its stylesheet and its icon, compressed."""

_HEAD = """() => ({
  headings: document.querySelectorAll("h1").length,
  title: document.title,
  lang: document.documentElement.lang,
  levels: [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].map(h => +h.tagName[1]),
})"""

_WIDE = """() => {
  const room = document.documentElement.clientWidth, found = [];
  if (document.documentElement.scrollWidth > room) found.push("the page scrolls sideways");
  for (const one of document.querySelectorAll("body *")) {
    const box = one.getBoundingClientRect();
    if (box.width && box.right > room + 0.5)
      found.push(one.tagName + "." + one.className + " ends at " + Math.round(box.right));
    const style = getComputedStyle(one);
    // A field of one line is a window on what is typed.
    if (one.tagName !== "INPUT" && style.overflowX !== "visible"
        && one.scrollWidth > one.clientWidth + 1)
      found.push(one.tagName + "." + one.className + " is cut off");
  }
  return found.slice(0, 5);
}"""

_SPACED = """set => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = set === "on" ? [sheet] : [];
}"""

_SMALL = """least => [...document.querySelectorAll(
    "button, input, .stamp, header nav a, .langs a, footer a, .list th a, .pager a, .also a")]
  .map(one => [one.tagName + " " + one.textContent, one.getBoundingClientRect()])
  .filter(([_, box]) => box.width && (box.height < least || box.width < least))
  .map(([name, box]) => `${name} is ${Math.round(box.width)} by ${Math.round(box.height)}`)"""

_AXE = "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(r => r.violations)"
_AXE_RULES = "rules => axe.run({runOnly: {type: 'rule', values: rules}}).then(r => r.violations)"


def of_the_head(visit: Visit, language: str) -> Iterator[str]:
    head = visit.ask(_HEAD)
    if head["headings"] != 1:
        yield f"{head['headings']} headings of the first level"
    if head["lang"] != language:
        yield f"its language is {head['lang']}"
    if len(head["title"].split(" - ")) < 2:
        yield f"its title is {head['title']}"
    for before, after in zip(head["levels"], head["levels"][1:], strict=False):
        if after > before + 1:
            yield f"a heading of level {after} comes after one of level {before}"


def of_the_network(visit: Visit) -> Iterator[str]:
    """Yield what was asked elsewhere, refused or complained of while the page was loaded."""
    yield from (f"asked elsewhere: {url}" for url in visit.noticed.requests if not _own(visit, url))
    if len(visit.noticed.requests) > MOST_REQUESTS:
        yield f"{len(visit.noticed.requests)} requests"
    if sum(visit.noticed.weights) > MOST_BYTES:
        yield f"{sum(visit.noticed.weights)} octets"
    if visit.noticed.weights[0] == 0:
        yield "its weight is not told"
    yield from visit.noticed.said
    yield from (f"refused by the policy: {one}" for one in visit.ask("() => window.refused"))


def _own(visit: Visit, url: str) -> bool:
    return url.startswith(f"{visit.site}/")


def of_its_width(visit: Visit) -> Iterator[str]:
    for name, size in (("at 320 px", PHONE), ("at 400 %", ZOOMED), ("at 660 px", TABLET)):
        visit.resize(size)
        yield from (f"{name}: {fault}" for fault in visit.ask(_WIDE))
    visit.resize(PHONE)
    visit.ask(_SPACED, "on")
    yield from (f"with text spaced at 320 px: {fault}" for fault in visit.ask(_WIDE))
    visit.ask(_SPACED, "off")
    visit.resize(DESKTOP)


def of_its_targets(visit: Visit) -> Iterator[str]:
    for size in (PHONE, DESKTOP):
        visit.resize(size)
        yield from visit.ask(_SMALL, LEAST_TARGET)


def of_access(visit: Visit) -> Iterator[str]:
    """Yield what axe finds: everything on a desktop in light, and what a phone changes of it."""
    visit.ask(AXE_SCRIPT + "; 0")
    visit.see("light")
    yield from _violations("light", visit.ask(_AXE, TAGS))
    visit.resize(PHONE)
    rules = ["target-size", "scrollable-region-focusable"]
    yield from _violations("at 320 px", visit.ask(_AXE_RULES, rules))
    visit.resize(DESKTOP)


def of_dark(visit: Visit) -> Iterator[str]:
    """Yield what cannot be read in dark. Colours are the same in each language: one is enough."""
    visit.see("dark")
    yield from _violations("dark", visit.ask(_AXE_RULES, ["color-contrast"]))
    visit.see("light")


def _violations(when: str, found: list[dict[str, Any]]) -> Iterator[str]:
    for one in found:
        for node in one["nodes"]:
            yield f"{when}: {one['id']}: {node['html'][:160]} ({node['failureSummary']})"


_FRAMED = ".empty, .stamp, .pair, .strip, button, input:not([type=radio], [type=checkbox])"
"""What has a frame of ours; the browser draws the boxes and circles that are ticked."""

_FRAMES = """framed => [...document.querySelectorAll(framed)]
  .filter(one => one.getBoundingClientRect().width)
  .filter(one => getComputedStyle(one).borderTopStyle === "none"
    || parseFloat(getComputedStyle(one).borderTopWidth) < 1)
  .map(one => one.tagName + "." + one.className)"""

_PALE = """framed => {
  const known = c => c.match(/[\\d.]+/g).slice(0, 3).join();
  const ground = known(getComputedStyle(document.documentElement).backgroundColor);
  return [...document.querySelectorAll(framed)]
    .filter(one => one.getBoundingClientRect().width)
    .filter(one => known(getComputedStyle(one).borderTopColor) === ground)
    .map(one => one.tagName + "." + one.className + " has a frame in the colour of the page");
}"""


def of_forced_colours(visit: Visit) -> Iterator[str]:
    """Yield what has no frame left where the reader's own colours take the place of ours."""
    visit.see(forced=True)
    yield from (f"forced colours: {one} has no frame" for one in visit.ask(_FRAMES, _FRAMED))
    yield from (f"forced colours: {one}" for one in visit.ask(_PALE, _FRAMED))
    visit.see()


def of_paper(visit: Visit) -> Iterator[str]:
    """Yield what does not fit on A4, and which empty boxes lost their label on it."""
    visit.see(printed=True)
    visit.resize(PAPER)
    yield from (f"on paper: {fault}" for fault in visit.ask(_WIDE))
    yield from (f"on paper: {fault}" for fault in visit.ask(_UNLABELLED))
    visit.see()
    visit.resize(DESKTOP)


_UNLABELLED = """() => [
    ...document.querySelectorAll(".empty, .pair > div, .pair h3, .strip, .stamp")]
  .filter(one => !one.checkVisibility({visibilityProperty: true}) || !one.innerText.trim()
    || !one.getBoundingClientRect().height)
  .map(one => one.tagName + "." + one.className + " is not there")"""
