"""The vector files of docs/specs, held against the code that they describe."""

import json
from pathlib import Path
from typing import Any

import pytest

from answerable.core.errors import AnswerableError, Malformed, Refusal, Undecidable
from answerable.core.ledger.note import VerifierKey, open_note, parse_note
from answerable.core.ledger.policy import Policy, UnreadablePolicy, parse_policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from answerable.core.ledger.tiles import (
    UnreadableBundle,
    decode_bundle,
    entries_path,
    published_between,
    tile_path,
    widths,
)
from answerable.core.ledger.tree import (
    check_consistency,
    commitment_of,
    leaf_hash,
    root_from_inclusion,
    root_of,
)
from tests.support.training_ledger import commitment, leaves, verify
from tests.support.vectors import FOLDER, vectors

Case = dict[str, Any]

EXITS: dict[type[AnswerableError], int] = {Refusal: 1, Malformed: 2, Undecidable: 3}


def _cases(index: str) -> list[Any]:
    cases = json.loads((FOLDER / index).read_text())["cases"]
    return [
        pytest.param(case, id=case.get("file", f"{Path(index).stem}-{at}"))
        for at, case in enumerate(cases)
    ]


def test_the_files_are_what_the_script_writes() -> None:
    folders = ("ledger", "policy", "receipt")
    held = {
        f"{folder}/{file.name}": file.read_bytes()
        for folder in folders
        for file in (FOLDER / folder).iterdir()
    }
    assert held == vectors(), "run python -m tests.support.vectors and read what changed"


def test_roots_are_those_of_the_vectors() -> None:
    known = json.loads((FOLDER / "ledger/roots.json").read_text())
    entry = bytes.fromhex(known["first"]["entry"])
    assert commitment_of(entry).hex() == known["first"]["commitment"] == commitment(0).hex()
    assert leaf_hash(entry).hex() == known["first"]["leaf"]
    hashes = leaves(max(root["size"] for root in known["roots"]))
    for root in known["roots"]:
        assert root_of(hashes[: root["size"]]).hex() == root["root"]


@pytest.mark.parametrize("case", _cases("ledger/inclusion.json"))
def test_inclusion_is_judged_as_the_vectors_say(case: Case) -> None:
    path = [bytes.fromhex(found) for found in case["path"]]
    leaf = bytes.fromhex(case["leaf"])
    try:
        root = root_from_inclusion(leaf, case["index"], case["size"], path)
        code = None if root.hex() == case["root"] else "root-differs"
    except AnswerableError as error:
        code = error.code
    assert code == case["code"]


@pytest.mark.parametrize("case", _cases("ledger/consistency.json"))
def test_consistency_is_judged_as_the_vectors_say(case: Case) -> None:
    old_root, new_root = bytes.fromhex(case["old_root"]), bytes.fromhex(case["new_root"])
    path = [bytes.fromhex(found) for found in case["path"]]
    code = None
    try:
        check_consistency(case["old"], old_root, case["new"], new_root, path=path)
    except AnswerableError as error:
        code = error.code
    assert code == case["code"]


def test_tiles_lie_where_the_vectors_say() -> None:
    known = json.loads((FOLDER / "ledger/tiles.json").read_text())
    for place in known["paths"]:
        assert tile_path(place["level"], place["n"], place["width"]) == place["tile"]
        assert entries_path(place["n"], place["width"]) == place["entries"]
    for size in known["widths"]:
        assert [list(found) for found in widths(size["size"])] == size["full_and_partial"]
    for growth in known["published"]:
        paths = [tile.path for tile in published_between(growth["old"], growth["new"])]
        assert paths == growth["paths"]
    for bundle in known["bundles"]:
        content = bytes.fromhex(bundle["content"])
        if bundle["code"] is None:
            decode_bundle(content)
        else:
            with pytest.raises(UnreadableBundle):
                decode_bundle(content)


@pytest.mark.parametrize("case", _cases("ledger/notes.json"))
def test_notes_are_opened_as_the_vectors_say(case: Case) -> None:
    keys = [VerifierKey.parse(key) for key in case["keys"]]
    if "code" in case:
        with pytest.raises(AnswerableError) as refused:
            open_note(parse_note(case["note"].encode()), keys, verify)
        assert refused.value.code == case["code"]
        return
    note = parse_note(case["note"].encode())
    opened = open_note(note, keys, verify)
    assert note.text == case["opened"]["text"]
    assert [str(by.key) for by in opened] == case["opened"]["signed_by"]
    assert [by.at_seconds for by in opened] == case["opened"]["times"]


@pytest.mark.parametrize("case", _cases("policy/index.json"))
def test_policies_are_read_as_the_vectors_say(case: Case) -> None:
    content = (FOLDER / "policy" / case["file"]).read_bytes()
    if "refused" in case:
        with pytest.raises(UnreadablePolicy) as refused:
            parse_policy(content)
        assert {"code": refused.value.code, **refused.value.facts} == case["refused"]
        return
    policy = parse_policy(content)
    assert _facts(policy) == case["read"]
    for asked in case["quorums"]:
        assert policy.quorum_met(asked["cosigned"]) == asked["met"]


def _facts(policy: Policy) -> Case:
    def dated(line: Any) -> Case:
        window = {"from": line.window.from_seconds, "until": line.window.until_seconds}
        return {"key": str(line.key), **window}

    return {
        "origin": policy.origin,
        "title": policy.title,
        "quorum": policy.quorum,
        "logs": [dated(log) for log in policy.logs],
        "witnesses": [{"name": by.name, **dated(by)} for by in policy.witnesses],
    }


@pytest.mark.parametrize("case", _cases("receipt/index.json"))
def test_receipts_are_judged_as_the_vectors_say(case: Case) -> None:
    now = json.loads((FOLDER / "receipt/index.json").read_text())["now"]
    content = (FOLDER / "receipt" / case["file"]).read_bytes()
    policy = parse_policy((FOLDER / "policy" / case["policy"]).read_bytes())
    if "refused" in case:
        with pytest.raises(AnswerableError) as refused:
            verify_receipt(Receipt.parse(content), policy, verify, now_seconds=now)
        exits = [code for kind, code in EXITS.items() if isinstance(refused.value, kind)]
        said = {"code": refused.value.code, "exit": exits[0]}
        if "reason" in refused.value.facts:
            said["reason"] = refused.value.facts["reason"]
        assert said == case["refused"]
        return
    proven = verify_receipt(Receipt.parse(content), policy, verify, now_seconds=now)
    assert {
        "origin": proven.origin,
        "index": proven.index,
        "size": proven.size,
        "commitment": proven.commitment.hex(),
        "log_key": str(proven.log_key),
        "at": proven.at_seconds,
        "quorum": proven.quorum,
        "cosigners": [
            {"name": by.name, "at": by.at_seconds, "own": by.own, "counted": by.counted}
            for by in proven.cosigners
        ],
    } == case["proven"]
