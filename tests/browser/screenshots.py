"""Pictures of the main pages, to be looked at: ``python -m tests.browser.screenshots FOLDER``.

Names of pages after the folder choose among them. On a phone and on a desktop, in Khmer and in
English. Khmer is drawn with the fonts of this machine: on Debian ``apt install fonts-noto-core``.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser

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
        for file in pictures(browser, site, cast, names=names or NAMES, folder=folder):
            print(file)  # noqa: T201 - people run this by hand


def pictures(
    browser: Browser, site: str, cast: Cast, *, names: Sequence[str], folder: Path
) -> Iterator[Path]:
    """Take the pictures, and yield the file of each; the dark ones and paper of one page too."""
    for screen, (width, height, scale) in SCREENS.items():
        context = browser.new_context(
            viewport={"width": width, "height": height}, device_scale_factor=scale
        )
        page = context.new_page()
        for language in LANGUAGES:
            for name in names:
                page.goto(f"{site}/{language}{PAGES[name](cast)}")
                yield _taken(page.screenshot(full_page=True), folder, screen, language, name)
        page.goto(f"{site}/km{PAGES['case-late'](cast)}")
        page.emulate_media(color_scheme="dark")
        yield _taken(page.screenshot(full_page=True), folder, screen, "km", "case-late-dark")
        page.emulate_media(color_scheme="light", media="print")
        paper = folder / f"{screen}-km-case-late.pdf"
        paper.write_bytes(page.pdf(prefer_css_page_size=True))
        yield paper
        context.close()


def _taken(picture: bytes, folder: Path, *words: str) -> Path:
    file = folder / ("-".join(words) + ".png")
    file.write_bytes(picture)
    return file


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
