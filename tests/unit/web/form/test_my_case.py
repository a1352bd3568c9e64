"""F11, F12: what a case tells its sender is so, at each moment, and a refusal is at its field."""

import re

import pytest

from answerable.core.case.acts.outcomes import WITHDRAWAL_DAYS
from answerable.core.case.acts.windows import DayDiffers
from answerable.core.owed import Owed
from answerable.web.rendering import catalogue_of
from tests.support.senders import Sender
from tests.unit.web.form.conftest import Desk, Office
from tests.unit.web.form.test_own_dates import ruled
from tests.unit.web.form.test_returning import back, sent

__all__ = ["ruled"]

OPENED_BY = "Nobody has opened this yet. That is normal until"
NOBODY = "Nobody has opened this yet."


def worked(desk: Desk) -> tuple[str, str, Office]:
    number, key = sent(desk)
    work = desk.secretariat()
    work("opened", number)
    work("accepted", number, allegations=(1,), reason="it is ours")
    work("assigned", number, allegations=(1,), party=work.party, reason="first free")
    return number, key, work


def added(sender: Sender) -> None:
    sender.open("/en/f/case/fact-added")
    sender.press(typed={"part-words": "They came back.", "part-origin": "saw"})


def test_that_nobody_has_opened_it_is_said_until_somebody_has(desk: Desk) -> None:
    number, key = sent(desk)
    sender = back(desk, key)
    assert NOBODY in sender.page.text
    added(sender)
    assert NOBODY in sender.page.text
    desk.secretariat()("opened", number)
    assert NOBODY not in sender.open("/en/f/case").text


def test_a_date_is_told_only_where_the_rules_have_one(desk: Desk) -> None:
    _, key = sent(desk)
    page = back(desk, key).page.text
    assert NOBODY in page
    assert OPENED_BY not in page
    assert "Next: " not in page


def test_until_when_it_is_normal_that_nobody_opened_is_told_with_the_day(
    ruled: Desk,
) -> None:
    _, key = sent(ruled)
    sender = back(ruled, key)
    due = next(one for one in owed(ruled, sender) if one.code == "opening").due_on
    assert due is not None
    day = catalogue_of("en").day(due)
    assert f"{OPENED_BY} {day}" in sender.page.text
    assert f"Next: First reading (secretariat). By {day}." in sender.page.text


def owed(desk: Desk, sender: Sender) -> list[Owed]:
    number = sender.page.text.partition("<p>XF-")[2].partition("<")[0]
    docket = desk.application.reading.docket(f"XF-{number}")
    return list(desk.application.dockets.owed(docket.id))


def test_bodies_are_called_by_their_names(desk: Desk) -> None:
    _, key, work = worked(desk)
    page = back(desk, key).page.text
    assert "secretariat (Office of the panel)" in page
    assert f"({work.party})" not in page
    assert f">{work.party}<" not in page


def test_a_question_names_its_allegation_and_the_clock_that_waits(
    ruled: Desk,
) -> None:
    number, key, work = worked(ruled)
    sender = back(ruled, key)
    page = sender.open("/en/f/case/clarification-answered")
    assert page.address == "/en/f/case"
    asked = {"missing": "Which door?", "why": "There are two."}
    with pytest.raises(DayDiffers) as refused:
        work(
            "clarification-asked", number, allegations=(1,), **asked, **{"answer-by": "2030-01-01"}
        )
    day = str(refused.value.facts["due"])
    work("clarification-asked", number, allegations=(1,), **{**asked, "answer-by": day})
    page = sender.open("/en/f/case/clarification-answered")
    assert "Allegations: 1" in page.text.partition("Which door?")[0]
    told = page.text.partition("the time rests from")[2].partition("</p>")[0]
    assert f"until you answer, at the latest until {catalogue_of('en').day(day)}" in told
    assert "Nobody here is the outside monitor now." in page.text


def test_what_is_missing_is_told_beside_its_field(desk: Desk) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    sender.open("/en/f/case/fact-added")
    page = sender.press(typed={"part-origin": "saw"})
    assert page.status == 422
    assert '<a href="#q-words">' in page.text
    assert 'id="q-words-e"' in page.text
    assert 'aria-describedby="q-words-e" aria-invalid="true"' in page.text


def test_danger_has_the_number_to_call_and_a_withdrawal_its_days(desk: Desk) -> None:
    _, key = sent(desk)
    sender = back(desk, key)
    page = sender.open("/en/f/case/danger-claimed").text
    assert desk.host.contact in page.partition('class="strip">')[2].partition("</p>")[0]
    page = sender.open("/en/f/case/withdrawal-asked").text
    assert f"after {WITHDRAWAL_DAYS} days" in page


def test_an_answer_to_an_earlier_question_is_led_to_where_it_is_asked_again(desk: Desk) -> None:
    number, key, work = worked(desk)
    asked = {"missing": "Which door?", "why": "There are two.", "answer-by": "2030-01-01"}
    work("clarification-asked", number, allegations=(1,), **asked)
    sender = back(desk, key)
    page = sender.open("/en/f/case/clarification-answered")
    assert "What you answered before:" not in page.text
    page = sender.press(typed={"part-answer": "answered", "part-words": "The one at the back."})
    (answer,) = re.findall(rf"Recorded as {number}/([0-9]+)", page.text)
    work("clarification-asked", number, allegations=(1,), **asked)
    page = sender.open("/en/f/case/clarification-answered")
    assert f"/en/f/case#act-{answer}" in page.links
    assert "Nothing begins anew for you" in page.text
    page = sender.press(typed={"part-answer": "already-answered"})
    assert f'id="act-{answer}"' in page.text
    assert "Recorded as" in page.text
