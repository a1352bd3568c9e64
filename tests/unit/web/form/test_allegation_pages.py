"""One allegation is a few short pages: each saved by itself, in any order, and none asked twice."""

import re
from html import unescape

import pytest

from answerable.locale.catalogue import LANGUAGES
from answerable.web.form.questions import (
    ALLEGATION,
    ALLEGATION_PAGES,
    NOTED_ON,
    TITLE_FITS,
    WHEN_WHERE,
    WHETHER_AGREED,
)
from answerable.web.rendering import catalogue_of
from tests.support.published import TORTURE
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_copies import answers_of
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_reporting import WHAT, known, quick

ROUND_TRIP = 12 * 1024
"""What a page of the form may weigh after the first (ux.md D.1)."""
MOST_QUESTIONS = 5


def begun(desk: Desk, language: str = "en") -> Sender:
    sender = desk.sender(language)
    known(sender)
    sender.open(f"/{language}/f/5/1")
    return sender


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_page_to_page_and_back_each_is_short_and_kept(desk: Desk, language: str) -> None:
    sender = begun(desk, language)
    typed = {ALLEGATION: "allegations/1/what"}
    for at, page in enumerate(ALLEGATION_PAGES):
        assert sender.page.address == f"/{language}/f/{page.number}/1"
        assert len(page.questions) <= MOST_QUESTIONS
        assert sender.page.size < ROUND_TRIP
        path = typed.get(page) or page.questions[-1].at(1)
        said = "yes" if path.endswith(("publish", "published")) else f"said {at}"
        sender.press(typed={path: said})
    assert sender.page.address == f"/{language}/f/3"
    sender.open(f"/{language}/f/{ALLEGATION_PAGES[-1].number}/1")
    for at in range(len(ALLEGATION_PAGES) - 1, 0, -1):
        if ALLEGATION_PAGES[at] not in {WHEN_WHERE, WHETHER_AGREED}:
            assert f"said {at}" in sender.page.text
        before = sender.press("back")
        assert before.address == f"/{language}/f/{ALLEGATION_PAGES[at - 1].number}/1"
    assert "said 0" in sender.page.text


def test_each_page_is_a_row_with_how_far_it_is(desk: Desk) -> None:
    sender = begun(desk)
    page = sender.press("stop", typed={"allegations/1/what": WHAT, "allegations/1/title": "A door"})
    assert page.address == "/en/f/3"
    rows = re.findall(
        r'<li><a href="/en/f/(\d+)/1" aria-label="([^"]+)">([^<]+)</a>(.*?)</li>', page.text
    )
    assert [int(number) for number, *_ in rows] == [one.number for one in ALLEGATION_PAGES]
    assert [("Completed" in state) for *_, state in rows] == [True, *[False] * 5]
    assert all(label == f"{name}, Allegation 1" for _, label, name, _ in rows)
    assert "Allegation 1: A door" in page.text


def test_what_is_wrong_on_one_page_stands_in_the_way_of_no_other(desk: Desk) -> None:
    sender = begun(desk)
    assert sender.press(typed={"allegations/1/title": "x" * 300}).status == 422
    sender.open("/en/f/20/1")
    assert sender.press(typed={"allegations/1/actor/body": "y" * 300}).status == 422
    assert "x" * 300 not in sender.page.text
    sender.open("/en/f/22/1")
    assert sender.press().address == "/en/f/3"


def test_pressed_twice_a_page_is_kept_once_and_leads_to_the_same(desk: Desk) -> None:
    sender = begun(desk)
    address, posted = sender.filled(typed={"allegations/1/what": WHAT})
    body = posted["wsgi.input"].getvalue()
    for _ in range(2):
        posted["wsgi.input"].seek(0)
        answer = sender.ask(address, "POST", **posted)
        assert (answer.status, answer.headers["Location"]) == (303, "/en/f/19/1")
    assert WHAT.encode() not in body
    sender.open("/en/f/12")
    assert "Allegation 2" not in sender.page.text


def test_a_note_leads_to_the_page_that_asks_for_what_is_missing(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender, "They came and took it.")
    text = unescape(sender.page.text)
    words = catalogue_of("en")
    for code in ("no-date", "no-place", "no-actor", "no-target", "nothing-would-show-it"):
        note = words.say(f"note.{code}", path="Part 1")
        assert f'{note} <a href="/en/f/{NOTED_ON[code]}/1?then=12"' in text, code


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("x" * 80, 0),
        ("x" * 93, 93),
        ("\u200b".join("ស្ត្រី" for _ in range(33)), 0),
        ("ញ៉ាំ" * 93, 93),
        ("e\u0301" * 93, 93),
        ("👩\u200d🌾" * 30, 0),
    ],
    ids=["fits", "long", "Khmer with unseen blanks", "long Khmer", "marks", "joined pictures"],
)
def test_a_title_is_counted_as_people_see_it(desk: Desk, title: str, found: int) -> None:
    sender = begun(desk)
    page = sender.press(typed={"allegations/1/what": WHAT, "allegations/1/title": title})
    assert page.status == (422 if found else 200)
    assert (f"This title has {found} characters; {TITLE_FITS} fit." in page.text) is bool(found)
    if found:
        # It is the page that wants it shorter: a file may have it, and so may what is sent.
        assert title in sender.open("/en/f/5/1").text
        sender.open("/en/f/12")
        assert "Send to the secretariat" in sender.page.text


def test_what_is_typed_in_khmer_fits_as_long_as_in_latin_letters(desk: Desk) -> None:
    sender = begun(desk)
    page = sender.press(typed={"allegations/1/what": WHAT, "allegations/1/title": TORTURE})
    assert page.status == 200


@pytest.mark.parametrize(("page", "kind"), [(5, "allegations"), (6, "concerns"), (7, "requests")])
def test_a_part_that_is_removed_twice_takes_no_other_with_it(
    desk: Desk, page: int, kind: str
) -> None:
    sender = desk.sender()
    known(sender)
    for number, said in ((1, "The first thing."), (2, "The second thing.")):
        sender.open(f"/en/f/{page}/{number}")
        sender.press(typed={f"{kind}/{number}/what": said})
    sender.open(f"/en/f/{page}/1")
    address, posted = sender.filled("remove")
    for _ in range(2):
        answer = again(sender, address, posted)
        assert (answer.status, answer.headers["Location"]) == (303, "/en/f/3")
    assert answers_of(desk, sender)[f"{kind}/1/what"] == ["The second thing."]
    assert f"{kind}/2/what" not in answers_of(desk, sender)
