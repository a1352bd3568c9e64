"""Danger, and reprisals."""

from typing import Any

import pytest

from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from tests.support.cases import (
    BODY,
    CHAIR,
    DUTY,
    MONITOR,
    NGO,
    NUMBER,
    OFFICE,
    UNION,
    Told,
    accepted,
    by,
    lodged,
)

NOBODY = by("anyone", "complainant")


def anonymous() -> Told:
    """Return a case of someone who gave no name."""
    return Told().did("submitted", NOBODY, (1,), {"allegations": 1, "host": "body"})


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


def test_a_reprisal_is_open_until_the_monitor_says_what_was_done_about_it() -> None:
    told = lodged().does("reprisal-reported", NGO)
    for other in (NGO, OFFICE, CHAIR, BODY):
        assert told.refuses("reprisal-looked-into", other) == "not-this-seat"
    assert told.refuses("reprisal-looked-into", MONITOR, measure=" ") == "act-incomplete"
    assert told.does("reprisal-looked-into", MONITOR, measure="asked the host").now.reprisal == 0


def test_the_monitor_looks_into_a_reprisal_that_was_reported() -> None:
    assert lodged().refuses("reprisal-looked-into", MONITOR) == "no-reprisal"
    closed = lodged().does("reprisal-reported", NGO).does("reprisal-looked-into", MONITOR)
    assert closed.refuses("reprisal-looked-into", MONITOR) == "no-reprisal"
    assert closed.does("reprisal-reported", NGO).now.reprisal == 4


def test_a_monitor_that_is_accused_looks_into_no_reprisal_itself() -> None:
    told = accepted(accused="p8").does("reprisal-reported", NGO)
    assert told.refuses("reprisal-looked-into", MONITOR) == "accused-decides"


def test_nobody_passes_for_someone_who_gave_no_name() -> None:
    assert anonymous().refuses("danger-claimed", NOBODY) == "not-known-who"
    assert anonymous().refuses("withdrawal-asked", NOBODY) == "not-known-who"
    assert lodged().refuses("danger-claimed", NOBODY) == "not-known-who"
    assert anonymous().refuses("danger-claimed", NGO) == "not-your-case"


def test_who_has_the_return_key_of_a_case_passes_for_nobody_else() -> None:
    assert anonymous().does("danger-claimed", NOBODY, by_key=True).now.danger == 2
    assert lodged().refuses("danger-claimed", NOBODY, by_key=True) == "not-your-case"
    assert anonymous().refuses("danger-claimed", NGO, by_key=True) == "not-your-case"


def test_the_secretariat_enters_what_someone_without_a_name_said_with_its_evidence() -> None:
    letter: dict[str, Any] = {"entered_by": OFFICE, "evidence": f"a letter that names {NUMBER}"}
    assert anonymous().does("danger-claimed", NOBODY, **letter).now.danger == 2
    unproven = anonymous().refuses("danger-claimed", NOBODY, entered_by=OFFICE)
    assert unproven == "evidence-missing"
    for typist in (BODY, MONITOR, by("p5", "secretariat")):
        typed = {**letter, "entered_by": typist}
        assert anonymous().refuses("danger-claimed", NOBODY, **typed) == "not-known-who"
    assert anonymous().refuses("withdrawal-asked", NOBODY, **letter) == "never-for-another"


OF_SAFETY = ("danger-claimed", "danger-answered", "reprisal-reported", "reprisal-looked-into")


@pytest.mark.parametrize("code", OF_SAFETY)
def test_no_word_of_danger_or_reprisal_is_read_by_a_body_or_the_public(code: str) -> None:
    for part in ACTS[ActCode(code)].parts:
        assert set(part.readers) == {"complainant", "secretariat", "monitor"}
        assert not part.fact
