"""The vectors of docs/specs/ledger.md: roots, paths, tiles, notes and checkpoints."""

from typing import Any

from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.lines import base64_of
from answerable.core.ledger.note import parse_note
from answerable.core.ledger.tiles import (
    ENTRIES,
    encode_bundle,
    entries_path,
    published_between,
    tile_path,
    widths,
)
from answerable.core.ledger.tree import (
    EMPTY_ROOT,
    consistency_path,
    entry_of,
    inclusion_path,
    root_at,
)
from tests.support.tile_reader import tile_at
from tests.support.training_ledger import (
    GREASE,
    LOG,
    MAY,
    TIME,
    checkpoint,
    commitment,
    leaves,
    receipt,
    subtree_of,
)

Case = dict[str, Any]

SIZES = (0, 1, 2, 3, 4, 7, 8, 255, 256, 257, 65_535, 65_536, 65_537)
HEX_SIZES = (1, 2, 3, 7, 8, 255, 256, 257)


def ledger_vectors() -> dict[str, Case]:
    """Return the JSON files by name."""
    return {
        "roots.json": _roots(),
        "inclusion.json": {"cases": _inclusion()},
        "consistency.json": {"cases": _consistency()},
        "tiles.json": _tiles(),
        "notes.json": {"cases": _notes()},
    }


def _roots() -> Case:
    subtree = subtree_of(leaves(max(SIZES)))
    return {
        "commitment": "SHA-256 of the ASCII text 'answerable test commitment <index>'",
        "first": {
            "commitment": commitment(0).hex(),
            "entry": entry_of(commitment(0)).hex(),
            "leaf": leaves(1)[0].hex(),
        },
        "roots": [{"size": size, "root": root_at(size, subtree).hex()} for size in SIZES],
    }


def _inclusion() -> list[Case]:
    hashes = leaves(max(HEX_SIZES))
    subtree = subtree_of(hashes)
    cases = []
    for size in HEX_SIZES:
        for index in sorted({0, size // 2, size - 1}):
            path = inclusion_path(index, size, subtree)
            cases.append(_included(index, size, hashes[index], path, root=root_at(size, subtree)))
    good = inclusion_path(4, 7, subtree)
    root = root_at(7, subtree)
    altered = [bytes([good[0][0] ^ 1]) + good[0][1:], *good[1:]]
    # The same way leads to the root of 8 leaves: only the signature says which size it is.
    cases.append(_included(4, 8, hashes[4], good, root=root))
    wrong = {
        "root-differs": [(3, 7, good), (4, 7, altered), (4, 7, good[::-1]), (5, 7, good)],
        "wrong-path-length": [
            (4, 7, good[:-1]),
            (4, 7, [*good, good[0]]),
            (6, 7, good),
            (4, 7, []),
        ],
        "outside-tree": [(7, 7, good), (0, 0, [])],
        "not-a-hash": [(4, 7, [good[0][:31], *good[1:]]), (4, 7, [*good[:-1], good[-1] + b"\0"])],
    }
    for code, probes in wrong.items():
        cases += [
            {**_included(index, size, hashes[4], path, root=root), "code": code}
            for index, size, path in probes
        ]
    return cases


def _included(index: int, size: int, leaf: bytes, path: list[bytes], *, root: bytes) -> Case:
    return {
        "index": index,
        "size": size,
        "leaf": leaf.hex(),
        "path": [found.hex() for found in path],
        "root": root.hex(),
        "code": None,
    }


def _consistency() -> list[Case]:
    subtree = subtree_of(leaves(257))
    roots = {size: root_at(size, subtree) for size in (0, *HEX_SIZES, 6)}
    pairs = [
        (0, 0),
        (0, 7),
        (1, 7),
        (3, 7),
        (6, 7),
        (7, 7),
        (2, 8),
        (255, 256),
        (256, 257),
        (3, 257),
    ]
    cases = [
        _consistent(old, new, roots[old], roots[new], path=consistency_path(old, new, subtree))
        for old, new in pairs
    ]
    good = consistency_path(3, 7, subtree)
    three, six, seven = roots[3], roots[6], roots[7]
    wrong: list[tuple[str, int, int, bytes, bytes, list[bytes]]] = [
        ("inconsistent-trees", 3, 7, six, seven, good),
        ("inconsistent-trees", 3, 7, three, six, good),
        ("inconsistent-trees", 7, 7, six, seven, []),
        ("inconsistent-trees", 0, 7, seven, seven, []),
        ("inconsistent-trees", 0, 0, EMPTY_ROOT, seven, []),
        ("inconsistent-trees", 3, 7, three, seven, good[::-1]),
        ("wrong-path-length", 3, 7, three, seven, good[:-1]),
        ("wrong-path-length", 3, 7, three, seven, [*good, good[0]]),
        ("wrong-path-length", 3, 7, three, seven, []),
        ("wrong-path-length", 7, 7, seven, seven, good[:1]),
        ("wrong-path-length", 0, 7, EMPTY_ROOT, seven, good[:1]),
        ("outside-tree", 7, 3, seven, three, good),
        ("not-a-hash", 3, 7, three[:31], seven, good),
        ("not-a-hash", 3, 7, three, seven, [good[0] + b"\0", *good[1:]]),
    ]
    for code, old, new, old_root, new_root, path in wrong:
        cases.append({**_consistent(old, new, old_root, new_root, path=path), "code": code})
    return cases


def _consistent(old: int, new: int, old_root: bytes, new_root: bytes, *, path: list[bytes]) -> Case:
    return {
        "old": old,
        "new": new,
        "old_root": old_root.hex(),
        "new_root": new_root.hex(),
        "path": [found.hex() for found in path],
        "code": None,
    }


def _tiles() -> Case:
    places = [
        (0, 0, 256),
        (0, 0, 1),
        (0, 273, 112),
        (1, 999, 256),
        (2, 1000, 255),
        (63, 1_234_067, 256),
    ]
    growths = [
        (0, 0),
        (0, 1),
        (0, 256),
        (255, 257),
        (256, 257),
        (300, 70_000 - 69_000),
        (65_535, 65_537),
    ]
    return {
        "paths": [
            {
                "level": level,
                "n": n,
                "width": width,
                "tile": tile_path(level, n, width),
                "entries": entries_path(n, width),
            }
            for level, n, width in places
        ],
        "widths": [
            {"size": size, "full_and_partial": [list(found) for found in widths(size)]}
            for size in (0, 1, 255, 256, 257, 65_536, 70_000)
        ],
        "published": [
            {"old": old, "new": new, "paths": [tile.path for tile in published_between(old, new)]}
            for old, new in growths
        ],
        **_contents(),
    }


def _contents() -> Case:
    subtree = subtree_of(leaves(257))
    bundle = encode_bundle([entry_of(commitment(index)) for index in range(3)])
    return {
        "size_3": {
            tile_at(0, 0, 3).path: tile_at(0, 0, 3).content(subtree).hex(),
            tile_at(ENTRIES, 0, 3).path: bundle.hex(),
        },
        "size_257": {tile_at(1, 0, 257).path: tile_at(1, 0, 257).content(subtree).hex()},
        "bundles": [
            {"content": bundle[:-1].hex(), "code": "unreadable-bundle"},
            {"content": (bundle + b"\0").hex(), "code": "unreadable-bundle"},
            {"content": "", "code": "unreadable-bundle"},
            {"content": "0000" * 257, "code": "unreadable-bundle"},
            {"content": "0000" * 256, "code": None},
        ],
    }


def _notes() -> list[Case]:
    good = receipt(2, 3, [LOG.signer(), TIME.at(MAY), GREASE.signer()]).checkpoint_note_bytes
    text = checkpoint(3).text()
    first = str(parse_note(good).signatures[0])
    keys = [str(LOG.verifier), str(TIME.verifier)]
    read = {"text": text, "signed_by": keys, "times": [None, MAY]}
    empty = Checkpoint(LOG.verifier.name, 0, EMPTY_ROOT).text()
    flipped = good.decode().replace(first[-20:-10], "A" * 10)
    refused = [
        (flipped, "signature-does-not-fit"),
        (f"{text}\n{parse_note(good).signatures[2]}", "no-known-signature"),
        (text + first, "unreadable-note"),
        (f"{text}\n{first}\n", "unreadable-note"),
        (good.decode()[:-1], "unreadable-note"),
        (good.decode().replace("=\n", "\n"), "unreadable-note"),
        (f"{text}\n{first.replace('example', 'exam+ple')}", "unreadable-note"),
        (f"{text}\n\u2014 {LOG.verifier.name} {base64_of(b'1234')}\n", "unreadable-note"),
    ]
    return [
        {"note": good.decode(), "keys": keys, "opened": read},
        {
            "note": good.decode(),
            "keys": keys[::-1],
            "opened": {**read, "signed_by": keys[::-1], "times": [MAY, None]},
        },
        {"note": f"{empty}\n{first}", "keys": keys, "code": "signature-does-not-fit"},
        *({"note": note, "keys": keys, "code": code} for note, code in refused),
    ]
