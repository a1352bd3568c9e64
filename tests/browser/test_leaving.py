"""The leave button where scripts run: blank at once, no way back, and Shift three times."""

from collections.abc import Callable

import pytest

from tests.browser.reporting import WHAT, Reporting
from tests.browser.visit import PHONE
from tests.support.published import TORTURE

pytestmark = pytest.mark.interop


SLOW = 2500
"""Milliseconds that each answer takes."""


def written(sender: Reporting) -> None:
    sender.known()
    sender.go("/4")
    sender.page.fill("#q-what", WHAT)
    sender.press()
    sender.go("/4")


def test_the_page_is_blank_before_the_server_answers(reporting: Callable[..., Reporting]) -> None:
    sender = reporting("km", PHONE)
    written(sender)
    line = sender.page.context.new_cdp_session(sender.page)
    slow = {"offline": False, "latency": SLOW, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    with sender.page.expect_navigation():
        sender.page.locator(".leave button").click(no_wait_after=True)
        sender.page.wait_for_function("document.body.hidden", timeout=SLOW)
        assert sender.page.url.endswith("/4")
        assert sender.page.title() == ""
        assert not sender.page.locator("#q-what").is_visible()
    assert sender.page.url.endswith("/day")
    assert not sender.page.context.cookies()
    line.send("Network.emulateNetworkConditions", {**slow, "latency": 0})
    for _ in range(3):
        sender.page.go_back()
        assert TORTURE not in sender.page.content()


def test_a_line_that_is_dead_leaves_the_page_blank(reporting: Callable[..., Reporting]) -> None:
    sender = reporting("en")
    written(sender)
    sender.page.route("**/exit", lambda route: route.abort())
    sender.page.locator(".leave button").click()
    sender.page.wait_for_url("about:blank")
    assert TORTURE not in sender.page.content()


def test_shift_three_times_leaves_and_typing_capitals_does_not(
    reporting: Callable[..., Reporting],
) -> None:
    sender = reporting("en")
    written(sender)
    keys = sender.page.keyboard
    sender.page.locator("#q-what").focus()
    for letter in "ABCD":
        keys.press(f"Shift+{letter}")
    keys.press("Shift")
    keys.press("Shift")
    keys.press("x")
    keys.press("Shift")
    assert sender.page.url.endswith("/4")
    assert sender.page.locator("#q-what").is_visible()
    keys.press("x")
    with sender.page.expect_navigation():
        for _ in range(3):
            keys.press("Shift")
    assert sender.page.url.endswith("/day")
    assert not sender.page.context.cookies()


def test_that_the_keys_do_it_is_said_only_where_they_do(
    reporting: Callable[..., Reporting],
) -> None:
    for scripts in (True, False):
        sender = reporting("en", scripts=scripts)
        sender.go("/1")
        assert sender.page.get_by_text("Shift three times").is_visible() is scripts
