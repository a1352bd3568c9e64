"""A report is taken back by who made it, in its own time, and nobody sees the pressure."""

from typing import Any

import pytest

from answerable.core.acts import ActCode
from answerable.core.case.acts.table import ACTS
from answerable.core.case.acts.withdrawal import PRESSURE
from tests.support.cases import CHAIR, NGO, OFFICE, Told, accepted

ASK: dict[str, Any] = {"did_anyone_ask": "not-said"}


def asked() -> Told:
    return accepted().does("withdrawal-asked", NGO, **ASK)


@pytest.mark.parametrize("pressure", PRESSURE)
def test_a_withdrawal_waits_and_its_envelope_has_no_word_of_pressure(pressure: str) -> None:
    told = accepted().does("withdrawal-asked", NGO, did_anyone_ask=pressure, who_asked="a man")
    assert (told.last.facts, told.now.withdrawal) == ({}, 4)


def test_whether_anyone_asked_is_for_the_monitor_alone() -> None:
    parts = {part.name: part.readers for part in ACTS[ActCode("withdrawal-asked")].parts}
    assert parts["did-anyone-ask"] == parts["who-asked"] == ("monitor",)


def test_a_withdrawal_takes_effect_after_seven_days_at_the_earliest() -> None:
    soon = accepted().refuses("withdrawal-asked", NGO, **ASK, takes_effect="2026-05-18")
    assert soon == "withdrawal-too-soon"
    told = accepted().does("withdrawal-asked", NGO, **ASK, takes_effect="2026-05-19")
    assert told.last.facts == {"until": "2026-05-19"}


def test_one_withdrawal_waits_at_a_time() -> None:
    assert asked().refuses("withdrawal-asked", NGO, **ASK) == "withdrawal-open"


@pytest.mark.parametrize("act", ["withdrawal-asked", "withdrawal-revoked"])
def test_nobody_withdraws_for_another(act: str) -> None:
    said = ASK if act == "withdrawal-asked" else {}
    entered = asked().refuses(act, NGO, **said, entered_by=OFFICE, evidence="a letter")
    assert entered == "never-for-another"


def test_a_concluded_case_is_not_withdrawn() -> None:
    assert accepted().did("concluded", CHAIR, ()).refuses("withdrawal-asked", NGO, **ASK) == (
        "case-concluded"
    )


def test_a_withdrawal_is_taken_back_without_a_reason() -> None:
    told = asked().does("withdrawal-revoked", NGO)
    assert told.now.withdrawal == 0
    assert told.refuses("withdrawal-revoked", NGO) == "nothing-withdrawn"
    told.does("withdrawal-asked", NGO, **ASK)


def test_going_on_without_the_person_names_its_basis() -> None:
    told = asked().does("continued-without-person", CHAIR)
    assert (told.now.withdrawal, told.now.continued) == (0, 5)
    assert accepted().refuses("continued-without-person", CHAIR) == "nothing-withdrawn"
    assert asked().refuses("continued-without-person", CHAIR, legal_basis=None) == "act-incomplete"
    own = asked().did("accepted", OFFICE, (1,), {"party": "p4"})
    assert own.refuses("continued-without-person", CHAIR) == "accused-decides"
