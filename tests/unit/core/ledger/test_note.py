"""Signed notes: limits, cosignatures of both types, and what cannot be told apart."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from answerable.core.ledger.checkpoint import Checkpoint, Cosignature, cosignatures
from answerable.core.ledger.cosignature import cosignature_blob, subtree_message
from answerable.core.ledger.note import (
    MLDSA_COSIGNATURE,
    AmbiguousKeys,
    NoKnownSignature,
    Note,
    Signature,
    SignatureDoesNotFit,
    UnreadableKey,
    UnreadableNote,
    VerifierKey,
    open_note,
    parse_note,
    sign_note,
)
from tests.support.training_ledger import GREASE, LOG, MAY, ORIGIN, TIME, verify

TEXT = Checkpoint(ORIGIN, 3, bytes(32)).text()
MLDSA = MLDSA44PrivateKey.generate()
PQ = VerifierKey.of("pq.example", MLDSA_COSIGNATURE, MLDSA.public_key().public_bytes_raw())


def _verify_mldsa(public: bytes, signature: bytes, message: bytes) -> bool:
    try:
        MLDSA44PublicKey.from_public_bytes(public).verify(signature, message)
    except Exception:  # noqa: BLE001 - whatever it raises, it does not fit
        return False
    return True


def _cosigned_by_mldsa(at_seconds: int = MAY) -> Note:
    signature = MLDSA.sign(subtree_message(PQ.name, at_seconds, TEXT))
    line = Signature(PQ.name, PQ.key_id, cosignature_blob(at_seconds, signature))
    signed = sign_note(TEXT, (LOG.signer(), TIME.at(MAY)))
    return Note(TEXT, (*signed.signatures, line))


def test_an_ml_dsa_line_is_unknown_unless_its_verifier_is_given() -> None:
    note = parse_note(_cosigned_by_mldsa().encode())
    keys = (LOG.verifier, PQ)
    assert [by.key for by in open_note(note, keys, verify)] == [LOG.verifier]
    opened = open_note(note, keys, verify, verify_mldsa=_verify_mldsa)
    assert [by.key for by in opened] == list(keys)
    assert cosignatures(opened) == (Cosignature("pq.example", PQ.key_id, MAY),)


def test_an_ml_dsa_line_of_another_time_refuses_the_note() -> None:
    note = _cosigned_by_mldsa()
    *others, line = note.signatures
    moved = replace(line, blob=cosignature_blob(MAY + 1, line.blob[8:]))
    with pytest.raises(SignatureDoesNotFit):
        open_note(Note(TEXT, (*others, moved)), (PQ,), verify, verify_mldsa=_verify_mldsa)


def test_the_log_key_s_line_does_not_pass_as_a_cosignature_nor_the_other_way() -> None:
    as_cosignature = VerifierKey.of(ORIGIN, 4, LOG.verifier.public)
    (line,) = sign_note(TEXT, (LOG.signer(),)).signatures
    for blob in (line.blob, bytes(8) + line.blob):
        forged = Signature(as_cosignature.name, as_cosignature.key_id, blob)
        with pytest.raises(SignatureDoesNotFit):
            open_note(Note(TEXT, (forged,)), (as_cosignature,), verify)


def test_a_line_that_shares_only_name_or_only_id_is_ignored() -> None:
    (line,) = sign_note(TEXT, (LOG.signer(),)).signatures
    bad = bytes(64)
    same_name = Signature(ORIGIN, b"abcd", bad)
    same_id = Signature("someone.example", line.key_id, bad)
    assert len(open_note(Note(TEXT, (same_name, line, same_id)), (LOG.verifier,), verify)) == 1
    with pytest.raises(NoKnownSignature):
        open_note(Note(TEXT, (same_name, same_id)), (LOG.verifier,), verify)


def test_two_keys_that_a_line_cannot_tell_apart_are_refused() -> None:
    twin = replace(LOG.verifier, public=GREASE.verifier.public)
    with pytest.raises(AmbiguousKeys):
        open_note(sign_note(TEXT, (LOG.signer(),)), (LOG.verifier, twin), verify)


def test_a_time_of_2_to_the_63_does_not_fit() -> None:
    (line,) = sign_note(TEXT, (TIME.at(MAY),)).signatures
    late = replace(line, blob=(2**63).to_bytes(8) + line.blob[8:])
    with pytest.raises(SignatureDoesNotFit):
        open_note(Note(TEXT, (late,)), (TIME.verifier,), verify)


def test_a_note_has_at_most_100_signature_lines_and_1_mib() -> None:
    line = Signature("grease.example", b"abcd", b"e")
    assert len(parse_note(Note(TEXT, (line,) * 100).encode()).signatures) == 100
    with pytest.raises(UnreadableNote) as many:
        parse_note(Note(TEXT, (line,) * 101).encode())
    assert many.value.facts["reason"] == "too-many-signatures"
    with pytest.raises(UnreadableNote) as large:
        parse_note(Note("x" * (1 << 20) + "\n", (line,)).encode())
    assert large.value.facts["reason"] == "too-large"


@pytest.mark.parametrize("text", ["", "no line feed", "tab\t\n"])
def test_a_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises((ValueError, UnreadableNote)):
        sign_note(text, (LOG.signer(),))


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("", "kind"),
        ("a.example", "kind"),
        ("a.example+00000000+!", "form"),
        ("a.example+00000000+Ag==", "kind"),
        ("a.example+00000000+AQ==", "length"),
        (str(LOG.verifier).replace(ORIGIN, "two words"), "name"),
        (str(LOG.verifier).replace(ORIGIN, "a.example"), "key-id"),
        (str(LOG.verifier) + "\n", "form"),
    ],
)
def test_what_is_not_a_key_is_refused_with_its_reason(key: str, reason: str) -> None:
    with pytest.raises(UnreadableKey) as refused:
        VerifierKey.parse(key)
    assert refused.value.facts["reason"] == reason
