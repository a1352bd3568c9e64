"""The first page leads on: each number to what it counts, and whoever reports to the form."""

import re

import pytest

from answerable.locale.catalogue import LANGUAGES, Catalogue
from tests.unit.web.conftest import Lived, Told

NUMBER = re.compile(r'<dd><a href="([^"]+)">(\d+)</a></dd>')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_leads_to_a_page_that_counts_as_many(lived: Lived, language: str) -> None:
    numbers = NUMBER.findall(lived.visitor.get(f"/{language}").text)
    assert len(numbers) == 5
    for address, value in numbers:
        page = lived.visitor.get(address).text
        said = [int(number) for number in re.findall(r"\d+", page.partition("</h1>")[2])]
        if "/figures/" in address:
            assert said[0] == int(value), address
        elif address.endswith("/not-listed"):
            assert int(value) in said
        else:
            assert page.count('<th scope="row">') == int(value), address


def test_where_nothing_is_late_that_is_said(told: Told, lived: Lived) -> None:
    nothing = Catalogue("en").say("web.nothing-late")
    assert nothing in told.visitor.get("/en").text
    assert nothing not in lived.visitor.get("/en").text


def test_every_number_of_a_step_leads_to_the_cases_that_it_counts_also_where_it_is_none(
    lived: Lived,
) -> None:
    page = lived.visitor.get("/en/figures").text
    rows = re.findall(r'<tr><th scope="row">[^<]+</th>(<td data-name.*?)</tr>', page)
    assert len(rows) > 3
    cells = [cell for row in rows for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
    noughts = 0
    for cell in cells:
        linked = re.fullmatch(r'<a href="(/en/figures/(?:steps|days)/[^"]+)">([^<]+)</a>', cell)
        assert linked, cell
        behind = lived.visitor.get(linked[1])
        assert behind.status == 200, linked[1]
        assert f'<p class="figure">{linked[2]} <span>' in behind.text
        noughts += "/steps/" in linked[1] and linked[2] == "0"
    assert noughts
    for code in ("steps/no-such-clock/open", "steps/opening/no-such-way", "steps/open"):
        assert lived.visitor.get(f"/en/figures/{code}").status == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_is_called_by_its_rules_on_figures_as_on_cases(lived: Lived, language: str) -> None:
    page = lived.visitor.get(f"/{language}/figures").text
    rules = lived.visitor.get(f"/{language}/rules/procedures/training-mechanism@2").text
    steps = re.findall(r'<tr><th scope="row">([^<]+?)</th><td data-name', page)
    named = {name.lower() for name in re.findall(r'<tr><th scope="row">([^<]+)</th>', rules)}
    assert len(steps) > 3
    assert {step.lower() for step in steps} <= named
