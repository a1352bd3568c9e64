"""The laws of the tree: no other entry passes with a path, and it only ever grows."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.core.errors import AnswerableError
from answerable.core.ledger.errors import Inconsistent
from answerable.core.ledger.tiles import (
    ENTRIES,
    Tile,
    decode_bundle,
    encode_bundle,
    published_between,
)
from answerable.core.ledger.tree import (
    EMPTY_ROOT,
    Frontier,
    check_consistency,
    consistency_path,
    inclusion_path,
    leaf_hash,
    node_hash,
    root_at,
    root_from_inclusion,
    root_of,
)
from tests.support.tile_reader import subtree_from_tiles, tile_at
from tests.support.training_ledger import leaves, subtree_of

LEAVES = leaves(600)
SUBTREE = subtree_of(LEAVES)

sizes = st.integers(1, len(LEAVES)) | st.sampled_from([1, 2, 3, 127, 128, 129, 255, 256, 257, 512])
hashes = st.binary(min_size=32, max_size=32)


def _root(start: int, end: int) -> bytes:
    """Return MTH(D[start:end]) word for word as RFC 6962, section 2.1, defines it."""
    if start == end:
        return sha256(b"").digest()
    if end - start == 1:
        return LEAVES[start]
    half = 1
    while half * 2 < end - start:
        half *= 2
    return node_hash(_root(start, start + half), _root(start + half, end))


def _path(index: int, start: int, end: int) -> list[bytes]:
    """Return PATH(m, D[n]) word for word as RFC 6962, section 2.1.1, defines it."""
    if end - start == 1:
        return []
    half = 1
    while half * 2 < end - start:
        half *= 2
    if index < half:
        return [*_path(index, start, start + half), _root(start + half, end)]
    return [*_path(index - half, start + half, end), _root(start, start + half)]


def _proof(old: int, start: int, end: int, *, whole: bool) -> list[bytes]:
    """Return SUBPROOF(m, D[n], b) word for word as RFC 6962, section 2.1.2, defines it."""
    if old == end - start:
        return [] if whole else [_root(start, end)]
    half = 1
    while half * 2 < end - start:
        half *= 2
    if old <= half:
        return [*_proof(old, start, start + half, whole=whole), _root(start + half, end)]
    return [*_proof(old - half, start + half, end, whole=False), _root(start, start + half)]


@given(st.integers(0, len(LEAVES)))
def test_every_way_to_the_root_gives_that_of_the_standard(size: int) -> None:
    expected = _root(0, size)
    assert root_of(LEAVES[:size]) == expected
    assert root_at(size, SUBTREE) == expected
    assert Frontier().extended(LEAVES[:size]).root() == expected


@given(sizes, st.data())
def test_a_path_is_that_of_the_standard_and_leads_to_the_root(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_path(index, size, SUBTREE)
    assert path == _path(index, 0, size)
    assert root_from_inclusion(LEAVES[index], index, size, path) == _root(0, size)


@given(sizes, hashes, st.data())
def test_no_other_entry_passes_with_that_path(
    size: int, forged: bytes, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaf = data.draw(st.sampled_from(LEAVES) | st.just(forged))
    path = inclusion_path(index, size, SUBTREE)
    proven = root_from_inclusion(leaf, index, size, path) == _root(0, size)
    assert proven == (leaf == LEAVES[index])


@given(sizes, st.data())
def test_no_other_index_passes_with_that_path(size: int, data: st.DataObject) -> None:
    index, other = data.draw(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)))
    path = inclusion_path(index, size, SUBTREE)
    try:
        proven = root_from_inclusion(LEAVES[index], other, size, path) == _root(0, size)
    except AnswerableError:
        proven = False
    assert proven == (index == other)


@given(st.integers(0, len(LEAVES)), st.integers(0, len(LEAVES)))
def test_every_prefix_is_consistent_with_what_it_grew_into(one: int, other: int) -> None:
    old, new = sorted((one, other))
    path = consistency_path(old, new, SUBTREE)
    assert path == ([] if old == 0 else _proof(old, 0, new, whole=True))
    check_consistency(old, _root(0, old), new, _root(0, new), path=path)


@given(sizes, sizes, hashes, st.data())
def test_no_altered_consistency_proof_passes(
    one: int, other: int, forged: bytes, data: st.DataObject
) -> None:
    old, new = sorted((one, other))
    path = consistency_path(old, new, SUBTREE)
    parts = [_root(0, old), _root(0, new), *path]
    at = data.draw(st.integers(0, len(parts) - 1))
    parts[at] = data.draw(st.just(forged) | st.sampled_from(LEAVES))
    altered = [_root(0, old), _root(0, new), *path] != parts
    if altered and not (old == new and parts[0] == parts[1]):
        with pytest.raises(Inconsistent):
            check_consistency(old, parts[0], new, parts[1], path=parts[2:])


@given(st.lists(st.integers(0, 70), max_size=8))
def test_a_frontier_does_not_care_how_it_was_extended(batches: list[int]) -> None:
    frontier, size = Frontier(), 0
    for batch in batches:
        frontier = frontier.extended(LEAVES[size : size + batch])
        size += batch
    assert frontier == Frontier().extended(LEAVES[:size])
    assert frontier.root() == (_root(0, size) if size else EMPTY_ROOT)


@given(sizes, sizes, st.data())
def test_all_proofs_follow_from_the_tiles_alone(one: int, other: int, data: st.DataObject) -> None:
    old, size = sorted((one, other))
    files = {tile: tile.content(SUBTREE) for tile in _hash_tiles(0, size)}
    subtree = subtree_from_tiles(lambda level, n: files[tile_at(level, n, size)])
    index = data.draw(st.integers(0, size - 1))
    assert root_at(size, subtree) == _root(0, size)
    assert inclusion_path(index, size, subtree) == _path(index, 0, size)
    assert consistency_path(old, size, subtree) == consistency_path(old, size, SUBTREE)


@given(st.lists(st.integers(0, len(LEAVES)), min_size=1, max_size=6))
def test_what_is_published_step_by_step_serves_every_size_shown(shown: list[int]) -> None:
    published: set[Tile] = set()
    for old, new in zip([0, *sorted(shown)], sorted(shown), strict=False):
        published.update(published_between(old, new))
        assert set(published_between(0, new)) <= published


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=256))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert decode_bundle(encode_bundle(entries)) == entries


@given(st.binary(max_size=200))
def test_bytes_are_a_bundle_in_one_way_only(content: bytes) -> None:
    try:
        entries = decode_bundle(content)
    except AnswerableError:
        return
    assert encode_bundle(entries) == content


@given(st.binary(max_size=80), st.binary(max_size=80))
def test_an_entry_is_never_taken_for_a_node(one: bytes, other: bytes) -> None:
    assert leaf_hash(one + other) != node_hash(one, other)


def _hash_tiles(old: int, new: int) -> list[Tile]:
    return [tile for tile in published_between(old, new) if tile.level != ENTRIES]
