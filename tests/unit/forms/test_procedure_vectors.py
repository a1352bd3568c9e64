"""The files of docs/specs/vectors/procedure, read as any reader must read them."""

import json
from pathlib import Path
from typing import Any

import pytest

from answerable.casework.procedures import RULES_BYTES, Checked
from answerable.cli.events import happened
from answerable.core.case import limits
from answerable.core.clocks import Matter, due
from answerable.forms import faults
from answerable.forms.calendar_file import read_calendar
from answerable.forms.faults import RuleFault
from answerable.forms.procedure_file import read_procedure

SPECS = Path(__file__).parents[3] / "docs" / "specs"
PAGE = (SPECS / "procedure.md").read_text()
VALID = SPECS / "vectors" / "procedure" / "valid"
REFUSED = SPECS / "vectors" / "procedure" / "refused"
EXPECTED: dict[str, Any] = json.loads((REFUSED / "expected.json").read_text())
DUE: list[dict[str, Any]] = json.loads((VALID / "due.json").read_text())


def read(path: Path) -> Checked[Any]:
    """Read a vector: a calendar where its name says so; procedures may name the lake's."""
    if path.name.startswith("calendar-") or ".calendar." in path.name:
        return read_calendar(path.read_bytes(), path.name)
    return read_procedure(path.read_bytes(), path.name, ["lake"])


@pytest.mark.parametrize(
    "path", [p for p in sorted(VALID.iterdir()) if p.name != "due.json"], ids=lambda path: path.name
)
def test_a_valid_file_is_read_without_a_fault(path: Path) -> None:
    checked = read(path)
    assert checked.faults == ()
    assert checked.value is not None


def valid(name: str) -> Any:
    return read(VALID / name).value


@pytest.mark.parametrize("known", DUE, ids=lambda one: f"{one['clock']} {one['events'][0]}")
def test_a_clock_of_a_valid_file_ends_on_its_known_day(known: dict[str, Any]) -> None:
    procedure, calendar = valid(known["file"]), valid("lake.calendar.yaml")
    clock = procedure.clock(known["clock"])
    events = tuple(happened(event, procedure, clock) for event in known["events"])
    answer = due(
        procedure, clock.code, Matter(events, {"lake": calendar}, str(known.get("class", "")))
    )
    assert (answer.on.isoformat() if answer.on else None) == known["due"]
    assert answer.confirmed == known["confirmed"]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_file_is_refused_with_its_code_field_and_line(name: str) -> None:
    found = [
        {
            "code": one.code,
            "field": one.facts["field"],
            "line": one.facts["line"],
            "reason": one.facts.get("reason"),
        }
        for one in read(REFUSED / name).faults
    ]
    # "rules" only tells the catalogue that the file is none that someone hands in.
    assert [{k: v for k, v in one.items() if (k, v) not in NO_REASON} for one in found] == (
        EXPECTED[name]
    )


NO_REASON = {("reason", None), ("reason", "rules")}


def test_every_bad_file_has_its_expectation() -> None:
    assert {p.name for p in REFUSED.iterdir()} - {"expected.json"} == EXPECTED.keys()
    assert all(EXPECTED.values())


def test_every_fault_has_a_file_that_is_refused_with_it_and_stands_on_the_page() -> None:
    codes = {kind.code for kind in RuleFault.__subclasses__()}
    assert len(codes) == len([name for name in vars(faults) if name[0].isupper()]) - 2
    assert codes <= {one["code"] for found in EXPECTED.values() for one in found}
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()


def test_the_examples_of_the_page_are_the_files() -> None:
    for name in ("withdrawal.yaml", "panel.yaml", "lake.calendar.yaml"):
        assert (VALID / name).read_text() in PAGE


def test_half_of_a_file_that_is_too_large_is_no_procedure() -> None:
    whole = (VALID / "minimal.yaml").read_bytes()
    padded = whole + b"# " + b"x" * RULES_BYTES
    (fault,) = read_procedure(padded[: RULES_BYTES + 1], "a.yaml").faults
    assert (fault.code, fault.facts["line"]) == ("file-too-large", None)
    assert read_procedure(padded[:RULES_BYTES], "a.yaml").value is not None


def test_a_file_with_a_thousand_faults_tells_the_first_few() -> None:
    text = (VALID / "minimal.yaml").read_text() + "".join(f"key{n}: 1\n" for n in range(1000))
    faults_told = read_procedure(text.encode(), "a.yaml").faults
    assert len(faults_told) == limits.PROBLEMS
    assert [one.facts["line"] for one in faults_told][:2] == [7, 8]


def test_the_defaults_of_a_procedure_are_those_of_each_clock_that_says_nothing_else() -> None:
    clocks = valid("withdrawal.yaml").clocks
    assert clocks["report"].counting.least_working_days == 2
    assert clocks["report"].counting.calendar == "lake"
    # Working days are enough by themselves, whatever the procedure says of other periods.
    assert clocks["effect"].counting.least_working_days == 0
    assert clocks["effect"].counting.day_off.value == "previous-working-day"


def test_a_case_without_a_standard_of_proof_has_the_balance_of_probabilities() -> None:
    assert valid("minimal.yaml").standard_of_proof == "balance-of-probabilities"
    assert valid("minimal.json").standard_of_proof == ""
