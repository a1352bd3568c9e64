"""On a case that was erased nothing is owed any more: what was late is told as it was that day."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from answerable.casework.case_view import CaseViews
from answerable.core.act_form import Asked
from answerable.core.case.acts.erasure import ERASED
from answerable.core.case.acts.table import ACTS
from answerable.core.register.shown import shown_case
from answerable.locale.catalogue import Catalogue
from tests.support.at_work import AtWork
from tests.support.cases import CHAIR, OFFICE, OTHER_CHAIR
from tests.support.registers import live, published
from tests.support.websites import Visitor

PROCEDURES = Path(__file__).parents[3] / "src" / "answerable" / "procedures"
DAY = 24 * 3_600_000
GROUND = "harm-to-a-person"


def lodged(work: AtWork) -> str:
    """Return a case under the training rules, on a Monday: to be read in 2 working days."""
    text = (PROCEDURES / "training-mechanism.yaml").read_text()
    procedure = work.shipped.procedure("training-mechanism", date.max)
    work.install.procedure(procedure, text, request=uuid4())
    return work.lodge()


def erase(work: AtWork, number: str) -> None:
    said = {"ground": GROUND, "provision": "xa-9"}
    asked = Asked(by=CHAIR, values=dict(said), second=OTHER_CHAIR.party)
    work.do_act(number, ACTS[ERASED], asked, request=uuid4())


def figures(work: AtWork) -> Mapping[str, Any]:
    return {str(one["code"]): one["value"] for one in live(work.store)}


def told(work: AtWork) -> dict[str, Any]:
    """Return the figures of a register that is written now, and in which nothing differs."""
    register = published(work.store)
    assert register.codes() == set()
    return {
        one["code"]: one["value"] for one in json.loads(register.files["figures.json"])["figures"]
    }


def after(work: AtWork, days: int) -> None:
    work.store.clock.at += days * DAY


def test_no_figure_grows_late_after_an_erasure_and_no_total_shrinks(work: AtWork) -> None:
    number = lodged(work)
    after(work, 4)
    before = figures(work)
    assert before["steps/opening/open-late"] == 1
    assert before["steps/intake/open"] == 1
    erase(work, number)
    assert figures(work) == before
    # By now it would be late in everything.
    after(work, 300)
    assert figures(work) == before
    assert told(work) == before
    other = lodged_again(work)
    after(work, 30)
    # Another case that nobody erased does grow late.
    assert figures(work)["steps/intake/open-late"] == 1
    assert figures(work)["steps/intake/open"] == 1
    assert other != number


def lodged_again(work: AtWork) -> str:
    return work.lodge("p2")


def test_what_was_late_is_told_as_it_was_that_day_and_the_rest_not_at_all(work: AtWork) -> None:
    number = lodged(work)
    after(work, 4)
    erase(work, number)
    after(work, 300)
    views = CaseViews(work.store.dockets, work.reading, work.ruling)
    view = views.of(work.reading.docket(number), work.reading.mechanism())
    assert [(one.item.code, one.left.days) for one in view.open if one.left] == [("opening", -2)]


def test_after_an_erasure_nothing_begins_and_no_calendar_moves_anything(work: AtWork) -> None:
    number = lodged(work)
    erase(work, number)
    owed = list(work.store.dockets.owed(work.reading.docket(number).id))
    work.do(number, "opened", OFFICE)
    work.do(number, "acknowledged", OFFICE)
    assert list(work.store.dockets.owed(work.reading.docket(number).id)) == owed
    text = (PROCEDURES / "calendars" / "xa.yaml").read_text()
    today = work.ruling.day(work.shipped.procedure("training-mechanism", date.max))
    named = text.replace('version: "1"', 'version: "2"').rstrip()
    changed = f"{named}\n  {today + timedelta(days=1)}: A day of rest\n"
    calendar = work.shipped.read_calendar(changed.encode(), "xa.yaml").value
    assert calendar is not None
    assert work.install.moves(calendar) == []
    assert lodged_again(work)
    assert work.install.moves(calendar) != []


def test_the_register_says_that_it_was_erased_and_never_why(work: AtWork, tmp_path: Path) -> None:
    number = lodged(work)
    after(work, 4)
    erase(work, number)
    after(work, 300)
    name = f"cases/{number}.json"
    acts = shown_case(published(work.store).files[name], name).acts
    assert acts[-1].envelope.act == ERASED
    assert acts[-1].envelope.facts == {}
    assert GROUND not in str(acts)
    visitor = Visitor(work, tmp_path / "register")
    page = visitor.get(f"/en/register/{number}")
    assert "This case was erased on Friday 20 November 2026" in page.text
    assert "Late by 2 working days" in page.text
    assert "It ended with the erasure." in page.text
    assert "days left" not in page.text
    assert Catalogue("en").word("choice", GROUND) not in page.text
    calendar = visitor.get(f"/en/register/{number}.ics").text
    assert calendar.count("BEGIN:VEVENT") == 1
