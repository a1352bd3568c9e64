"""F11: how many working days a date is off, with the holidays that lie between."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from html import unescape
from uuid import uuid4

import pytest

from answerable.core.calendars import Calendar
from answerable.forms.shipped import ShippedProcedures
from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.unit.web.form.conftest import Desk
from tests.unit.web.form.test_own_dates import RULES, reported, returned

ONE_DAY = timedelta(days=1)
CALENDAR = """format: answerable/calendar/v1
code: xa
version: "2"
titles: {{en: Xanara}}
weekend: [saturday, sunday]
first: 2020-01-01
last: 2099-12-31
confirmed: yes
sources: [{{title: Training rules, confidence: invented}}]
holidays: {{{holiday}: Lantern Feast}}
"""


@pytest.fixture(scope="module")
def resting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, date]]:
    """Return a desk where the next weekday from tomorrow on is a holiday, and that day."""
    desk, shipped = Desk(tmp_path_factory.mktemp("resting")), ShippedProcedures()
    rules = shipped.read_procedure(RULES.read_bytes(), "rules.yaml", None).value
    assert rules is not None
    desk.application.install_rules.procedure(rules, RULES.read_text(), request=uuid4())
    holiday = Calendar("week", "1").next_working(desk.application.ruling.day(rules) + ONE_DAY)
    text = CALENDAR.format(holiday=holiday)
    calendar = shipped.read_calendar(text.encode(), "xa.yaml").value
    assert calendar is not None
    desk.application.install_rules.calendar(calendar, text, request=uuid4())
    yield desk, holiday
    desk.application.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_left_are_working_days_and_the_holiday_between_is_named(
    resting: tuple[Desk, date], language: str
) -> None:
    desk, holiday = resting
    words = Catalogue(language)
    sender, number, key = reported(desk, "1", language)
    page = unescape(returned(sender, key).page.text).replace("\u200b", "")
    docket = desk.application.reading.docket(number)
    owed = desk.application.dockets.owed(docket.id)
    opening = next(one for one in owed if one.code == "opening")
    due = date.fromisoformat(str(opening.due_on))
    off = words.say("page.day-off", day=words.day(str(holiday)))
    # In the lines above, in the empty box and in the list of clocks.
    assert page.count(words.say("page.working-left", days=2, off=off)) == 3
    told = words.say(
        "form.nobody-opened-until",
        due=words.day(str(due)),
        off=off,
        late=words.day(str(due + ONE_DAY)),
    )
    assert f"{told} {words.say('form.counted-late')}" in page
    assert holiday < due


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_a_case_that_the_register_does_not_show_no_public_count_is_told(
    resting: tuple[Desk, date], language: str
) -> None:
    desk, _ = resting
    words = Catalogue(language)
    sender, _, key = reported(desk, "3", language)
    page = unescape(returned(sender, key).page.text).replace("\u200b", "")
    assert words.say("form.nobody-opened") in page
    assert words.say("form.counted-late") not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_is_printed_whole_or_in_two_lines_that_say_where_it_stands(
    resting: tuple[Desk, date], language: str
) -> None:
    desk, _ = resting
    sender, number, key = reported(desk, "1", language)
    page = returned(sender, key).page
    assert f"/{language}/f/case/status" in page.links
    slip = sender.open(f"/{language}/f/case/status")
    cut = slip.text.partition('<section class="cut">')[2].partition("</section>")[0]
    stands, owed = re.findall(r"<p>(.*?)</p>", unescape(cut).replace("\u200b", ""))
    assert stands.startswith(number)
    assert owed in unescape(page.text).replace("\u200b", "")
    assert slip.headers["Cache-Control"] == "no-store"
    assert number not in slip.read.title
    assert desk.sender(language).open(f"/{language}/f/case/status").address.endswith("/f/return")
