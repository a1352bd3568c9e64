"""What people wrote is on disk only as ciphertext."""

from base64 import urlsafe_b64encode
from pathlib import Path

from answerable.core.docket import Change, NewDocket
from tests.support.by_hand import on_sqlite, submitted, unit

WORDS = "Three men sealed the office in Stung Treng and took the register."


def test_no_word_of_a_submission_is_in_what_is_stored(tmp_path: Path) -> None:
    ledger = on_sqlite(tmp_path)
    ledger.append(unit(Change(NewDocket(), (submitted(WORDS),))))
    octets = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    # What is kept readable of the act is there, so the right files were read.
    assert b"submitted" in octets
    assert WORDS.encode() not in octets
    for word in ("Stung Treng", "allegations/1/what"):
        assert word.encode() not in octets
    encoded = {urlsafe_b64encode(WORDS.encode()[at:])[4:-8] for at in range(3)}
    assert not any(text in octets for text in encoded)
