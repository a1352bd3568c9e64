"""A calendar that is installed moves dates of proceedings too, each of which is told before."""

from datetime import date
from uuid import uuid4

import pytest

from answerable.core.calendars import Calendar
from answerable.core.mechanism import OPERATOR
from answerable.core.register.responses import shown_of
from tests.support.cases import OFFICE
from tests.support.proceedings_at_work import ProceedingsAtWork


def with_a_day_off(work: ProceedingsAtWork, on: date) -> tuple[Calendar, str]:
    text = work.shipped.text(work.shipped.calendar("eu-weekdays"))
    text = text.replace('version: "1971"', 'version: "2"').rstrip()
    text += f"\nholidays:\n  {on}: A day of rest\n"
    calendar = work.shipped.read_calendar(text.encode(), "eu.yaml").value
    assert calendar is not None
    return calendar, text


@pytest.fixture
def number(work: ProceedingsAtWork) -> str:
    number = work.ask(1)
    today = work.rules_day().isoformat()
    work.step(number, "event-recorded", OFFICE, event="report-sent", on=today, proof="A letter.")
    return number


def due_on(work: ProceedingsAtWork, number: str) -> str:
    docket = work.reading.proceeding(number)
    (due,) = [o.due_on for o in work.store.dockets.owed(docket.id) if o.code == "comments"]
    assert due is not None
    return due


def test_each_date_of_a_proceeding_that_a_calendar_moves_is_told_and_then_moved(
    work: ProceedingsAtWork, number: str
) -> None:
    before = due_on(work, number)
    calendar, text = with_a_day_off(work, date.fromisoformat(before))
    told = [(m.docket.number, m.owed.code, m.owed.due_on) for m in work.install.moves(calendar)]
    assert (number, "comments", before) in told
    (to,) = [m.to for m in work.install.moves(calendar) if m.owed.code == "comments"]
    assert to is not None
    assert to > before
    work.install.calendar(calendar, text, request=uuid4())
    assert due_on(work, number) == to
    assert work.install.moves(calendar) == []


def test_the_register_shows_that_a_calendar_moved_dates_of_a_proceeding(
    work: ProceedingsAtWork, number: str
) -> None:
    calendar, text = with_a_day_off(work, date.fromisoformat(due_on(work, number)))
    work.install.calendar(calendar, text, request=uuid4())
    acts = work.reading.envelopes(work.reading.proceeding(number))
    (moved,) = [one for one in shown_of(acts) if one.act.act == "clocks-moved"]
    assert moved.whole
    assert moved.act.by == OPERATOR


def test_what_was_met_and_what_no_rule_counts_is_not_moved(
    work: ProceedingsAtWork, number: str
) -> None:
    before = due_on(work, number)
    today = work.rules_day().isoformat()
    work.step(number, "event-recorded", OFFICE, event="comments-sent", on=today, proof="A letter.")
    calendar, _ = with_a_day_off(work, date.fromisoformat(before))
    assert "comments" not in {m.owed.code for m in work.install.moves(calendar)}
