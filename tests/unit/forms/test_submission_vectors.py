"""The files of docs/specs/vectors/submission, read as any reader must read them."""

import json
from pathlib import Path
from typing import Any

import pytest

from answerable.core.acts import Field
from answerable.core.case.counted import counted_facts
from answerable.core.case.delivery import read_delivery
from answerable.core.case.problems import Problem
from answerable.forms.form import read_form

SPECS = Path(__file__).parents[3] / "docs" / "specs"
VECTORS = SPECS / "vectors" / "submission"
BESIDE = (".fields.json", ".facts.json")
VALID = sorted(p for p in (VECTORS / "valid").iterdir() if not p.name.endswith(BESIDE))
EXPECTED: dict[str, Any] = json.loads((VECTORS / "refused" / "expected.json").read_text())


def problems(path: Path) -> list[Problem]:
    try:
        form = read_form(path.read_bytes(), path.name)
        handed = read_delivery(form.documents, lines=form.lines, size=form.size)
    except Problem as problem:
        return [problem]
    return [problem for one in handed for problem in one.problems]


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_a_valid_file_gives_exactly_its_fields(path: Path) -> None:
    form = read_form(path.read_bytes(), path.name)
    handed = read_delivery(form.documents, lines=form.lines, size=form.size)
    wanted = [
        tuple(Field(one["path"], one["value"], tuple(one["readers"])) for one in fields)
        for fields in json.loads(path.with_name(f"{path.name}.fields.json").read_text())
    ]
    read = [one.submission for one in handed]
    assert [submission.fields() for submission in read if submission] == wanted


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.name)
def test_a_valid_file_gives_exactly_the_facts_of_its_envelope(path: Path) -> None:
    form = read_form(path.read_bytes(), path.name)
    handed = read_delivery(form.documents, lines=form.lines, size=form.size)
    read = [one.submission for one in handed if one.submission]
    facts = [submission.facts() | counted_facts(submission) for submission in read]
    assert facts == json.loads(path.with_name(f"{path.name}.facts.json").read_text())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_file_is_refused_with_its_code_field_and_line(name: str) -> None:
    found = [
        {"code": one.code, "field": one.facts["field"], "line": one.facts["line"]}
        for one in problems(VECTORS / "refused" / name)
    ]
    assert found == EXPECTED[name]


def test_every_bad_file_has_its_expectation() -> None:
    files = {p.name for p in (VECTORS / "refused").iterdir()} - {"expected.json"}
    assert files == EXPECTED.keys()
    assert all(EXPECTED.values())


def test_the_examples_of_the_page_are_the_files() -> None:
    page = (SPECS / "submission.md").read_text()
    for name in ("training-km.yaml", "training-en.yaml", "sealed.json"):
        assert (VECTORS / "valid" / name).read_text() in page


def test_every_code_that_a_file_can_be_refused_with_is_on_the_page() -> None:
    page = (SPECS / "submission.md").read_text()
    kinds: list[type[Problem]] = [*Problem.__subclasses__()]
    assert [kind.code for kind in kinds if f"`{kind.code}`" not in page] == []
