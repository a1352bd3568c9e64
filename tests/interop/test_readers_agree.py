"""Our reader and each other one say the same of fresh files, true and tampered with."""

from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from random import Random

import pytest

from answerable.core.ledger.note import Signer
from tests.support.forged_openings import forged, opening
from tests.support.go_programs import Answer, Command, Program
from tests.support.policy_vectors import PLAIN, ROTATED, WITNESSED
from tests.support.tampering import (
    TAMPERINGS,
    flipped,
    our_opening,
    our_policy,
    our_receipt,
    seeded,
)
from tests.support.training_ledger import (
    GREASE,
    JULY,
    JUNE,
    LOG,
    MAY,
    NEW_LOG,
    NEW_TIME,
    NORTH,
    ORIGIN,
    OTHER_LOG,
    SOUTH,
    TIME,
)
from tests.support.training_tiles import OWN, SIZES, receipt

pytestmark = pytest.mark.interop

NOW = 1_785_456_000
TIMES = (MAY, MAY, JUNE - 1, JUNE, JULY - 1, JULY, 1_577_836_799, NOW + 86_400, NOW + 86_401)
POLICIES = tuple(policy.encode() for policy in (PLAIN, ROTATED, WITNESSED))
FILES = 200


class Asking:
    """Files written for another reader, with what ours says of each."""

    def __init__(self, reader: Program, folder: Path) -> None:
        self._reader = reader
        self._folder = folder
        self._names = count()
        self._asked: list[tuple[Command, Answer]] = []

    def write(self, octets: bytes) -> str:
        file = self._folder / str(next(self._names))
        file.write_bytes(octets)
        return str(file)

    def ask(self, command: Command, ours: Answer) -> None:
        self._asked.append((command, ours))

    def agreed(self) -> list[Answer]:
        """Return our answers, after comparing each with the other reader's."""
        theirs = self._reader.answers(command for command, _ in self._asked)
        for (command, ours), answer in zip(self._asked, theirs, strict=True):
            same = {name: answer.get(name) for name in ours}
            assert same == ours, f"{command}: ours {ours}, theirs {answer}"
        return [ours for _, ours in self._asked]


@pytest.fixture
def asking(other_reader: Program, tmp_path: Path) -> Asking:
    return Asking(other_reader, tmp_path)


def signers(draw: Random) -> tuple[Signer, ...]:
    if draw.randrange(2):
        return (*OWN, NORTH.at(draw.choice(TIMES)), GREASE.signer())
    dated = [key.at(draw.choice(TIMES)) for key in (TIME, NEW_TIME, NORTH, SOUTH)]
    plain = [key.signer() for key in (LOG, NEW_LOG, OTHER_LOG, GREASE)]
    return tuple(draw.sample(dated + plain, draw.randrange(1, 9)))


def receipts(draw: Random) -> Iterator[bytes]:
    for number in range(FILES):
        size = SIZES[number % len(SIZES)]
        yield receipt(draw.randrange(size), size, signers(draw)).encode()


def outcomes(answers: list[Answer]) -> Counter[str]:
    return Counter(answer.get("code", "proven") for answer in answers)


def test_both_readers_judge_fresh_receipts_alike(asking: Asking) -> None:
    draw = seeded("receipts")
    for octets in receipts(draw):
        policy, now = draw.choice(POLICIES), draw.choice((None, NOW))
        words = ["receipt", asking.write(policy), asking.write(octets)]
        words += [] if now is None else [str(now)]
        asking.ask(words, our_receipt(policy, octets, now))
    found = outcomes(asking.agreed())
    assert {"proven", "key-outside-window", "quorum-not-met", "no-timestamp"} <= set(found)


def test_one_bit_changed_in_a_receipt_is_refused_by_both_or_changes_nothing(
    asking: Asking,
) -> None:
    draw = seeded("bits of receipts")
    policy = WITNESSED.encode()
    trusted = asking.write(policy)
    whole = []
    for number in range(FILES):
        size = SIZES[number % len(SIZES)]
        octets = receipt(draw.randrange(size), size, (*OWN, NORTH.at(MAY), SOUTH.at(MAY))).encode()
        changed = flipped(octets, draw)
        asking.ask(["receipt", trusted, asking.write(changed)], our_receipt(policy, changed, None))
        whole.append(our_receipt(policy, octets, None))
    for before, after in zip(whole, asking.agreed(), strict=True):
        # A witness's line that lost its name is an unknown line: its witness is not shown.
        if after["outcome"] == "proven":
            assert {**after, "cosigners": []} == {**before, "cosigners": []}
            assert all(cosigner in before["cosigners"] for cosigner in after["cosigners"])


def test_both_readers_judge_receipts_tampered_with_alike(asking: Asking) -> None:
    draw = seeded("tampered receipts")
    for octets in receipts(draw):
        policy = draw.choice(POLICIES)
        for tamper in TAMPERINGS:
            changed = tamper(octets, draw)
            words = ["receipt", asking.write(policy), asking.write(changed), str(NOW)]
            asking.ask(words, our_receipt(policy, changed, NOW))
    assert len(outcomes(asking.agreed())) > 10


def test_both_readers_judge_policies_tampered_with_alike(asking: Asking) -> None:
    draw = seeded("tampered policies")
    for _ in range(FILES):
        for tamper in TAMPERINGS:
            changed = tamper(draw.choice(POLICIES), draw)
            asking.ask(["policy", asking.write(changed)], our_policy(changed))
    assert set(outcomes(asking.agreed())) == {"proven", "unreadable-policy"}


def test_both_readers_judge_fresh_openings_alike(asking: Asking) -> None:
    draw = seeded("openings")
    for _ in range(FILES):
        true = opening(draw)
        file, commitment = asking.write(true.encoded()), true.commitment
        for origin in (ORIGIN, "other.example/xb"):
            words = ["opening", file, commitment.hex(), origin]
            asking.ask(words, our_opening(true.encoded(), commitment, origin))
    assert set(outcomes(asking.agreed())) == {"proven", "party-signature-wrong"}


def test_one_bit_changed_in_an_opening_is_refused_by_both(asking: Asking) -> None:
    draw = seeded("bits of openings")
    for _ in range(FILES):
        true = opening(draw)
        changed = flipped(true.encoded(), draw)
        words = ["opening", asking.write(changed), true.commitment.hex(), ORIGIN]
        asking.ask(words, our_opening(changed, true.commitment))
    refused = {"opening-malformed", "foreign-disclosure", "opening-of-another"}
    assert set(outcomes(asking.agreed())) == refused


def test_both_readers_judge_forged_openings_alike(asking: Asking) -> None:
    draw = seeded("forged openings")
    for _ in range(FILES):
        true = opening(draw)
        changes = [tamper(true.encoded(), draw) for tamper in TAMPERINGS]
        files = [(changed, true.commitment) for changed in changes]
        if true.disclosures:
            forgeries = [forged(true, draw) for _ in range(6)]
            files += [(forgery.encoded(), forgery.commitment) for forgery in forgeries]
        for octets, commitment in files:
            words = ["opening", asking.write(octets), commitment.hex(), ORIGIN]
            asking.ask(words, our_opening(octets, commitment))
    assert {"proven", "opening-malformed", "foreign-disclosure"} <= set(outcomes(asking.agreed()))
