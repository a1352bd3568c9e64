"""F3: what the page says of who knows what is what then happens to a report."""

from datetime import datetime
from hashlib import sha256
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest

from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES
from answerable.locale.fingerprint_words import fingerprint_in_words
from answerable.web.form.questions import READERS
from answerable.web.rendering import catalogue_of
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, key_of, known
from tests.unit.web.form.test_returning import back, sent

WHO = {"speaker/organisation": "Lantern Association", "speaker/name": "Sok Dara"}
REACH = {"speaker/contact": "012 999 000"}


@pytest.mark.parametrize(
    ("level", "organisation", "name"),
    [
        ("0", READERS, READERS),
        ("1", READERS[:3], ("secretariat", "monitor")),
        ("2", READERS[:3], ("secretariat", "monitor")),
    ],
)
def test_who_reports_is_read_by_everyone_in_public_and_else_by_nobody_outside(
    desk: Desk, level: str, organisation: tuple[str, ...], name: tuple[str, ...]
) -> None:
    sender = desk.sender()
    known(sender, level, READERS)
    sender.open("/en/f/2")
    sender.press(typed={**WHO, **REACH})
    sender.open("/en/f/4")
    sender.press(typed={"allegations/1/what": WHAT, **REACH})
    assert sender.page.text.count("Sok Dara") == 1 + len(name)
    assert sender.page.text.count("Lantern Association") == 1 + len(organisation)
    assert sender.page.text.count(REACH["speaker/contact"]) == 1 + len(("secretariat", "monitor"))
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    (act,) = desk.application.dockets.acts(docket.id)
    read = {one.path: one.readers for one in desk.application.reading.content(act)}
    assert read["speaker/organisation"] == ("complainant", *organisation)
    assert read["speaker/name"] == ("complainant", *name)
    assert read["speaker/contact"] == ("complainant", "secretariat", "monitor")


def test_beside_each_field_of_who_speaks_stands_who_reads_it(desk: Desk) -> None:
    sender = desk.sender()
    known(sender, "1", READERS)
    page = sender.open("/en/f/2").text
    shown = page.partition('id="speaker-name-r">')[2].partition("<")[0]
    assert shown == "Read by: secretariat, monitor"
    assert "member body" in page.partition('id="speaker-organisation-r">')[2].partition("<")[0]


def test_a_name_beside_an_organisation_that_speaks_is_told_before_sending(desk: Desk) -> None:
    for level, is_told in (("2", True), ("1", False)):
        sender = desk.sender()
        known(sender, level)
        sender.open("/en/f/2")
        sender.press(typed=WHO)
        sender.open("/en/f/4")
        sender.press(typed={"allegations/1/what": WHAT})
        assert ("your organisation speaks for you, and wrote a name" in sender.page.text) is is_told


def test_a_seat_that_nobody_holds_is_said_to_be_empty(desk: Desk) -> None:
    desk.secretariat()
    sender = desk.sender()
    sender.open("/en/f/1")
    sender.press()
    for seat, is_empty in (("secretariat", False), ("monitor", True), ("public", False)):
        label = sender.page.text.partition(f'<label for="readers-{seat}">')[2].partition(
            "</label>"
        )[0]
        assert ("Nobody here holds this seat now." in label) is is_empty


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_too_it_is_asked_who_may_know_and_who_may_read(desk: Desk, language: str) -> None:
    words, page = catalogue_of(language), desk.sender(language).open(f"/{language}/f/offline")
    paper = unescape(page.text).partition('<ol class="paper">')[2].partition("</ol>")[0]
    for told in ("form.level", "form.readers", "level.3", "level.0", "question.included"):
        assert words.say(told) in paper
    for code in READERS:
        assert words.say(f"form-who.{code}") in paper
    assert words.say("level.4") not in paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_a_reader_stands_who_that_is_with_the_key_in_words_or_that_none_is_registered(
    tmp_path: Path, language: str
) -> None:
    desk, words, key = Desk(tmp_path), catalogue_of(language), bytes(range(32))
    body = desk.secretariat().party
    page = _known_page(desk, language)
    assert page.count(words.say("form.reader-no-key")) == 1
    assert "Office of the panel" in page
    desk.application.keep_party_keys.register(body, b"\1" * 32, request=uuid4())
    desk.application.keep_party_keys.replace(body, key, request=uuid4())
    page = _known_page(desk, language)
    assert words.say("form.reader-no-key") not in page
    for said in fingerprint_in_words(words, sha256(key).digest()):
        assert said.text in page
    former = fingerprint_in_words(words, sha256(b"\1" * 32).digest())
    assert former[0].text not in page
    today = words.day(datetime.now(desk.host.zone).date().isoformat())
    assert words.say("form.reader-key-since", on=today) in page
    desk.application.keep_party_keys.retire(body, "lost", request=uuid4())
    assert words.say("form.reader-no-key") in _known_page(desk, language)
    desk.application.close()


def _known_page(desk: Desk, language: str) -> str:
    sender = desk.sender(language)
    sender.open(f"/{language}/f/1")
    return unescape(sender.press().text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_it_is_chosen_how_one_is_known_stands_what_is_shown_again(
    desk: Desk, language: str
) -> None:
    told = catalogue_of(language).say("form.return-shows")
    assert catalogue_of(language).word("level", "3") in told
    assert told in _known_page(desk, language)
    for level, is_shown in (("1", True), ("3", False)):
        _, key = sent(desk, language, level)
        assert (WHAT in back(desk, key, language).page.text) is is_shown
