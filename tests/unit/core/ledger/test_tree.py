"""The tree's edges: full tiles, the empty tree, and what its parts refuse to be built from."""

import pytest

from answerable.core.ledger.entry import ForeignEntry, NotACommitment
from answerable.core.ledger.tiles import (
    ENTRIES,
    encode_bundle,
    entries_path,
    published_between,
    tile_path,
)
from answerable.core.ledger.tree import (
    Frontier,
    commitment_of,
    consistency_path,
    entry_of,
    inclusion_path,
    root_at,
    root_from_inclusion,
    root_of,
)
from tests.support.tile_reader import subtree_from_tiles
from tests.support.training_ledger import commitment, leaves, subtree_of

EDGES = (255, 256, 257, 65_535, 65_536, 65_537)
LEAVES = leaves(max(EDGES))


@pytest.mark.parametrize("size", EDGES)
def test_proofs_at_the_edges_of_tiles_follow_from_the_tiles(size: int) -> None:
    kept = subtree_of(LEAVES)
    tiles = {
        (tile.level, tile.n): tile.content(kept)
        for tile in published_between(0, size)
        if tile.level != ENTRIES
    }
    subtree = subtree_from_tiles(lambda level, n: tiles[level, n])
    root = root_of(LEAVES[:size])
    assert root_at(size, subtree) == root == Frontier().extended(LEAVES[:size]).root()
    for index in {0, 254, size // 2, size - 2, size - 1}:
        path = inclusion_path(index, size, subtree)
        assert root_from_inclusion(LEAVES[index], index, size, path) == root
    assert consistency_path(254, size, subtree) == consistency_path(254, size, kept)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_commitment_of_another_length_makes_no_entry(length: int) -> None:
    with pytest.raises(NotACommitment):
        entry_of(bytes(length))


@pytest.mark.parametrize(
    "entry", [b"", entry_of(commitment(0))[:-1], entry_of(commitment(0)) + b"\0", bytes(46)]
)
def test_what_is_not_an_entry_has_no_commitment(entry: bytes) -> None:
    with pytest.raises(ForeignEntry):
        commitment_of(entry)


def test_a_frontier_with_a_hash_too_few_is_not_made() -> None:
    with pytest.raises(ValueError, match="a frontier of 3 leaves has 2 hashes"):
        Frontier(3, (bytes(32),))


def test_places_that_no_ledger_has_are_not_named() -> None:
    for level, n, width in ((-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)):
        with pytest.raises(ValueError, match="a tile's"):
            tile_path(level, n, width)
    with pytest.raises(ValueError, match="a tile's"):
        entries_path(0, 0)
    with pytest.raises(ValueError, match="a bundle has"):
        encode_bundle([bytes(65_536)])
