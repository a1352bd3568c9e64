"""Writes docs/specs/vectors for ledger, receipt and policy: python -m tests.support.vectors."""

import json
from pathlib import Path
from typing import Any

from answerable.core.ledger.policy import parse_policy
from answerable.core.ledger.proof import Receipt
from answerable.core.ledger.receipt import verify_receipt
from tests.support.ledger_vectors import ledger_vectors
from tests.support.policy_vectors import policy_vectors
from tests.support.receipt_vectors import MALFORMED, NOT_PROVEN, NOW, PROVEN, UNDECIDABLE
from tests.support.training_ledger import verify

Case = dict[str, Any]

FOLDER = Path(__file__).parents[2] / "docs" / "specs" / "vectors"
EXIT_CODES = {"not-proven": 1, "malformed": 2, "undecidable": 3}


def vectors() -> dict[str, bytes]:
    """Return every file of the vectors, by its path below the folder."""
    policies, policy_index = policy_vectors()
    receipts, receipt_index = _receipts(policies)
    return {
        **{f"ledger/{name}": _json(content) for name, content in ledger_vectors().items()},
        **{f"policy/{name}": content for name, content in policies.items()},
        "policy/index.json": _json({"cases": policy_index}),
        **{f"receipt/{name}": content for name, content in receipts.items()},
        "receipt/index.json": _json({"now": NOW, "cases": receipt_index}),
    }


def _receipts(policies: dict[str, bytes]) -> tuple[dict[str, bytes], list[Case]]:
    files: dict[str, bytes] = {}
    index: list[Case] = []
    for name, (receipt, policy) in PROVEN.items():
        file = f"proven-{name}.tlog-proof"
        files[file] = receipt.encode()
        proven = _proven(receipt, policies[f"{policy}.tlog-policy"])
        index.append({"file": file, "policy": f"{policy}.tlog-policy", "proven": proven})
    kinds = {"not-proven": NOT_PROVEN, "undecidable": UNDECIDABLE, "malformed": MALFORMED}
    for kind, cases in kinds.items():
        for name, case in cases.items():
            file = f"{kind}-{name}.tlog-proof"
            files[file] = case.content
            refused = {"code": case.code, "exit": EXIT_CODES[kind]}
            if case.reason is not None:
                refused["reason"] = case.reason
            index.append({"file": file, "policy": f"{case.policy}.tlog-policy", "refused": refused})
    return files, index


def _proven(receipt: Receipt, policy: bytes) -> Case:
    proven = verify_receipt(receipt, parse_policy(policy), verify, now_seconds=NOW)
    return {
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
    }


def _json(content: object) -> bytes:
    return json.dumps(content, indent=1, ensure_ascii=False).encode() + b"\n"


def main() -> None:
    written = vectors()
    for folder in ("ledger", "policy", "receipt"):
        (FOLDER / folder).mkdir(parents=True, exist_ok=True)
        for old in (FOLDER / folder).iterdir():
            old.unlink()
    for name, content in written.items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
