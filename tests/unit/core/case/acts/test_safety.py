"""Danger, and reprisals."""

import pytest

from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from tests.support.cases import BODY, DUTY, MONITOR, NGO, OFFICE, UNION, accepted, lodged


def test_danger_is_claimed_and_answered_by_a_measure_or_a_reason() -> None:
    told = lodged().does("danger-claimed", NGO)
    assert told.now.danger == 2
    assert told.does("danger-answered", DUTY, measure="moved tonight").now.danger == 0
    assert told.does("danger-answered", DUTY, reason="safe now, by phone").now.danger == 0
    assert told.refuses("danger-answered", DUTY) == "danger-unanswered"
    assert told.refuses("danger-answered", DUTY, measure=" ") == "danger-unanswered"


def test_what_a_submission_said_of_danger_is_answered_too() -> None:
    assert lodged(danger=True).does("danger-answered", DUTY, measure="called").now.danger == 0
    assert lodged().refuses("danger-answered", DUTY, measure="called") == "no-danger"


def test_danger_is_claimed_by_who_reports_and_not_answered_by_the_accused() -> None:
    assert lodged().refuses("danger-claimed", OFFICE) == "not-this-seat"
    assert lodged().refuses("danger-claimed", UNION) == "not-your-case"
    told = accepted(accused="p10").does("danger-claimed", NGO)
    assert told.refuses("danger-answered", DUTY, measure="called") == "accused-decides"


@pytest.mark.parametrize("who", [NGO, MONITOR, BODY, OFFICE])
def test_anyone_reports_a_reprisal(who: object) -> None:
    assert lodged().does("reprisal-reported", who).now.reprisal == 2  # type: ignore[arg-type] # pytest's


@pytest.mark.parametrize("code", ["danger-claimed", "danger-answered", "reprisal-reported"])
def test_no_word_of_danger_or_reprisal_is_read_by_a_body_or_the_public(code: str) -> None:
    for part in ACTS[ActCode(code)].parts:
        assert set(part.readers) == {"complainant", "secretariat", "monitor"}
        assert not part.fact
