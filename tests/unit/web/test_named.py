"""Wherever a body is meant it is named, and every state word leads to its meaning and its act."""

import re

import pytest

from tests.support.cases import BODY
from tests.support.registers import Register
from tests.unit.web.conftest import Answers, Lived, Told

NAMED = f"member body (member of {BODY.party})"


@pytest.mark.parametrize("rest", ["", "/register", "/register.txt", "/acts.atom"])
def test_whose_turn_it_is_and_who_owes_is_a_body_by_name(lived: Lived, rest: str) -> None:
    text = lived.visitor.get(f"/en{rest}").text
    assert NAMED in text


@pytest.mark.parametrize("form", ["", ".txt"])
def test_a_case_names_the_body_in_its_turn_its_boxes_its_clocks_and_its_acts(
    lived: Lived, form: str
) -> None:
    text = lived.visitor.get(f"/en/register/{lived.referred}{form}").text
    assert f"Turn: {NAMED}." in text
    assert f"Owed by: {NAMED}." in text
    assert len(re.findall(rf"Referral accepted or returned.{{0,80}}{re.escape(NAMED)}", text)) == 1
    assert re.search(rf"The party: (<[^>]*>)?member of {BODY.party}", text)
    assert not re.search(rf"(?<!of ){BODY.party}\b", text)


def test_a_calendar_names_the_body_that_owes(lived: Lived) -> None:
    for rest in ("owed", f"register/{lived.referred}"):
        lines = lived.visitor.get(f"/en/{rest}.ics").text.replace("\r\n ", "")
        assert f"Referral accepted or returned ({NAMED})" in lines


@pytest.mark.parametrize("rest", ["/register", "/responses", "/figures/submissions"])
def test_a_standing_in_a_list_leads_to_its_meaning_and_to_the_act_that_caused_it(
    lived: Lived, answers: Answers, rest: str
) -> None:
    visitor = (answers if rest == "/responses" else lived).visitor
    rows = re.findall(
        r"<tr>\n<th scope=\"row\">.*?</tr>|<tr><th.*?</tr>",
        table(visitor.get(f"/en{rest}").text),
        re.DOTALL,
    )
    assert rows
    for row in rows:
        assert re.search(r'<a class="stamp" href="/en/standings#[a-z-]+">', row)
        (address, act) = re.findall(r'href="(/en/[^"#]+)#(act-\d+)">By act', row)[0]
        assert f'id="{act}"' in visitor.get(address).text


def table(page: str) -> str:
    return page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_an_act_that_cites_acts_leads_to_them(lived: Lived) -> None:
    page = lived.visitor.get(f"/en/register/{lived.referred}").text
    cited = re.findall(r'people consented, by number: <a href="#(act-\d+)">act', page)
    assert cited == ["act-1"]


@pytest.mark.parametrize("turn", ["member", None])
def test_of_an_erased_case_an_earlier_version_told_the_turn_that_it_had_had(
    lived: Lived, turn: str | None
) -> None:
    register, name = Register.at(lived.visitor.folder), f"cases/{lived.erased}.json"
    value = {key: told for key, told in register.value(name).items() if key not in SINCE}
    assert register.written(name, {**value, "turn": "secretariat"}).codes() == set()
    assert register.written(name, {**value, "turn": turn}).codes() == {"register-case-differs"}


SINCE = {"allegations", "matters"}


def test_a_case_that_was_erased_says_so_wherever_it_is_listed(lived: Lived) -> None:
    row = lived.visitor.get("/en/register").text.partition(f">{lived.erased}</a>")[2]
    assert (
        "Erased on Friday 20 November 2026: nothing is owed on it since."
        in row.partition("</tr>")[0]
    )
    text = lived.visitor.get("/en/register.txt").text
    assert "Erased on Friday 20 November 2026" in text
    assert '"erased":"2026-11-20T01:00:00.000Z"' in lived.visitor.get("/en/register.json").text


@pytest.mark.parametrize("form", ["", ".txt"])
def test_who_reports_in_public_is_named_and_nobody_else(told: Told, form: str) -> None:
    text = told.visitor.get(f"/en/register/{told.public}{form}").text
    assert "Who speaks: Lantern Association\n" in text.replace("</p>", "")
    assert "Who speaks" not in told.visitor.get(f"/en/register/{told.waiting}{form}").text
