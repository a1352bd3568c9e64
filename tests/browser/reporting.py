"""Somebody at the form of a mechanism with rules, in a window of a browser."""

from pathlib import Path
from uuid import uuid4

from playwright.sync_api import ViewportSize

from answerable.bootstrap.application import application
from answerable.bootstrap.founding import found
from tests.browser.visit import Noticed, Visit
from tests.support.published import TORTURE, UNSPACED

WHAT = f"{TORTURE} {UNSPACED}"
BUTTON = "#f p > button:not(.second)"
SETTINGS = {
    "name": "Standing Panel of Xanara (training)",
    "origin": "training.example/browser",
    "prefix": "XF",
    "zone": "Asia/Phnom_Penh",
    "contact": "012 345 678",
    "address": "https://panel.example",
    "onion": f"http://{'a2' * 28}.onion",
    "advice": ("Legal aid office (training), 012 000 111",),
}
RULES = Path(__file__).parents[2] / "src/answerable/procedures/training-mechanism.yaml"


def founded(mechanism: str, register: str) -> None:
    """Found the mechanism whose form is served, with its rules and its register."""
    found(mechanism, SETTINGS, uuid4())
    opened = application(mechanism)
    text = RULES.read_text()
    rules = opened.ruling.procedures.read_procedure(text.encode(), "rules.yaml", None).value
    assert rules is not None
    opened.install_rules.procedure(rules, text, request=uuid4())
    opened.publish_register(register)
    opened.close()


class Reporting:
    """Somebody who fills the form in, in one window."""

    def __init__(self, visit: Visit, language: str, size: ViewportSize) -> None:
        self.visit, self.page, self.language, self.size = visit, visit.page, language, size
        self.weight = 0

    def go(self, rest: str) -> None:
        self.visit.go(f"/{self.language}/f{rest}", self.size)
        self.weight += sum(self.visit.noticed.weights)

    def press(self, selector: str = BUTTON) -> None:
        self.visit.noticed = Noticed()
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.weight += sum(self.visit.noticed.weights)

    def known(self) -> None:
        self.go("")
        self.press("main a.button")
        self.press()
        self.page.check("#level-1")
        self.page.check("#readers-secretariat")
        self.press()

    def quick(self) -> None:
        """Fill in a quick report and send it."""
        self.known()
        self.press("main a.button")
        self.page.fill("#q-what", WHAT)
        self.page.fill("#q-when", "១២/៥/២០២៦")
        self.page.fill("#q-where", "ភ្នំពេញ")
        self.press()
        self.press()

    def key(self) -> str:
        self.page.locator("details.key-shown summary").click()
        return self.page.locator(".key-shown .figure").inner_text()
