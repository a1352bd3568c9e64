"""The shipped procedures say what the table of real steps says, each period with its source.

steps.csv holds the facts of that table: 59 steps of 18 mechanisms, with the clock that says each.
"""

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answerable.core.acts import ActCode
from answerable.core.case.act_codes import CASE_SEATS
from answerable.core.case.acts.table import case_after
from answerable.core.case.acts.windows import windows_in
from answerable.core.case.standings import standing_of
from answerable.core.period import Period, Unit
from answerable.core.procedure import (
    Clock,
    Procedure,
    ProcedureKind,
    Titles,
)
from answerable.core.seats import COMPLAINANT, SENDER
from answerable.forms.shipped import ShippedProcedures, calendar_codes
from tests.support.cases import lodged

_TABLE = (Path(__file__).parent / "steps.csv").read_text(encoding="utf-8")
STEPS = list(csv.DictReader(_TABLE.splitlines()))
TRAINING = "training-mechanism"
TODAY = date(2026, 11, 22)
SHIPPED = {procedure.name: procedure for procedure in ShippedProcedures().shipped()}
LANGUAGES = {"en", "km", "fr"}

PROCEEDINGS = {
    *("eu-gsp-withdrawal", "un-special-procedures", "un-upr", "un-ccpr-op1", "ilo-cfa"),
}

# The clocks that case.md 6 lists, and those that a training has to show beside them.
CLOCKS_OF_A_CASE = {
    *("delivery", "opening", "danger", "reprisal", "intake", "clarification-theirs"),
    *("clarification-ours", "referral", "account", "entry-confirmation", "draft-comment"),
    *("finding", "contest-window", "contest-decision", "action", "withdrawal", "hold-review"),
    *("sitting", "mechanism-complaint", "acknowledgement", "draft-comment-body", "forum"),
    "better-proof",
}


def procedure(name: str) -> Procedure:
    return ShippedProcedures().procedure(name, TODAY)


def clocks(of: Procedure) -> dict[str, Clock]:
    return {**of.clocks, **of.recurring}


def every_clock() -> list[tuple[str, Clock]]:
    return [
        (f"{name}/{code}", clock)
        for name, of in SHIPPED.items()
        for code, clock in clocks(of).items()
    ]


def periods_of(step: dict[str, str]) -> list[Period]:
    """Return what the table gives: one period, one a class, or none."""
    if not step["unit"]:
        return []
    lengths = [int(length) for length in step["period"].split("|")]
    return [Period(abs(length), Unit(step["unit"]), length < 0) for length in lengths]


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step['procedure']}-{step['step']}")
def test_every_step_of_the_table_is_said_by_a_clock(step: dict[str, str]) -> None:
    clock = procedure(step["procedure"]).clock(step["clock"])
    said = list(clock.by_class.values()) or ([clock.period] if clock.period else [])
    assert said == periods_of(step)
    assert clock.confirmed is (step["confirmed"] == "yes")
    assert step["url"] in {source.url for source in clock.sources}


def test_the_table_is_whole_and_beside_it_are_the_training_and_the_plain_rules() -> None:
    named = {step["procedure"] for step in STEPS}
    assert len(STEPS) == 59
    assert len({name.partition("@")[0] for name in named}) == 18
    assert {procedure(name).name for name in named} | {
        *(f"{TRAINING}@{version}" for version in ("1", "2")),
        procedure("plain").name,
    } == set(SHIPPED)


def test_a_monitors_procedures_are_proceedings_and_grievance_mechanisms_are_for_cases() -> None:
    found = {of.id for of in SHIPPED.values() if of.kind is ProcedureKind.PROCEEDING}
    assert found == PROCEEDINGS


@pytest.mark.parametrize("path_and_clock", every_clock(), ids=lambda pair: pair[0])
def test_every_clock_has_its_source_and_says_how_far_it_is_trusted(
    path_and_clock: tuple[str, Clock],
) -> None:
    clock = path_and_clock[1]
    assert clock.sources
    for source in clock.sources:
        assert source.title
        assert source.confidence
        # What was only recalled is never shown as confirmed, what was read is not put in doubt.
        if source.confidence in {"recalled", "read"}:
            assert clock.confirmed is (source.confidence == "read")
    assert bool(clock.doubt) is not clock.confirmed


def texts_of(of: Procedure) -> Iterator[Titles]:
    yield of.titles
    yield from (seat.titles for seat in of.seats.values())
    yield from (event.titles for event in of.events.values())
    yield from of.classes.values()
    for clock in clocks(of).values():
        yield from (said for said in (clock.titles, clock.missed, clock.note) if said)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_is_there_in_english_khmer_and_french(name: str) -> None:
    for titles in texts_of(SHIPPED[name]):
        assert set(titles) == LANGUAGES, titles
        assert any("\u1780" <= letter <= "\u17ff" for letter in titles["km"]), titles


def test_cpgrams_without_a_version_is_the_one_in_force() -> None:
    assert procedure("india-cpgrams").version == "2024-08-23"
    before = ShippedProcedures().procedure("india-cpgrams", date(2024, 8, 22))
    assert before.version == "2022-07-27"


@pytest.mark.parametrize("name", sorted({of.id for of in SHIPPED.values()}))
def test_what_is_lodged_and_not_delivered_is_owed_by_whose_turn_it_is(name: str) -> None:
    of = procedure(name)
    _, turn = standing_of(case_after(None, lodged(host="neutral").acts[0]), 1)
    assert turn == SENDER
    for clock in of.clocks.values():
        if clock.met_by == ("delivered",):
            assert clock.owes == COMPLAINANT


def test_the_training_has_every_clock_of_a_case_and_every_seat() -> None:
    training = procedure(TRAINING)
    assert set(clocks(training)) == CLOCKS_OF_A_CASE
    assert set(training.seats) == set(CASE_SEATS)
    assert training.acts[ActCode("finding-issued")].two_persons
    assert all(pause.at_most for clock in training.clocks.values() for pause in clock.pauses)
    assert training.undertaking is not None
    assert training.outside_doors
    assert set(training.recurring) == {"sitting", "forum"}


def test_every_shipped_calendar_can_be_read_and_says_where_its_days_are_from() -> None:
    found = {code: ShippedProcedures().calendar(code) for code in calendar_codes()}
    assert all(calendar.sources for calendar in found.values())
    assert all(set(calendar.titles) == LANGUAGES for calendar in found.values())
    assert {code for code, calendar in found.items() if not calendar.confirmed} == {
        *("eu-commission", "ilo-sessions", "world-bank"),
    }


def test_days_to_contest_are_nobodys_debt_whatever_a_procedure_calls_them() -> None:
    india, training = SHIPPED["india-cpgrams@2024-08-23"], SHIPPED[f"{TRAINING}@2"]
    assert windows_in([india]) == {"appeal"}
    assert windows_in([india, training]) == {"appeal", "contest-window"}
    owed = replace(india.clocks["appeal"], met_by=(ActCode("finding-issued"),))
    other = replace(india, clocks={"appeal": owed})
    # Where one procedure of a mechanism makes a debt of it, no figure tells the two apart.
    assert windows_in([india, other]) == frozenset()
