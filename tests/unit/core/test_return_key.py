"""Return keys: what a mistyped one is known by, before anything is looked up."""

from collections import Counter
from hashlib import sha256
from itertools import combinations

import pytest
from stdnum import damm

from answerable.core.return_key import (
    KeyGroupWrong,
    KeyUnreadable,
    ReturnKey,
    digest_of,
    return_key,
    typed_return_key,
)

SAMPLES = [return_key(sha256(b"%d" % number).digest()) for number in range(40)]
KEY = return_key(bytes(31) + b"\x2a")
GROUPS = [
    [f"{n:03d}{damm.calc_check_digit(f'{position}{n:03d}')}" for n in range(1000)]
    for position in range(1, 6)
]
"""All groups that fit in each place, by another's arithmetic."""


def with_group(position: int, group: str) -> str:
    """Return a key that is right in all places but perhaps this one."""
    groups = list(KEY.groups)
    groups[position - 1] = group
    return " ".join(groups)


def wrong_group(text: str) -> int:
    with pytest.raises(KeyGroupWrong) as refused:
        typed_return_key(text)
    return int(str(refused.value.facts["group"]))


def test_the_key_of_known_random_octets_is_this_one() -> None:
    assert KEY.text == "0008 0009 0002 0007 0423"
    assert KEY.digits == "".join(KEY.groups)


def test_the_check_digits_are_those_that_the_oracle_counts() -> None:
    for key in SAMPLES:
        for position, group in enumerate(key.groups, 1):
            assert damm.is_valid(f"{position}{group}")
        assert typed_return_key(key.text) == key


def test_drawn_digits_are_spread_evenly() -> None:
    keys = [return_key(sha256(b"even %d" % number).digest()) for number in range(3000)]
    for place in range(20):
        counts = Counter(key.digits[place] for key in keys)
        # Nine degrees of freedom: 33.7 is passed by one fair count in ten thousand.
        assert sum((counts[str(d)] - 300) ** 2 / 300 for d in range(10)) < 33.7


def test_a_key_is_made_of_32_octets_and_no_others() -> None:
    for length in (0, 16, 31, 33):
        with pytest.raises(ValueError, match="32"):
            return_key(bytes(length))


def test_every_single_wrong_digit_is_noticed_in_its_group() -> None:
    for position, groups in enumerate(GROUPS, 1):
        fitting = set(groups)
        for group in groups:
            for at, right in enumerate(group):
                others = (group[:at] + d + group[at + 1 :] for d in "0123456789" if d != right)
                assert fitting.isdisjoint(others)
        assert wrong_group(with_group(position, f"{groups[7][:3]}{9 - int(groups[7][3])}"))


def test_every_two_neighbouring_digits_that_changed_places_are_noticed() -> None:
    for groups in GROUPS:
        fitting = set(groups)
        for group in groups:
            for at in range(3):
                swapped = group[:at] + group[at + 1] + group[at] + group[at + 2 :]
                assert swapped == group or swapped not in fitting


def test_no_group_fits_in_two_places_so_every_two_that_changed_places_are_noticed() -> None:
    for one, other in combinations(GROUPS, 2):
        assert set(one).isdisjoint(other)
    groups = list(KEY.groups)
    groups[1], groups[2] = groups[2], groups[1]
    assert wrong_group(" ".join(groups)) == 2


def test_digits_that_changed_places_across_two_groups_are_noticed_in_both() -> None:
    # Each of the groups then has one wrong digit, which is noticed in every group.
    for key in SAMPLES:
        for at in (3, 7, 11, 15):
            digits = key.digits
            swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            if swapped != digits:
                assert wrong_group(swapped) == at // 4 + 1


def test_every_single_wrong_digit_of_a_whole_key_is_told_with_its_group() -> None:
    for at in range(20):
        for digit in "0123456789":
            if digit != KEY.digits[at]:
                assert wrong_group(KEY.digits[:at] + digit + KEY.digits[at + 1 :]) == at // 4 + 1


@pytest.mark.parametrize(
    "between", ["", " ", "-", "\n", "\u200b", "\u2011", "\u2013", "\u00a0", "\ufeff", " - ", "\t"]
)
def test_what_stands_between_digits_and_their_grouping_do_not_matter(between: str) -> None:
    for length in (1, 3, 4, 20):
        pieces = [KEY.digits[at : at + length] for at in range(0, 20, length)]
        assert typed_return_key(f" {between.join(pieces)}\n") == KEY


@pytest.mark.parametrize("zero", ["\u17e0", "\u0660", "\u06f0", "\uff10"])
def test_digits_of_other_scripts_are_digits(zero: str) -> None:
    for key in SAMPLES:
        typed = "".join(" " if sign == " " else chr(ord(zero) + int(sign)) for sign in key.text)
        assert typed_return_key(typed) == key


@pytest.mark.parametrize(
    ("text", "found", "reason"),
    [
        ("", 0, None),
        ("XA-2026-0061-7", 9, None),
        (KEY.digits[:-1], 19, None),
        (KEY.digits + "1", 21, None),
        (f"key {KEY.text}", 20, "signs"),
        (KEY.text.replace(" ", "o"), 20, "signs"),
        ("²" * 20, 0, None),
    ],
)
def test_what_is_no_key_is_told_with_the_digits_in_it(
    text: str, found: int, reason: str | None
) -> None:
    with pytest.raises(KeyUnreadable) as refused:
        typed_return_key(text)
    assert refused.value.facts == {"found": found, **({"reason": reason} if reason else {})}


def test_neither_a_key_nor_what_was_typed_is_shown_by_what_a_log_may_hold() -> None:
    typed = f"{KEY.digits[:-1]}{9 - int(KEY.digits[-1])}"
    with pytest.raises(KeyGroupWrong) as refused:
        typed_return_key(typed)
    for shown in (repr(KEY), str(KEY), f"{KEY}", repr(refused.value), str(refused.value.facts)):
        assert not any(group in shown for group in typed_groups(typed))


def typed_groups(typed: str) -> list[str]:
    return [typed[at : at + 4] for at in range(0, 20, 4)]


def test_a_digest_is_that_of_rfc_7914_with_these_costs() -> None:
    # By OpenSSL: kdf SCRYPT with the digits as password, label and origin as salt, N=16384 r=8 p=1.
    assert digest_of(ReturnKey("0" * 20), "example.org/a").hex() == (
        "9b9f488258b96dddeb7be5049faaa9889b4eba01f53e16b3ea9fb07e36ac1265"
    )


def test_another_key_or_another_mechanism_has_another_digest() -> None:
    one, other = SAMPLES[:2]
    digests = {digest_of(one, "a"), digest_of(other, "a"), digest_of(one, "b")}
    assert len(digests) == 3
    assert digest_of(one, "a") in digests
