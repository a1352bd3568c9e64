"""The tree as storage holds it: what it remembers of a tile does not outlive the tile's growth."""

import pytest

from answerable.core.ledger.tree import inclusion_path, root_of
from answerable.storage.tree import TILE, HeldTree
from tests.support.training_ledger import leaves, subtree_of

LEAVES = leaves(700)


def path(index: int, size: int) -> list[bytes]:
    return inclusion_path(index, size, subtree_of(LEAVES[:size]))


def held(size: int, seen: int) -> HeldTree:
    """Return a tree of that size, whose database shows only so many entries."""
    tree = HeldTree(lambda start, end: LEAVES[start : min(end, seen)])
    whole = size - size % TILE
    tree.take_tiles(
        [root_of(LEAVES[at : at + TILE]) for at in range(0, whole, TILE)], LEAVES[whole:size]
    )
    return tree


@pytest.mark.parametrize("size", [301, 511, 512, 513, 700])
def test_a_current_tile_that_was_read_is_read_anew_when_it_has_grown(size: int) -> None:
    tree = held(300, 700)
    assert tree.inclusion_path(260, 300) == path(260, 300)
    whole = size - size % TILE
    roots = [root_of(LEAVES[at : at + TILE]) for at in range(TILE, whole, TILE)]
    tree.take_tiles(roots, LEAVES[whole:size])
    assert tree.root() == root_of(LEAVES[:size])
    assert tree.inclusion_path(260, size) == path(260, size)


@pytest.mark.parametrize("size", [301, 511, 512, 513, 700])
def test_an_extension_that_is_taken_is_read(size: int) -> None:
    tree = held(300, 700)
    assert tree.inclusion_path(260, 300) == path(260, 300)
    tree.take(tree.extension(LEAVES[300:size]))
    assert tree.inclusion_path(260, size) == path(260, size)


def test_a_tile_seen_at_an_earlier_moment_is_not_kept() -> None:
    seen = [300]
    tree = HeldTree(lambda start, end: LEAVES[start : min(end, seen[0])])
    tree.take_tiles([root_of(LEAVES[at : at + TILE]) for at in (0, TILE)], LEAVES[512:700])
    assert tree.inclusion_path(260, 300) == path(260, 300)
    seen[0] = 700
    assert tree.inclusion_path(500, 700) == path(500, 700)


def test_a_writer_takes_nothing_that_a_reader_has_followed_already() -> None:
    tree = held(300, 700)
    extension = tree.extension(LEAVES[300:500])
    tree.take(tree.extension(LEAVES[300:600]))
    tree.take(extension)
    assert tree.root() == root_of(LEAVES[:600])


def test_an_extension_of_another_tree_is_not_taken() -> None:
    with pytest.raises(ValueError, match="by another"):
        held(400, 700).take(held(300, 700).extension(LEAVES[300:500]))
