"""A locked copy of what was typed: saved, lost sight of, and put back; and hostile ones."""

import json
import re
from typing import Any

import pytest

from answerable.casework.ports import StorageFailed
from answerable.core.copy_key import CopyKey, copy_key, typed_copy_key
from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES
from answerable.web.form.copies import FORMAT
from tests.support.senders import Page, Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known, quick

KEY = copy_key(bytes(31) + b"\x2a")


def saved(sender: Sender) -> tuple[Page, CopyKey]:
    """Take a copy along, and return it with its key."""
    sender.open(_at(sender, "17"))
    page = sender.press()
    key = typed_copy_key(key_of(sender))
    copy = sender.ask(_at(sender, "17/save.dat"))
    assert copy.status == 200
    assert page.status == 200
    return copy, key


def put_back(sender: Sender, data: bytes, key: str, **more: str) -> Page:
    sender.open(_at(sender, "18"))
    return sender.press(files=[("copy", "save.dat", data)], typed={"key": key, **more})


def made(desk: Desk, value: Any) -> bytes:
    """Return a copy that somebody made with a program of their own."""
    plain = value if isinstance(value, bytes) else json.dumps(value).encode()
    return desk.application.form_copies.sealed(KEY, plain)


def answers_of(desk: Desk, sender: Sender) -> Any:
    kept = desk.application.kept_forms.read(sender.cookies["f"])
    assert kept is not None
    return json.loads(kept)["draft"]["answers"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_copy_is_put_back_on_another_day_and_sent(desk: Desk, language: str) -> None:
    sender = desk.sender(language)
    quick(sender)
    sender.open(_at(sender, "5/2"))
    sender.press(typed={"allegations/2/what": "The second thing."})
    before = answers_of(desk, sender)
    copy, key = saved(sender)
    sender.open("/exit", "POST", HTTP_SEC_FETCH_SITE="same-origin")
    other = desk.sender(language)
    other.open(_at(other, "1"))
    other.press()
    page = put_back(other, copy.body, " ".join(key.groups))
    assert page.address == f"/{language}/f/3"
    assert answers_of(desk, other) == before
    other.open(_at(other, "12"))
    assert "The second thing." in other.page.text
    other.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(other)))
    assert docket.facts["allegations"] == 2
    assert not desk.logged


@pytest.mark.parametrize(
    ("given", "taken"), [(["no"], ["no"]), (["yes"], ["yes"]), (["unknown"], None), (["x"], None)]
)
def test_a_copy_holds_what_the_return_key_is_to_show(
    desk: Desk, given: list[str], taken: list[str] | None
) -> None:
    sender = desk.sender()
    sender.open("/en/f/1")
    sender.press()
    data = made(desk, {"answers": {"return-shows": given, "level": ["1"]}, "format": FORMAT})
    put_back(sender, data, KEY.digits)
    assert answers_of(desk, sender).get("return-shows") == taken


def test_nothing_of_a_copy_tells_what_it_is_of(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    copy, key = saved(sender)
    assert copy.headers["Content-Disposition"] == 'attachment; filename="save.dat"'
    assert copy.headers["Cache-Control"] == "no-store"
    assert copy.headers["Content-Type"] == "application/octet-stream"
    for planted in (WHAT.encode(), b"allegation", key.digits.encode(), desk.host.title.encode()):
        assert planted not in copy.body
    kept = json.loads(desk.application.kept_forms.read(sender.cookies["f"]) or b"")
    plain = desk.application.form_copies.opened(key, copy.body)
    assert kept["draft"]["key"].encode() not in plain
    assert kept["draft"]["request"].encode() not in plain
    assert WHAT.encode() in plain


def test_a_key_is_made_once_and_goes_with_what_was_typed(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    sender.open(_at(sender, "17"))
    assert sender.ask("/en/f/17/save.dat").status == 404
    address, posted = sender.filled()
    for _ in range(2):
        assert again(sender, address, posted).status == 303
    sender.open("/en/f/17")
    key = key_of(sender)
    assert saved(sender)[1] == typed_copy_key(key)
    sender.open("/en/f/12")
    sender.press()
    kept = desk.application.kept_forms.read(sender.cookies["f"])
    assert kept is not None
    assert key.replace(" ", "").encode() not in kept
    assert sender.ask("/en/f/17").status == 303
    assert sender.ask("/en/f/17/save.dat").status == 404


def test_what_is_in_the_form_is_replaced_only_where_its_writer_says_so(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    copy, key = saved(sender)
    sender.open("/en/f/4")
    sender.press(typed={"allegations/1/what": "Other words."})
    page = put_back(sender, copy.body, key.digits)
    assert page.status == 422
    assert 'href="#replace"' in page.text
    assert key.digits in page.text
    assert answers_of(desk, sender)["allegations/1/what"] == ["Other words."]
    sender.open("/en/f/18")
    address, posted = sender.filled(
        files=[("copy", "a", copy.body)], typed={"key": key.digits, "replace": "yes"}
    )
    for _ in range(2):
        assert again(sender, address, posted).status == 303
    assert answers_of(desk, sender)["allegations/1/what"] == [WHAT]
    # It is there: the same post once more, without the tick, changes nothing and asks nothing.
    assert put_back(sender, copy.body, key.digits).address == "/en/f/3"


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("", "no copy key"),
        ("12345", "no copy key"),
        (KEY.digits[:-1] + "0", "group 5"),
        (copy_key(bytes(32)).digits, "does not open"),
    ],
)
def test_a_key_that_does_not_fit_is_told_and_kept_on_the_page(
    desk: Desk, key: str, words: str
) -> None:
    sender = desk.sender()
    known(sender)
    page = put_back(sender, made(desk, {"answers": {}, "format": FORMAT}), key)
    assert page.status == 422
    assert words in page.text
    assert ("key", key) in page.form.fields
    assert page.read.title.startswith("Error:")


def test_a_return_key_is_told_from_a_copy_key_on_both_pages(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    copy, key = saved(sender)
    sender.open("/en/f/12")
    sender.press()
    returns = key_of(sender)
    sender.open("/en/f/return")
    assert "key of the other kind" in sender.press(key=key.digits).text
    other = desk.sender()
    known(other)
    assert "key of the other kind" in put_back(other, copy.body, returns).text


HOSTILE: list[Any] = [
    {"format": FORMAT, "answers": {"allegations/1/what": 5, "level": [["1"]], "x": ["y"]}},
    {"format": FORMAT, "answers": {"level": ["4"], "readers": ["key:00", "public", "root"]}},
    {"format": FORMAT, "answers": {f"allegations/{n}/what": ["x"] for n in range(1, 400)}},
    {"format": FORMAT, "answers": {"allegations/០/what": ["x"], "allegations/-1/what": ["x"]}},
    {"format": FORMAT, "answers": {"allegations/7/place/village-code": ["KH-17020101"]}},
    {"format": FORMAT, "answers": {"allegations/7/place/village-code": ["<script>"]}},
    {"format": FORMAT, "answers": {"allegations/{n}/what": ["x"], "{n}/{m}": ["x"]}},
    {"format": FORMAT, "answers": {"exhibits/1/file": ["../../etc/passwd"], "number": ["XF"]}},
    {"format": FORMAT, "answers": {"concerns/1/what": ["\u202e\x00<script>alert(1)</script>"]}},
    {"format": FORMAT, "answers": []},
    {"format": "other", "answers": {}},
    [],
    b"\xff\xfe not json",
    b"[" * 100_000,
]


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_of_a_copy_that_somebody_made_only_what_a_form_could_hold_is_taken(
    desk: Desk, value: Any
) -> None:
    sender = desk.sender()
    known(sender)
    put_back(sender, made(desk, value), KEY.digits)
    assert sender.page.status in {200, 422}
    answers = answers_of(desk, sender)
    assert answers.get("level", ["1"]) == ["1"]
    allowed = r"(allegations|concerns|requests)/([1-9]|[1-9]\d|100)/[a-z/-]+|level|readers"
    assert all(re.fullmatch(allowed, path) for path in answers)
    for rest in ("3", "12", "5/1", "15/1", "6/1"):
        page = sender.open(f"/en/f/{rest}")
        assert page.status == 200
        assert "<script>" not in page.text
    assert not desk.logged


def test_no_file_or_one_that_is_none_is_told_and_the_form_is_as_it_was(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    before = answers_of(desk, sender)
    sender.open("/en/f/18")
    assert sender.press(typed={"key": KEY.digits, "replace": "yes"}).status == 422
    for data in (b"a photo", b"\0" * (3 * 2**20), b"answerable/form-copy/v1\n"):
        page = put_back(sender, data, KEY.digits, replace="yes")
        assert page.status == 422
        assert "no copy of a form" in page.text
    assert answers_of(desk, sender) == before


def test_the_pages_of_copies_are_small_and_nothing_is_begun_by_looking(desk: Desk) -> None:
    sender = desk.sender()
    for rest in ("17", "18", "17/save.dat"):
        assert sender.ask(f"/en/f/{rest}").status in {303, 404}
    assert not sender.cookies
    known(sender)
    for rest in ("17", "18"):
        assert sender.open(f"/en/f/{rest}").size < 12 * 1024


def test_a_key_that_could_not_be_kept_is_not_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = desk.sender()
    quick(sender)
    sender.open("/en/f/17")

    def refuse(*_: object, **__: object) -> None:
        raise StorageFailed("the disk is full", reason="disk-full")

    with monkeypatch.context() as broken:
        broken.setattr(type(desk.application.kept_forms.store), "keep", refuse)
        page = sender.press()
    assert page.status == 503
    assert "key-shown" not in page.text
    assert "/en/f/17/save.dat" not in page.links
    assert "key-shown" in sender.press().text


def test_a_copy_that_nobody_of_the_body_may_read_is_not_ready_to_be_sent(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    said = {"level": ["1"], "readers": ["monitor"], "allegations/1/what": [WHAT]}
    put_back(sender, made(desk, {"answers": said, "format": FORMAT}), KEY.digits)
    assert answers_of(desk, sender)["readers"] == ["monitor"]
    assert "/en/f/12" not in sender.open("/en/f/3").links


def test_another_language_keeps_the_copy_key_that_was_typed(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    sender.open("/en/f/18")
    page = sender.press("language", "km", key=KEY.digits)
    assert page.form.action == "/km/f/18"
    assert ("key", KEY.digits) in page.form.fields
