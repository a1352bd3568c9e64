"""Whose calendar may have the dates of a case, and whether it may name the case."""

import pytest

from answerable.core.acts import Envelope, Json
from answerable.core.case.own_calendar import CalendarTells, names_the_case, require_calendar
from tests.support.cases import NGO, Told


def acts(*more: str, **facts: Json) -> tuple[Envelope, ...]:
    told = Told().did("submitted", NGO, facts={"allegations": 1, **facts})
    for code in more:
        told = told.did(code, NGO)
    return told.acts


@pytest.mark.parametrize("level", [0, 1, 2, None])
def test_who_may_be_known_may_have_the_dates_and_the_case_is_named_in_public_only(
    level: int | None,
) -> None:
    told = acts("fact-added", level=level)
    require_calendar(told)
    assert names_the_case(told) == (level == 0)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        pytest.param(acts(level=3), "level", id="no names"),
        pytest.param(acts(level=4), "level", id="sealed"),
        pytest.param(acts(level=0, danger=True), "danger", id="danger on lodging"),
        pytest.param(acts("danger-claimed", level=1), "danger", id="danger later"),
        pytest.param(acts("reprisal-reported", level=1), "danger", id="a reprisal"),
    ],
)
def test_who_is_protected_or_in_danger_has_none(told: tuple[Envelope, ...], reason: str) -> None:
    with pytest.raises(CalendarTells) as refused:
        require_calendar(told)
    assert refused.value.facts["reason"] == reason
