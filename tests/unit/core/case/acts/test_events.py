"""Events that a procedure declares and a case records: whose they are, when, and on which day."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.core.acts import ActCode, By, Seat
from answerable.core.procedure import Event
from tests.support.cases import (
    BODY,
    CHAIR,
    NGO,
    OFFICE,
    OFFICER,
    OTHER_BODY,
    PROCEDURE,
    REVIEWER,
    Told,
    accepted,
    read,
)


def declared(code: str, *seats: str, **rest: Any) -> Event:
    return Event(ActCode(code), {"en": code}, tuple(map(Seat, seats)), **rest)


EVENTS = (
    declared("board-decided", "reviewer", public=True),
    declared("review-requested", "member", when="accepted"),
    declared("file-complete", "handler"),
    declared("letter-arrived", "secretariat", when="intake"),
    declared("entered-for-another"),
)


def with_events(told: Told) -> Told:
    events = {event.code: event for event in EVENTS}
    return replace(told, procedure=replace(PROCEDURE, events=events))


CASE = with_events(accepted())


def test_an_event_of_the_procedure_is_recorded_with_the_day_on_which_it_happened() -> None:
    told = CASE.does("event-recorded", BODY, event="review-requested", on="2026-05-04")
    assert told.last.facts == {"event": "review-requested", "on": "2026-05-04"}


def test_an_event_that_is_declared_public_says_so_for_ever() -> None:
    told = CASE.does("event-recorded", REVIEWER, event="board-decided", on="2026-05-12")
    assert told.last.facts["public"] is True


def test_what_the_board_did_elsewhere_is_entered_for_it_with_the_evidence() -> None:
    told = CASE.does(
        "event-recorded",
        REVIEWER,
        entered_by=OFFICE,
        evidence="minutes of the Board",
        event="board-decided",
        on="2026-05-04",
    )
    assert (told.last.by, told.last.entered_by) == (REVIEWER, OFFICE)


@pytest.mark.parametrize("code", ["panel-decided", "finding-issued", "entered-for-another"])
def test_what_the_procedure_does_not_let_anyone_record_is_no_event(code: str) -> None:
    assert CASE.refuses("event-recorded", OFFICE, event=code, on="2026-05-04") == (
        "event-not-declared"
    )


@pytest.mark.parametrize("who", [OFFICE, CHAIR, NGO, REVIEWER])
def test_only_the_seats_whose_event_it_is_record_it(who: By) -> None:
    refused = CASE.refuses("event-recorded", who, event="review-requested", on="2026-05-04")
    assert refused == "not-this-seat"


def test_an_event_of_the_handler_is_recorded_by_the_officer_who_has_the_allegation() -> None:
    case = CASE.does("assigned", CHAIR, party=OFFICER.party)
    told = case.does("event-recorded", OFFICER, event="file-complete", on="2026-05-04")
    assert told.last.by == OFFICER
    refused = case.refuses("event-recorded", OFFICE, event="file-complete", on="2026-05-04")
    assert refused == "not-handler"


def test_an_event_is_recorded_in_the_states_that_the_procedure_names() -> None:
    said: dict[str, Any] = {"event": "letter-arrived", "on": "2026-05-04"}
    assert CASE.refuses("event-recorded", OFFICE, **said) == "not-now"
    told = with_events(read()).does("event-recorded", OFFICE, **said)
    assert told.last.facts == said


def test_what_has_not_happened_yet_is_not_recorded() -> None:
    assert CASE.refuses("event-recorded", REVIEWER, event="board-decided", on="2026-05-13") == (
        "day-not-yet"
    )


def test_an_event_names_what_proves_it() -> None:
    said: dict[str, Any] = {"event": "board-decided", "on": "2026-05-04"}
    assert CASE.refuses("event-recorded", REVIEWER, **said, proof=" ") == "act-incomplete"


def test_the_accused_says_what_it_did_itself_and_keeps_no_record_of_others() -> None:
    case = with_events(accepted(accused=REVIEWER.party))
    said: dict[str, Any] = {"event": "board-decided", "on": "2026-05-04"}
    assert case.refuses("event-recorded", REVIEWER, **said) == "accused-decides"
    body = with_events(accepted(accused=OTHER_BODY.party))
    told = body.does("event-recorded", OTHER_BODY, event="review-requested", on="2026-05-04")
    assert told.last.by == OTHER_BODY


def test_an_event_moves_no_standing() -> None:
    told = CASE.does("event-recorded", REVIEWER, event="board-decided", on="2026-05-04")
    assert told.now == CASE.now
