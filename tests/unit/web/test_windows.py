"""Days to contest are an open door: in no list, count, calendar, feed or text are they owed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from answerable.casework.case_view import CaseViews
from tests.support.adapters import ROOT, HandClock, MemoryPlace, Store, begin
from tests.support.at_work import AtWork
from tests.support.cases import OFFICE
from tests.support.registers import publish
from tests.support.websites import Visitor

RULES = ROOT / "src" / "answerable" / "procedures" / "training-mechanism.yaml"
DAY = 24 * 3_600_000
MEMBERS = (
    "owes: complainant\n    # From a delivery",
    "owes: member\n    # From a delivery",
)
"""With days to contest that are the body's: silence of a complainant is late by no rule."""
REST = {
    "outcome": "outside",
    "reason": "Another door is open.",
    "door": "The court",
    "door_how": "by letter",
    "by_day": "2099-01-01",
    "contest_how": "by a contest",
}


@dataclass
class Answered:
    """A register of one case, answered today, with days to contest."""

    visitor: Visitor
    work: AtWork
    number: str
    clock: str

    def after(self, days: int) -> "Answered":
        """Return the register as it is published so many days later."""
        self.work.store.clock.at += days * DAY
        publish(self.work.store, self.visitor.folder)
        self.visitor.restart()
        return self

    def told(self, address: str) -> str:
        answered = self.visitor.get(address.replace("NUMBER", self.number))
        assert answered.status == 200, address
        return answered.text


@pytest.fixture(params=["complainant", "member", "appeal"])
def answered(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Answered]:
    folder = tmp_path_factory.mktemp("windows")
    place = MemoryPlace()
    begin(place.open()[0])
    store = Store(place, HandClock())
    work = AtWork(store, folder / "exhibits")
    text = RULES.read_text().replace("\ncalendar: xa\n", "\n")
    if request.param == "member":
        assert MEMBERS[0] in text
        text = text.replace(*MEMBERS)
    if request.param == "appeal":
        assert "\n  contest-window:\n" in text
        text = text.replace("\n  contest-window:\n", "\n  appeal:\n")
    rules = work.shipped.read_procedure(text.encode(), "rules.yaml", None).value
    assert rules is not None
    work.install.procedure(rules, text, request=uuid4())
    number = work.lodge(allegations=1)
    work.do(number, "opened", OFFICE)
    work.do(number, "acknowledged", OFFICE)
    work.do(number, "not-accepted", OFFICE, (1,), **REST)
    today = work.ruling.day(rules).isoformat()
    event = {"event": "finding-delivered", "on": today, "proof": "A signed receipt."}
    work.do(number, "event-recorded", OFFICE, (1,), **event)
    clock = "appeal" if request.param == "appeal" else "contest-window"
    yield Answered(Visitor(work, folder / "register"), work, number, clock)
    store.close()


@pytest.mark.parametrize("days", [0, 25, 40])
def test_no_list_count_calendar_feed_or_text_names_days_to_contest_as_owed(
    answered: Answered, days: int
) -> None:
    answered.after(days)
    told = json.loads(answered.told("/en/register.json"))["cases"]
    assert [(one["owed"], one["late"]) for one in told] == [([], False)]
    assert answered.told("/en/register.csv").splitlines()[1].endswith(",,,no")
    listed = answered.told("/en/register.txt")
    assert "nothing owed" in listed
    for owed in ("late", "week"):
        assert json.loads(answered.told(f"/en/register.json?owed={owed}"))["cases"] == []
    home = answered.told("/en")
    assert answered.number not in home.partition("In numbers")[0].partition("owed now")[2]
    assert "VEVENT" not in answered.told("/en/owed.ics")
    assert "contest" not in answered.told("/en/acts.atom").lower()
    figures = answered.told("/en/figures")
    assert "not contested in the days" in figures or days < 40
    assert f"steps/{answered.clock}" not in figures.partition('class="figures"')[0]
    views = CaseViews(answered.work.store.dockets, answered.work.reading, answered.work.ruling)
    docket = answered.work.reading.docket(answered.number)
    view = views.of(docket, answered.work.reading.mechanism())
    assert view.open == ()
    assert [one.item.code for one in view.windows] == [answered.clock]
    assert not any(one.is_late for one in view.windows)


@pytest.mark.parametrize(
    ("days", "head"), [(0, "May be contested"), (40, "Was not contested in its days")]
)
def test_the_page_of_the_case_tells_the_days_and_nobody_who_owes_them(
    answered: Answered, days: int, head: str
) -> None:
    answered.after(days)
    for form in ("", ".txt"):
        page = answered.told(f"/en/register/NUMBER{form}")
        assert head in page
        assert "Owed by:" not in page
        assert " late" not in page.lower().replace("latest", "")
    event = answered.told("/en/register/NUMBER.ics")
    assert "16 December 2026" in event
    assert head in event
    assert "complainant" not in event
