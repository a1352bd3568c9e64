"""Where it happened: chosen step by step, or written, and never a list that is too long."""

import re
from typing import Any

import pytest

from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known

PAGE = 20 * 1024
AT = "allegations/1/place"
WHOLE = (
    ("province", "KH-17"),
    ("district", "KH-1702"),
    ("commune", "KH-170201"),
    ("village", "KH-17020101"),
)


def at_places(desk: Desk, language: str = "en", *readers: str) -> Sender:
    sender = desk.sender(language)
    known(sender, readers=readers or ("secretariat", "monitor"))
    sender.open(_at(sender, "5/1"))
    sender.press(allegations_1_what=WHAT)
    page = sender.press("place")
    assert page.address == f"/{language}/f/15/1"
    return sender


def lists(sender: Sender) -> list[str]:
    return re.findall(rf'<select [^>]*name="{AT}/(\w+)-code"', sender.page.text)


def said_of(desk: Desk, sender: Sender) -> dict[str, Any]:
    """Send the report, and return what is on record of its place."""
    sender.open(_at(sender, "12"))
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    (act,) = desk.application.dockets.acts(docket.id)
    content = desk.application.reading.content(act)
    return {
        one.path.removeprefix(f"{AT}/"): one.value for one in content if one.path.startswith(AT)
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_four_steps_lead_to_a_village_and_no_page_of_them_is_long(
    desk: Desk, language: str
) -> None:
    sender = at_places(desk, language)
    for count, (level, code) in enumerate(WHOLE, start=1):
        assert lists(sender) == [name for name, _ in WHOLE][:count]
        page = sender.press("more", typed={f"{AT}/{level}-code": code})
        assert page.size < PAGE
    assert page.address == f"/{language}/f/15/1"
    page = sender.press()
    assert page.address == f"/{language}/f/19/1"
    assert "Trapeang Tuk" in page.text
    said = said_of(desk, sender)
    assert {level: said[level]["code"] for level, _ in WHOLE} == dict(WHOLE)
    name = said["village"]["name"]
    assert ("Trapeang Tuk (" in name) == (language != "km")
    assert re.search("[\u1780-\u17ff]", name)


def test_each_step_may_be_the_last_and_another_province_takes_its_districts_along(
    desk: Desk,
) -> None:
    sender = at_places(desk)
    sender.press("more", typed={f"{AT}/province-code": "KH-17"})
    sender.press("more", typed={f"{AT}/district-code": "KH-1702"})
    page = sender.press("more", typed={f"{AT}/province-code": "KH-2"})
    assert lists(sender) == ["province", "district"]
    assert "KH-1702" not in page.text
    assert "KH-0203" in page.text
    # Whoever chooses nothing more goes on.
    assert sender.press("more").address == "/en/f/19/1"
    assert said_of(desk, sender) == {"province": {"code": "KH-2", "name": "Battambang (បាត់ដំបង)"}}


def test_words_are_always_possible_and_stand_beside_the_code_that_was_chosen(desk: Desk) -> None:
    sender = at_places(desk)
    sender.press("more", typed={f"{AT}/province-code": "KH-2", f"{AT}/village": "Phum Thmei"})
    sender.press(typed={f"{AT}/province": "the old province"})
    assert "Phum Thmei" in sender.page.text
    assert said_of(desk, sender) == {
        "province": {"code": "KH-2", "name": "the old province"},
        "village": {"name": "Phum Thmei"},
    }


@pytest.mark.parametrize(
    "code", ["KH-0203", "KH-99", "XX", "../../etc", "<script>", "KH-2' OR 1=1", "ក" * 4000]
)
def test_a_code_that_was_not_offered_is_not_taken_and_not_said_back(desk: Desk, code: str) -> None:
    sender = at_places(desk)
    page = sender.press(typed={f"{AT}/province-code": code})
    assert page.status == 200
    assert code not in sender.open("/en/f/15/1").text
    assert said_of(desk, sender) == {}
    assert not desk.logged


def test_what_is_wrong_with_a_level_is_told_where_it_is_asked_and_stops_no_other_page(
    desk: Desk,
) -> None:
    sender = at_places(desk)
    page = sender.press(typed={f"{AT}/village": "x" * 300})
    assert page.status == 422
    assert page.read.title.startswith("Error:")
    assert 'href="#q-village"' in page.text
    assert "x" * 300 in page.text
    sender.open("/en/f/19/1")
    assert sender.press().address == "/en/f/20/1"
    sender.open("/en/f/12")
    assert 'href="/en/f/15/1?then=12"' in sender.page.text


def test_a_step_that_comes_twice_and_another_language_change_nothing(desk: Desk) -> None:
    sender = at_places(desk)
    address, posted = sender.filled("more", typed={f"{AT}/province-code": "KH-17"})
    for _ in range(2):
        assert again(sender, address, posted).status == 303
    sender.open("/en/f/15/1")
    page = sender.press("language", "km", typed={f"{AT}/district-code": "KH-1702"})
    assert page.address == "/km/f/15/1"
    assert lists(sender) == ["province", "district", "commune"]


def test_who_lets_everyone_read_is_told_that_the_province_is_counted(desk: Desk) -> None:
    assert "public figures" not in at_places(desk).page.text
    assert "public figures" in at_places(desk, "en", "secretariat", "public").page.text


def test_what_happened_elsewhere_too_begins_with_the_same_place(desk: Desk) -> None:
    sender = at_places(desk)
    sender.press(typed={f"{AT}/province-code": "KH-2"})
    sender.open("/en/f/5/1")
    page = sender.press("split")
    assert page.address == "/en/f/5/2"
    page = sender.open("/en/f/19/2")
    assert "Battambang" in page.text
    page = sender.open("/en/f/15/2")
    assert '<option value="KH-2" selected>' in page.text


def test_where_no_list_is_known_places_are_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(desk.application.gazetteer), "country_of", lambda *_: None)
    sender = at_places(desk)
    assert lists(sender) == []
    sender.press(typed={f"{AT}/village": "Sokdara"})
    assert "Sokdara" in sender.page.text
    assert said_of(desk, sender) == {"village": {"name": "Sokdara"}}
