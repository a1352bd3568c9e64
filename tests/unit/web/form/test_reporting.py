"""Filling the form in and sending it: without scripts, in each language, cut off at each post."""

import re

import pytest

from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES
from answerable.web.form.questions import READERS
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk

WHAT = "មន្ត្រីបីនាក់បានមកការិយាល័យ ហើយចាក់សោទ្វារ។ គេមិនបានបង្ហាញឯកសារទេ។"
QUICK_REPORT = 60 * 1024


def known(sender: Sender, level: str = "1", readers: tuple[str, ...] = READERS[:3]) -> None:
    """Go from the first page over the second to how one is known."""
    sender.open(_at(sender, "1"))
    sender.press()
    sender.press(level=level, readers=readers)


def _at(sender: Sender, rest: str) -> str:
    return "/".join((*sender.page.address.split("/")[:3], rest))


def quick(sender: Sender, what: str = WHAT, level: str = "1", **more: str) -> None:
    """Fill in a quick report, up to the page on which it is checked."""
    known(sender, level)
    sender.open(_at(sender, "4"))
    typed = {name.replace("_", "/"): said for name, said in more.items()}
    sender.press(typed={"allegations/1/what": what, **typed})


def number_of(sender: Sender) -> str:
    found = re.search(r'class="figure">([^<]+)<', sender.page.text)
    assert found is not None, sender.page.text
    return found[1]


def key_of(sender: Sender) -> str:
    found = re.search(r'key-shown.*?class="figure">([^<]+)<', sender.page.text, re.DOTALL)
    assert found is not None, sender.page.text
    return found[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_quick_report_ends_with_a_receipt_and_the_key_that_opens_its_case(
    desk: Desk, language: str
) -> None:
    sender = desk.sender(language)
    quick(sender, allegations_1_date="១២/៥/២០២៦", allegations_1_place_words="ភ្នំពេញ")
    assert WHAT in sender.page.text
    sender.press()
    number, key = number_of(sender), key_of(sender)
    docket = desk.application.return_keys.docket(typed_return_key(key))
    assert docket.number == number
    (act,) = desk.application.dockets.acts(docket.id)
    said = {one.path: one.value for one in desk.application.reading.content(act)}
    assert said["allegations/1/what"] == WHAT
    assert said["language"] == "km"
    assert act.kept.envelope.facts["channel"] == "form"
    assert sender.received < QUICK_REPORT
    assert not desk.logged


def test_without_names_the_full_copy_is_given_only_until_the_key_was_asked_back(desk: Desk) -> None:
    for level, after in (("1", 200), ("3", 404)):
        sender = desk.sender()
        quick(sender, level=level)
        sender.press()
        key = key_of(sender)
        assert sender.ask("/en/f/13/copy").status == 200
        sender.open("/en/f/14")
        sender.press(group=key.split()[2])
        assert sender.ask("/en/f/13/copy").status == after
        assert ("/13/copy" in sender.open("/en/f/13").text) is (after == 200)


def test_every_choice_of_a_question_is_said_in_words(desk: Desk) -> None:
    sender = desk.sender("km")
    known(sender)
    sender.open(_at(sender, "5/1"))
    codes = re.findall(r'<option value="([a-z-]+)"[^>]*>\1</option>', sender.page.text)
    assert codes == []
