"""The Merkle tree of RFC 6962, section 2.1: hashes, proofs, and a frontier to append to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from answerable.core.ledger.entry import ENTRY_PREFIX, HASH_LENGTH, commitment_of, entry_of
from answerable.core.ledger.errors import Inconsistent, NotAHash, OutsideTree, WrongPathLength

__all__ = [
    "EMPTY_ROOT",
    "ENTRY_PREFIX",
    "HASH_LENGTH",
    "MAX_SIZE",
    "Frontier",
    "Subtree",
    "check_consistency",
    "commitment_of",
    "consistency_path",
    "entry_of",
    "inclusion_path",
    "leaf_hash",
    "node_hash",
    "root_at",
    "root_from_inclusion",
    "root_of",
]

MAX_SIZE = 2**63 - 1
EMPTY_ROOT = sha256(b"").digest()

Subtree = Callable[[int, int], bytes]
"""The hash of the complete subtree of ``2**level`` leaves number ``n``: ``subtree(level, n)``."""


def leaf_hash(entry: bytes) -> bytes:
    # The prefixes 0x00 and 0x01 keep a node from being passed off as an entry (RFC 6962, 2.1).
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root over all leaf hashes, level by level."""
    if not leaf_hashes:
        return EMPTY_ROOT
    level = list(leaf_hashes)
    while len(level) > 1:
        pairs = iter(level)
        above = [
            sha256(b"\x01" + left + right).digest()
            for left, right in zip(pairs, pairs, strict=False)
        ]
        if len(level) & 1:
            # A node without a sibling rises as it is; nothing is doubled or padded.
            above.append(level[-1])
        level = above
    return level[0]


def root_at(size: int, subtree: Subtree) -> bytes:
    """Return the root of the first ``size`` leaves."""
    _require_size(size)
    return _rest(0, size, subtree) if size else EMPTY_ROOT


def inclusion_path(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Return the siblings from leaf ``index`` to the root of ``size`` leaves, leaf side first."""
    _require_inside(index, size)
    return _path(index, size, subtree, 0)


def consistency_path(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """Return the proof that the tree of ``new`` leaves begins with that of ``old`` (2.1.2).

    It is empty where the sizes are equal, and where ``old`` is 0: everything extends nothing.
    """
    _require_size(new)
    if not 0 <= old <= new:
        raise OutsideTree(f"a tree of {old} is no part of one of {new}", index=old, size=new)
    if old in {0, new}:
        return []
    level = _trailing_zeros(old)
    path = _path(old - 1, new, subtree, level)
    # Where old is a power of two its root is that subtree, which the verifier has already.
    return path if old == 1 << level else [subtree(level, (old >> level) - 1), *path]


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that a leaf hash and its path make. The caller compares it.

    Raises:
        OutsideTree: the index is not below the size.
        WrongPathLength: the path has not exactly the length that index and size demand.
        NotAHash: a hash is not 32 bytes.
    """
    _require_inside(index, size)
    inner = (index ^ (size - 1)).bit_length()
    _require_length(path, inner + (index >> inner).bit_count())
    _require_hashes((leaf, *path))
    return _climb_left(_climb(leaf, index, path[:inner]), path[inner:])


def check_consistency(
    old_size: int, old_root: bytes, new_size: int, new_root: bytes, *, path: Sequence[bytes]
) -> None:
    """Return if the path proves that the new tree begins with the old one.

    An old size of 0 is proven by an empty path, and only with the root of the empty tree; so is
    a size equal to the new one, and only with the same root.

    Raises:
        OutsideTree: the old size is above the new one.
        WrongPathLength, NotAHash: as for an inclusion path.
        Inconsistent: a root differs.
    """
    _require_size(new_size)
    if not 0 <= old_size <= new_size:
        raise OutsideTree(
            f"a tree of {old_size} is no part of one of {new_size}", index=old_size, size=new_size
        )
    _require_hashes((old_root, new_root, *path))
    empty_is_wrong = (old_size == 0 and old_root != EMPTY_ROOT) or (
        new_size == 0 and new_root != EMPTY_ROOT
    )
    if empty_is_wrong or (old_size == new_size and old_root != new_root):
        raise Inconsistent("the roots differ", old_size=old_size, new_size=new_size)
    if old_size in {0, new_size}:
        _require_length(path, 0)
        return
    level = _trailing_zeros(old_size)
    seeded = old_size == 1 << level
    inner = ((old_size - 1) ^ (new_size - 1)).bit_length()
    start = 0 if seeded else 1
    _require_length(path, start + inner - level + ((old_size - 1) >> inner).bit_count())
    seed = old_root if seeded else path[0]
    within, beyond = path[start : start + inner - level], path[start + inner - level :]
    index = (old_size - 1) >> level
    if _climb_left(_climb_left(seed, _lefts(index, within)), beyond) != old_root:
        raise Inconsistent("the old root differs", old_size=old_size, new_size=new_size)
    if _climb_left(_climb(seed, index, within), beyond) != new_root:
        raise Inconsistent("the new root differs", old_size=old_size, new_size=new_size)


@dataclass(frozen=True, slots=True)
class Frontier:
    """The least that can be appended to: the roots of the complete subtrees, largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if len(self.hashes) != self.size.bit_count():
            raise ValueError(f"a frontier of {self.size} leaves has {self.size.bit_count()} hashes")

    def root(self) -> bytes:
        if not self.hashes:
            return EMPTY_ROOT
        root = self.hashes[-1]
        for left in self.hashes[-2::-1]:
            root = node_hash(left, root)
        return root

    def extended(self, leaf_hashes: Iterable[bytes]) -> "Frontier":
        """Return the frontier after appending leaves. This one does not change."""
        stack, size = list(self.hashes), self.size
        pop, push = stack.pop, stack.append
        for leaf in leaf_hashes:
            node, carry = leaf, size
            while carry & 1:
                node = sha256(b"\x01" + pop() + node).digest()
                carry >>= 1
            push(node)
            size += 1
        return Frontier(size, tuple(stack))


def _rest(start: int, end: int, subtree: Subtree) -> bytes:
    """Return the hash of leaves start to end, where start begins a subtree that holds them all."""
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(subtree(level, start >> level))
        start += 1 << level
    root = nodes.pop()
    while nodes:
        root = node_hash(nodes.pop(), root)
    return root


def _path(index: int, size: int, subtree: Subtree, lowest: int) -> list[bytes]:
    # Below `inner` the way leads through complete subtrees, but for the last sibling, which holds
    # the tree's right edge; above it, every sibling is a complete subtree on the left.
    inner = (index ^ (size - 1)).bit_length()
    path = [subtree(level, index >> level ^ 1) for level in range(lowest, inner - 1)]
    if inner > lowest:
        path.append(_rest((index >> (inner - 1) ^ 1) << (inner - 1), size, subtree))
    path += [
        subtree(level, (index >> level) - 1)
        for level in range(inner, index.bit_length())
        if index >> level & 1
    ]
    return path


def _climb(node: bytes, index: int, path: Sequence[bytes]) -> bytes:
    for sibling in path:
        node = node_hash(sibling, node) if index & 1 else node_hash(node, sibling)
        index >>= 1
    return node


def _climb_left(node: bytes, path: Iterable[bytes]) -> bytes:
    for sibling in path:
        node = node_hash(sibling, node)
    return node


def _lefts(index: int, path: Sequence[bytes]) -> list[bytes]:
    return [sibling for level, sibling in enumerate(path) if index >> level & 1]


def _trailing_zeros(number: int) -> int:
    return (number & -number).bit_length() - 1


def _require_size(size: int) -> None:
    if not 0 <= size <= MAX_SIZE:
        raise OutsideTree("a tree has 0 to 2**63 - 1 leaves", index=0, size=size)


def _require_inside(index: int, size: int) -> None:
    _require_size(size)
    if not 0 <= index < size:
        raise OutsideTree(f"entry {index} is not in a tree of {size}", index=index, size=size)


def _require_length(path: Sequence[bytes], expected: int) -> None:
    if len(path) != expected:
        raise WrongPathLength(
            f"expected {expected} hashes, got {len(path)}", expected=expected, got=len(path)
        )


def _require_hashes(hashes: Iterable[bytes]) -> None:
    for found in hashes:
        if len(found) != HASH_LENGTH:
            raise NotAHash(f"expected 32 bytes, got {len(found)}", length=len(found))
