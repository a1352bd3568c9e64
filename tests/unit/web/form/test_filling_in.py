"""Filling in: the button before it is met, dates that are doubtful, the tasks, the last look."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from answerable.casework.kept_forms import KEPT_DAYS
from answerable.locale.catalogue import LANGUAGES
from answerable.locale.field_words import label_in_words
from answerable.locale.visible import shortened
from answerable.web.rendering import catalogue_of
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, known, quick

WORDS_AT_MOST = 120


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_button_can_be_tried_before_and_deletes_nothing_then(desk: Desk, language: str) -> None:
    sender = desk.sender(language)
    known(sender)
    page = sender.open(f"/{language}/f/1")
    (tried,) = (link for link in page.links if "/day" in link)
    page = sender.open(tried)
    assert catalogue_of(language).say("form.tried") in unescape(page.text)
    assert page.links == [f"/{language}/f/1"]
    assert sender.cookies
    assert sender.open(f"/{language}/f/3").address == f"/{language}/f/3"


def test_what_is_read_before_the_start_is_short_and_says_how_long_things_are_kept(
    desk: Desk,
) -> None:
    sender = desk.sender()
    for rest in ("f/1", "safety"):
        main = sender.open(f"/en/{rest}").text.partition("<main")[2].partition("</main>")[0]
        assert f"locked, for {KEPT_DAYS} days" in main
    main = sender.open("/en/f/1").text.partition("<h1>")[2].partition("</main>")[0]
    text = re.sub("<[^>]+>", " ", main)
    assert len(text.split()) <= WORDS_AT_MOST


def test_a_date_that_is_no_day_or_has_not_come_is_said_to_be_so(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    for typed, told, is_told in (
        ("32/13/2026", "We read no day in it", True),
        (f"{tomorrow:%d/%m/%Y}", "That day has not come yet.", True),
        ("12/5/2020", "That day has not come yet.", False),
        ("some days ago", "We read no day in it", False),
    ):
        sender.open("/en/f/19/1")
        sender.press("stop", typed={"allegations/1/date": typed})
        assert sender.page.address == "/en/f/3"
        assert (told in sender.page.text) is is_told


def test_what_is_changed_from_the_last_page_leads_back_to_it(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    for link in ("/en/f/2?then=12", "/en/f/8?then=12", "/en/f/5/1?then=12", "/en/f/9?then=12"):
        page = sender.open("/en/f/12")
        if not link.startswith("/en/f/9"):
            assert link in page.links
        sender.open(link)
        assert sender.press().address == "/en/f/12"
    sender.open("/en/f/5/1?then=12")
    wrong = sender.press(typed={"allegations/1/title": "x" * 300})
    assert wrong.status == 422
    assert sender.press(typed={"allegations/1/title": "The door"}).address == "/en/f/12"
    sender.open("/en/f/5/1")
    assert sender.press("stop").address == "/en/f/3"


def test_it_is_printed_before_sending_with_what_each_reader_sees(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    assert "/en/f/12/print" in sender.page.links
    page = sender.open("/en/f/12/print")
    assert page.status == 200
    assert page.text.count("<details open>") == len(("secretariat", "member", "monitor", "public"))
    assert not page.form.action
    assert WHAT in page.text
    assert desk.sender().open("/en/f/12/print").status == 404


def test_where_nothing_is_said_yet_that_stands_first_and_nothing_is_previewed(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    page = sender.open("/en/f/12")
    main = page.text.partition("<main")[2]
    assert main.index('class="faults"') < main.index('class="moments"')
    assert "What each reader will see" not in main
    assert sender.open("/en/f/12", "POST").text.count('class="faults"') <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_sent_is_named_by_the_field_in_which_it_stands(
    desk: Desk, language: str
) -> None:
    words, sender = catalogue_of(language), desk.sender(language)
    quick(sender)
    sender.open(f"/{language}/f/20/1")
    sender.press(typed={"allegations/1/actor/body": "x" * 600})
    page = unescape(sender.open(f"/{language}/f/12").text).replace("\u200b", "")
    faults = page.partition('class="faults"')[2].partition("</ul>")[0]
    assert words.say("web.allegation", number=1, title=None) in faults
    assert label_in_words(words, "allegations/1/actor/body") in faults


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("short", 10, "short"),
        ("two  lines\nof words", 30, "two lines of words"),
        ("the door was locked by three officers", 30, "the door was locked by three..."),
        ("ខ្ញុំស្ត្រីសង្ខ្យា", 3, "..."),
        ("ខ្ញុំស្ត្រីសង្ខ្យា", 7, "ខ្ញុំ..."),
        ("ខ្ញុំស្ត្រីសង្ខ្យា", 11, "ខ្ញុំស្ត្រី..."),
    ],
)
def test_a_title_ends_between_words_or_clusters(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short
