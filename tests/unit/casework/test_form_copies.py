"""A copy of a form: opened with its key alone, telling nothing else, and read by another's code."""

import hashlib
import json
from base64 import b64decode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from answerable.casework.form_copies import LONGEST, MAGIC, CopyStaysShut, FormCopies, NoFormCopy
from answerable.core.copy_key import copy_key, typed_copy_key
from answerable.keys.cipher import Aes256Gcm

KEY = copy_key(bytes(31) + b"\x2a")
VECTOR = Path(__file__).parents[3] / "docs/specs/vectors/form-copy/two-parts.json"


def copies() -> FormCopies:
    drawn = iter(range(1, 200))
    return FormCopies(Aes256Gcm(), lambda size: bytes([next(drawn)]) * size)


def test_what_was_sealed_opens_with_its_key_and_with_no_other() -> None:
    made = copies()
    copy = made.sealed(KEY, b'{"a": 1}')
    assert made.opened(KEY, copy).rstrip() == b'{"a": 1}'
    with pytest.raises(CopyStaysShut):
        made.opened(copy_key(bytes(32)), copy)


def test_no_octet_can_be_changed_or_left_out() -> None:
    made = copies()
    copy = made.sealed(KEY, b"{}")
    for at in (0, 5, len(MAGIC), len(MAGIC) + 15, len(MAGIC) + 20, len(copy) - 1):
        changed = copy[:at] + bytes([copy[at] ^ 1]) + copy[at + 1 :]
        with pytest.raises((NoFormCopy, CopyStaysShut)):
            made.opened(KEY, changed)
    for length in (0, 1, len(MAGIC), len(MAGIC) + 28, len(copy) - 1):
        with pytest.raises((NoFormCopy, CopyStaysShut)):
            made.opened(KEY, copy[:length])
    with pytest.raises(NoFormCopy):
        made.opened(KEY, MAGIC + b"0" * (LONGEST + 1))


def test_the_length_of_a_copy_tells_little_of_what_is_in_it() -> None:
    made = copies()
    assert len(made.sealed(KEY, b"")) == len(made.sealed(KEY, b"x" * 4096))
    assert len(made.sealed(KEY, b"x" * 5000)) == len(made.sealed(KEY, b"x" * 8192))


def test_no_two_copies_of_the_same_are_alike() -> None:
    made = copies()
    assert made.sealed(KEY, b"{}") != made.sealed(KEY, b"{}")


def test_the_vector_opens_by_the_page_of_the_format_alone() -> None:
    vector = json.loads(VECTOR.read_text())
    data = b64decode(vector["file"])
    head = b"answerable/form-copy/v1\n"
    assert data.startswith(head)
    salt, nonce, sealed = data[24:40], data[40:52], data[52:]
    digits = vector["key"].replace(" ", "").encode()
    secret = hashlib.scrypt(
        digits, salt=b"answerable/form-copy/v1\0" + salt, n=16384, r=8, p=1, dklen=32
    )
    plain = AESGCM(secret).decrypt(nonce, sealed, None)
    assert json.loads(plain) == vector["plaintext"]
    assert copies().opened(typed_copy_key(vector["key"]), data) == plain
