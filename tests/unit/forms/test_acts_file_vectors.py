"""The files of docs/specs/vectors/acts-file, read as any reader must read them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from answerable.casework.do_acts import KEYS, WrittenAct, key_of
from answerable.casework.procedures import RULES_BYTES
from answerable.core.case import limits
from answerable.core.case.acts.table import ACTS
from answerable.forms.acts_file import FORMAT, read_acts

SPECS = Path(__file__).parents[3] / "docs" / "specs"
VALID = SPECS / "vectors" / "acts-file" / "valid"
REFUSED = SPECS / "vectors" / "acts-file" / "refused"
EXPECTED: dict[str, Any] = json.loads((REFUSED / "expected.json").read_text())
EXAMPLE = b"case: XA-2026-0061-7\nact: accepted\nas: Secretariat\n"


def files() -> list[Path]:
    return [path for path in sorted(VALID.iterdir()) if not path.name.endswith(".acts.json")]


def told(one: WrittenAct) -> dict[str, Any]:
    return {
        "case": one.number,
        "act": one.kind.code,
        "as": one.party,
        "seat": one.seat,
        "allegations": list(one.allegations),
        "with": one.second,
        "entered-by": one.entered_by,
        "evidence": one.evidence,
        "exhibits": list(one.exhibits),
        **({"sign-with": one.sign_with} if one.sign_with else {}),
        "parts": dict(one.typed),
        "line": one.line(""),
    }


def faults_of(data: bytes, name: str) -> list[dict[str, Any]]:
    faults = read_acts(data, name).faults
    return [
        {"code": one.code, "field": one.facts["field"], "line": one.facts["line"]} for one in faults
    ]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_a_valid_file_says_the_acts_that_stand_beside_it(path: Path) -> None:
    checked = read_acts(path.read_bytes(), path.name)
    assert checked.faults == ()
    assert checked.value is not None
    known = json.loads(path.with_name(f"{path.name}.acts.json").read_text())
    assert [told(one) for one in checked.value] == known


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_file_is_refused_with_its_codes_fields_and_lines(name: str) -> None:
    assert faults_of((REFUSED / name).read_bytes(), name) == EXPECTED[name]


def test_every_refused_file_is_expected_and_the_page_names_every_code() -> None:
    assert {path.name for path in REFUSED.iterdir()} - {"expected.json"} == set(EXPECTED)
    page = (SPECS / "acts-file.md").read_text()
    codes = {one["code"] for listed in EXPECTED.values() for one in listed}
    assert {code for code in codes if f"`{code}`" not in page} == set()


def test_the_page_lists_the_keys_of_every_act() -> None:
    page = (SPECS / "acts-file.md").read_text()
    assert re.findall(r"(?m)^   \| `([a-z-]+)` \|", page) == list(KEYS)
    assert f"`{FORMAT}`" in page


def test_every_part_of_every_act_has_a_key_of_its_own() -> None:
    for kind in ACTS.values():
        keys = [*KEYS, *(key_of(part.name) for part in kind.parts)]
        assert len(set(keys)) == len(keys), kind.code


def test_a_file_that_is_too_large_is_not_read() -> None:
    data = EXAMPLE + b"#" * RULES_BYTES
    assert [fault["code"] for fault in faults_of(data, "acts.yaml")] == ["file-too-large"]


def test_more_acts_than_a_file_may_hold_are_refused() -> None:
    most = b"---\n".join([EXAMPLE] * limits.SUBMISSIONS)
    assert faults_of(most, "acts.yaml") == []
    more = most + b"---\n" + EXAMPLE
    assert [fault["code"] for fault in faults_of(more, "acts.yaml")] == ["too-many"]
