"""One's own dates as a calendar file: read back by icalendar, and telling no more than it may."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar

from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from answerable.core.return_key import typed_return_key
from answerable.forms.shipped import ShippedProcedures
from answerable.locale.catalogue import LANGUAGES
from tests.support.adapters import ROOT
from tests.support.senders import Page, Sender
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_reporting import WHAT, _at, key_of, number_of, quick

RULES = ROOT / "src" / "answerable" / "procedures" / "training-mechanism.yaml"


@pytest.fixture(scope="module")
def ruled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Return a desk whose mechanism has rules, so that what is owed has dates."""
    desk = Desk(tmp_path_factory.mktemp("ruled"))
    rules = ShippedProcedures().read_procedure(RULES.read_bytes(), "rules.yaml", None).value
    assert rules is not None
    desk.application.install_rules.procedure(rules, RULES.read_text(), request=uuid4())
    yield desk
    desk.application.close()


def reported(desk: Desk, level: str, language: str = "en") -> tuple[Sender, str, str]:
    """Send a report; the sender stands at the receipt."""
    sender = desk.sender(language)
    quick(sender, level=level)
    sender.press()
    return sender, number_of(sender), key_of(sender)


def returned(sender: Sender, key: str) -> Sender:
    sender.open(_at(sender, "return"))
    sender.press(key=key)
    return sender


def events(page: Page) -> list[Any]:
    assert page.status == 200
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert page.headers["Cache-Control"] == "no-store"
    found: list[Any] = list(Calendar.from_ical(page.body).walk("VEVENT"))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_public_each_date_has_the_case_and_what_is_owed(ruled: Desk, language: str) -> None:
    sender, number, key = reported(ruled, "0", language)
    at_receipt = events(sender.ask(_at(sender, "13/calendar")))
    returned(sender, key)
    at_case = events(sender.ask(_at(sender, "case/calendar")))
    assert at_receipt
    assert [one["UID"] for one in at_receipt] == [one["UID"] for one in at_case]
    assert all(str(one["SUMMARY"]).startswith(f"{number}: ") for one in at_case)
    assert WHAT not in sender.ask(_at(sender, "case/calendar")).text


@pytest.mark.parametrize("level", ["1", "2"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_else_the_file_has_days_and_nothing_that_tells_what_they_are(
    ruled: Desk, level: str, language: str
) -> None:
    sender, number, key = reported(ruled, level, language)
    page = sender.ask(_at(sender, "13/calendar"))
    (summary,) = {str(one["SUMMARY"]) for one in events(page)}
    planted = (number, number[3:], key, WHAT, ruled.host.title, "Answerable", "training.example")
    assert not [one for one in planted if one in page.text]
    assert page.headers["Content-Disposition"] == 'attachment; filename="dates.ics"'
    assert {one["CLASS"] for one in events(page)} == {"PRIVATE"}
    assert not [one for one in events(page) if one.walk("VALARM")]
    returned(sender, key)
    assert summary in sender.page.text


def test_two_cases_have_no_identity_in_common_and_a_date_keeps_its_own(ruled: Desk) -> None:
    names = []
    for _ in range(2):
        sender, _, _ = reported(ruled, "1")
        names.append([str(one["UID"]) for one in events(sender.ask("/en/f/13/calendar"))])
        again = [str(one["UID"]) for one in events(sender.ask("/en/f/13/calendar"))]
        assert again == names[-1]
    assert not set(names[0]) & set(names[1])


@pytest.mark.parametrize("kind", ["level", "danger", "danger later"])
def test_protected_senders_are_offered_none_and_told_why(ruled: Desk, kind: str) -> None:
    sender = ruled.sender()
    quick(sender, level="3" if kind == "level" else "1")
    if kind == "danger":
        sender.open(_at(sender, "10"))
        sender.press(typed={"danger-now/what": "They wait outside."})
        sender.open(_at(sender, "12"))
    sender.press()
    key, number = key_of(sender), number_of(sender)
    if kind == "danger later":
        ruled.application.returned.do(
            ruled.application.return_keys.docket(typed_return_key(key)),
            ActCode("danger-claimed"),
            {part.name: "They wait outside." for part in ACTS[ActCode("danger-claimed")].parts},
            request=uuid4(),
        )
    page = sender.open("/en/f/13")
    assert "No calendar file is offered" in page.text
    assert "would learn that you reported" in page.text
    assert "/13/calendar" not in page.text
    returned(sender, key)
    assert number in sender.page.text
    assert "/case/calendar" not in sender.page.text
    assert sender.ask("/en/f/case/calendar").status == 404
    sender.open("/exit", "POST", HTTP_SEC_FETCH_SITE="same-origin")
    assert sender.ask("/en/f/case/calendar").status == 303
    assert "DTSTART" not in sender.ask("/en/f/13/calendar").text
    assert not ruled.logged


def test_without_dates_no_calendar_is_offered(desk: Desk) -> None:
    sender, _, _ = reported(desk, "1")
    assert 'class="calendar"' not in sender.page.text
    assert sender.ask("/en/f/13/calendar").status == 404
