"""What leads to an act leads to one that the page shows."""

import re

from tests.unit.web.conftest import Lived


def test_each_link_within_a_case_leads_somewhere(lived: Lived) -> None:
    for number in lived.numbers:
        page = lived.visitor.get(f"/en/register/{number}").text
        missing = set(re.findall(r'href="#([^"]+)"', page)) - set(re.findall(r'id="([^"]+)"', page))
        assert not missing, (number, missing)
