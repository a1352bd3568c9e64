"""The first page: by when what is answered, as the rules say and as the clocks will count."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest

from answerable.forms.shipped import ShippedProcedures
from answerable.locale.catalogue import LANGUAGES
from answerable.qr import qr_svg
from answerable.web.form.start import MODULE
from answerable.web.rendering import catalogue_of
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_own_dates import RULES
from tests.unit.web.form.test_reporting import number_of, quick

SATURDAY, HOLIDAY, MONDAY = "2026-11-14", "2026-11-03", "2026-11-16"
BEYOND_THE_CALENDAR = "2036-02-04"
LAST_DAYS_OF_IT = "2035-12-28"
XANARA = {
    "en": "Xanara (training)",
    "km": "សាណារ៉ា (សម្រាប់បណ្តុះបណ្តាល)",
    "fr": "Xanara (formation)",
}


@pytest.fixture
def ruled(tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Found a mechanism, and install the training rules with some words of them changed."""
    desks: list[Desk] = []

    def begin(*changes: tuple[str, str], **settings: object) -> Desk:
        desk = Desk(tmp_path / str(len(desks)), **settings)
        desks.append(desk)
        install(desk, *changes)
        return desk

    yield begin
    for desk in desks:
        desk.application.close()


def install(desk: Desk, *changes: tuple[str, str]) -> None:
    text = RULES.read_text()
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    rules = ShippedProcedures().read_procedure(text.encode(), "rules.yaml", None)
    assert rules.value is not None, rules.faults
    desk.application.install_rules.procedure(rules.value, text, request=uuid4())


@contextmanager
def on(desk: Desk, day: str) -> Iterator[None]:
    """Let it be noon of a day, where the mechanism is, for every rule and for the ledger."""
    ruling = desk.application.ruling
    now, noon = ruling.now, datetime.fromisoformat(f"{day}T05:00").replace(tzinfo=UTC)
    object.__setattr__(ruling, "now", lambda: int(noon.timestamp() * 1000))
    try:
        yield
    finally:
        object.__setattr__(ruling, "now", now)


def first_page(desk: Desk, language: str = "en") -> str:
    page = desk.sender(language).page.text.partition("<main")[2].partition("</main>")[0]
    return unescape(page)


def test_the_timetable_is_that_of_the_installed_rules(ruled: Callable[..., Desk]) -> None:
    desk = ruled(("    period: 5 working days\n    met-by: [acknowledged]", ACKNOWLEDGED.format(7)))
    page = first_page(desk)
    assert "Receipt acknowledged</strong> 7 working days" in page
    assert "5 working days" not in page
    newer = ('version: "2"', 'version: "3"')
    rule = ("    period: 5 working days\n    met-by: [acknowledged]", ACKNOWLEDGED.format(9))
    install(desk, newer, rule)
    page = first_page(desk)
    assert "Receipt acknowledged</strong> 9 working days" in page
    assert "7 working days" not in page


ACKNOWLEDGED = "    period: {} working days\n    met-by: [acknowledged]"


def test_a_step_without_a_period_is_told_as_one(desk: Desk) -> None:
    told = catalogue_of("en").say("page.no-period")
    assert f"First reading</strong> {told}" in first_page(desk)


def test_where_another_runs_the_server_what_begins_with_delivery_says_so(
    ruled: Callable[..., Desk],
) -> None:
    desk = ruled(host="neutral")
    from_delivery = f"(counted from: {catalogue_of('en').word('act', 'delivered')})"
    page = first_page(desk)
    assert f"First reading</strong> 2 working days {from_delivery}" in page
    with on(desk, SATURDAY):
        assert "They are counted from" not in first_page(desk)
    assert from_delivery not in first_page(ruled())


@pytest.mark.parametrize(
    ("day", "why"),
    [
        pytest.param(SATURDAY, "weekend", id="a Saturday"),
        pytest.param(HOLIDAY, "holiday: Harvest Home", id="a holiday"),
    ],
)
def test_on_a_day_off_it_is_said_that_one_can_send_and_when_the_days_begin(
    ruled: Callable[..., Desk], day: str, why: str
) -> None:
    desk = ruled()
    with on(desk, day):
        page = first_page(desk)
    today = catalogue_of("en").day(day)
    assert f"Today, {today}, is no working day here ({why})." in page
    assert "You can still send. Your receipt is issued at once." in page


@pytest.mark.parametrize(
    ("language", "called"), [("km", "បុណ្យច្រូតកាត់"), ("fr", "Fête de la moisson")]
)
def test_a_holiday_is_called_as_in_the_calendar_of_the_rules(
    ruled: Callable[..., Desk], language: str, called: str
) -> None:
    desk = ruled()
    with on(desk, HOLIDAY):
        page = first_page(desk, language).replace("\u200b", "")
    assert called in page
    assert "Harvest Home" not in page


@pytest.mark.parametrize("day", [SATURDAY, HOLIDAY, "2026-11-13"])
def test_the_dates_told_are_those_that_the_clocks_of_a_report_get(
    ruled: Callable[..., Desk], day: str
) -> None:
    desk = ruled(*EVERY_READING)
    with on(desk, day):
        page = first_page(desk)
        number = _sent(desk.sender())
    owed = desk.application.dockets.owed(desk.application.reading.docket(number).id)
    dates = {item.code: str(item.due_on) for item in owed if item.seat == "secretariat"}
    assert set(dates) == {"opening", "acknowledgement", "intake"}
    told = [f"the last is {catalogue_of('en').day(one)}" in page for one in dates.values()]
    assert all(told) if day != "2026-11-13" else not any(told)


EVERY_READING = (("reading: event-day", "reading: event-day-counts"),)


def _sent(sender: Sender) -> str:
    quick(sender)
    sender.press()
    return number_of(sender)


def test_the_first_day_counted_is_the_working_day_after(ruled: Callable[..., Desk]) -> None:
    desk = ruled()
    with on(desk, SATURDAY):
        page = first_page(desk)
    assert f"They are counted from {catalogue_of('en').day(MONDAY)}" in page


def test_on_a_working_day_nothing_of_it_is_said(ruled: Callable[..., Desk]) -> None:
    desk = ruled()
    with on(desk, MONDAY):
        page = first_page(desk)
    assert "no working day" not in page
    assert "They are counted from" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_the_calendar_ends_no_date_is_promised(
    ruled: Callable[..., Desk], language: str
) -> None:
    desk, words = ruled(), catalogue_of(language)
    with on(desk, BEYOND_THE_CALENDAR):
        page = first_page(desk, language)
    told = words.say("form.calendar-silent", calendar=XANARA[language], today=BEYOND_THE_CALENDAR)
    assert told in page
    assert words.say("form.closed-send") in page
    with on(desk, LAST_DAYS_OF_IT):
        page = first_page(desk, language)
    assert told not in page
    assert words.say("form.not-counted-yet") in page


# --- The card that is printed, and the other ways ---

ADDRESS, ONION = "https://panel.example", f"http://{'a2' * 28}.onion"


def card_of(desk: Desk, language: str) -> str:
    page = desk.sender(language).open(f"/{language}/f/card")
    assert page.status == 200
    return unescape(page.text.partition("<main")[2].partition("</main>")[0])


@pytest.mark.parametrize(("language", "second"), [("en", "km"), ("km", "en"), ("fr", "km")])
def test_the_card_has_two_languages_the_addresses_with_their_codes_and_a_number(
    ruled: Callable[..., Desk], language: str, second: str
) -> None:
    desk = ruled(address=ADDRESS, onion=ONION)
    page = card_of(desk, language)
    for one in (language, second):
        say = catalogue_of(one).say
        assert say("form.start-title") in page
        assert say("form.card-onion") in page
        assert say("duration.working-day-many", length=10) in page
    assert f"{ADDRESS}/{language}/f<" in page
    assert f"{ONION}/{language}/f<" in page
    assert page.count("<svg") == 2
    assert str(qr_svg(f"{ADDRESS}/{language}/f".encode(), module_mm=MODULE)) in page
    assert page.count(desk.host.contact) == 2
    assert f"/{language}/f/card" in desk.sender(language).page.links


def test_a_card_counts_no_days_from_the_day_on_which_it_is_printed(
    ruled: Callable[..., Desk],
) -> None:
    desk = ruled()
    with on(desk, SATURDAY):
        assert "no working day" not in card_of(desk, "en")
        assert "They are counted from" not in card_of(desk, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_there_the_card_and_the_first_page_say(desk: Desk, language: str) -> None:
    say, page = catalogue_of(language).say, card_of(desk, language)
    assert say("form.card-no-address") in page
    assert say("form.card-no-onion") in page
    assert "<svg" not in page
    assert say("form.way-not-yet") in first_page(desk, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", ["f/1", "safety"])
def test_who_gives_advice_stands_before_the_start_or_that_nobody_is_named(
    ruled: Callable[..., Desk], desk: Desk, language: str, place: str
) -> None:
    say, line = catalogue_of(language).say, "Legal aid <office>, 012 000 111"
    told = ruled(advice=(line,)).sender(language).open(f"/{language}/{place}")
    assert f"{unescape(told.text)}".count(line) == 1
    assert say("form.no-advice") not in told.text
    bare = desk.sender(language).open(f"/{language}/{place}")
    assert say("form.no-advice") in unescape(bare.text)


def test_tor_browser_is_told_of_the_onion_address_of_a_page_that_came_by_https(
    ruled: Callable[..., Desk], desk: Desk
) -> None:
    told = ruled(onion=ONION)
    assert told.sender("km", https=True).page.headers["Onion-Location"] == f"{ONION}/km/f"
    assert "Onion-Location" not in told.sender("km").page.headers
    assert "Onion-Location" not in desk.sender("km", https=True).page.headers


def test_nobody_is_led_to_the_onion_address_away_from_what_is_kept_here(
    ruled: Callable[..., Desk],
) -> None:
    sender = ruled(onion=ONION).sender(https=True)
    sender.open("/en/f/1")
    address, sent = sender.filled()
    assert "Onion-Location" not in sender.ask(address, "POST", **sent).headers
    for place in ("/en/f", "/en/f/3", "/en/f/4", "/en/safety"):
        assert "Onion-Location" not in sender.open(place).headers
