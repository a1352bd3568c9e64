"""Every date of a case can be counted again: its page says from what, by which rule, and how."""

import re
from html import unescape

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.unit.web.conftest import Lived


def clock(lived: Lived, number: str, name: str) -> str:
    """Return what the page says of the clocks of a name."""
    page = unescape(lived.visitor.get(f"/en/register/{number}/clock").text)
    sections = re.findall(r"<section>.*?</section>", page, re.DOTALL)
    found = " ".join(one for one in sections if f"<h2>{name}</h2>" in one)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found))


def test_a_date_is_told_with_its_start_its_period_its_days_left_out_and_its_calendar(
    lived: Lived,
) -> None:
    told = clock(lived, lived.referred, "Referral accepted or returned")
    assert "Friday 27 November 2026" in told
    assert "It begins with: referred to a member body, Friday 20 November 2026." in told
    assert "Period: 5 working days." in told
    assert "Left out: Saturday 21 November 2026 to Sunday 22 November 2026" in told
    assert "The period ends: Friday 27 November 2026." in told
    assert "xa@1" in told
    page = lived.visitor.get(f"/en/register/{lived.referred}/clock").text
    assert '<a href="/en/rules/calendars/xa@1">' in page


def test_a_pause_stands_in_the_working_of_the_clock_that_it_stops(lived: Lived) -> None:
    told = clock(lived, lived.asked, "Finding or disposition")
    assert "The clock stands still" in told


def test_every_clock_of_a_page_of_a_case_has_its_working_and_none_differs(lived: Lived) -> None:
    for number in lived.numbers:
        page = lived.visitor.get(f"/en/register/{number}").text
        assert f'<a href="/en/register/{number}/clock">' in page
        table = page.partition('id="clocks"')[2].partition("</table>")[0]
        counted = lived.visitor.get(f"/en/register/{number}/clock").text
        assert table.count("<tr><th") - 1 == counted.count("<section>") > 0
        assert Catalogue("en").say("page.not-counted") not in counted
        assert "The record has another" not in counted


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_waits_is_an_empty_box_and_leads_to_the_act_that_began_it(
    lived: Lived, language: str
) -> None:
    page = lived.visitor.get(f"/{language}/register/{lived.referred}/clock").text
    assert '<div class="empty">' in page
    case = lived.visitor.get(f"/{language}/register/{lived.referred}").text
    links = re.findall(rf'href="/{language}/register/{lived.referred}#(act-\d+)"', page)
    assert links
    assert all(f'id="{act}"' in case for act in links)


@pytest.mark.parametrize("rest", ["XA-2026-0999-4/clock", "nothing/clock", "{}/clock.pdf"])
def test_there_are_no_clocks_of_what_is_not_shown(lived: Lived, rest: str) -> None:
    assert lived.visitor.get(f"/en/register/{rest.format(lived.asked)}").status == 404
