"""The publisher: writes tiles, policy and checkpoint into a folder that a web server shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from answerable.core.errors import AnswerableError, Broken
from answerable.core.ledger.checkpoint import Checkpoint
from answerable.core.ledger.note import parse_note
from answerable.core.ledger.tiles import (
    ENTRIES,
    FULL,
    HEIGHT,
    Tile,
    encode_bundle,
    published_between,
)
from answerable.core.ledger.tree import Frontier, entry_of, leaf_hash, root_of
from answerable.disk import replacing, sync_folder
from answerable.storage.backend import Backend, Reads
from answerable.storage.following import FollowedTrees, TreeMismatch
from answerable.storage.rows import LedgerRow
from answerable.storage.sqlite_file import only_writer

CHECKPOINT = "checkpoint"
POLICY = "policy"
LOCK = ".publishing"
_PUBLIC = 0o666


class PublishedAhead(Broken):
    """The folder shows a larger ledger than the database holds: the database was restored."""

    code = "published-ahead"


class PublishedOtherwise(Broken):
    """The folder shows another tree, or another ledger, than the one in the database."""

    code = "published-otherwise"


@dataclass(frozen=True, slots=True)
class Published:
    """The size that the newest ledger now shows, and how many files were written."""

    size: int
    files: int


def folder_of(folder: Path, ledger: int) -> Path:
    """Return where a ledger is published: the first in the folder, a successor in one below."""
    return folder if ledger == 1 else folder / str(ledger)


def publish(
    backend: Backend, trees: FollowedTrees, folder: Path, policy: bytes, *, mend: bool = False
) -> Published:
    """Bring the folder up to the last checkpoint of every ledger. Safe to repeat at any point.

    With ``mend`` every file is compared, not only those since the last time: on start.

    Raises:
        PublishedAhead, PublishedOtherwise: of the ledger at fault nothing was written.
        TreeMismatch: stored entries are not those that were signed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    size, files = 0, 0
    with only_writer(folder / LOCK), backend.reading() as reads:
        ledgers = reads.ledgers()
        for ledger in ledgers:
            target = _Folder(folder_of(folder, ledger.number))
            part = _Part(reads, ledger, target, ended=ledger is not ledgers[-1])
            size = part.bring_up(trees, policy if ledger.number == 1 else None, mend=mend)
            files += target.written
    return Published(size, files)


class _Folder:
    """Writes whole files, made durable together by ``settle``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._unsettled: set[Path] = set()
        self.written = 0

    def read(self, name: str) -> bytes | None:
        try:
            return (self._path / name).read_bytes()
        except FileNotFoundError:
            return None

    def write(self, name: str, content: bytes) -> None:
        target = self._path / name
        self._make(target.parent)
        with replacing(target, _PUBLIC) as file:
            file.write(content)
        self._unsettled.add(target.parent)
        self.written += 1

    def settle(self) -> None:
        """Make every name written so far durable."""
        for folder in sorted(self._unsettled):
            sync_folder(folder)
        self._unsettled.clear()

    def _make(self, folder: Path) -> None:
        if not folder.is_dir():
            self._make(folder.parent)
            folder.mkdir(exist_ok=True)
            self._unsettled.add(folder.parent)


class _Part:
    """One ledger and the folder that shows it. A ledger has ended once it has a successor."""

    def __init__(self, reads: Reads, ledger: LedgerRow, folder: _Folder, *, ended: bool) -> None:
        self._reads, self._ledger, self._folder, self._ended = reads, ledger, folder, ended

    def bring_up(self, trees: FollowedTrees, policy: bytes | None, *, mend: bool) -> int:
        shown = self._shown()
        last = self._reads.last_checkpoint(self._ledger.number)
        size, self._signed = (0, b"") if last is None else (last.size, last.root)
        if shown.size > size and not self._ended:
            raise PublishedAhead(
                "the folder shows more than is stored", shown=shown.size, size=size
            )
        # What was shown of a lost stretch stays: its receipts are checked against it.
        lost = shown.size > size
        if not lost:
            self._require_continued(shown, trees, size)
            for tile in published_between(0 if mend else shown.size, size):
                self._put(tile.path, tile, mend=mend)
        if policy is not None and self._folder.read(POLICY) != policy:
            self._folder.write(POLICY, policy)
        # Who reads the checkpoint finds everything it speaks of, also after a power cut.
        self._folder.settle()
        if last is not None and not lost and self._folder.read(CHECKPOINT) != last.note:
            self._folder.write(CHECKPOINT, last.note)
            self._folder.settle()
        return size

    def _require_continued(self, shown: Checkpoint, trees: FollowedTrees, size: int) -> None:
        if shown.size:
            tree = trees.up_to(self._reads, self._ledger.number, size)
            root = tree.root() if tree.size == shown.size else tree.root_at(shown.size)
            if root != shown.root:
                raise PublishedOtherwise("the folder shows another tree", size=shown.size)

    def _shown(self) -> Checkpoint:
        """Return the checkpoint in the folder, or that of nothing."""
        note = self._folder.read(CHECKPOINT)
        if note is None:
            return Checkpoint(self._ledger.origin, 0, root_of([]))
        try:
            shown = Checkpoint.parse(parse_note(note).text)
        except AnswerableError:
            raise PublishedOtherwise("the folder's checkpoint is none", size=None) from None
        if shown.origin != self._ledger.origin:
            raise PublishedOtherwise(f"the folder shows {shown.origin}", size=shown.size)
        return shown

    def _put(self, name: str, tile: Tile, *, mend: bool) -> None:
        content = self._bundle(tile) if tile.level == ENTRIES else self._hashes(tile)
        # A tile once whole never changes; a crash may have left any number of them.
        if not mend or self._folder.read(name) != content:
            self._folder.write(name, content)

    def _bundle(self, tile: Tile) -> bytes:
        entries = self._entries(tile)
        self._leaves(tile, entries)
        return encode_bundle(entries)

    def _hashes(self, tile: Tile) -> bytes:
        if tile.level == 0:
            return b"".join(self._leaves(tile, self._entries(tile)))
        return b"".join(upper_hashes(self._stored, tile))

    def _entries(self, tile: Tile) -> list[bytes]:
        first = self._ledger.first + tile.n * FULL
        return list(map(entry_of, self._reads.commitments(first, first + tile.width)))

    def _leaves(self, tile: Tile, entries: list[bytes]) -> list[bytes]:
        """Return the entries' hashes; a changed entry goes no further, in a bundle neither."""
        leaves = list(map(leaf_hash, entries))
        if tile.width == FULL:
            whole = self._stored[tile.n : tile.n + 1] == [root_of(leaves)]
        else:
            whole = self._root_with(tile, leaves) == self._signed
        if not whole:
            raise TreeMismatch(f"the entries of tile {tile.n} were changed", size=tile.n * FULL)
        return leaves

    def _root_with(self, last: Tile, leaves: list[bytes]) -> bytes:
        """Return the ledger's root with these leaves after its complete tiles."""
        complete = Frontier().extended(self._stored[: last.n]).hashes
        size = last.n * FULL + last.width
        return Frontier(size, (*complete, *Frontier().extended(leaves).hashes)).root()

    @cached_property
    def _stored(self) -> list[bytes]:
        return self._reads.tiles(self._ledger.number, 0)


def upper_hashes(roots: Sequence[bytes], tile: Tile) -> Iterator[bytes]:
    """Yield the hashes of a tile above level 0, from the roots of all complete tiles below it."""
    # Each hash covers so many tiles of level 0, each of 256 entries.
    span = 1 << HEIGHT * (tile.level - 1)
    first = tile.n * FULL * span
    for at in range(first, first + tile.width * span, span):
        yield root_of(roots[at : at + span])
