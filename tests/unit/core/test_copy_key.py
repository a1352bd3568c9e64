"""Copy keys: of the shape of return keys, and never taken for one."""

from hashlib import sha256

import pytest

from answerable.core.copy_key import (
    CopyKey,
    CopyKeyGroupWrong,
    CopyKeyUnreadable,
    copy_key,
    sealing_key,
    typed_copy_key,
)
from answerable.core.return_key import KeyOfAnotherKind, return_key, typed_return_key

RANDOM = [sha256(b"%d" % number).digest() for number in range(200)]
KEY = copy_key(RANDOM[0])


def test_a_key_is_read_back_however_it_is_typed() -> None:
    khmer = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
    for random in RANDOM:
        key = copy_key(random)
        assert typed_copy_key("-".join(key.groups)) == key
        assert typed_copy_key(" ".join(key.groups).translate(khmer)) == key


def test_neither_kind_of_key_is_ever_taken_for_the_other() -> None:
    for random in RANDOM:
        with pytest.raises(KeyOfAnotherKind) as refused:
            typed_return_key(copy_key(random).digits)
        assert refused.value.facts == {"kind": "copy"}
        with pytest.raises(KeyOfAnotherKind) as refused:
            typed_copy_key(return_key(random).digits)
        assert refused.value.facts == {"kind": "return"}


@pytest.mark.parametrize("at", range(20))
def test_a_wrong_digit_is_told_with_its_group(at: int) -> None:
    digits = KEY.digits
    wrong = digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1 :]
    with pytest.raises(CopyKeyGroupWrong) as refused:
        typed_copy_key(wrong)
    assert refused.value.facts["group"] == at // 4 + 1


@pytest.mark.parametrize("text", ["", "1234", "XF-2026-0001-1", KEY.digits + "1", KEY.digits + "x"])
def test_what_is_no_key_is_said_to_be_none(text: str) -> None:
    with pytest.raises(CopyKeyUnreadable):
        typed_copy_key(text)


def test_each_salt_gives_another_key_and_none_is_shown() -> None:
    key = CopyKey(KEY.digits)
    assert sealing_key(key, b"a" * 16) != sealing_key(key, b"b" * 16)
    assert len(sealing_key(key, b"a" * 16)) == 32
    assert KEY.digits not in repr(key)
