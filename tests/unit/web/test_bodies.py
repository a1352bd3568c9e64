"""What a body owes this week stands on its page, in its files and in its calendar."""

import json
import re
from html import unescape

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.support.cases import BODY, OFFICE, OTHER_BODY
from tests.unit.web.conftest import Answers, Lived

ADDRESS = f"/bodies/{BODY.party}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_body_owes_is_a_box_that_leads_to_its_case(lived: Lived, language: str) -> None:
    page = lived.visitor.get(f"/{language}{ADDRESS}").text
    (debt,) = re.findall(r'<li class="empty">.*?</li>', page, re.DOTALL)
    assert f'href="/{language}/register/{lived.referred}"' in debt
    words = Catalogue(language)
    assert words.day("2026-11-27") in debt
    assert words.day("2026-11-27") in lived.visitor.get(f"/{language}{ADDRESS}.txt").text
    other = unescape(lived.visitor.get(f"/{language}/bodies/{OTHER_BODY.party}").text)
    assert words.say("web.owes-nothing") in other


def test_its_data_and_its_calendar_have_the_same_debt_and_no_other(lived: Lived) -> None:
    (owed,) = json.loads(lived.visitor.get(f"/en{ADDRESS}.json").text)["owes"]
    assert (owed["number"], owed["due_on"], owed["late"]) == (lived.referred, "2026-11-27", False)
    calendar = lived.visitor.get(f"/en{ADDRESS}.ics")
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    assert calendar.text.count("BEGIN:VEVENT") == 1
    assert f"SUMMARY:{lived.referred}: Referral accepted or returned" in calendar.text
    assert "DTSTART;VALUE=DATE:20261127" in calendar.text
    # What is owed by a seat that several may hold is in the calendar of all, and of no body.
    every = lived.visitor.get("/en/owed.ics").text
    assert every.count("BEGIN:VEVENT") > 1
    assert "BEGIN:VEVENT" not in lived.visitor.get(f"/en/bodies/{OFFICE.party}.ics").text


def test_a_point_on_which_a_body_is_silent_is_a_box_too(answers: Answers) -> None:
    page = answers.visitor.get(f"/en/bodies/{OTHER_BODY.party}").text
    number = answers.waiting.number
    (box,) = [
        one for one in re.findall(r'<li class="empty.*?</li>', page, re.DOTALL) if number in one
    ]
    assert f'href="/en/responses/{number}#p' in box
    assert "NO CONTRIBUTION" in box
    assert number in answers.visitor.get(f"/en/bodies/{OTHER_BODY.party}.txt").text


def test_a_proceeding_has_a_calendar_in_instants_and_all_has_it_too(answers: Answers) -> None:
    number = answers.waiting.number
    calendar = answers.visitor.get(f"/en/responses/{number}.ics").text
    # 16 December, 24:00 in Brussels.
    assert "DTSTART:20261216T230000Z" in calendar
    assert f"SUMMARY:{number}: Comments of the country" in calendar
    assert "DTSTART:20261216T230000Z" in answers.visitor.get("/en/owed.ics").text
    sent = answers.visitor.get(f"/en/responses/{answers.response.number}.ics").text
    assert "BEGIN:VEVENT" not in sent
    assert answers.visitor.get(f"/en/responses/{answers.hidden.number}.ics").status == 404


def test_each_number_of_the_table_of_bodies_leads_to_what_it_counts(lived: Lived) -> None:
    table = unescape(lived.visitor.get("/en/bodies").text).partition("<tbody>")[2]
    links = re.findall(r'<a href="(/en/register[^"]*)">(\d+)</a>', table)
    assert links
    for address, value in links:
        listed = lived.visitor.get(address).text
        assert listed.count('<th scope="row">') == int(value)
    assert not re.search(r">[1-9]\d*</td>", table)
