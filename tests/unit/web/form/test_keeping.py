"""Nothing typed is lost, nothing is sent twice, and nothing private is left behind."""

from io import BytesIO
from threading import Event, Thread
from typing import Any

import pytest

from answerable.casework.kept_forms import KEPT_DAYS
from answerable.casework.ports import StorageFailed
from answerable.core.return_key import typed_return_key
from answerable.locale.catalogue import LANGUAGES
from answerable.web.site import BODIES
from tests.support.senders import Page, Sender, encoded
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known, number_of, quick


def again(sender: Sender, address: str, posted: dict[str, Any]) -> Page:
    posted["wsgi.input"] = BytesIO(posted["wsgi.input"].getvalue())
    return sender.ask(address, "POST", **posted)


def test_each_post_may_be_cut_off_and_repeated_and_one_case_comes_of_it(desk: Desk) -> None:
    """Every post of the journey is sent twice, as a browser does whose answer never came."""
    before = len(list(desk.application.dockets.dockets(_case_kind())))
    sender = desk.sender()
    sender.open(_at(sender, "1"))
    steps: list[tuple[str, dict[str, Any]]] = [
        ("2", {"level": "1", "readers": ("secretariat",)}),
        ("4", {"allegations_1_what": WHAT}),
        ("12", {}),
    ]
    address, posted = sender.filled()
    again(sender, address, posted)
    again(sender, address, posted)
    for page, typed in steps:
        sender.open(_at(sender, page))
        address, posted = sender.filled(**typed)
        again(sender, address, posted)
        assert again(sender, address, posted).status == 303
    sender.open(_at(sender, "13"))
    number, key = number_of(sender), key_of(sender)
    assert desk.application.return_keys.docket(typed_return_key(key)).number == number
    assert len(list(desk.application.dockets.dockets(_case_kind()))) == before + 1


def _case_kind() -> Any:
    from answerable.core.docket import Kind  # noqa: PLC0415 - used here alone

    return Kind.CASE


def test_two_posts_at_once_show_one_number_and_one_key(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    token = sender.cookies["f"]
    kept = desk.application.kept_forms.read(token)
    assert kept is not None
    address, posted = sender.filled()
    again(sender, address, posted)
    first = sender.open(_at(sender, "13"))
    # The second post began before the first was done: it had the draft as it was.
    desk.application.kept_forms.save(token, kept)
    again(sender, address, posted)
    second = sender.open(_at(sender, "13"))
    assert number_of(sender) in first.text
    assert key_of(sender) in first.text
    assert second.status == 200


@pytest.mark.parametrize("rest", ["4", "5/1", "8", "12", "15/1", "16/1", "17", "18"])
def test_a_line_that_is_lost_amid_a_post_changes_nothing(desk: Desk, rest: str) -> None:
    sender = desk.sender()
    quick(sender)
    before = desk.application.kept_forms.read(sender.cookies["f"])
    sender.open(_at(sender, rest))
    address, posted = sender.filled()
    whole = posted["wsgi.input"].getvalue()
    for length in (0, len(whole) // 2, len(whole) - 1):
        posted["wsgi.input"] = BytesIO(whole[:length])
        assert again(sender, address, posted).status == 403
    assert desk.application.kept_forms.read(sender.cookies["f"]) == before


@pytest.mark.parametrize("leaves", [False, True])
def test_what_two_tabs_post_at_once_is_both_kept_and_leaving_comes_after_all(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, *, leaves: bool
) -> None:
    sender = desk.sender()
    known(sender)
    token = sender.cookies["f"]
    looks, goes_on = Event(), Event()
    look = type(desk.application.hidden_data).look

    def slow(self: Any, data: bytes) -> Any:
        looks.set()
        goes_on.wait(10)
        return look(self, data)

    monkeypatch.setattr(type(desk.application.hidden_data), "look", slow)
    sender.open(_at(sender, "8"))
    upload = sender.filled(files={"file": ("a.txt", b"A list of days.")})
    sender.open(_at(sender, "4"))
    text = sender.filled(allegations_1_what=WHAT)
    exits = ("/exit", {"HTTP_SEC_FETCH_SITE": "same-origin"})
    tabs = [
        Thread(target=sender.ask, args=(address, "POST"), kwargs=posted)
        for address, posted in (upload, exits if leaves else text)
    ]
    tabs[0].start()
    assert looks.wait(10)
    tabs[1].start()
    tabs[1].join(0.3)
    goes_on.set()
    for tab in tabs:
        tab.join(10)
    if leaves:
        assert desk.application.kept_forms.read(token) is None
    else:
        assert WHAT in sender.open("/en/f/4").text
        assert "file-1" in sender.open("/en/f/8").text


def test_a_ledger_that_is_down_keeps_the_text_and_the_next_try_gives_one_case(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = desk.sender()
    quick(sender)
    with monkeypatch.context() as broken:

        def refuse(_: object) -> None:
            raise StorageFailed("the disk is full")

        broken.setattr(type(desk.application.ledger), "append", lambda _, units: refuse(units))
        page = sender.press()
    assert page.status == 503
    assert "Not received" in page.text
    assert WHAT in page.text
    sender.press()
    assert number_of(sender)
    desk.logged.clear()


def test_leaving_forgets_the_draft_here_and_in_the_browser(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    token = sender.cookies["f"]
    page = sender.ask("/exit", "POST", HTTP_SEC_FETCH_SITE="same-origin")
    assert page.status == 303
    assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert WHAT not in page.text
    assert not sender.cookies
    assert desk.application.kept_forms.read(token) is None
    left = ("2", "3", "4", "5/1", "8", "12", "13", "14", "case", "13/copy", "13/calendar")
    for rest in (*left, "15/1", "16/1", "17", "17/save.dat", "18", "case/calendar"):
        seen = sender.open(f"/en/f/{rest}")
        assert WHAT not in seen.text
        assert seen.headers["Cache-Control"] == "no-store"


def test_who_begins_next_in_the_same_browser_sees_nothing_of_what_was_sent(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender)
    sender.press()
    number, key = number_of(sender), key_of(sender)
    # As long as the key was not asked back, beginning again does not lose it.
    assert key in sender.open("/en/f/1").text
    sender.open("/en/f/14")
    sender.press(group=key.split()[2])
    before = sender.cookies["f"]
    assert number not in sender.open("/en/f/1").text
    known(sender)
    assert sender.page.address == "/en/f/3"
    assert sender.cookies["f"] != before
    assert desk.application.kept_forms.read(before) is None
    for rest in ("3", "12", "13", "13/copy", "13/slip", "case"):
        seen = sender.open(f"/en/f/{rest}")
        assert number not in seen.text
        assert key not in seen.text
    quick(sender)
    sender.press()
    assert number_of(sender) != number


@pytest.mark.parametrize("enctype", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_text_of_millions_of_letters_is_not_kept_and_takes_no_other_away(
    desk: Desk, enctype: str
) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "5/1"))
    sender.press(allegations_1_what=WHAT, allegations_1_title="The door.")
    sender.open(_at(sender, "5/1"))
    check = dict(sender.page.form.fields)["check"]
    fields = [("check", check), ("allegations/1/what", "x" * 5_000_000)]
    sender.ask("/en/f/5/1", "POST", **encoded(fields, enctype, {}))
    kept = desk.application.kept_forms.read(sender.cookies["f"])
    assert kept is not None
    assert len(kept) < 2_000_000
    assert b"The door." in kept


def test_a_disk_that_refuses_holds_up_nobody_who_leaves(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sender = desk.sender()
    quick(sender)

    def refuse(_: object, __: str) -> None:
        raise StorageFailed("the disk refused")

    monkeypatch.setattr(type(desk.application.kept_forms), "leave", refuse)
    page = sender.ask("/exit", "POST", HTTP_SEC_FETCH_SITE="same-origin")
    assert page.status == 303
    assert "Clear-Site-Data" in page.headers
    assert not sender.cookies


@pytest.mark.parametrize(
    ("method", "site"), [("POST", "cross-site"), ("GET", "cross-site"), ("GET", ""), ("HEAD", "")]
)
def test_another_site_cannot_make_anyone_leave(desk: Desk, method: str, site: str) -> None:
    sender = desk.sender()
    quick(sender)
    token = sender.cookies["f"]
    page = sender.ask("/exit", method, HTTP_SEC_FETCH_SITE=site)
    assert page.status == 303
    assert "Clear-Site-Data" not in page.headers
    assert sender.cookies["f"] == token
    assert desk.application.kept_forms.read(token) is not None


def test_a_page_whose_days_are_over_loses_nothing_that_was_typed_on_it(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "4"))
    address, posted = sender.filled(allegations_1_what=WHAT)
    sender.cookies.clear()
    page = sender.ask(address, "POST", **posted)
    assert page.status == 200
    assert "kept" in page.text
    assert sender.cookies
    assert WHAT in sender.open("/en/f/4").text
    assert str(KEPT_DAYS) in sender.open("/en/f/1").text


def test_a_post_of_another_site_or_of_another_form_takes_nothing(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "4"))
    address, posted = sender.filled(allegations_1_what=WHAT)
    posted["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert sender.ask(address, "POST", **posted).status == 403
    other = desk.sender()
    known(other)
    posted["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert again(other, address, posted).status == 403
    assert WHAT not in other.open("/en/f/4").text


def test_a_server_in_front_that_speaks_https_has_the_cookie_bound_to_it(desk: Desk) -> None:
    sender = desk.sender()
    sender.open("/en/f/1")
    address, posted = sender.filled()
    page = sender.ask(address, "POST", **posted, HTTP_X_FORWARDED_PROTO="https")
    assert "; Secure" in page.headers["Set-Cookie"]
    assert page.headers["Set-Cookie"].startswith("__Host-f=")


def test_no_page_of_the_form_is_kept_by_anyone_or_names_what_is_in_it(desk: Desk) -> None:
    sender = desk.sender("km", https=True)
    quick(sender)
    first = ("", "/1", "/2", "/3", "/4", "/5/1", "/8", "/9", "/12", "/return", "/offline")
    for rest in (*first, "/15/1", "/16/1", "/17", "/18"):
        page = sender.open(f"/km/f{rest}")
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["X-Robots-Tag"].startswith("noindex")
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "form-action 'self'" in page.headers["Content-Security-Policy"]
        assert WHAT not in page.read.title
        assert all(WHAT not in link for link in page.links)
    (name,) = sender.cookies
    assert name == "__Host-f"


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_language_keeps_the_page_and_what_was_typed(desk: Desk, language: str) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "5/1"))
    page = sender.press("language", language, allegations_1_what=WHAT)
    assert page.address == f"/{language}/f/5/1"
    assert WHAT in page.text


def test_another_language_sends_nothing(desk: Desk) -> None:
    before = len(list(desk.application.dockets.dockets(_case_kind())))
    sender = desk.sender()
    quick(sender)
    page = sender.press("language", "km")
    assert page.address == "/km/f/12"
    assert len(list(desk.application.dockets.dockets(_case_kind()))) == before


def test_what_cannot_be_read_is_told_at_its_field_and_kept(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    sender.open(_at(sender, "5/1"))
    page = sender.press(allegations_1_what=WHAT, allegations_1_title="x" * 300)
    assert page.status == 422
    assert page.read.title.startswith("Error:")
    assert 'href="#q-title"' in page.text
    assert WHAT in page.text
    assert "x" * 300 in page.text


def test_a_date_in_words_is_taken_and_one_in_digits_is_said_back(desk: Desk) -> None:
    sender = desk.sender()
    quick(sender, allegations_1_date="១២/៥/២៦")
    assert "Tuesday 12 May 2026" in sender.page.text
    sender.open(_at(sender, "4"))
    sender.press(allegations_1_date="after the last harvest")
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    (act,) = desk.application.dockets.acts(docket.id)
    said = {one.path: one.value for one in desk.application.reading.content(act)}
    assert said["allegations/1/date"] == {
        "first": None,
        "kind": "words",
        "last": None,
        "read-as": [],
        "typed": ["after the last harvest"],
    }


def test_nothing_is_chosen_beforehand_and_the_sealed_level_cannot_be_chosen(desk: Desk) -> None:
    sender = desk.sender()
    sender.open(_at(sender, "1"))
    sender.press()
    assert "checked" not in sender.page.text
    page = sender.press(level="4", readers=("secretariat",))
    assert page.status == 422
    page = sender.press(level="3", readers=("monitor",))
    assert page.status == 422


def test_what_a_sender_hides_from_a_reader_that_reader_is_not_shown(desk: Desk) -> None:
    sender = desk.sender()
    known(sender, readers=("secretariat", "public"))
    sender.open(_at(sender, "4"))
    sender.press(allegations_1_what=WHAT, speaker_contact="by the planted market")
    sender.press()
    docket = desk.application.return_keys.docket(typed_return_key(key_of(sender)))
    (act,) = desk.application.dockets.acts(docket.id)
    read = {one.path: one.readers for one in desk.application.reading.content(act)}
    assert "public" in read["allegations/1/what"]
    assert "public" not in read["speaker/contact"]


@pytest.mark.parametrize("rest", ["0", "99", "5/0", "5/101", "5/x", "13/x", "x", "case/submitted"])
def test_addresses_that_nothing_is_at_are_told_so(desk: Desk, rest: str) -> None:
    sender = desk.sender()
    quick(sender)
    sender.press()
    key = key_of(sender)
    sender.open("/en/f/return")
    sender.press(key=key)
    assert sender.ask(f"/en/f/{rest}").status in {303, 404}


def test_posts_that_never_end_leave_room_for_pages_and_are_told_to_the_next(desk: Desk) -> None:
    sender = desk.sender()
    known(sender)
    sender.open("/en/f/4")
    address, posted = sender.filled(allegations_1_what=WHAT)
    held = [desk.site._bodies.acquire(blocking=False) for _ in range(BODIES)]  # noqa: SLF001 - slow posts, without waiting for them
    try:
        page = again(sender, address, posted)
        assert page.status == 503
        assert "too many people" in page.text
        assert sender.ask("/en/f/4").status == 200
        assert all([*held, sender.ask("/en").status == 200])
    finally:
        for _ in held:
            desk.site._bodies.release()  # noqa: SLF001 - as above
    assert again(sender, address, posted).status == 303
    desk.logged.clear()
