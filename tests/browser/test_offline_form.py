"""The form without a network, opened from a disk: written, saved, put back on the server, sent."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page

from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.form.offline.page import form_file
from tests.browser import faults
from tests.browser.reporting import Reporting
from tests.browser.test_form import CHECKS
from tests.browser.visit import PHONE, Visit, visiting
from tests.support.published import TORTURE, UNSPACED

pytestmark = pytest.mark.interop

WHAT = f"{TORTURE} {UNSPACED}"
SPLIT = Catalogue("en").say("form.split-here")
GO_ON = "#screen form .actions > button:not(.second)"


class Writing:
    """Somebody who has the file on a disk, and no network."""

    def __init__(self, visit: Visit, file: Path, language: str) -> None:
        self.visit, self.page, self.file = visit, visit.page, file
        self.page.context.set_offline(offline=True)
        self.page.set_viewport_size(PHONE)
        self.page.goto(f"{file.as_uri()}#{language}")

    def to(self, screen: str) -> None:
        self.page.evaluate("to => { location.hash = to; }", screen)
        self.page.wait_for_timeout(50)

    def save(self, into: Path) -> str:
        """Save the copy, and return its key."""
        self.to("17")
        ready = self.page.locator("#screen .actions button:enabled")
        with self.page.expect_download() as download:
            ready.click()
        assert download.value.suggested_filename == "save.dat"
        download.value.save_as(into)
        self.page.locator(".key-shown summary").click()
        return self.page.locator(".key-shown .figure").inner_text()


@pytest.fixture
def writing(browser: Browser, tmp_path: Path) -> Iterator[Callable[[str], Writing]]:
    file = tmp_path / "form.html"
    file.write_bytes(form_file()[0])
    opened = []

    def begin(language: str) -> Writing:
        window = visiting(browser, "")
        opened.append(window)
        return Writing(window.__enter__(), file, language)

    yield begin
    for window in opened:
        window.__exit__(None, None, None)


def asked_back(page: Page, key: str) -> None:
    page.click('a[href="#14"]')
    page.fill("#group", "0000")
    page.click(GO_ON)
    assert page.locator(".faults").is_visible()
    page.fill("#group", key.split()[2])
    page.click(GO_ON)
    assert key not in page.content()


def questions(page: Page) -> list[str]:
    """Return the list to which each question of the browser is added, which is answered yes."""
    asked: list[str] = []

    def answered(one: Dialog) -> None:
        asked.append(one.type)
        one.accept()

    page.on("dialog", answered)
    return asked


@pytest.mark.slow
def test_a_report_written_without_a_network_is_put_into_the_form_and_sent(
    writing: Callable[[str], Writing], reporting: Callable[..., Reporting], tmp_path: Path
) -> None:
    writer = writing("km")
    page = writer.page
    page.click('#screen a[href="#4"]')
    page.fill("#q-what", WHAT)
    page.fill("#q-when", "១២/៥/២៦")
    assert "ថ្ងៃអង្គារ ទី១២ ខែឧសភា ឆ្នាំ២០២៦" in page.inner_text("#q-when-d")
    page.fill("#q-where", "ភ្នំពេញ")
    page.click(GO_ON)
    key = writer.save(tmp_path / "save.dat")
    asked_back(page, key)
    assert TORTURE.encode() not in (tmp_path / "save.dat").read_bytes()
    assert {url.partition(":")[0] for url in writer.visit.noticed.requests} <= {"file", "blob"}
    sender = reporting("km", PHONE)
    sender.go("")
    sender.press("main a.button")
    sender.press()
    sender.go("/18")
    sender.page.set_input_files("#copy", tmp_path / "save.dat")
    sender.page.fill("#key", key)
    sender.press()
    assert not sender.page.locator("[name=readers]:checked").count()
    sender.go("/2")
    sender.page.check("#level-1")
    sender.page.check("#readers-secretariat")
    sender.press()
    sender.go("/12")
    assert TORTURE in sender.page.inner_text("main")
    sender.press()
    assert re.fullmatch(r"XF-20\d\d-\d{4}-\d", sender.page.locator(".slip .figure").inner_text())


def test_a_copy_is_opened_again_and_a_wrong_key_or_file_is_told(
    writing: Callable[[str], Writing], tmp_path: Path
) -> None:
    writer = writing("en")
    writer.to("5/1")
    writer.page.fill("#q-what", f"They came. {WHAT}")
    writer.page.click(f"text={SPLIT}")
    writer.page.check("#begins-11")
    writer.page.click(GO_ON)
    assert writer.page.input_value("#q-what") == WHAT
    writer.page.check("#q-how-known-2")
    name_two_people(writer)
    key = writer.save(tmp_path / "save.dat")
    other = writing("fr")
    page = other.page
    other.to("18")
    for file, typed, field in (
        (tmp_path / "form.html", key, "copy"),
        (tmp_path / "save.dat", key[:-1] + str((int(key[-1]) + 1) % 10), "key"),
        (tmp_path / "save.dat", "0000" + key[4:], "key"),
    ):
        page.set_input_files("#copy", file)
        page.fill("#key", typed)
        page.click(GO_ON)
        page.locator(f'.faults a[href="#{field}"]').wait_for()
    page.fill("#key", key)
    page.click(GO_ON)
    page.locator('#screen a[href="#5/1"]').wait_for()
    page.locator('#screen a[href="#5/2"]').first.click()
    assert page.input_value("#q-what") == WHAT
    assert page.is_checked("#q-how-known-2")
    other.to("12")
    people = [one for one in page.locator(".card .head").all_inner_texts() if ", personne" in one]
    assert len(people) == 3, people


def another_person(writer: Writing, language: str) -> None:
    writer.to("21/1")
    writer.page.fill("#q-target-described", UNSPACED)
    writer.page.click(f"text={Catalogue(language).say('form.add-person')}")


def name_two_people(writer: Writing) -> None:
    """Name two people in the second part; the second is asked what they agree to."""
    page = writer.page
    writer.to("21/2")
    page.fill("#q-target-initials", "S.D.")
    page.click("text=Add another person affected")
    assert page.locator(".card li").all_inner_texts() != []
    page.fill("#q-target-initials", "C.S.")
    for address in ("#23/2", "#23/2/2", "#22/2"):
        page.click(GO_ON)
        page.wait_for_function("to => location.hash === to", arg=address)
        if address == "#23/2/2":
            assert page.inner_text("#screen strong") == "C.S."
            page.check("#q-included-2")


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_is_fit_for_everyone(
    writing: Callable[[str], Writing], language: str, tmp_path: Path
) -> None:
    writer = writing(language)
    page, visit = writer.page, writer.visit
    wrong: list[str] = []

    def look(name: str) -> None:
        # Colours are the same in each language: one is enough.
        checks = (*CHECKS, faults.of_dark) if language == "km" else CHECKS
        said = [fault for check in checks for fault in check(visit)]
        said += [*visit.noticed.said, *visit.ask("() => window.refused")]
        said += [] if visit.ask("document.querySelectorAll('h1').length") == 1 else ["headings"]
        wrong.extend(f"{name}: {one}" for one in said)

    # The words of each language on the longest screens; in Khmer, which is the widest, on all.
    whole = language == "km"
    for screen in ("", "3", "9", "10", "15/1", "18") if whole else ("",):
        writer.to(screen)
        look(screen)
    writer.to("19/1")
    page.fill("#q-when", "12/5/26")
    look("when and where, with a date")
    for screen in ("20/1", "21/1", "22/1") if whole else ():
        writer.to(screen)
        look(screen)
    writer.to("5/1")
    page.fill("#q-what", WHAT)
    page.fill("#q-title", "x" * 300)
    page.click(GO_ON)
    look("an allegation with what is wrong")
    another_person(writer, language)
    for screen in ("21/1", "12", "16/1", "17", "18") if whole else ():
        writer.to(screen)
        look(f"{screen}, with something typed")
    writer.save(tmp_path / "save.dat")
    look("saved, with the key")
    writer.to("14")
    look("the key asked back")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def test_the_keys_alone_fill_it_in_and_closing_asks_only_for_what_is_not_saved(
    writing: Callable[[str], Writing],
) -> None:
    writer = writing("en")
    page, asked = writer.page, questions(writer.page)
    page.reload()
    assert asked == []
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "leave"
    page.locator('#screen a[href="#4"]').focus()
    page.keyboard.press("Enter")
    page.locator("#q-what").focus()
    page.keyboard.type("They came.")
    page.locator("#q-where").focus()
    page.keyboard.press("Enter")
    page.locator("#screen .card").wait_for()
    assert page.evaluate("document.activeElement.id") == "title"
    page.go_back()
    assert page.input_value("#q-what") == "They came."
    page.reload()
    assert asked == ["beforeunload"]
    assert page.input_value("#q-what") == ""


@pytest.mark.parametrize("way", ["the button", "Shift three times"])
def test_leaving_blanks_the_page_without_a_question_and_back_shows_nothing(
    writing: Callable[[str], Writing], way: str
) -> None:
    writer = writing("en")
    page, asked = writer.page, questions(writer.page)
    writer.to("4")
    page.fill("#q-what", WHAT)
    if way == "the button":
        page.click("#leave", no_wait_after=True)
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("about:blank")
    assert asked == []
    for _ in range(3):
        page.go_back()
        assert TORTURE not in page.content()
        fields = "[...document.querySelectorAll('textarea')].map(one => one.value).join('')"
        assert page.evaluate(fields) == ""
