"""The files of docs/specs/vectors/request, read as any reader must read them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from answerable.casework.requests import REQUEST_BYTES
from answerable.core.case import limits
from answerable.core.proceeding.intake import HandedRequest
from answerable.core.proceeding.request import MOST_POINTS
from answerable.forms.request_file import FORMAT, read_request, request_text

SPECS = Path(__file__).parents[3] / "docs" / "specs"
PAGE = (SPECS / "request.md").read_text()
VALID = SPECS / "vectors" / "request" / "valid"
REFUSED = SPECS / "vectors" / "request" / "refused"
EXPECTED: dict[str, Any] = json.loads((REFUSED / "expected.json").read_text())
HEAD = b"format: answerable/request/v1\nsubject: S\nlanguage: en\npoints:\n"


def files() -> list[Path]:
    return [path for path in sorted(VALID.iterdir()) if not path.name.endswith(".read.json")]


def told(handed: HandedRequest) -> dict[str, Any]:
    request = handed.request
    return {
        "subject": request.subject,
        "reference": request.reference,
        "language": request.language,
        "points": [
            {
                "number": one.number,
                "label": one.label,
                "page": one.page,
                "text": one.text,
                "about": one.about.json(),
                "carries": one.carries,
            }
            for one in request.points
        ],
        "notes": [{"code": note.code, "facts": dict(note.facts)} for note in handed.notes],
        "remainder": list(handed.remainder),
    }


def faults_of(data: bytes, name: str) -> list[dict[str, Any]]:
    checked = read_request(data, name)
    assert (checked.value is None) == bool(checked.faults)
    return [
        {"code": one.code, "field": one.facts["field"], "line": one.facts["line"]}
        for one in checked.faults
    ]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_a_valid_file_says_what_stands_beside_it(path: Path) -> None:
    checked = read_request(path.read_bytes(), path.name)
    assert checked.faults == ()
    assert checked.value is not None
    assert told(checked.value) == json.loads(path.with_name(f"{path.name}.read.json").read_text())


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_what_was_read_can_be_written_down_and_read_again(path: Path) -> None:
    checked = read_request(path.read_bytes(), path.name)
    assert checked.value is not None
    again = read_request(request_text(checked.value.request).encode(), "")
    if checked.value.request.subject:
        assert again.value is not None
        assert again.value.request == checked.value.request
    else:
        assert [fault.facts["field"] for fault in again.faults] == ["subject"]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_bad_file_is_refused_with_its_codes_fields_and_lines(name: str) -> None:
    assert faults_of((REFUSED / name).read_bytes(), name) == EXPECTED[name]


def test_every_refused_file_is_expected_and_the_page_names_every_code() -> None:
    assert {path.name for path in REFUSED.iterdir()} - {"expected.json"} == set(EXPECTED)
    codes = {one["code"] for listed in EXPECTED.values() for one in listed}
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()


def test_the_page_names_the_format_every_key_and_every_note() -> None:
    assert f"`{FORMAT}`" in PAGE
    listed = re.findall(r"(?m)^   \| `([a-z-]+)` \|", PAGE)
    for key in ("subject", "reference", "language", "points", "text", "label", "about", "carries"):
        assert key in listed
    notes = {
        note["code"]
        for path in VALID.glob("*.read.json")
        for note in json.loads(path.read_text())["notes"]
    }
    assert notes - set(listed) == set()


def test_a_file_that_is_too_large_is_not_read() -> None:
    data = b"1. Which?\n" + b"#" * REQUEST_BYTES
    assert [fault["code"] for fault in faults_of(data, "request.txt")] == ["file-too-large"]


def test_more_points_than_a_request_may_have_are_refused() -> None:
    most = HEAD + b"  - Which?\n" * MOST_POINTS
    assert faults_of(most, "request.yaml") == []
    assert [one["code"] for one in faults_of(most + b"  - One.\n", "r.yaml")] == ["too-many"]
    paper = "\n\n".join(f"{n}. Which?" for n in range(1, MOST_POINTS + 2))
    assert [one["code"] for one in faults_of(paper.encode(), "r.txt")] == ["too-many"]


def test_a_point_of_a_paper_that_is_longer_than_a_point_is_named() -> None:
    paper = f"1. Which?\n\n2. {'word ' * limits.ACCOUNT}"
    expected = [{"code": "too-long", "field": "points[2].text", "line": None}]
    assert faults_of(paper.encode(), "request.txt") == expected


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xff\xfe1\x00.\x00", "not-utf-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "paper-locked"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "not-a-paper"),
        (b"1. a\n" * 60_001, "paper-too-large"),
    ],
)
def test_what_is_no_paper_is_refused_in_a_word(data: bytes, code: str) -> None:
    assert [fault["code"] for fault in faults_of(data, "request")] == [code]


def test_a_text_file_of_windows_is_read_and_its_hidden_signs_are_counted() -> None:
    checked = read_request(
        "\ufeffSubject: X\r\n\r\n1. Which\u202e?\r\n2. Who\x07?".encode(), "r.txt"
    )
    assert checked.value is not None
    assert [one.text for one in checked.value.request.points] == ["Which?", "Who?"]
    assert checked.value.notes[-1].facts == {"signs": 2}
