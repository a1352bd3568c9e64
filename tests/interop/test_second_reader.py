"""A reader in Go made from docs/specs alone, and the verifier's page, answer as the vectors say."""

import json
from pathlib import Path
from typing import Any

import pytest

from answerable.core.canonical import encode
from tests.support.go_programs import Answer, Command, GoProgram, Program

pytestmark = pytest.mark.interop

VECTORS = Path(__file__).parents[2] / "docs" / "specs" / "vectors"

Asked = list[tuple[Command, Answer]]


def index(name: str) -> Any:
    return json.loads((VECTORS / name).read_text())


def differences(reader: Program, asked: Asked) -> list[str]:
    """Name each command whose answer lacks something of what is wanted, or says otherwise."""
    assert asked
    found = reader.answers(command for command, _ in asked)
    return [
        f"{' '.join(Path(word).name for word in command)}: wanted {wanted}, got {got}"
        for (command, wanted), got in zip(asked, found, strict=True)
        if any(name not in got or got[name] != value for name, value in wanted.items())
    ]


def wanted_of(case: dict[str, Any], good: str) -> Answer:
    if good in case:
        return {"outcome": "proven", **case[good]}
    return {"outcome": "refused", "reason": None, **case["refused"]}


def test_every_policy_of_the_vectors_is_read_alike(other_reader: Program) -> None:
    asked: Asked = []
    for case in index("policy/index.json")["cases"]:
        file = str(VECTORS / "policy" / case["file"])
        asked.append((["policy", file], wanted_of(case, "read")))
        for quorum in case.get("quorums", ()):
            asked.append((["policy", file, *quorum["cosigned"]], {"met": quorum["met"]}))
    assert differences(other_reader, asked) == []


def test_every_receipt_of_the_vectors_is_judged_alike(other_reader: Program) -> None:
    cases = index("receipt/index.json")
    asked: Asked = []
    for case in cases["cases"]:
        files = (str(VECTORS / "policy" / case["policy"]), str(VECTORS / "receipt" / case["file"]))
        asked.append((["receipt", *files, str(cases["now"])], wanted_of(case, "proven")))
    assert differences(other_reader, asked) == []
    for command, wanted in asked[:: len(asked) // 10]:
        assert other_reader.exit_code(*command) == wanted.get("exit", 0)


def test_every_opening_of_the_vectors_is_judged_alike(other_reader: Program) -> None:
    cases = index("commitment/index.json")
    asked: Asked = []
    for case in cases["cases"]:
        file = str(VECTORS / "commitment" / case["file"])
        words = ["opening", file, case["commitment"], cases["origin"]]
        asked.append((words, wanted_of(case, "opened")))
    assert differences(other_reader, asked) == []


def test_every_record_of_the_vectors_is_made_again_from_its_secret(
    second_reader: GoProgram,
) -> None:
    origin = index("commitment/index.json")["origin"]
    asked: Asked = []
    for record in index("commitment/records.json"):
        lists = ("content", "envelope")
        given = {
            name: [
                {key: field[key] for key in ("path", "readers", "value")} for field in record[name]
            ]
            for name in lists
        }
        secret = {"origin": origin, "record_secret": record["record_secret"]}
        wanted = {
            **{name: value for name, value in record.items() if isinstance(value, str)},
            **{name: [field["disclosure"] for field in record[name]] for name in lists},
            "decoys": [decoy["digest"] for decoy in record["decoys"]],
        }
        del wanted["name"], wanted["record_secret"]
        asked.append((["record", encode({**given, **secret}).decode()], wanted))
    assert differences(second_reader, asked) == []


@pytest.mark.parametrize("word", ["number", "instant"])
def test_every_number_and_instant_of_the_vectors_is_read_alike(
    other_reader: Program, word: str
) -> None:
    cases = index(f"act/{word}s.json")
    asked: Asked = [([word, case.pop("text")], case) for case in cases["valid"] + cases["refused"]]
    assert differences(other_reader, asked) == []


def test_every_value_of_the_envelope_in_the_vectors_is_judged_alike(
    other_reader: Program,
) -> None:
    asked: Asked = []
    for case in index("act/values.json"):
        for outcome, values in (("proven", case["valid"]), ("refused", case["refused"])):
            for value in values:
                words = ["value", case["path"], encode(value).decode()]
                asked.append((words, {"outcome": outcome}))
    assert differences(other_reader, asked) == []
