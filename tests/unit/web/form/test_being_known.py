"""F3: what the page says of who knows what is what then happens to a report."""

from dataclasses import replace
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
from tests.unit.web.form.test_reporting import WHAT, key_of, known, quick
from tests.unit.web.form.test_returning import back

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


def test_who_was_given_a_seat_before_that_made_a_name_public_is_named_to_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, key = Desk(tmp_path), bytes(range(32))
    body = desk.secretariat().party
    desk.application.keep_party_keys.register(body, key, request=uuid4())
    now = desk.application.reading.mechanism()
    before = {one.id: replace(one, is_body=False) for one in now.parties.values()}
    earlier = replace(now, parties=before)
    monkeypatch.setattr(type(desk.application.reading), "mechanism", lambda _: earlier)
    page = _known_page(desk, "en")
    assert "Office of the panel" not in page
    assert fingerprint_in_words(catalogue_of("en"), sha256(key).digest())[0].text not in page
    desk.application.close()


def _known_page(desk: Desk, language: str) -> str:
    sender = desk.sender(language)
    sender.open(f"/{language}/f/1")
    return unescape(sender.press().text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_asked_what_the_return_key_shows_and_said_what_follows_of_each_answer(
    desk: Desk, language: str
) -> None:
    words, page = catalogue_of(language), _known_page(desk, language)
    assert words.word("level", "3") in words.say("form.return-shows-hint")
    for told in ("", "-hint", "-yes", "-no"):
        assert words.say(f"form.return-shows{told}") in page
    for code in ("yes", "no"):
        assert f'id="return-shows-{code}" name="return-shows" value="{code}"' in page
    asked = page.partition('id="return-shows-yes"')[2].partition("</fieldset>")[0]
    assert "checked" not in asked


@pytest.mark.parametrize(
    ("level", "chosen", "is_shown"),
    [
        ("1", "", True),
        ("1", "yes", True),
        ("1", "no", False),
        ("3", "", False),
        ("3", "no", False),
        ("3", "yes", True),
    ],
)
def test_the_return_key_shows_what_was_sent_as_was_chosen_and_else_by_the_level(
    desk: Desk,
    level: str,
    chosen: str,
    is_shown: bool,  # noqa: FBT001 - given by the table
) -> None:
    sender = desk.sender()
    quick(sender, level=level)
    sender.open("/en/f/2")
    if chosen:
        sender.press(typed={"return-shows": chosen})
        sender.open("/en/f/2")
        assert f'value="{chosen}" aria-describedby="return-shows-{chosen}-h" checked' in (
            sender.page.text
        )
    page = sender.open("/en/f/12").text
    assert ("can read what you wrote" in page) is is_shown
    assert ("is not shown again" in page) is not is_shown
    sender.press()
    key = key_of(sender)
    assert sender.ask("/en/f/13/copy").status == 200
    sender.open("/en/f/14")
    sender.press(group=key.split()[2])
    expected = 200 if is_shown else 404
    assert sender.ask("/en/f/13/copy").status == expected
    case = back(desk, key)
    assert (WHAT in case.page.text) is is_shown
    assert case.ask("/en/f/case/copy/1").status == expected
    assert case.ask("/en/f/case/receipt/1").status == 200
    case.open("/en/f/case/fact-added")
    case.press(typed={"part-words": "And then they left.", "part-origin": "saw"})
    assert "And then they left." in case.page.text
    assert (WHAT in case.page.text) is is_shown


def test_nothing_of_what_the_return_key_shows_is_on_record(desk: Desk) -> None:
    said = []
    for chosen in ({}, {"return-shows": "yes"}, {"return-shows": "no"}):
        sender = desk.sender()
        quick(sender)
        sender.open("/en/f/2")
        sender.press(typed=chosen)
        sender.open("/en/f/12")
        sender.press()
        docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
        (act,) = desk.application.dockets.acts(docket.id)
        fields = [(one.path, one.value) for one in desk.application.reading.content(act)]
        said.append((act.kept.envelope.facts, fields))
    assert said[0] == said[1] == said[2]


def test_an_answer_that_was_not_offered_chooses_nothing(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender, level="3")
    sender.open("/en/f/2")
    sender.press(typed={"return-shows": "unknown"})
    assert "is not shown again" in sender.open("/en/f/12").text
