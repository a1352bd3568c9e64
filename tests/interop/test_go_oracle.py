"""Go's x/mod (sumdb/tlog and note) finds our receipts, tiles and paths true, and no others."""

import json
from pathlib import Path
from typing import Any

import pytest

from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import sign_note
from answerable.core.ledger.tree import consistency_path, inclusion_path
from tests.support.go_programs import GoProgram
from tests.support.policy_vectors import PLAIN
from tests.support.tampering import flipped, our_receipt, seeded
from tests.support.training_ledger import MAY, ORIGIN, commitment
from tests.support.training_tiles import OWN, SIZES, publish, receipt, root, subtree

pytestmark = pytest.mark.interop

VECTORS = Path(__file__).parents[2] / "docs" / "specs" / "vectors"
BY_POLICY = {"impossible-time", "key-outside-window", "quorum-not-met"}
"""What only a dated policy refuses: note and tree are sound, and x/mod says so."""

STRICTER = {
    "not-proven-one-good-and-one-bad-line-of-a-key",
    "malformed-index-with-a-zero-before",
    "malformed-more-than-64-kib",
}
"""What our specs refuse by choice, and Go's packages do not."""


def index(name: str) -> Any:
    return json.loads((VECTORS / name).read_text())


@pytest.fixture(scope="module")
def policy(tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("policy") / "plain.tlog-policy"
    file.write_bytes(PLAIN.encode())
    return str(file)


def test_receipts_of_the_vectors_hold_where_a_dated_policy_alone_could_refuse_them(
    oracle: GoProgram,
) -> None:
    cases = index("receipt/index.json")["cases"]
    answers = oracle.answers(
        [
            "receipt",
            str(VECTORS / "policy" / case["policy"]),
            str(VECTORS / "receipt" / case["file"]),
        ]
        for case in cases
    )
    wanted = {
        case["file"]: "proven" in case
        or case["refused"]["code"] in BY_POLICY
        or case["file"].removesuffix(".tlog-proof") in STRICTER
        for case in cases
    }
    held = {case["file"]: answer["holds"] for case, answer in zip(cases, answers, strict=True)}
    assert held == wanted
    for case, answer in zip(cases, answers, strict=True):
        proven = case.get("proven", {})
        for name in ("origin", "index", "size", "commitment"):
            assert answer.get(name) == proven.get(name, answer.get(name))


def test_inclusion_paths_of_the_vectors_are_judged_alike(oracle: GoProgram) -> None:
    cases = index("ledger/inclusion.json")["cases"]
    answers = oracle.answers(
        ["inclusion", case["leaf"], str(case["index"]), str(case["size"]), case["root"]]
        + case["path"]
        for case in cases
    )
    held = [answer["holds"] for answer in answers]
    assert held == [case["code"] is None for case in cases]
    assert {True, False} == set(held)


def test_consistency_paths_of_the_vectors_are_judged_alike(oracle: GoProgram) -> None:
    # An old size of 0 is our own rule (ledger.md 9): x/mod decides nothing of it.
    cases = [case for case in index("ledger/consistency.json")["cases"] if case["old"] > 0]
    answers = oracle.answers(
        ["consistency", str(case["old"]), case["old_root"], str(case["new"]), case["new_root"]]
        + case["path"]
        for case in cases
    )
    held = [answer["holds"] for answer in answers]
    assert held == [case["code"] is None for case in cases]
    assert {True, False} == set(held)


def test_fresh_receipts_of_ledgers_of_many_sizes_hold(
    oracle: GoProgram, policy: str, tmp_path: Path
) -> None:
    draw = seeded("receipts for the oracle")
    places = [(draw.randrange(size), size) for size in SIZES for _ in range(30)]
    commands = []
    for number, (at, size) in enumerate(places):
        file = tmp_path / str(number)
        file.write_bytes(receipt(at, size).encode())
        commands.append(["receipt", policy, str(file)])
    for (at, size), answer in zip(places, oracle.answers(commands), strict=True):
        assert answer == {
            "holds": True,
            "origin": ORIGIN,
            "index": at,
            "size": size,
            "commitment": commitment(at).hex(),
            "times": {f"{ORIGIN}/time": MAY},
        }


def test_what_we_prove_of_a_receipt_with_one_bit_changed_go_proves_too(
    oracle: GoProgram, policy: str, tmp_path: Path
) -> None:
    draw = seeded("bits for the oracle")
    ours, commands = [], []
    for number in range(200):
        size = draw.choice(SIZES)
        changed = flipped(receipt(draw.randrange(size), size).encode(), draw)
        file = tmp_path / str(number)
        file.write_bytes(changed)
        ours.append(our_receipt(PLAIN.encode(), changed, None))
        commands.append(["receipt", policy, str(file)])
    # Of one bit only the spare ones of base64 are let pass by Go, and by nobody here.
    for answer, found in zip(ours, oracle.answers(commands), strict=True):
        lenient = {"unreadable-note", "unreadable-receipt", "unreadable-checkpoint"}
        assert answer["outcome"] == "refused"
        assert not found["holds"] or answer["code"] in lenient


@pytest.mark.parametrize("size", SIZES)
def test_every_proof_is_recomputed_from_the_published_tiles(
    oracle: GoProgram, policy: str, tmp_path: Path, size: int
) -> None:
    publish(tmp_path, size)
    draw = seeded(f"tiles of {size}")
    at = [draw.randrange(size) for _ in range(5)] + [0, size - 1]
    old = [draw.randrange(1, size + 1) for _ in at]
    answers = oracle.answers(
        ["tiles", str(tmp_path), str(at), str(size), policy, str(old)]
        for at, old in zip(at, old, strict=True)
    )
    for index_, before, answer in zip(at, old, answers, strict=True):
        assert answer == {
            "holds": True,
            "origin": ORIGIN,
            "entries": size,
            "path": [sibling.hex() for sibling in inclusion_path(index_, size, subtree)],
            "consistency": [one.hex() for one in consistency_path(before, size, subtree)],
            "old_root": root(before).hex(),
        }


def test_a_ledger_published_in_steps_is_that_published_at_once(
    oracle: GoProgram, policy: str, tmp_path: Path
) -> None:
    for before, size in zip((0, *SIZES), SIZES, strict=False):
        publish(tmp_path, size, before)
        words = ["tiles", str(tmp_path), str(size - 1), str(size), policy, str(max(1, before))]
        assert oracle.answer(*words)["holds"]
        assert oracle.exit_code(*words) == 0


def test_files_that_agree_among_themselves_but_not_with_the_checkpoint_are_refused(
    oracle: GoProgram, policy: str, tmp_path: Path
) -> None:
    publish(tmp_path, 257)
    other = sign_note(Checkpoint(ORIGIN, 257, root(256)).text(), OWN).encode()
    (tmp_path / "checkpoint").write_bytes(other)
    answer = oracle.answer("tiles", str(tmp_path), "0", "257", policy)
    assert answer == {"holds": False, "error": "the entries lead to another root"}


@pytest.mark.parametrize("size", [257, 70_000])
def test_one_bit_changed_in_any_published_file_is_found(
    oracle: GoProgram, policy: str, tmp_path: Path, size: int
) -> None:
    files = publish(tmp_path, size)
    draw = seeded(f"bits of tiles of {size}")
    words = ["tiles", str(tmp_path), str(size - 1), str(size), policy]
    wide = [file for file in files if "/0/" in str(file) or "entries" in str(file)]
    chosen = {*draw.sample(wide, min(len(wide), 12)), *(file for file in files if file not in wide)}
    for file in (*sorted(chosen), tmp_path / "checkpoint"):
        true = file.read_bytes()
        file.write_bytes(flipped(true, draw))
        assert oracle.exit_code(*words) == 1, file
        file.write_bytes(true)
    assert oracle.exit_code(*words) == 0
