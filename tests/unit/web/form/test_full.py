"""Where there is no room: it is said what to do, and what was typed stands on the page."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from threading import Lock
from time import sleep

import pytest

from answerable.casework import form_room, return_keys
from answerable.casework.form_room import FLOOR, FormRoom
from answerable.casework.ports import StorageFailed
from answerable.casework.return_keys import at_once
from answerable.core.return_key import return_key, typed_return_key
from answerable.locale.catalogue import LANGUAGES
from answerable.web.rendering import catalogue_of
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known, number_of, quick
from tests.unit.web.form.test_returning import back, sent
from tests.unit.web.form.test_uploads import exhibits_of

Fill = Callable[[], None]


@pytest.fixture
def fill(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Fill:
    """Return what leaves no room for anything more."""
    assert desk.folder.exists()
    return lambda: monkeypatch.setattr(FormRoom, "half", property(lambda _: 0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_cannot_begin_is_told_and_nothing_is_kept_or_worked_out(
    desk: Desk, fill: Fill, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    fill()
    monkeypatch.setattr(return_keys, "digest_of", _never)
    sender = desk.sender(language)
    sender.open(_at(sender, "1"))
    kept = desk.application.kept_forms.store.count(0)
    page = sender.press()
    assert page.status == 503
    assert int(page.headers["Retry-After"]) > 0
    assert catalogue_of(language).explain("forms-full", {}).do in unescape(page.text)
    assert page.read.title.startswith(catalogue_of(language).say("form.error"))
    assert not sender.cookies
    assert desk.application.kept_forms.store.count(0) == kept


def _never(*_: object) -> bytes:
    raise AssertionError("it was worked out")


def test_what_was_typed_on_a_page_whose_draft_is_gone_stands_on_the_page(
    desk: Desk, fill: Fill
) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "4"))
    address, posted = sender.filled(allegations_1_what=WHAT)
    sender.cookies.clear()
    fill()
    page = sender.ask(address, "POST", **posted)
    assert page.status == 503
    assert WHAT in page.text
    assert not sender.cookies


def test_who_has_begun_writes_on_and_sends(desk: Desk, fill: Fill) -> None:
    sender = desk.sender()
    known(sender)
    fill()
    sender.open(_at(sender, "5/1"))
    assert sender.press(allegations_1_what=WHAT, allegations_1_title="The door").status == 200
    sender.open(_at(sender, "12"))
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    assert docket.number == number_of(sender)


def test_a_text_without_room_stands_on_its_page_and_a_shorter_one_is_kept(
    desk: Desk, fill: Fill
) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "5/1"))
    sender.press(allegations_1_what=WHAT)
    fill()
    sender.open(_at(sender, "5/1"))
    saved = desk.application.kept_forms.read(sender.cookies["f"])
    long = "word " * (FLOOR // 5)
    page = sender.press(allegations_1_what=long)
    assert page.status == 413
    assert "32 KB" in page.text
    assert long[:-1] in page.text
    assert desk.application.kept_forms.read(sender.cookies["f"]) == saved
    assert sender.press(allegations_1_what="A short one.").status == 200
    assert "A short one." in sender.open("/en/f/5/1").text


def test_a_file_without_room_is_refused_and_the_report_is_sent_without_it(
    desk: Desk, fill: Fill
) -> None:
    sender = desk.sender()
    quick(sender)
    fill()
    sender.open(_at(sender, "8"))
    page = sender.press("more", files={"file": ("list.txt", b"A list of days.")})
    assert page.status == 503
    assert "list.txt" in page.text
    assert "with the return key" in page.text
    assert WHAT in sender.open("/en/f/12").text
    sender.press()
    assert number_of(sender)


def test_who_is_back_opens_the_case_and_acts_in_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, key = sent(desk)
    used = desk.application.kept_forms.store.taken().others_text
    # All that is left is the part for those who come back.
    monkeypatch.setattr(FormRoom, "half", property(lambda _: used + used // 8 + FLOOR))
    other = desk.sender()
    other.open(_at(other, "1"))
    assert other.press().status == 503
    sender = back(desk, key)
    assert sender.page.status == 200
    assert WHAT in sender.page.text


def test_who_is_back_goes_on_with_a_draft_also_where_no_file_finds_room(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender, key = _with_a_file(desk)
    monkeypatch.setattr(form_room, "FILE_SHARES", 2**40)
    sender.open(_at(sender, "return"))
    assert sender.press(key=key).status == 200
    assert exhibits_of(desk, sender) == [b"A list of days."]


def test_who_is_back_is_not_parted_from_a_draft_whose_files_a_disk_refuses(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender, key = _with_a_file(desk)
    before, forms = sender.cookies["f"], desk.application.kept_forms

    def refuse(*_: object, **__: object) -> None:
        raise StorageFailed("the disk is full", reason="disk-full")

    sender.open(_at(sender, "return"))
    with monkeypatch.context() as broken:
        broken.setattr(type(forms.store), "share", refuse)
        assert sender.press(key=key).status == 503
    desk.logged.clear()
    assert forms.file(before, "file-1") == b"A list of days."
    assert sender.ask("/en/f/case").status == 200
    assert forms.read(before) is None
    assert exhibits_of(desk, sender) == [b"A list of days."]


def _with_a_file(desk: Desk) -> tuple[Sender, str]:
    """Return who sent one report and writes at another, with a file; and the key of the first."""
    _, key = sent(desk)
    sender = desk.sender()
    quick(sender)
    sender.open(_at(sender, "8"))
    sender.press("more", files={"file": ("a.txt", b"A list of days.")})
    return sender, key


def test_a_disk_that_refuses_a_page_leaves_what_was_typed_on_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "4"))

    def refuse(*_: object, **__: object) -> None:
        raise StorageFailed("the disk is full", reason="disk-full")

    with monkeypatch.context() as broken:
        broken.setattr(type(desk.application.kept_forms.store), "keep", refuse)
        page = sender.press(allegations_1_what=WHAT)
    assert page.status == 503
    assert WHAT in page.text
    assert sender.press(allegations_1_what=WHAT).status == 200
    assert WHAT in sender.open("/en/f/4").text


def test_a_page_with_more_than_is_read_at_once_says_so(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "5/1"))
    address, posted = sender.filled(allegations_1_what=WHAT)
    posted["CONTENT_LENGTH"] = str(3_000_000)
    body = posted["wsgi.input"].getvalue()
    posted["wsgi.input"] = type(posted["wsgi.input"])(
        body + b"&x=" + b"x" * (3_000_000 - len(body) - 3)
    )
    page = sender.ask(address, "POST", **posted)
    assert page.status == 413
    assert catalogue_of("en").say("form.text-cut") in page.text
    assert WHAT in page.text


def test_whoever_watches_the_server_sees_whether_a_report_can_be_begun(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> str:
        page = desk.sender().ask("/healthz")
        assert page.status == 200
        return page.text.splitlines()[-1]

    def refuse(_: object) -> None:
        raise StorageFailed("the disk refused")

    assert told() == "form open"
    with monkeypatch.context() as full:
        full.setattr(FormRoom, "half", property(lambda _: 0))
        assert told() == "form full"
    with monkeypatch.context() as broken:
        broken.setattr(type(desk.application.kept_forms.store), "taken", refuse)
        assert told() == "form failed"


def test_a_few_keys_are_tried_at_once_and_nobody_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock, now, most = Lock(), [0], [0]

    def slow(*_: object) -> bytes:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        sleep(0.02)
        with lock:
            now[0] -= 1
        return bytes(32)

    monkeypatch.setattr(return_keys, "digest_of", slow)
    sender = desk.sender()
    sender.open(_at(sender, "return"))

    def tried(number: int) -> int:
        address, posted = sender.filled(key=return_key(bytes([number] * 32)).text)
        return sender.ask(address, "POST", **posted).status

    with ThreadPoolExecutor(9) as threads:
        assert set(threads.map(tried, range(27))) == {422}
    assert most[0] == at_once(os.cpu_count() or 1)
