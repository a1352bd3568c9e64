"""A page of another site does nothing here, also in browsers that say little of where they are."""

from typing import Any

import pytest

from answerable.casework.kept_forms import KEPT_DAYS
from answerable.web.site import Site
from tests.support.senders import Page, Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_keeping import again
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, known, quick
from tests.unit.web.form.test_returning import sent

HOST = "report.example"
OLD = {"HTTP_SEC_FETCH_SITE": "", "HTTP_HOST": HOST}
"""A browser that does not say where a request began (none does without TLS)."""

OURS = [
    pytest.param({"HTTP_ORIGIN": f"https://{HOST}"}, id="origin"),
    pytest.param({"HTTP_ORIGIN": f"https://{HOST.upper()}"}, id="origin in capitals"),
    pytest.param({"HTTP_REFERER": f"https://{HOST}/en/f/1"}, id="referer"),
]
FOREIGN = [
    pytest.param({"HTTP_SEC_FETCH_SITE": "cross-site"}, id="it says so"),
    pytest.param({"HTTP_SEC_FETCH_SITE": "same-site"}, id="a neighbour"),
    pytest.param(
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": f"https://{HOST}"}, id="both"
    ),
    pytest.param({"HTTP_ORIGIN": "https://elsewhere.example"}, id="another origin"),
    pytest.param({"HTTP_ORIGIN": f"https://{HOST}.elsewhere.example"}, id="an origin like ours"),
    pytest.param({"HTTP_ORIGIN": f"https://{HOST}@elsewhere.example"}, id="an origin with a name"),
    pytest.param({"HTTP_ORIGIN": "null"}, id="an origin withheld"),
    pytest.param({"HTTP_ORIGIN": "null", "HTTP_REFERER": f"https://{HOST}/"}, id="one withheld"),
    pytest.param({"HTTP_ORIGIN": "https://[elsewhere"}, id="no address"),
    pytest.param({"HTTP_REFERER": "https://elsewhere.example/"}, id="another page"),
    pytest.param({}, id="nothing said"),
]


class Older(Sender):
    """A browser that never says ``Sec-Fetch-Site``."""

    def __init__(self, site: Site) -> None:
        self.says: dict[str, str] = {}
        super().__init__(site, https=True)

    def ask(self, address: str, method: str = "GET", **more: Any) -> Page:
        return super().ask(address, method, **{**more, **OLD, **self.says})


@pytest.fixture
def older(desk: Desk) -> Older:
    return Older(desk.site)


@pytest.mark.parametrize("says", FOREIGN)
def test_another_site_begins_nothing_and_replaces_no_cookie(
    desk: Desk, says: dict[str, str]
) -> None:
    sender = desk.sender(https=True)
    quick(sender)
    before = dict(sender.cookies)
    sender.open("/en/f/1")
    address, posted = sender.filled()
    # The browser sends no cookie along (SameSite), and would take the one of the answer.
    page = sender.ask(address, "POST", **{**posted, **OLD, "HTTP_COOKIE": "", **says})
    assert page.status == 403
    assert "Set-Cookie" not in page.headers
    assert sender.cookies == before
    assert WHAT in sender.open("/en/f/12").text


@pytest.mark.parametrize("says", FOREIGN)
def test_another_site_opens_no_case_of_its_own_in_somebody_elses_browser(
    desk: Desk, says: dict[str, str]
) -> None:
    _, key = sent(desk)
    sender = desk.sender(https=True)
    sender.open("/en/f/return")
    address, posted = sender.filled(key=key)
    page = sender.ask(address, "POST", **{**posted, **OLD, **says})
    assert page.status == 403
    assert not sender.cookies


@pytest.mark.parametrize("says", FOREIGN)
def test_another_site_makes_nobody_leave(desk: Desk, says: dict[str, str]) -> None:
    sender = desk.sender(https=True)
    quick(sender)
    token = sender.cookies["__Host-f"]
    page = sender.ask("/exit", "POST", **{**OLD, **says})
    assert page.status == 303
    assert "Clear-Site-Data" not in page.headers
    assert sender.cookies["__Host-f"] == token
    assert desk.application.kept_forms.read(token) is not None


@pytest.mark.parametrize("says", FOREIGN[:-1])
def test_another_site_that_knows_the_check_sends_nothing(desk: Desk, says: dict[str, str]) -> None:
    sender = desk.sender(https=True)
    quick(sender)
    address, posted = sender.filled()
    assert sender.ask(address, "POST", **{**posted, **OLD, **says}).status == 403
    assert again(sender, address, posted).status == 303


@pytest.mark.parametrize("says", [*OURS, pytest.param({}, id="nothing at all")])
def test_a_browser_that_says_little_goes_the_whole_way(
    desk: Desk, older: Older, says: dict[str, str]
) -> None:
    older.says = says
    quick(older)
    older.press()
    key = key_of(older)
    older.open("/en/f/return")
    assert older.press(key=key).address == "/en/f/case"
    token = older.cookies["__Host-f"]
    check = dict(older.page.form.fields).get("check", "")
    leave = older.page.text.partition('action="/exit"')[2].partition('value="')[2].partition('"')[0]
    assert check in {"", leave}
    page = older.ask(
        "/exit",
        "POST",
        **sent_of({"check": leave}),
    )
    assert page.status == 303
    assert "Clear-Site-Data" in page.headers
    assert not older.cookies
    assert desk.application.kept_forms.read(token) is None


def sent_of(fields: dict[str, str]) -> dict[str, Any]:
    from tests.support.senders import encoded  # noqa: PLC0415 - used here alone

    return encoded(list(fields.items()), "application/x-www-form-urlencoded", {})


def test_looking_keeps_nothing_and_gives_a_cookie_only_to_who_says_nothing(
    desk: Desk, older: Older
) -> None:
    kept = desk.application.kept_forms.store.count(0)
    for rest in ("1", "return"):
        sender = desk.sender(https=True)
        sender.open(f"/en/f/{rest}")
        assert not sender.cookies
        older.cookies.clear()
        page = older.open(f"/en/f/{rest}")
        assert page.headers["Set-Cookie"].startswith("__Host-f=")
        assert "Set-Cookie" not in older.open(f"/en/f/{rest}").headers
    assert desk.application.kept_forms.store.count(0) == kept


def test_what_was_typed_when_the_days_were_over_is_kept_in_an_older_browser(
    desk: Desk, older: Older
) -> None:
    known(older)
    older.open(_at(older, "4"))
    desk.application.kept_forms.leave(older.cookies["__Host-f"])
    older.press(allegations_1_what=WHAT)
    assert WHAT in older.open("/en/f/4").text
    assert str(KEPT_DAYS) in older.open("/en/f/1").text


def test_a_post_without_a_cookie_is_taken_from_nobody_but_a_page_of_ours(older: Older) -> None:
    known(older)
    older.open(_at(older, "4"))
    address, posted = older.filled(allegations_1_what=WHAT)
    older.cookies.clear()
    page = older.ask(address, "POST", **posted)
    assert page.status == 403
    assert WHAT in page.text
