"""The data of a collected response, as docs/specs/response.md fixes them."""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from tests.support.response_vectors import EXAMPLE, FOLDER, vectors

SPEC = Path(__file__).parents[4] / "docs" / "specs" / "response.md"
INDEX: list[dict[str, Any]] = json.loads((FOLDER / "index.json").read_text())["cases"]


def test_the_vectors_are_what_the_code_writes() -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == vectors()


def test_the_example_of_the_page_is_a_vector() -> None:
    (block,) = re.findall(r"(?s)```json\n(.*?)```", SPEC.read_text())
    assert json.loads(block) == json.loads(EXAMPLE.encoded())
    assert "".join(block.splitlines()) == EXAMPLE.encoded().decode().rstrip("\n")


@pytest.mark.parametrize("case", INDEX, ids=lambda case: case["file"])
def test_a_fingerprint_is_that_of_the_file_and_the_file_is_canonical(case: dict[str, Any]) -> None:
    content = (FOLDER / case["file"]).read_bytes()
    assert sha256(content).hexdigest() == case["fingerprint"]
    assert rfc8785.dumps(json.loads(content)) + b"\n" == content


@pytest.mark.parametrize("case", INDEX, ids=lambda case: case["file"])
def test_the_gaps_can_be_counted_again_from_the_points_alone(case: dict[str, Any]) -> None:
    told = json.loads((FOLDER / case["file"]).read_bytes())
    points = told["points"]
    replies = [reply for point in points for reply in point["replies"]]
    counted = {
        "unassigned": sum(point["unassigned"] for point in points),
        "unanswered": sum(not point["replies"] for point in points),
        "silent": sum(len(point["silent"]) for point in points),
        "not-confirmed": sum(
            reply["confirmation"] in {"refused", "not-confirmed"} for reply in replies
        ),
        "without-basis": sum(
            reply["given"] is not None and not reply["basis"] for reply in replies
        ),
    }
    assert counted == told["gaps"] == case["gaps"]
