"""A sitting of the panel."""

from typing import Any

from tests.support.cases import CHAIR, accepted

SITTING: dict[str, Any] = {"on": "2026-05-12", "present": ["A", "B"], "decisions": ["accepted"]}


def test_a_sitting_names_who_was_there_who_stood_aside_and_who_disagreed() -> None:
    told = accepted().does("panel-sat", CHAIR, **SITTING, recused=["C"], dissent=["B: too early"])
    assert told.last.facts == {"on": "2026-05-12"}


def test_a_sitting_that_has_not_been_has_decided_nothing() -> None:
    assert accepted().refuses("panel-sat", CHAIR, **{**SITTING, "on": "2026-05-13"}) == (
        "day-not-yet"
    )


def test_who_stood_aside_did_not_sit() -> None:
    assert accepted().refuses("panel-sat", CHAIR, **SITTING, recused=["B"]) == (
        "recused-and-present"
    )


def test_the_accused_does_not_chair_it() -> None:
    assert accepted(accused="p4").refuses("panel-sat", CHAIR, **SITTING) == "accused-decides"
