"""Judges other projects' published probes: python -m tests.interop.published_probes KIND CLONE."""

import json
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

from answerable.core.errors import AnswerableError
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import VerifierKey, open_note, parse_note
from answerable.core.ledger.tiles import decode_bundle, tile_path
from answerable.core.ledger.tree import (
    check_consistency,
    consistency_path,
    leaf_hash,
    root_at,
    root_from_inclusion,
    root_of,
)
from tests.support.tile_reader import subtree_from_tiles
from tests.support.training_ledger import verify


def is_refused(probe: dict[str, Any]) -> bool:
    """Return whether a probe in the form of transparency-dev/merkle is refused here."""
    path = [b64decode(found) for found in probe["proof"] or []]
    try:
        if "leafIdx" in probe:
            leaf, index, size = b64decode(probe["leafHash"]), probe["leafIdx"], probe["treeSize"]
            return root_from_inclusion(leaf, index, size, path) != b64decode(probe["root"] or "")
        roots = b64decode(probe["root1"] or ""), b64decode(probe["root2"] or "")
        check_consistency(probe["size1"], roots[0], probe["size2"], roots[1], path=path)
    except AnswerableError:
        return True
    return False


def merkle(clone: Path) -> tuple[int, list[str]]:
    """Return how many probes there are, and which of them are judged otherwise here."""
    files = [
        file
        for kind in ("inclusion", "consistency")
        for file in sorted((clone / "testdata" / kind).rglob("*.json"))
    ]
    probes = {str(file): json.loads(file.read_text()) for file in files}
    differ = [name for name, probe in probes.items() if is_refused(probe) != probe["wantErr"]]
    return len(probes), differ


def tessera(clone: Path) -> tuple[int, list[str]]:
    """Return how many checkpoints there are; raise at the first that does not verify."""
    log = clone / "testdata" / "log"
    script = (clone / "testdata" / "build_log.sh").read_text()
    key = VerifierKey.parse(script.split('LOG_PUBLIC_KEY="')[1].split('"')[0])
    known = []
    for size in range(16):
        note = parse_note((log / f"checkpoint.{size}").read_bytes())
        open_note(note, [key], verify)
        known.append(Checkpoint.parse(note.text))
    last = known[-1]
    subtree = subtree_from_tiles(
        lambda level, n: (log / tile_path(level, n, last.size)).read_bytes()
    )
    entries = decode_bundle((log / "tile/entries/000.p" / str(last.size)).read_bytes())
    hashes = [leaf_hash(entry) for entry in entries]
    differ = []
    for checkpoint in known:
        roots = {root_at(checkpoint.size, subtree), root_of(hashes[: checkpoint.size])}
        path = consistency_path(checkpoint.size, last.size, subtree)
        check_consistency(checkpoint.size, checkpoint.root, last.size, last.root, path=path)
        if roots != {checkpoint.root}:
            differ.append(str(checkpoint.size))
    return len(known), differ


def main() -> None:
    kind, clone = sys.argv[1:]
    count, differ = {"merkle": merkle, "tessera": tessera}[kind](Path(clone))
    print(f"{count - len(differ)} of {count} agree", *differ, sep="\n  ")  # noqa: T201 - the result
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
