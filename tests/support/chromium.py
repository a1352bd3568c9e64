"""Debian's Chromium, driven by Playwright; its own browsers are never downloaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tests.support.browser import NAMES, NoBrowser

OPTIONS = (
    # A container of CI has no user to build a sandbox.
    *("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    # It looks for nothing outside of this machine.
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--no-first-run", "--disable-quic"),
    # Scroll bars take room, as they do on a desktop.
    "--disable-features=OverlayScrollbar",
)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start one browser for many pages, and end it.

    Raises:
        NoBrowser: there is none.
    """
    program = next((found for name in NAMES if (found := shutil.which(name))), None)
    if program is None:
        raise NoBrowser("no browser; on Debian: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(OPTIONS))
        try:
            yield browser
        finally:
            browser.close()
