"""docs/howto/verify.md is true: its lines check a receipt with OpenSSL and nothing of ours."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.training_records import UNSIGNED, opening_of
from tests.support.transcripts import VECTORS, receipt_for

PAGE = Path(__file__).parents[2] / "docs" / "howto" / "verify.md"

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(shutil.which("openssl") is None, reason="OpenSSL is not on this machine"),
]


def steps() -> str:
    return "\n".join(re.findall(r"(?ms)^```sh\n(.*?)^```", PAGE.read_text()))


def by_hand(folder: Path) -> str:
    """Run every step in a folder with a receipt, an opening and a policy; return what is said."""
    shutil.copy(VECTORS / "policy" / "plain.tlog-policy", folder / "policy")
    ended = subprocess.run(
        ["sh", "-c", steps()],  # noqa: S607 - whichever shell the reader has
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stdout + ended.stderr


def keep(folder: Path, receipt: bytes) -> None:
    (folder / "XA.tlog-proof").write_bytes(receipt)
    (folder / "XA.opening.json").write_bytes(opening_of(UNSIGNED).encoded())


def test_a_receipt_and_its_opening_are_checked_by_openssl_alone(tmp_path: Path) -> None:
    keep(tmp_path, receipt_for(UNSIGNED.commitment).encode())
    said = by_hand(tmp_path)
    assert said.count("Signature Verified Successfully") == 2
    assert "00:14:05" in said
    assert "It is in the ledger." in said
    assert "The opening belongs to it." in said
    assert said.count("\nin the record: ") == len(opening_of(UNSIGNED).disclosures)
    assert "NOT IN THE RECORD" not in said
    assert '"value":"XA-2026-0061-7"' in said


@pytest.mark.parametrize("name", ["proven-issued", "proven-last-of-300", "proven-alone"])
def test_receipts_of_other_places_in_other_ledgers_lead_to_their_root(
    name: str, tmp_path: Path
) -> None:
    keep(tmp_path, (VECTORS / "receipt" / f"{name}.tlog-proof").read_bytes())
    said = by_hand(tmp_path)
    assert said.count("Signature Verified Successfully") == 2
    assert "It is in the ledger." in said
    assert "The opening belongs to it." not in said


@pytest.mark.parametrize(
    ("name", "signatures", "root"),
    [
        ("an-altered-log-signature", 1, True),
        ("an-earlier-time-written-in", 1, True),
        ("another-index", 2, False),
        ("another-commitment", 2, False),
        ("an-altered-hash", 2, False),
        ("path-with-one-hash-more", 2, False),
        ("another-root", 0, False),
    ],
)
def test_what_is_not_proven_is_not_proven_by_hand(
    name: str, signatures: int, *, root: bool, tmp_path: Path
) -> None:
    keep(tmp_path, (VECTORS / "receipt" / f"not-proven-{name}.tlog-proof").read_bytes())
    said = by_hand(tmp_path)
    assert said.count("Signature Verified Successfully") == signatures
    assert ("It is in the ledger." in said) == root
