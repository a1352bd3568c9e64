"""How far off a date is, in the days in which its clock is counted."""

import re

from tests.unit.web.conftest import Lived


def test_days_of_a_clock_in_working_days_are_told_in_them_wherever_they_are_told(
    lived: Lived,
) -> None:
    places = ["", "/register", "/register.txt", "/late.atom"]
    places += [f"/register/{number}{form}" for number in lived.numbers for form in ("", ".txt")]
    told = {place: lived.visitor.get(f"/en{place}").text for place in places}
    late = [place for place, text in told.items() if "late by" in text.lower()]
    assert {"", "/register", "/register.txt", "/late.atom"} <= {*late}
    for place in late:
        assert re.search(r"late by \d+ working days?", told[place], re.IGNORECASE), place
    assert re.search(r"[0-9]+ working days? left\.", "".join(told.values()))
