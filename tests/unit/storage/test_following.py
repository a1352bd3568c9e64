"""A tree in memory catches up with what other processes appended, as far as it is asked to."""

from pathlib import Path

from answerable.storage.following import FollowedTrees
from tests.support.by_hand import on_sqlite, opened


def test_a_tree_catches_up_to_a_size_before_the_newest(tmp_path: Path) -> None:
    ledger = on_sqlite(tmp_path)
    ledger.lodge(300)
    other = opened(tmp_path).backend
    trees = FollowedTrees(other)
    with other.reading() as reads:
        assert trees.up_to(reads, 1, 300).size == 300
    ledger.lodge(520)
    ledger.lodge(800)
    with other.reading() as reads:
        assert trees.up_to(reads, 1, 820).size == 820
        assert trees.up_to(reads, 1, 1620).size == 1620


def test_a_tree_catches_up_in_small_steps_and_in_large_ones(tmp_path: Path) -> None:
    ledger = on_sqlite(tmp_path)
    other = opened(tmp_path).backend
    trees, size = FollowedTrees(other), 0
    for more in (1, 254, 1, 1, 255, 256, 257, 600):
        ledger.lodge(more)
        size += more
        with other.reading() as reads:
            tree = trees.up_to(reads, 1, size)
        assert (tree.size, tree.complete_tiles) == (size, size // 256)
