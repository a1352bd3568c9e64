"""What a form does to who has two windows of it, switches the language, or types an address."""

import json
from typing import Any

import pytest

from answerable.casework.ports import StorageFailed
from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import Catalogue
from answerable.web.form.questions import KEY, QUESTION_PAGES, QUICK, RECEIPT
from answerable.web.form.returning import ABOUT, ACT_PAGES, OFFERED
from answerable.web.form.routes import NUMBERS, OF_ITEMS
from answerable.web.site import BODIES
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known, number_of, quick


def test_what_was_typed_in_one_tab_while_a_case_was_opened_in_another_is_not_lost(
    desk: Desk,
) -> None:
    _, key = sent_elsewhere(desk)
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "4"))
    address, posted = sender.filled(allegations_1_what=WHAT)
    sender.open(_at(sender, "return"))
    assert sender.press(key=key).address == "/en/f/case"
    page = again(sender, address, posted)
    assert page.status == 403
    assert WHAT in page.text


def test_an_act_that_was_recorded_and_is_changed_on_the_same_page_can_be_recorded_too(
    desk: Desk,
) -> None:
    number, key = sent_elsewhere(desk)
    sender = desk.sender()
    sender.open(_at(sender, "return"))
    sender.press(key=key)
    sender.open(_at(sender, "case/fact-added"))
    # The answer to the first post never came: the page is as it was, and is changed there.
    address, posted = sender.filled(typed={"part-words": "They left.", "part-origin": "saw"})
    again(sender, address, posted)
    page = sender.press(typed={"part-words": "They left at noon.", "part-origin": "saw"})
    assert page.status == 422
    assert Catalogue("en").say("form.act-recorded-before", number=f"{number}/2") in page.text
    assert ("part-words", "They left at noon.") in page.form.fields
    assert f"Recorded as {number}/3" in sender.press().text


def test_on_every_page_another_language_does_nothing_and_no_title_or_address_has_what_was_typed(
    desk: Desk,
) -> None:
    for number in sorted(NUMBERS - {RECEIPT, KEY}):
        sender = desk.sender()
        quick(sender, what="planted-7f3a. planted-7f3a too.")
        is_of_item = number in OF_ITEMS or QUESTION_PAGES.get(number, QUICK).item not in {
            "",
            "quick",
        }
        rest = f"{number}/1" if is_of_item else str(number)
        page = sender.open(_at(sender, rest))
        if not page.form.action:
            continue
        before = kept(desk, sender)
        page = sender.press("language", "km")
        assert page.form.action == f"/km/f/{rest}"
        assert kept(desk, sender) == before
        assert "planted-7f3a" not in page.read.title
        assert "planted-7f3a" not in "".join((page.address, *page.links))


def kept(desk: Desk, sender: Sender) -> dict[str, Any]:
    data = desk.application.kept_forms.read(sender.cookies["f"])
    assert data is not None
    draft: dict[str, Any] = json.loads(data)["draft"]
    return {name: draft[name] for name in ("answers", "copy-key", "files", "key", "number")}


@pytest.mark.parametrize("act", [one for one in OFFERED if one == "contested" or one not in ABOUT])
def test_on_the_page_of_every_act_another_language_records_nothing(desk: Desk, act: str) -> None:
    number, key = sent_elsewhere(desk)
    sender = desk.sender()
    sender.open(_at(sender, "return"))
    sender.press(key=key)
    page = sender.open(_at(sender, f"case/{act}"))
    names = [one for one in page.read.names if one.startswith("part-")]
    page = sender.press("language", "km", typed=dict.fromkeys(names, "planted-7f3a"))
    assert page.status == 200
    assert page.form.action == f"/km/f/case/{ACT_PAGES[act]}"
    assert "planted-7f3a" not in "".join((page.read.title, page.address, *page.links))
    docket = desk.application.reading.docket(number)
    assert len(desk.application.dockets.acts(docket.id)) == 1


@pytest.mark.parametrize("write", ["keep", "drop"])
def test_a_report_that_is_on_record_is_said_to_be_where_the_disk_then_refuses(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, write: str
) -> None:
    sender = desk.sender()
    quick(sender)
    sender.open("/en/f/8")
    sender.press("more", files={"file": ("a.txt", b"A list of days.")})
    sender.open("/en/f/12")

    def refuse(*_: object, **__: object) -> None:
        raise StorageFailed("the disk is full", reason="disk-full")

    with monkeypatch.context() as broken:
        broken.setattr(type(desk.application.kept_forms.store), write, refuse)
        page = sender.press()
    assert page.status == 200
    number, key = number_of(sender), key_of(sender)
    assert desk.application.return_keys.docket(typed_return_key(key)).number == number
    sender.open("/en/f/12")
    if write == "keep":
        sender.press()
    assert number_of(sender) == number
    desk.logged.clear()


def test_what_was_changed_after_it_was_lodged_and_not_told_so_leads_to_its_number_and_key(
    desk: Desk,
) -> None:
    sender = desk.sender()
    quick(sender)
    kept = desk.application.kept_forms.read(sender.cookies["f"])
    assert kept is not None
    sender.press()
    number, key = number_of(sender), key_of(sender)
    # The machine stopped between the ledger and the form.
    desk.application.kept_forms.save(sender.cookies["f"], kept)
    sender.open("/en/f/4")
    sender.press(typed={"allegations/1/what": "Other words."})
    page = sender.press()
    assert page.status == 503
    told = Catalogue("en").say("form.sent-before-changed", number=number, key=key)
    assert told in page.text
    assert Catalogue("en").say("form.not-received") not in page.text
    assert "Other words." in page.text
    assert desk.application.return_keys.docket(typed_return_key(key)).number == number


def test_saving_copies_keeps_no_page_waiting(desk: Desk) -> None:
    """To seal one takes long: it is bounded as posts are, which leave room for pages."""
    sender = desk.sender()
    quick(sender)
    sender.open("/en/f/17")
    sender.press()
    held = [desk.site._bodies.acquire(blocking=False) for _ in range(BODIES)]  # noqa: SLF001 - slow posts, without waiting for them
    try:
        assert all(held)
        assert sender.ask("/en/f/17/save.dat").status == 503
        assert sender.ask("/en/f/17").status == 200
    finally:
        desk.site._bodies.release(BODIES)  # noqa: SLF001 - as above
    assert sender.ask("/en/f/17/save.dat").status == 200
    desk.logged.clear()


def sent_elsewhere(desk: Desk) -> tuple[str, str]:
    other = desk.sender()
    quick(other)
    other.press()
    return number_of(other), key_of(other)


def test_another_language_does_not_take_the_key_away(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    sender.press()
    key = key_of(sender)
    sender.open("/en/f/14")
    sender.press("language", "km", group=key.split()[2])
    assert key in sender.open("/en/f/13").text


def test_a_number_of_thousands_of_digits_is_no_fault_of_ours(desk: Desk) -> None:
    _, key = sent_elsewhere(desk)
    sender = desk.sender()
    sender.open(_at(sender, "return"))
    sender.press(key=key)
    for name in ("read", "copy", "receipt"):
        assert sender.ask(f"/en/f/case/{name}/{'9' * 5000}").status in {303, 404}
    assert not desk.logged
