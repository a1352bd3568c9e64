"""Back with the return key: the case, a question answered, an answer contested, words added."""

import re
from html import unescape

import pytest

from answerable.casework.ports import StorageFailed
from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES, Catalogue
from answerable.web.form.returning import ACT_PAGES
from answerable.web.posted import FILE_BYTES
from tests.support.senders import Sender, Typed
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, number_of, quick
from tests.unit.web.form.test_uploads import SCRIPT


def sent(desk: Desk, language: str = "en", level: str = "1") -> tuple[str, str]:
    """Send a report, leave, and return the number of its case and the return key."""
    sender = desk.sender(language)
    quick(sender, level=level)
    sender.press()
    return number_of(sender), key_of(sender)


def back(desk: Desk, key: str, language: str = "en") -> Sender:
    sender = desk.sender(language)
    sender.open(_at(sender, "return"))
    sender.press(key=key)
    return sender


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_key_alone_opens_the_case_and_the_number_of_the_receipt_does_not(
    desk: Desk, language: str
) -> None:
    number, key = sent(desk, language)
    sender = back(desk, key.replace(" ", "-"), language)
    assert sender.page.status == 200
    assert number in sender.page.text
    assert WHAT in sender.page.text
    assert number not in sender.page.read.title
    other = desk.sender(language)
    other.open(_at(other, "return"))
    refused = other.press(key=number)
    assert refused.status == 422
    assert re.search(r"\bXF-\d{4}-0061-\d\b", refused.text)
    assert "XA-" not in refused.text
    assert not other.cookies


def test_a_wrong_group_is_named_before_anything_is_looked_up(desk: Desk) -> None:
    _, key = sent(desk)
    third = key.split()[2]
    wrong = key.replace(third, third[:-1] + str((int(third[-1]) + 1) % 10), 1)
    sender = desk.sender()
    sender.open(_at(sender, "return"))
    page = sender.press(key=wrong)
    assert page.status == 422
    assert "roup 3" in page.text
    assert page.read.title.startswith("Error:")


def test_a_key_that_opens_nothing_is_told_so_and_no_more(desk: Desk) -> None:
    sender = desk.sender()
    sender.open(_at(sender, "return"))
    page = sender.press(key="0000 " * 5)
    assert page.status == 422


def test_at_the_level_without_names_what_was_written_is_not_shown_again(desk: Desk) -> None:
    _, key = sent(desk, level="3")
    sender = back(desk, key)
    assert sender.page.status == 200
    assert WHAT not in sender.page.text
    assert sender.ask(_at(sender, "case/copy/1")).status == 404
    assert sender.ask(_at(sender, "case/receipt/1")).status == 200


def test_words_can_be_added_and_a_post_that_is_repeated_adds_them_once(desk: Desk) -> None:
    number, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, "case/fact-added"))
    address, posted = sender.filled(
        typed={"part-words": "And then they left.", "part-origin": "saw"}
    )
    body = posted["wsgi.input"].getvalue()
    for _ in range(2):
        posted["wsgi.input"].seek(0)
        page = sender.open(address, "POST", **posted)
        assert page.address == "/en/f/case"
        assert f"Recorded as {number}/2" in page.text
    assert body
    docket = desk.application.return_keys.docket(typed_return_key(key))
    assert [act.number for act in desk.application.dockets.acts(docket.id)] == [
        number,
        f"{number}/2",
    ]


def test_what_is_missing_is_refused_in_words_and_nothing_typed_is_lost(desk: Desk) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, "case/withdrawal-asked"))
    page = sender.press(typed={"part-reason": "We moved away."})
    assert page.status == 422
    assert "We moved away." in page.text
    assert page.read.title.startswith("Error:")


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        ("fact-added", {"part-words": "Half of it", "part-origin": "saw"}),
        ("withdrawal-asked", {"part-reason": "Half of it", "part-did-anyone-ask": "someone-asked"}),
    ],
)
def test_another_language_records_nothing_and_keeps_what_was_typed(
    desk: Desk, act: str, typed: dict[str, str]
) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, f"case/{act}"))
    page = sender.press("language", "fr", typed=typed)
    docket = desk.application.return_keys.docket(typed_return_key(key))
    assert len(desk.application.dockets.acts(docket.id)) == 1
    assert page.status == 200
    assert '<html lang="fr">' in page.text
    assert page.form.action == f"/fr/f/case/{ACT_PAGES[act]}"
    assert (
        "part-words" if act == "fact-added" else "part-reason",
        "Half of it",
    ) in page.form.fields


def test_another_language_opens_no_case_and_keeps_the_key_that_was_typed(desk: Desk) -> None:
    _, key = sent(desk)
    sender = desk.sender()
    sender.open(_at(sender, "return"))
    page = sender.press("language", "fr", key=key)
    assert page.status == 200
    assert page.form.action == "/fr/f/return"
    assert ("key", key) in page.form.fields
    assert not sender.cookies


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"\0" * (FILE_BYTES + 1), 413, id="too long"),
        pytest.param(SCRIPT, 422, id="a drawing with a script"),
    ],
)
def test_an_act_is_not_recorded_without_the_file_that_was_sent_with_it(
    desk: Desk, data: bytes, code: int
) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, "case/danger-claimed"))
    names = sender.page.read.names
    typed = {name: "They came at night." for name in names if name.startswith("part-")}
    page = sender.press(typed=typed, files={"file": ("a.svg", data)})
    assert page.status == code
    assert "They came at night." in page.text
    docket = desk.application.return_keys.docket(typed_return_key(key))
    assert len(desk.application.dockets.acts(docket.id)) == 1


def test_a_ledger_that_is_down_leaves_what_was_typed_on_the_page(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, "case/fact-added"))

    def refuse(_: object, __: object) -> None:
        raise StorageFailed("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(type(desk.application.ledger), "append", refuse)
        page = sender.press(typed={"part-words": "And then they left.", "part-origin": "saw"})
    assert page.status == 503
    assert ("part-words", "And then they left.") in page.form.fields
    assert "Recorded" in sender.press().text


def test_a_case_that_is_erased_while_it_is_open_is_shown_no_more(desk: Desk) -> None:
    number, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, "case/fact-added"))
    address, posted = sender.filled(typed={"part-words": "Typed before.", "part-origin": "saw"})
    desk.secretariat()("erased", number, ground="harm-to-a-person", provision="gdpr-17")
    for rest in ("case", "case/fact-added", "case/receipt/1", "case/copy/1"):
        page = sender.ask(_at_language(rest))
        assert page.status == 303
        assert page.headers["Location"] == "/en/f/return"
    page = sender.ask(address, "POST", **posted)
    assert "Typed before." in page.text
    assert number not in page.text


def test_nobody_withdraws_everything_by_choosing_nothing(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    sender.open(_at(sender, "5/2"))
    sender.press(typed={"allegations/2/what": "The files were taken."})
    sender.open(_at(sender, "12"))
    sender.press()
    key = key_of(sender)
    sender = back(desk, key)
    sender.open(_at(sender, "case/withdrawal-asked"))
    typed = {"part-did-anyone-ask": "nobody-asked", "part-reason": "We moved away."}
    page = sender.press(typed=typed)
    assert page.status == 422
    assert "We moved away." in page.text
    page = sender.press(typed={"allegation": "2", **typed})
    assert "Recorded" in page.text
    docket = desk.application.return_keys.docket(typed_return_key(key))
    assert desk.application.dockets.acts(docket.id)[1].kept.envelope.allegations == (2,)


def test_a_question_is_shown_where_it_is_answered(desk: Desk) -> None:
    number, key = sent(desk)
    work = desk.secretariat()
    work("opened", number)
    work("accepted", number, allegations=(1,), reason="it is ours")
    work("assigned", number, allegations=(1,), party=work.party, reason="first free")
    work(
        "clarification-asked",
        number,
        allegations=(1,),
        **{"missing": "Which door was locked?", "why": "There are two.", "answer-by": "2030-01-01"},
    )
    sender = back(desk, key)
    assert "Which door was locked?" in sender.page.text
    sender.open(_at(sender, "case/clarification-answered"))
    assert "Which door was locked?" in sender.page.text
    page = sender.press(typed={"part-answer": "do-not-know"})
    assert page.status == 200
    assert re.search(rf"{number}/\d", page.text)


def test_without_the_case_nothing_of_it_is_shown_and_what_was_typed_comes_back(desk: Desk) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, "case/fact-added"))
    address, posted = sender.filled(typed={"part-words": "Typed before.", "part-origin": "saw"})
    sender.open("/exit", "POST", HTTP_SEC_FETCH_SITE="same-origin")
    assert not sender.cookies
    page = sender.ask(address, "POST", **posted)
    assert "Typed before." in page.text
    assert "/f/return" in page.text
    assert sender.ask(_at_language("case")).status == 303


def _at_language(rest: str) -> str:
    return f"/en/f/{rest}"


def test_what_others_did_since_is_new_until_the_sender_does_something(desk: Desk) -> None:
    number, key = sent(desk)
    assert "New since" not in back(desk, key).page.text
    work = desk.secretariat()
    work("opened", number)
    work("accepted", number, allegations=(1,), reason="it is ours")
    page = back(desk, key).page
    news = page.text.partition("New since")[2].partition("</ul>")[0]
    assert re.findall(r'href="#act-(\d)"', news) == ["2", "3"]
    assert page.text.count("New from here on") == 1
    record = page.text.partition('class="record"')[2]
    assert record.index("New from here on") < record.index('id="act-2"')
    sender = back(desk, key)
    # Looking is no act: whoever only looks leaves no trace of it, and is told the same again.
    assert "New since" in sender.page.text
    sender.open(_at(sender, "case/fact-added"))
    assert (
        "New since"
        not in sender.press(typed={"part-words": "And then they left.", "part-origin": "saw"}).text
    )


def test_who_should_read_less_is_ticked_and_each_who_holds_it_acknowledges_it(desk: Desk) -> None:
    number, key = sent(desk)
    sender = back(desk, key)
    sender.open(_at(sender, "case/consent-narrowed"))
    assert "asked on one day and confirmed on another" in sender.page.text
    page = sender.press(
        typed={
            "part-purpose": "published",
            "narrow-who": ("member", "public", "<b>"),
            "narrow-what": ("names", "files"),
        }
    )
    assert f"Recorded as {number}/2" in page.text
    told = page.text.partition('id="consents"')[2]
    assert "Nobody who holds it has acknowledged this yet" in told
    docket = desk.application.return_keys.docket(typed_return_key(key))
    act = desk.application.dockets.acts(docket.id)[1]
    said = {one.path: one.value for one in desk.application.reading.content(act)}
    assert said["scope"] == (
        "To be read no longer by: A ministry or body to which the case is referred, Everyone. "
        "What: the names of people, the files."
    )
    desk.secretariat()("consent-acknowledged", number, acts="2")
    told = back(desk, key).page.text.partition('id="consents"')[2].partition("</dl>")[0]
    assert "Acknowledged by secretariat" in told
    assert 'href="#act-3"' in told


def test_a_file_that_is_added_later_has_the_readers_that_are_chosen_there(desk: Desk) -> None:
    number, key = sent(desk)
    sender = back(desk, key)
    for at, chosen in ((2, None), (3, ("monitor",)), (4, ())):
        sender.open(_at(sender, "case/exhibit-added"))
        names = {name for name in sender.page.read.names if name.startswith("part-")}
        typed: dict[str, Typed] = dict.fromkeys(names, "The list of names.")
        if chosen is not None:
            typed["file-readers"] = chosen
        page = sender.press(typed=typed, files=[("file", "a.txt", b"Days.")])
        assert f"Recorded as {number}/{at}" in page.text
    listed = desk.application.give_back_exhibit.listed
    readers = [listed(f"{number}/{at}")[0].readers for at in (2, 3, 4)]
    assert readers == [("complainant", "secretariat"), ("complainant", "monitor"), ("complainant",)]
    told = page.text.partition('id="files"')[2]
    assert re.findall(r"Read by: ([^<]+)<", told)[:3] == [
        "secretariat",
        "monitor",
        "nobody else",
    ]


def test_files_that_a_page_does_not_keep_are_asked_for_again_before_the_act_is_recorded(
    desk: Desk,
) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    file = [("file", "a.txt", b"Days.")]
    sender.open(_at(sender, "case/danger-claimed"))
    again = Catalogue("fr").say("form.files-again")
    page = sender.press("language", "fr", files=file)
    assert again in unescape(page.text)
    assert page.status == 200
    # Said once: who presses again has been told, and may go on without.
    page = sender.press(files=file)
    assert page.status == 422
    assert again in unescape(page.text)
    assert again not in unescape(sender.press().text)
