"""One text becomes two parts: at a sentence, or where its sender says, and once."""

import pytest

from answerable.casework.ports import StorageFailed
from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known

TWO = "They locked the door. Then they took the files."


def at_split(desk: Desk, text: str = TWO, language: str = "en") -> Sender:
    sender = desk.sender(language)
    known(sender)
    sender.open(_at(sender, "19/1"))
    sender.press("back", allegations_1_place_words="Kep")
    page = sender.press("split-text", allegations_1_what=text)
    assert page.address == f"/{language}/f/16/1"
    return sender


def sent_texts(desk: Desk, sender: Sender) -> dict[str, object]:
    sender.open(_at(sender, "12"))
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    (act,) = desk.application.dockets.acts(docket.id)
    content = desk.application.reading.content(act)
    return {one.path: one.value for one in content if one.path.endswith(("/what", "/place/words"))}


BOTH = {
    "allegations/1/what": "They locked the door.",
    "allegations/2/what": "Then they took the files.",
    "allegations/1/place/words": "Kep",
    "allegations/2/place/words": "Kep",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_split_at_a_sentence_and_the_second_part_shares_the_rest(
    desk: Desk, language: str
) -> None:
    sender = at_split(desk, language=language)
    page = sender.press(begins="22")
    assert page.address == f"/{language}/f/5/2"
    assert sent_texts(desk, sender) == BOTH


def test_a_text_without_sentences_is_split_where_its_sender_types_a_mark(desk: Desk) -> None:
    sender = at_split(desk, "they locked the door and took the files")
    page = sender.press(text="they locked the door ## and took the files")
    assert page.address == "/en/f/5/2"
    said = sent_texts(desk, sender)
    assert said["allegations/1/what"] == "they locked the door"
    assert said["allegations/2/what"] == "and took the files"


def test_a_split_that_is_posted_again_is_done_once(desk: Desk) -> None:
    sender = at_split(desk)
    address, posted = sender.filled(begins="22")
    for _ in range(3):
        assert again(sender, address, posted).status == 303
    assert sent_texts(desk, sender) == BOTH


@pytest.mark.parametrize("begins", ["", "5", "-1", "999", "x", "22 "])
def test_a_place_that_was_not_offered_splits_nothing(desk: Desk, begins: str) -> None:
    sender = at_split(desk)
    page = sender.press(begins=begins)
    assert page.status == 422
    assert page.read.title.startswith("Error:")
    assert set(sent_texts(desk, sender)) == {"allegations/1/what", "allegations/1/place/words"}


def test_without_a_mark_nothing_typed_is_lost(desk: Desk) -> None:
    sender = at_split(desk)
    page = sender.press(begins="mark", text=f"{TWO} And more.")
    assert page.status == 422
    assert "And more." in page.text
    page = sender.press("language", "km", begins="mark", text=f"{TWO} And more.")
    assert '<html lang="km">' in page.text
    assert page.form.action == "/km/f/16/1"
    assert "And more." in page.text
    assert set(sent_texts(desk, sender)) == {"allegations/1/what", "allegations/1/place/words"}


def test_what_may_be_two_leads_to_the_place_where_it_is_split(desk: Desk) -> None:
    sender = at_split(desk, "They locked the door and took the files")
    assert 'href="/en/f/16/1?then=12"' in sender.open("/en/f/12").text
    many = "They came. " * 400
    page = at_split(desk, many).page
    assert page.size < 20 * 1024


TYPED = f"{TWO} ## And a third thing, typed here."


def refuse(*_: object, **__: object) -> None:
    raise StorageFailed("the disk is full", reason="disk-full")


def test_where_the_disk_refuses_the_text_stands_on_the_page_and_is_split_by_the_next_post(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = at_split(desk)
    with monkeypatch.context() as broken:
        broken.setattr(type(desk.application.kept_forms.store), "keep", refuse)
        page = sender.press(begins="mark", text=TYPED)
    assert page.status == 503
    assert "And a third thing" in page.text
    assert sender.press().address == "/en/f/5/2"
    assert sent_texts(desk, sender)["allegations/2/what"] == "And a third thing, typed here."


def test_what_was_typed_on_it_is_not_lost_where_the_form_is_gone_or_was_changed_meanwhile(
    desk: Desk,
) -> None:
    sender = at_split(desk)
    address, posted = sender.filled(begins="mark", text=TYPED)
    sender.open("/en/f/5/1")
    sender.press(typed={"allegations/1/what": "Other words."})
    page = again(sender, address, posted)
    assert page.status == 403
    assert "And a third thing" in page.text
    assert "Other words." in sender.open("/en/f/5/1").text
    sender.cookies.clear()
    page = again(sender, address, posted)
    assert page.status == 403
    assert "And a third thing" in page.text
    assert not sender.cookies


def test_a_second_allegation_begins_with_what_it_shares(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "19/1"))
    sender.press("back", allegations_1_place_words="Kep")
    page = sender.press("split", allegations_1_what=WHAT)
    assert page.address == "/en/f/5/2"
    assert WHAT not in page.text
    assert "Kep" in sender.press(allegations_2_what="A thing of its own.").text
    sender.press("back")
    sender.press(allegations_2_what="The second thing.")
    sender.open("/en/f/5/1")
    sender.press("remove")
    assert "The second thing." in sender.open("/en/f/5/1").text
