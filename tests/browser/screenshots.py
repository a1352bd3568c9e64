"""Pictures of the main pages, to be looked at: ``python -m tests.browser.screenshots FOLDER``.

Names of pages after the folder choose among them. On a phone and on a desktop, in Khmer and in
English. Khmer is drawn with the fonts of this machine: on Debian ``apt install fonts-noto-core``.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browser.addresses import PAGES
from tests.support.chromium import chromium
from tests.support.published import Cast, published
from tests.support.serving import serving

LANGUAGES = ("km", "en")
NAMES = (
    *("home", "list", "case-late", "case-quoted", "case-contested", "case-matters", "case-played"),
    *("figures", "figure-with-cases", "procedure", "calendar", "keys", "data", "standings"),
    *("accessibility", "not-in-register"),
)
SCREENS = {"phone": (360, 740, 2.0), "desktop": (1280, 900, 1.0)}


def main(folder: Path, names: Sequence[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as kept,
        published(Path(kept)) as cast,
        serving(cast.folder) as site,
        chromium() as browser,
    ):
        for file in Camera(browser, site, cast, folder).pictures(names or NAMES):
            sys.stdout.write(f"{file}\n")


@dataclass(frozen=True)
class Camera:
    """Takes pictures of the pages of a site, and puts them into a folder."""

    browser: Browser
    site: str
    cast: Cast
    folder: Path

    def pictures(self, names: Sequence[str]) -> Iterator[Path]:
        """Yield the file of each picture; then one in dark, and one page on paper."""
        for screen, (width, height, scale) in SCREENS.items():
            context = self.browser.new_context(
                viewport={"width": width, "height": height}, device_scale_factor=scale
            )
            page = context.new_page()
            for language in LANGUAGES:
                for name in names:
                    self._go(page, language, name)
                    yield self._taken(page, screen, language, name)
            self._go(page, "km", "case-late")
            page.emulate_media(color_scheme="dark")
            yield self._taken(page, screen, "km", "case-late-dark")
            page.emulate_media(color_scheme="light", media="print")
            paper = self.folder / f"{screen}-km-case-late.pdf"
            paper.write_bytes(page.pdf(prefer_css_page_size=True))
            yield paper
            context.close()

    def _go(self, page: Page, language: str, name: str) -> None:
        page.goto(f"{self.site}/{language}{PAGES[name](self.cast)}")

    def _taken(self, page: Page, *words: str) -> Path:
        file = self.folder / ("-".join(words) + ".png")
        file.write_bytes(page.screenshot(full_page=True))
        return file


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
