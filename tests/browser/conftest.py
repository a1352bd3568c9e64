"""One register and one server for all pages of a run, and one browser for those of a file.

While Playwright is there a loop runs in this thread, and Django refuses its database then: so the
browser is gone before the tests of another file begin, and no fixture here may touch a database.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.reporting import Reporting, founded
from tests.browser.visit import DESKTOP, Visit, visiting
from tests.support.browser import NoBrowser
from tests.support.chromium import chromium
from tests.support.published import Cast, published
from tests.support.serving import served, serving


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        with chromium() as started:
            yield started
    except NoBrowser as problem:
        pytest.skip(str(problem))


@pytest.fixture(scope="session")
def cast(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cast]:
    with published(tmp_path_factory.mktemp("published")) as lived:
        yield lived


@pytest.fixture(scope="session")
def site(cast: Cast) -> Iterator[str]:
    """Where the pages of the register are served."""
    with serving(cast.folder) as address:
        yield address


@pytest.fixture(scope="module")
def visit(browser: Browser, site: str) -> Iterator[Visit]:
    """One window with scripts, that goes from page to page."""
    with visiting(browser, site) as one:
        yield one


@pytest.fixture(scope="module")
def plain(browser: Browser, site: str) -> Iterator[Visit]:
    """One window in which no script of a page runs."""
    with visiting(browser, site, scripts=False) as one:
        yield one


@pytest.fixture(scope="session")
def form(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a mechanism's form is served."""
    folder = tmp_path_factory.mktemp("form")
    mechanism, register = str(folder / "mechanism"), str(folder / "register")
    # In a thread of its own: in this one the browser's driver has a loop, which Django refuses.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(founded, mechanism, register).result()
    with served(["--mechanism", mechanism, "serve", "--register", register, "--form"]) as address:
        yield address


@pytest.fixture
def reporting(browser: Browser, form: str) -> Iterator[Callable[..., Reporting]]:
    opened = []

    def begin(language: str, size: ViewportSize = DESKTOP, *, scripts: bool = True) -> Reporting:
        window = visiting(browser, form, scripts=scripts)
        opened.append(window)
        return Reporting(window.__enter__(), language, size)

    yield begin
    for window in opened:
        window.__exit__(None, None, None)
