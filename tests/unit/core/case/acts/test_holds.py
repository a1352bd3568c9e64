"""Clocks are extended, held and resumed, on a legal basis and to a date."""

from typing import Any

from tests.support.cases import CHAIR, OFFICER, Told, accepted, assigned, starting, with_clock

MORE: dict[str, Any] = {"clock": "finding", "new_date": "2026-07-01"}
HOLD: dict[str, Any] = {"review_on": "2026-06-01"}


def running(due: str | None = "2026-06-15") -> Told:
    told = with_clock(
        assigned(), "finding", starts="accepted", meets="finding-issued", extends="clock-extended"
    )
    return told.did("accepted", OFFICER, (1,), starting("finding", due))


def test_a_running_clock_is_extended_to_a_date() -> None:
    told = running().does("clock-extended", OFFICER, **MORE)
    assert told.last.facts == {"clock": "finding", "until": "2026-07-01"}
    running(None).does("clock-extended", OFFICER, **MORE)


def test_only_a_clock_that_the_procedure_extends_is_extended() -> None:
    told = with_clock(running(), "account", starts="account-asked", meets="account-given")
    for clock in ("account", "patience"):
        said = told.refuses("clock-extended", OFFICER, **{**MORE, "clock": clock})
        assert said == "clock-not-extendable"


def test_a_clock_that_does_not_run_here_is_not_extended() -> None:
    assert running().refuses("clock-extended", OFFICER, (2,), **MORE) == "clock-not-running"
    met = running().did(
        "finding-issued",
        CHAIR,
        (2,),
        {"clocks": {"meets": [{"clock": "finding", "started-by": 5}]}},
    )
    assert met.refuses("clock-extended", OFFICER, (2,), **MORE) == "clock-not-running"


def test_more_time_is_more_time() -> None:
    same = {**MORE, "new_date": "2026-06-15"}
    assert running().refuses("clock-extended", OFFICER, **same) == "no-more-time"
    running().does("clock-extended", OFFICER, **{**MORE, "new_date": "2026-06-16"})
    over = {**MORE, "new_date": "2026-05-11"}
    assert running().refuses("clock-extended", OFFICER, **over) == "day-passed"


def test_time_is_given_on_a_legal_basis() -> None:
    said = running().refuses("clock-extended", OFFICER, **MORE, legal_basis=None)
    assert said == "act-incomplete"


def test_a_clock_is_held_until_it_is_looked_at_again_and_resumed() -> None:
    held = assigned().does("clock-held", CHAIR, **HOLD)
    assert held.last.facts == {"until": "2026-06-01"}
    assert (held.allegation().held, held.allegation(2).held) == (5, 0)
    assert held.refuses("clock-held", CHAIR, **HOLD) == "held-already"
    assert held.does("clock-resumed", CHAIR).allegation().held == 0


def test_what_is_not_held_is_not_resumed() -> None:
    assert assigned().refuses("clock-resumed", CHAIR) == "not-held"


def test_a_hold_is_looked_at_again_on_a_day_to_come() -> None:
    assert assigned().refuses("clock-held", CHAIR, review_on="2026-05-11") == "day-passed"


def test_the_accused_holds_and_extends_no_clock() -> None:
    assert accepted(accused="p4").refuses("clock-held", CHAIR, **HOLD) == "accused-decides"
    own = running().did("accepted", CHAIR, (1,), {"party": "p11"})
    assert own.refuses("clock-extended", OFFICER, **MORE) == "accused-decides"
