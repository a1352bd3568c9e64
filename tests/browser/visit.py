"""A window that goes from page to page, and what was noticed on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

from playwright.sync_api import Browser, Page, Request, Response, ViewportSize

DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=320, height=640)
ZOOMED = ViewportSize(width=320, height=225)
"""A desktop of 1280 by 900 at 400 %: 320 CSS pixels wide, as WCAG 1.4.10 counts them."""
TABLET = ViewportSize(width=660, height=900)
"""Just too wide for tables to be laid out as on a phone."""
PAPER = ViewportSize(width=658, height=970)
"""What of A4 is left between margins of 18 and 20 mm, at 96 pixels for an inch."""

Scheme = Literal["light", "dark"]

_LISTEN = """
window.refused = [];
addEventListener("securitypolicyviolation",
  one => refused.push(one.violatedDirective + " " + one.blockedURI));
"""


@dataclass
class Noticed:
    """What a browser noticed while a page was there."""

    said: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    """Octets of each answer as they were sent, compressed; from the cache as they once were."""


class Visit:
    """One window on a site."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.noticed = Noticed()
        page.on("console", lambda one: self.noticed.said.append(f"{one.type}: {one.text}"))
        page.on("pageerror", lambda one: self.noticed.said.append(f"error: {one}"))
        page.on("request", self._asked)
        page.on("response", self._answered)

    def _asked(self, request: Request) -> None:
        self.noticed.requests.append(request.url)

    def _answered(self, response: Response) -> None:
        self.noticed.weights.append(int(response.headers.get("content-length", 0)))

    def go(self, address: str, size: ViewportSize = DESKTOP) -> Response:
        """Open an address of the site, and forget what was noticed before."""
        self.noticed = Noticed()
        self.page.set_viewport_size(size)
        response = self.page.goto(self.site + address)
        assert response is not None
        return response

    def resize(self, size: ViewportSize) -> None:
        self.page.set_viewport_size(size)

    def see(self, scheme: Scheme = "light", *, forced: bool = False, printed: bool = False) -> None:
        """Show the page in a scheme of colours, in those of the reader's own, or as on paper."""
        self.page.emulate_media(
            media="print" if printed else "screen",
            color_scheme=scheme,
            forced_colors="active" if forced else "none",
        )

    def ask(self, script: str, given: object = None) -> Any:
        """Return what a script of the test answers; the policy of the page does not bind it."""
        return self.page.evaluate(script, given)


@contextmanager
def visiting(browser: Browser, site: str, *, scripts: bool = True) -> Iterator[Visit]:
    context = browser.new_context(viewport=DESKTOP, java_script_enabled=scripts)
    try:
        page = context.new_page()
        page.add_init_script(_LISTEN)
        yield Visit(page, site)
    finally:
        context.close()
