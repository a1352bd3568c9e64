"""The check on a view made by hand: what no database would store, and what the core decides."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from answerable.core.acts import Commitment, PartyId
from answerable.core.check import INVARIANTS, Counts, Finding, check_ledger
from answerable.core.docket import Docket, DocketId, Kind
from answerable.core.invariants.numbers import NumbersGiven
from answerable.core.invariants.view import SeenAct
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import sign_note
from answerable.core.ledger.tiles import FULL
from answerable.core.ledger.tree import root_of
from answerable.core.numbers import DocketNumber
from answerable.core.owed import Owed
from tests.support.training_ledger import LOG, ORIGIN, commitment, leaves


@dataclass(frozen=True)
class Ledger:
    number: int
    origin: str
    first: int
    first_docket: int = 1


@dataclass(frozen=True)
class Stored:
    size: int
    root: bytes
    note: bytes
    at: int


@dataclass
class View:
    """A ledger of padding alone, held in lists that a test may change."""

    entries: list[bytes]
    heads: list[Stored]
    roots: list[tuple[int, bytes]]
    parts: list[Ledger] = field(default_factory=lambda: [Ledger(1, ORIGIN, 0)])

    def ledgers(self) -> Sequence[Ledger]:
        return self.parts

    def end(self) -> int:
        return len(self.entries)

    def commitments(self, start: int, end: int) -> Sequence[bytes]:
        return self.entries[start:end]

    def checkpoints(self, ledger: int) -> Iterator[Stored]:
        return iter(self.heads if ledger == 1 else [])

    def tiles(self, ledger: int) -> Iterator[tuple[int, bytes]]:
        return iter(self.roots if ledger == 1 else [])

    def acts(self) -> Iterator[SeenAct]:
        return iter(())

    def units(self) -> Iterator[tuple[int, int]]:
        return iter(())

    def dockets(self) -> Iterator[tuple[int, Docket | None]]:
        return iter(())

    def owed(self) -> Iterator[tuple[int, tuple[Owed, ...] | None]]:
        return iter(())

    def figures(self) -> Iterator[tuple[int, int, str]]:
        return iter(())

    def figures_sums(self) -> Iterator[tuple[int, str | None]]:
        return iter(())

    def figures_folded_to(self) -> int:
        return 0

    def exhibits(self) -> Iterator[int]:
        return iter(())

    def years(self) -> Mapping[int, int]:
        return {}

    def blocks(self) -> Sequence[object]:
        return ()

    def head_at_hand(self) -> bool:
        return False

    def head(self) -> None:
        return None

    def slots(self) -> None:
        return None


def stored(size: int, root: bytes | None = None) -> Stored:
    checkpoint = Checkpoint(ORIGIN, size, root or root_of(leaves(size)))
    note = sign_note(checkpoint.text(), [LOG.signer()]).encode()
    return Stored(size, checkpoint.root, note, size)


def view(size: int, *checkpoints: int) -> View:
    hashes = leaves(size)
    roots = [(at, root_of(hashes[at * FULL : at * FULL + FULL])) for at in range(size // FULL)]
    return View([commitment(at) for at in range(size)], [*map(stored, checkpoints)], roots)


def codes(seen: View) -> list[str]:
    return [found.code for found in found_in(seen)]


def found_in(seen: View) -> list[Finding]:
    return list(check_ledger(seen))  # type: ignore[arg-type] # no blocks


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 513, 1000])
def test_checkpoints_at_every_size_have_the_roots_that_other_code_computes(size: int) -> None:
    assert codes(view(size, *range(1, size, 7), size)) == []


@pytest.mark.parametrize("index", [0, 254, 255, 256, 300, 511, 512, 599])
def test_a_changed_entry_is_found_between_the_checkpoints_around_it(index: int) -> None:
    seen = view(600, 100, 256, 400, 600)
    seen.entries[index] = commitment(10_000)
    found = found_in(seen)[0]
    assert found.code in {"root-differs", "entries-differ"}
    if found.code == "root-differs":
        after, size = found.facts["after"], found.facts["size"]
        assert isinstance(after, int)
        assert isinstance(size, int)
        assert after <= index < size
    else:
        first, last = found.facts["first"], found.facts["last"]
        assert isinstance(first, int)
        assert isinstance(last, int)
        assert first <= index <= last


def test_a_changed_entry_does_not_make_every_later_checkpoint_a_finding() -> None:
    seen = view(900, *range(1, 901))
    seen.entries[100] = commitment(10_000)
    assert codes(seen) == ["root-differs", "entries-differ"]


def test_of_two_changed_tiles_the_entries_and_the_root_are_told_apart() -> None:
    seen = view(1024, 512, 1024)
    seen.entries[10] = commitment(10_000)
    seen.roots[3] = (3, commitment(10_001))
    found = [(one.code, dict(one.facts)) for one in found_in(seen)]
    assert found == [
        ("entries-differ", {"ledger": 1, "first": 0, "last": 255}),
        ("tile-differs", {"ledger": 1, "tile": 3}),
    ]


def test_each_wrong_checkpoint_between_right_ones_is_found() -> None:
    seen = view(900, 100, 200, 300, 400, 500, 900)
    for at in (1, 3):
        seen.heads[at] = stored(seen.heads[at].size, root=commitment(10_000))
    found = [(one.code, one.facts["size"], one.facts["after"]) for one in found_in(seen)]
    assert found == [("root-differs", 200, 100), ("root-differs", 400, 300)]


def test_checkpoints_that_do_not_grow_are_found() -> None:
    seen = view(5, 2, 4, 5)
    seen.heads.insert(2, seen.heads[0])
    assert "sizes-do-not-grow" in codes(seen)


def test_a_time_that_runs_back_is_found() -> None:
    seen = view(5, 2, 4, 5)
    seen.heads[1] = replace(seen.heads[1], at=1)
    assert codes(seen) == ["time-runs-back"]


def test_ledgers_that_do_not_follow_one_another_are_found() -> None:
    seen = view(5, 5)
    for parts in (
        [],
        [Ledger(2, ORIGIN, 0), Ledger(1, "other.example/xb", 5)],
        [Ledger(1, ORIGIN, 1)],
        [Ledger(1, ORIGIN, 0), Ledger(2, ORIGIN, 5)],
        [Ledger(1, ORIGIN, 0, 9), Ledger(2, "other.example/xb", 5, 8)],
        [Ledger(1, ORIGIN, 0), Ledger(2, "other.example/xb", 6)],
    ):
        seen.parts = parts
        assert "ledgers-not-contiguous" in codes(seen)
    seen.parts = [Ledger(1, ORIGIN, 0), Ledger(2, "other.example/xb", 5)]
    assert codes(seen) == []


def test_padding_is_counted() -> None:
    counts = Counts()
    assert list(check_ledger(view(300, 300), counts=counts)) == []  # type: ignore[arg-type] # no blocks
    assert counts == Counts(ledgers=1, entries=300, checkpoints=1, tiles=1, padding=300)


def docket(identity: int, number: str, kind: Kind = Kind.CASE) -> Docket:
    return Docket(
        id=DocketId(identity),
        kind=kind,
        number=number,
        sequence=1,
        last=Commitment(commitment(0)),
        first_at=0,
        last_at=0,
        party=PartyId("p2"),
        standing="",
        turn=None,
        facts={},
    )


@pytest.mark.parametrize(
    ("dockets", "found"),
    [
        pytest.param([docket(1, "XA", Kind.MECHANISM)], [], id="the mechanism's"),
        pytest.param(
            [docket(1, "XA", Kind.MECHANISM), docket(2, "XA", Kind.MECHANISM)],
            ["second-mechanism"],
            id="the mechanism's twice",
        ),
        pytest.param(
            [docket(1, "XA-2026-0001-1"), docket(2, "XA", Kind.MECHANISM)],
            ["second-mechanism"],
            id="the mechanism's after a case",
        ),
        pytest.param(
            [docket(1, "XA-2026-0001-1"), docket(2, "XA-2026-0001-1")], ["number-twice"], id="twice"
        ),
        pytest.param([docket(1, "XA-2026-0001-2")], ["number-unreadable"], id="a wrong digit"),
        pytest.param([docket(1, "XA-2026")], ["number-unreadable"], id="no number"),
        pytest.param([docket(1, "xa-2026-0001-1")], ["number-unreadable"], id="in small letters"),
        pytest.param(
            [docket(1, "XA", Kind.MECHANISM), docket(2, "XB-2026-0001-1")],
            ["number-unreadable"],
            id="of another mechanism",
        ),
        pytest.param(
            [docket(1, str(DocketNumber("XA", 2027, 1)))], ["number-beyond-year"], id="of no year"
        ),
    ],
)
def test_a_number_is_given_once_and_by_its_year(dockets: list[Docket], found: list[str]) -> None:
    given = NumbersGiven({2026: 1})
    assert [one.code for each in dockets for one in given.take(each)] == found
    assert set(found) <= set(INVARIANTS)
